import type { RulesOf } from '../../rule.ts';
import type { REFERENTS_COMMANDS, ReferentsEngineData } from '../catalogue.ts';
import { acceptAppointment, appointReferent } from './appointment.ts';
import { confirmReferents, declareVacancy, markLongVacancy, replaceReferent, suspendReferent } from './change.ts';
import { recordRtdOnIpa } from './ipa.ts';

/** The rule of every command of the referents. */
export const REFERENTS_RULES: RulesOf<keyof typeof REFERENTS_COMMANDS | keyof ReferentsEngineData> = {
  AppointReferent: appointReferent,
  AcceptAppointment: acceptAppointment,
  ReplaceReferent: replaceReferent,
  SuspendReferent: suspendReferent,
  DeclareVacancy: declareVacancy,
  ConfirmReferents: confirmReferents,
  RecordRtdOnIpa: recordRtdOnIpa,
  MarkLongVacancy: markLongVacancy,
};
