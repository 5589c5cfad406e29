import type { CommandEntry } from '../command-entry.ts';
import type { ProcessingEventData } from './events.ts';

/** Commands of the processing of personal data: the contact of the DPO, impact assessments, audits, sub-processors, then breaches. */
export const PROCESSING_COMMANDS = {
  RecordDpoContact: { by: ['member'], parkable: false, freeText: [] },
  DeclareDpiaNeed: { by: ['member'], parkable: false, freeText: ['reasons'] },
  RecordDpia: { by: ['member'], parkable: false, freeText: [] },
  RecordProcessorAudit: { by: ['member'], parkable: false, freeText: ['reasons'] },
  NotifySubprocessor: { by: ['operator'], parkable: false, freeText: [] },
  ObjectToSubprocessor: { by: ['member'], parkable: false, freeText: ['reasons'] },
  WithdrawSubprocessor: { by: ['operator'], parkable: false, freeText: [] },
  ReportBreach: { by: ['operator', 'member'], parkable: false, freeText: [] },
  NotifyBreachToMember: { by: ['operator'], parkable: false, freeText: ['delayReasons'] },
  NotifyBreachToAuthority: { by: ['member'], parkable: false, freeText: ['delayReasons'] },
  WaiveBreachNotice: { by: ['member'], parkable: false, freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: the term to object has gone by; `notice` is the version of the notice. */
export interface ProcessingEngineData {
  readonly EndObjectionTerm: { readonly notice: number };
}

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const PROCESSING_CORRECTED_BY = {
  DpoContactTold: 'RecordDpoContact',
  DpiaNeedDeclared: 'DeclareDpiaNeed',
  DpiaRecorded: 'RecordDpia',
  ProcessorAudited: 'RecordProcessorAudit',
  SubprocessorNotified: 'NotifySubprocessor',
  SubprocessorObjected: 'ObjectToSubprocessor',
  SubprocessorWithdrawn: 'WithdrawSubprocessor',
  BreachReported: 'ReportBreach',
  BreachNotifiedToMember: 'NotifyBreachToMember',
  BreachNotifiedToAuthority: 'NotifyBreachToAuthority',
} as const satisfies { readonly [Type in keyof ProcessingEventData]?: keyof typeof PROCESSING_COMMANDS };
