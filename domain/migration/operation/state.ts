import type { Decommissioning, OperationEventData } from './events.ts';

/** What this area keeps in the state of the migration. */
export interface OperationSlice {
  readonly operation: {
    readonly hypercare: Hypercare | null;
    /** In the order in which they were recorded. */
    readonly defects: readonly Defect[];
    /** What was done of the old system so far; null: nothing. */
    readonly decommissioning: Decommissioning | null;
    readonly returned: OperationEventData['DataReturned'] | null;
    readonly deletion: OperationEventData['DeletionCertified'] | null;
    /** It retires, or has retired: its end is not that of a service that goes on. Absent: it does not. */
    readonly retires?: true;
  };
}

export interface Hypercare extends Omit<OperationEventData['HypercareStarted'], 'basis' | 'severity1Due'> {
  /** Its working days are over. */
  readonly over: boolean;
}

export interface Defect extends Omit<OperationEventData['DefectReported'], 'basis'> {
  readonly resolved: Omit<OperationEventData['DefectResolved'], 'defectNo'> | null;
  /** When the alarm was raised; null: it was not. */
  readonly alarmAt: string | null;
}

export const EMPTY_OPERATION: OperationSlice = { operation: { hypercare: null, defects: [], decommissioning: null, returned: null, deletion: null } };
