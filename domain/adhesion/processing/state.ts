import type { Fact } from '../event.ts';
import type { ProcessingEventData } from './events.ts';

/** What the processing of personal data keeps in the state of the case. */
export interface ProcessingSlice {
  readonly processing: Processing;
}

export type ProcessingFact<Type extends keyof ProcessingEventData> = Fact<ProcessingEventData[Type]>;

export interface Processing {
  /** Notices of sub-processors in the order in which they were recorded; of one sub-processor the last counts. */
  readonly subprocessors: readonly Subprocessor[];
  readonly breaches: readonly Breach[];
  /** One for each DPO whose contact was told. */
  readonly dpoContacts: readonly ProcessingFact<'DpoContactTold'>[];
  /** In the order in which they were recorded; of one processing the last counts. */
  readonly dpiaNeeds: readonly ProcessingFact<'DpiaNeedDeclared'>[];
  readonly dpias: readonly ProcessingFact<'DpiaRecorded'>[];
  /** Of the Agency by the member, in the order in which they were recorded; no two of one day. */
  readonly audits: readonly ProcessingFact<'ProcessorAudited'>[];
}

export interface Subprocessor extends ProcessingFact<'SubprocessorNotified'> {
  readonly objection: ProcessingFact<'SubprocessorObjected'> | null;
  readonly termEnded: boolean;
  readonly withdrawal: ProcessingFact<'SubprocessorWithdrawn'> | null;
}

export interface Breach extends ProcessingFact<'BreachReported'> {
  /** When the Agency told the member. */
  readonly told: ProcessingFact<'BreachNotifiedToMember'> | null;
  readonly notified: readonly ProcessingFact<'BreachNotifiedToAuthority'>[];
  readonly waived: readonly ProcessingFact<'BreachNoticeWaived'>[];
}

export const EMPTY_PROCESSING: ProcessingSlice = { processing: { subprocessors: [], breaches: [], dpoContacts: [], dpiaNeeds: [], dpias: [], audits: [] } };
