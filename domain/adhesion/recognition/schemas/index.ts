import { z } from 'zod';
import { civilDate, freeText, subjectId } from '../../schemas/fields.ts';
import type { RECOGNITION_COMMANDS } from '../catalogue.ts';
import { Applications, Sites } from './inventory.ts';
import { BEST_ANSWER } from '../terms.ts';

const Answer = z.strictObject({
  score: z.int().min(0).max(BEST_ANSWER).meta({ format: 'int32' }).describe('0 (nothing) to 4 (complete)'),
  evidence: freeText.describe('What the answer rests on'),
  assessedBy: subjectId.optional().describe('Who answers for it'),
  assessedOn: civilDate.optional().describe('Day of the assessment'),
});

const Dimensions = z.strictObject({
  DIGITISED_SERVICES: Answer.optional().describe('Online services, SPID/CIE, App IO, pagoPA, SEND'),
  APPLICATIONS: Answer.optional().describe('Applications in use'),
  DATA_INTEROPERABILITY: Answer.optional().describe('PDND in and out, interoperability of AOOs'),
  STAFF_DIGITAL_SKILLS: Answer.optional().describe('Digital skills of the staff (Syllabus)'),
  PLATFORMS: Answer.optional().describe('National platforms: ANPR, SUAP/SUE'),
  INFRASTRUCTURE: Answer.optional().describe('Servers, cloud, backup, endpoints'),
  CONNECTIVITY: Answer.optional().describe('Connectivity of the sites'),
  ORGANISATIONAL_PROCESSES: Answer.optional().describe('RTD, manuals, governance of security'),
});

const Resources = z.strictObject({
  ictSpendCents: z.int().min(0).max(1e13).meta({ format: 'int64' }).optional().describe('What ICT cost in the last year, in euro cents'),
  ictStaffFte: z.number().min(0).max(10_000).multipleOf(0.01).meta({ format: 'double' }).optional().describe('Staff that works on ICT, in full-time equivalents'),
});

const InviteRecognition = z.strictObject({
  dueOn: civilDate.optional().describe('Day by which it is asked for'),
}).describe('Invites the comune to a recognition of its services, applications and sites, or to a new one');

const SubmitRecognition = z.strictObject({
  dimensions: Dimensions.describe('The eight dimensions; complete when all are answered'),
  applications: Applications.describe('Inventory of applications, with the census of protocol systems; complete with at least one'),
  sites: Sites.describe('Inventory of sites; may be empty'),
  resources: Resources.optional().describe('Money and staff for ICT'),
  signedOffBy: subjectId.optional().describe('Subject id of the RTD who signs it off; complete only with it'),
}).describe('Submits the recognition');

const BeginRecognition = z.strictObject({}).describe('Records that the comune works on its answer');

const ReturnRecognition = z.strictObject({ reasons: freeText.describe('What is missing or wrong') }).describe('Returns the recognition');

const ValidateRecognition = z.strictObject({}).describe('Validates the recognition, from today on');

/** The schema of every command of the recognition. */
export const RECOGNITION_SCHEMAS = {
  InviteRecognition,
  BeginRecognition,
  SubmitRecognition,
  ReturnRecognition,
  ValidateRecognition,
} as const satisfies Readonly<Record<keyof typeof RECOGNITION_COMMANDS, z.ZodType>>;
