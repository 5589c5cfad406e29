import type { Instant } from '../../shared/civil-date.ts';
import type { Reason } from '../../shared/reason.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { MigrationStage } from '../stages.ts';
import { isFull, type FullMigration, type OpenedMigration } from '../state.ts';
import type { CutoverEventData } from './events.ts';
import { conflictsOf, forbiddenAhead, nextWindow } from './windows.ts';
import { aheadReason, forbiddenReason, preferredInWords } from './words.ts';

/** A window as readers see it. */
export interface WindowView {
  /** SCHEDULED: the one that was set. FORBIDDEN: in the next weeks. PREFERRED: the next one that is free. */
  readonly kind: 'SCHEDULED' | 'FORBIDDEN' | 'PREFERRED';
  readonly from: Instant;
  readonly to: Instant;
  /** Of the one that was set: what it meets by now. Of the others: what they are. */
  readonly reasons: readonly Reason[];
}

/** What readers see of this area. */
export interface CutoverPart {
  readonly windows: readonly WindowView[];
  readonly cutover: {
    /** The last word on a window. */
    readonly decision: { readonly go: boolean; readonly decidedAt: Instant; readonly reasons: TextRef | null } | null;
    /** The last cutover. */
    readonly done: Omit<CutoverEventData['CutoverRecorded'], 'at'> | null;
  } | null;
}

/** Stages before the cutover in which its windows matter. */
const AHEAD: ReadonlySet<MigrationStage> = new Set<MigrationStage>(['PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER', 'SUSPENDED']);

/** The part of the view that this area gives; the windows are those from `now` on. */
export function viewCutover(state: OpenedMigration, now: Instant): CutoverPart {
  const { cutover: { decision, done }, migration } = state;
  const isAhead = isFull(state) && state.migration.pinned.gates.includes('CUTOVER') && AHEAD.has(migration.state) && done?.outcome !== 'SUCCEEDED';
  return {
    windows: isAhead ? windowsFrom(state, now) : [],
    cutover: decision === null && done === null ? null : {
      decision: decision === null ? null : { go: decision.go, decidedAt: decision.decidedAt, reasons: decision.reasons },
      done: done === null ? null : withoutAt(done),
    },
  };
}

function windowsFrom(state: FullMigration, now: Instant): readonly WindowView[] {
  const { schedule } = state.cutover;
  const preferred = nextWindow(state, now, false);
  return [
    ...(schedule === null ? [] : [{ kind: 'SCHEDULED' as const, from: schedule.from, to: schedule.to, reasons: conflictsOf(state).map(forbiddenReason) }]),
    ...forbiddenAhead(state, now).map((window) => ({ kind: 'FORBIDDEN' as const, from: window.from, to: window.to, reasons: [aheadReason(window)] })),
    ...(preferred === null ? [] : [{ kind: 'PREFERRED' as const, ...preferred, reasons: [{ code: 'NEXT_PREFERRED_WINDOW', message: preferredInWords(preferred) }] }]),
  ];
}

function withoutAt({ at: _at, ...done }: CutoverEventData['CutoverRecorded']): Omit<CutoverEventData['CutoverRecorded'], 'at'> {
  return done;
}
