import type { ActInput, ActOutcome } from '../domain/campaign/terms.ts';
import type { BrokerCall, BrokerOutcome } from '../domain/migration/broker-call.ts';
import type { TellInput } from '../domain/shared/process.ts';
import type { StorePort } from '../workflows/case-port.ts';

/** Short, local: they run within the workflow task, near the cost of a bare Update. */
export type StoreActivities = StorePort;

/** Regular: they speak to others and may take long. */
export interface WorldActivities {
  tell(input: TellInput): Promise<void>;
  /** Brings a call to the broker of a service to its end. Answers FAILED when it gives up; heartbeats while it waits. */
  callBroker(input: BrokerCall): Promise<BrokerOutcome>;
  /** Takes the history of a run of a case into the archive, where it is not there yet. */
  archiveRun(workflowId: string, runId: string): Promise<void>;
}

/** Acts of campaigns: sent as the interface sends a command. */
export interface ActActivities {
  /** Does an act once, however often it is asked for. A refusal is an outcome; throws while nobody can tell how it went. */
  act(input: ActInput): Promise<ActOutcome>;
}

export interface ReconcileReport {
  readonly checked: number;
  readonly behind: readonly string[];
  readonly more: boolean;
}

export interface ArchiverActivities {
  sweepArchive(): Promise<void>;
}

export interface ReconcilerActivities {
  reconcile(): Promise<ReconcileReport>;
}
