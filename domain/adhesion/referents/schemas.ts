import { z } from 'zod';
import { APPOINTMENT_ID } from '../bounds.ts';
import { actNumber, civilDate, instant, serviceId, subjectId } from '../schemas/fields.ts';
import type { REFERENTS_COMMANDS } from './catalogue.ts';

const AppointReferent = z.strictObject({
  role: z.enum([
    'ICT_REFERENT', 'RTD', 'DPO', 'CYBER_REFERENT', 'SECURITY_CONTACT', 'NIS_CONTACT', 'CSIRT_CONTACT', 'SERVICE_REFERENT',
  ]).describe('Role'),
  subject: subjectId.describe('Who is appointed'),
  actNo: actNumber.describe('Number of the act of appointment'),
  actOn: civilDate.describe('Day of the act'),
  service: serviceId.optional().describe('Service of a SERVICE_REFERENT'),
  deputy: z.boolean().optional().describe('True for a deputy'),
}).describe('Records an appointment');

const AcceptAppointment = z.strictObject({
  appointmentId: z.string().regex(APPOINTMENT_ID, 'Must be an appointment, e.g. ref-1').describe('Appointment').meta({ examples: ['ref-1'] }),
  acceptedAt: instant.describe('When the appointed person accepted'),
}).describe('Records the acceptance of an appointment');

/** The schema of every command of the referents. */
export const REFERENTS_SCHEMAS = {
  AppointReferent,
  AcceptAppointment,
} as const satisfies Readonly<Record<keyof typeof REFERENTS_COMMANDS, z.ZodType>>;
