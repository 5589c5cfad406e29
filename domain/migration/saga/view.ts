import type { Instant } from '../../shared/civil-date.ts';
import type { OpenedMigration } from '../state.ts';
import type { RollbackCause } from './terms.ts';
import { mayBeTakenBack, pointOfNoReturn } from './standing.ts';

/** What readers see of what can be, or is being, taken back. */
export interface SagaPart {
  /** From this moment on a roll-back needs an act; null before the cutover. */
  readonly pointOfNoReturn: Instant | null;
  /** Steps that a roll-back would undo, or has still to, in the order in which it does; none once there is no going back. */
  readonly undo: readonly string[];
  readonly rollback: { readonly cause: RollbackCause; readonly to: string; readonly since: Instant; readonly undoing: string | null } | null;
}

/** The part of the view that the saga gives. */
export function viewSaga(state: OpenedMigration): SagaPart {
  const { saga: { done, rollback, undoing } } = state;
  return {
    pointOfNoReturn: pointOfNoReturn(state),
    undo: rollback !== null || mayBeTakenBack(state) ? done.map(({ step }) => step).toReversed() : [],
    rollback: rollback === null ? null : { cause: rollback.cause, to: rollback.to, since: rollback.at, undoing: undoing?.step ?? null },
  };
}
