import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedMigration } from '../state.ts';
import type { Severity } from './severity.ts';
import type { Defect } from './state.ts';

/** A defect as readers see it. */
export interface DefectView {
  readonly defectNo: string;
  readonly severity: Severity;
  readonly state: 'OPEN' | 'ALARM' | 'RESOLVED';
  readonly reportedAt: Instant;
  readonly description: TextRef | null;
  /** Of severity 1 once the service is in use: when it has stood open for too long. */
  readonly dueAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly resolution: TextRef | null;
}

/** What readers see of this area. */
export interface OperationPart {
  readonly defects: readonly DefectView[];
  readonly hypercare: { readonly startedAt: Instant; readonly endsOn: CivilDate; readonly over: boolean } | null;
}

/** The part of the view that this area gives. */
export function viewOperation({ operation: { hypercare, defects } }: OpenedMigration): OperationPart {
  return {
    defects: defects.map(viewDefect),
    hypercare: hypercare === null ? null : { startedAt: hypercare.startedAt, endsOn: hypercare.endsOn, over: hypercare.over },
  };
}

function viewDefect({ defectNo, severity, reportedAt, description, dueAt, resolved, alarmAt }: Defect): DefectView {
  const state = resolved !== null ? 'RESOLVED' : alarmAt === null ? 'OPEN' : 'ALARM';
  return { defectNo, severity, state, reportedAt, description, dueAt, resolvedAt: resolved?.resolvedAt ?? null, resolution: resolved?.resolution ?? null };
}
