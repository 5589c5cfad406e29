import { owing } from '../provisioning/calls.ts';
import { enter } from '../stage.ts';
import { isFull, NO_PROGRESS, type FullMigration, type MigrationState } from '../state.ts';
import { EMPTY_SUSPENSION } from '../suspension/state.ts';
import type { SagaEvent } from './events.ts';
import { EMPTY_SAGA, type Undo } from './state.ts';

/** Folds one event of the saga; `state.version` is already its version. */
export function evolveSaga(state: MigrationState, event: SagaEvent): MigrationState {
  switch (event.type) {
    case 'MigrationCancelled':
      // What held it up has nothing to let go any more.
      return enter({ ...state, ...EMPTY_SUSPENSION }, 'CANCELLED', event.data.at, { cancelReasons: event.data.reasons });
    case 'RollbackStarted':
      return enter({ ...state, ...EMPTY_SUSPENSION, saga: { ...state.saga, rollback: event.data } }, 'ROLLING_BACK', event.data.at);
    case 'UndoStarted': {
      const { step, at } = event.data;
      const undo = state.saga.done.find((one) => one.step === step);
      const undoing = { ...state, saga: { ...state.saga, undoing: { step, at } } };
      return undo === undefined || !isFull(undoing) ? undoing : withUndoOwed(undoing, undo, at);
    }
    case 'StepUndone':
      return { ...state, saga: { ...state.saga, undoing: null, done: state.saga.done.filter(({ step }) => step !== event.data.step) } };
    case 'RolledBack':
      return rolledBack(state, event.data);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** What undoes the step: a call to the broker, or a work item for people. */
function withUndoOwed(state: FullMigration, { step, how }: Undo, at: string): MigrationState {
  if (how.kind === 'BROKER') return owing(state, { operation: how.operation, binding: how.binding }, at, step);
  const item = { id: `undo-${step}-${state.version}`, title: how.title, ...(how.role === undefined ? {} : { role: how.role }), after: [], done: null, undoes: step };
  return { ...state, migration: { ...state.migration, workItems: [...state.migration.workItems, item] } };
}

/** The plan stands as a draft again, for the comune to approve or the Agency to propose another; what was done since is forgotten. */
function rolledBack(state: MigrationState, { to, at }: { readonly to: 'PLAN_DRAFTED' | 'CANCELLED'; readonly at: string }): MigrationState {
  const { rollback } = state.saga;
  const clean = { ...state, ...NO_PROGRESS, ...EMPTY_SAGA, planning: { proposal: state.planning.proposal, approval: null, commitment: null, draftedAgainAt: at } };
  return to === 'CANCELLED'
    ? enter(clean, to, at, { workItems: [], cancelReasons: rollback?.reasons ?? null })
    : enter(clean, to, at, { workItems: [], attempt: (state.migration?.attempt ?? 0) + 1 });
}
