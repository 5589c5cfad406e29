import { z } from 'zod';
import { says } from '../../shared/says.ts';
import { APPOINTMENT_ID, MAX_CONFIRMED } from '../bounds.ts';
import { actNumber, civilDate, instant, serviceId, subjectId } from '../schemas/fields.ts';
import type { REFERENTS_COMMANDS } from './catalogue.ts';

const role = z.enum([
  'ICT_REFERENT', 'RTD', 'DPO', 'CYBER_REFERENT', 'SECURITY_CONTACT', 'NIS_CONTACT', 'CSIRT_CONTACT', 'SERVICE_REFERENT',
]);
const appointmentId = z.string().regex(APPOINTMENT_ID, says('deve essere una nomina', 'must be an appointment')).meta({ examples: ['ref-1'] });

const AppointReferent = z.strictObject({
  role: role.describe('Role'),
  subject: subjectId.describe('Who is appointed'),
  actNo: actNumber.describe('Number of the act of appointment'),
  actOn: civilDate.describe('Day of the act'),
  service: serviceId.optional().describe('Service of a SERVICE_REFERENT'),
  deputy: z.boolean().optional().describe('True for a deputy'),
}).describe('Records an appointment');

const AcceptAppointment = z.strictObject({
  appointmentId: appointmentId.describe('Appointment'),
  acceptedAt: instant.describe('When the appointed person accepted'),
}).describe('Records the acceptance of an appointment');

const ReplaceReferent = z.strictObject({
  appointmentId: appointmentId.describe('Appointment that ends on the day of the act'),
  subject: subjectId.describe('Who is appointed to the same role'),
  actNo: actNumber.describe('Number of the act of appointment'),
  actOn: civilDate.describe('Day of the act'),
}).describe('Records that another was appointed in place of a referent or of a deputy; the new appointment is to be accepted');

const SuspendReferent = z.strictObject({
  appointmentId: appointmentId.describe('Appointment'),
  from: civilDate.describe('First day of the suspension'),
}).describe('Suspends a referent or a deputy, until confirmed or replaced');

const DeclareVacancy = z.strictObject({
  role: role.describe('Role'),
  service: serviceId.optional().describe('Service of a SERVICE_REFERENT'),
  from: civilDate.describe('First day without the one who left'),
}).describe('Records that nobody holds a role any more: ends the holder, or, where there is none but a deputy, the deputy');

const ConfirmReferents = z.strictObject({
  appointmentIds: z.array(appointmentId).min(1).max(MAX_CONFIRMED).describe('Appointments that are confirmed'),
}).describe('Confirms referents after a change of mandate, or reinstates suspended ones');

const RecordRtdOnIpa = z.strictObject({
  on: civilDate.describe('Day from which IPA shows the RTD in office'),
}).describe('Records that the RTD in office is published on IPA (art. 17 CAD)');

/** The schema of every command of the referents. */
export const REFERENTS_SCHEMAS = {
  AppointReferent,
  AcceptAppointment,
  ReplaceReferent,
  SuspendReferent,
  DeclareVacancy,
  ConfirmReferents,
  RecordRtdOnIpa,
} as const satisfies Readonly<Record<keyof typeof REFERENTS_COMMANDS, z.ZodType>>;
