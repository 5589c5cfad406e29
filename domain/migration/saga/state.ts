import type { Bilingual } from '../../shared/bilingual.ts';
import type { Instant } from '../../shared/civil-date.ts';
import type { WorkRole } from '../work-items/state.ts';
import type { SagaEventData } from './events.ts';

/** A step that was done, and how it is undone: by a call to the broker, or by the hands of people. */
export interface Undo {
  /** Key of the step, e.g. `provisioned`; a step stands once on the stack. */
  readonly step: string;
  readonly how:
    | { readonly kind: 'BROKER'; readonly operation: 'UNBIND' | 'DEPROVISION'; /** Of UNBIND; not said: the first. */ readonly binding?: number }
    | { readonly kind: 'WORK'; readonly title: Bilingual; readonly role?: WorkRole };
}

/** What the saga keeps in the state of the migration. */
export interface SagaSlice {
  readonly saga: {
    /** What was done, in order: it is undone from the last to the first. */
    readonly done: readonly Undo[];
    /** The roll-back that is under way. */
    readonly rollback: SagaEventData['RollbackStarted'] | null;
    /** The step that is being undone. */
    readonly undoing: { readonly step: string; readonly at: Instant } | null;
  };
}

export const EMPTY_SAGA: SagaSlice = { saga: { done: [], rollback: null, undoing: null } };

/** The state after a step that can be undone; for the areas to call where they fold the step. The same step again changes nothing. */
export function withUndo<State extends SagaSlice>(state: State, undo: Undo): State {
  const { saga } = state;
  return saga.done.some(({ step }) => step === undo.step) ? state : { ...state, saga: { ...saga, done: [...saga.done, undo] } };
}

/** The state after a step that takes another's place in time: it is undone where that one is, or last where that one is not there. */
export function withUndoAfter<State extends SagaSlice>(state: State, before: Undo, undo: Undo): State {
  const { saga } = state;
  const at = saga.done.findIndex(({ step }) => step === before.step);
  if (at === -1 || saga.done.some(({ step }) => step === undo.step)) return withUndo(state, undo);
  return { ...state, saga: { ...saga, done: saga.done.toSpliced(at + 1, 0, undo) } };
}

/** The state after a step was taken back by who did it: there is nothing of it to undo. */
export function withoutUndo<State extends SagaSlice>(state: State, { step }: Undo): State {
  return { ...state, saga: { ...state.saga, done: state.saga.done.filter((one) => one.step !== step) } };
}
