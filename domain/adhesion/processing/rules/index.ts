import type { RulesOf } from '../../rule.ts';
import type { PROCESSING_COMMANDS, ProcessingEngineData } from '../catalogue.ts';
import { recordProcessorAudit } from './audits.ts';
import { notifyBreachToAuthority, notifyBreachToMember, reportBreach, waiveBreachNotice } from './breaches.ts';
import { recordDpoContact } from './dpo-contact.ts';
import { declareDpiaNeed, recordDpia } from './impact.ts';
import { endObjectionTerm, notifySubprocessor, objectToSubprocessor, withdrawSubprocessor } from './subprocessors.ts';

/** The rule of every command of the processing. */
export const PROCESSING_RULES: RulesOf<keyof typeof PROCESSING_COMMANDS | keyof ProcessingEngineData> = {
  RecordDpoContact: recordDpoContact,
  DeclareDpiaNeed: declareDpiaNeed,
  RecordDpia: recordDpia,
  RecordProcessorAudit: recordProcessorAudit,
  NotifySubprocessor: notifySubprocessor,
  ObjectToSubprocessor: objectToSubprocessor,
  WithdrawSubprocessor: withdrawSubprocessor,
  EndObjectionTerm: endObjectionTerm,
  ReportBreach: reportBreach,
  NotifyBreachToMember: notifyBreachToMember,
  NotifyBreachToAuthority: notifyBreachToAuthority,
  WaiveBreachNotice: waiveBreachNotice,
};
