import type { TellInput } from '../domain/shared/process.ts';
import type { StorePort } from '../workflows/case-port.ts';

/** Short, local: they run within the workflow task, near the cost of a bare Update. */
export type StoreActivities = StorePort;

/** Regular: they speak to others and may take long. */
export interface WorldActivities {
  tell(input: TellInput): Promise<void>;
}

export interface ReconcileReport {
  readonly checked: number;
  readonly behind: readonly string[];
  readonly more: boolean;
}

export interface ReconcilerActivities {
  reconcile(): Promise<ReconcileReport>;
}
