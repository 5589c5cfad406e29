import { z } from 'zod';
import { actNumber, civilDate, freeText, instant, sha256 } from '../../adhesion/schemas/fields.ts';
import { says } from '../../shared/says.ts';
import { CODE } from '../moving/evidence.ts';
import type { OPERATION_COMMANDS } from './catalogue.ts';
import { OLD_DATA_FATES } from './severity.ts';

const defectNo = actNumber.describe('Number of the defect').meta({ examples: ['INC-17'] });

const ReportDefect = z.strictObject({
  defectNo,
  severity: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe('1: the service cannot be used. 2: it can be used in part. 3: it can be used'),
  reportedAt: instant.describe('When it was reported'),
  description: freeText.optional().describe('What is wrong'),
}).describe('Records a defect; one of severity 1 that stays open after the cutover has the migration rolled back until the point of no return');

const ResolveDefect = z.strictObject({
  defectNo,
  resolvedAt: instant.describe('When it was resolved'),
  resolution: freeText.optional().describe('How'),
}).describe('Records that a defect is resolved');

const EndHypercare = z.strictObject({
  endedOn: civilDate.describe('Day on which the closer watch ended'),
  trainingDoneOn: civilDate.describe('Day on which the training of the users was done'),
}).describe('Ends hypercare after its working days: the service operates');

const Decommission = z.strictObject({
  oldContractEndedOn: civilDate.optional().describe('Day on which the old contract ended'),
  oldData: z.strictObject({
    fate: z.enum(OLD_DATA_FATES).describe('What became of them'),
    on: civilDate.describe('Day of it'),
    certificateSha256: sha256.describe('Digest of the certificate'),
  }).optional().describe('The data in the old system'),
  records: z.strictObject({
    preservedOn: civilDate.describe('Day of the deposit'),
    reportSha256: sha256.describe('Digest of the report of the deposit'),
  }).optional().describe('The records, in the preservation system (art. 44 CAD)'),
}).refine((data) => Object.keys(data).length > 0, says('deve dire almeno una cosa fatta', 'must say one thing that was done at least'))
  .describe('Records what was done of the old system, all at once or one by one');

const RetireService = z.strictObject({
  decidedOn: civilDate.describe('Day of the decision'),
  reasons: freeText.describe('Why the service is given up'),
}).describe('Gives up a service in use: its data are returned, then deleted; one of a member that has left retires by itself');

const ReturnData = z.strictObject({
  returnedOn: civilDate.describe('Day on which the data were handed over'),
  format: z.string().regex(CODE, says('ha lettere maiuscole, cifre, punti, trattini', 'takes capital letters, digits, dots, hyphens')).describe('Code of the format').meta({ examples: ['CSV'] }),
  receipt: z.strictObject({
    receivedOn: civilDate.describe("Day of the comune's receipt"),
    protocolNo: actNumber.describe('Its protocol number'),
    sha256: sha256.describe('Digest of the receipt'),
  }).describe("The comune's receipt"),
}).describe('Records that the data of a retiring service were returned to the comune');

const CertifyDeletion = z.strictObject({
  deletedOn: civilDate.describe('Day on which what was left was deleted'),
  certificateSha256: sha256.describe('Digest of the certificate'),
}).describe('Records the certificate that the data of a retiring service are deleted');

const CloseMigration = z.strictObject({
  closedOn: z.iso.date().describe('Day on which the migration was closed'),
}).describe('Closes the migration of a service in operation');

/** The schema of every command of this area. */
export const OPERATION_SCHEMAS = { ReportDefect, ResolveDefect, EndHypercare, Decommission, RetireService, ReturnData, CertifyDeletion, CloseMigration } as const satisfies Readonly<Record<keyof typeof OPERATION_COMMANDS, z.ZodType>>;
