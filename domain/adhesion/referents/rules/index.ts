import type { RulesOf } from '../../rule.ts';
import type { REFERENTS_COMMANDS } from '../catalogue.ts';
import { acceptAppointment, appointReferent } from './appointment.ts';

/** The rule of every command of the referents. */
export const REFERENTS_RULES: RulesOf<keyof typeof REFERENTS_COMMANDS> = {
  AppointReferent: appointReferent,
  AcceptAppointment: acceptAppointment,
};
