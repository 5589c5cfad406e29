import { withMovingTerms } from '../moving/terms.ts';
import { retiring } from '../operation/evolve.ts';
import { withOperationTerms } from '../operation/terms.ts';
import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import { withWorkItemTerms } from '../work-items/terms.ts';
import type { SuspensionEvent, SuspensionEventData } from './events.ts';
import { EMPTY_SUSPENSION } from './state.ts';

/** Folds one event of the suspension; `state.version` is already its version. */
export function evolveSuspension(state: MigrationState, event: SuspensionEvent): MigrationState {
  switch (event.type) {
    case 'MigrationSuspended':
      return suspended(state, event.data);
    case 'MigrationResumed':
      return resumed(state, event.data);
    case 'RetirementBegun':
      return retiring(state, event.data.at);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function suspended(state: MigrationState, { by, at }: SuspensionEventData['MigrationSuspended']): MigrationState {
  const { holds, from } = state.suspension;
  if (from !== null) return { ...state, suspension: { ...state.suspension, holds: [...holds, by] } };
  return enter({ ...state, suspension: { from: state.migration?.state ?? null, at, holds: [by] } }, 'SUSPENDED', at);
}

function resumed(state: MigrationState, { by, terms, at }: SuspensionEventData['MigrationResumed']): MigrationState {
  const { from, holds } = state.suspension;
  const left = holds.filter((hold) => hold !== by);
  if (from === null || left.length > 0) return { ...state, suspension: { ...state.suspension, holds: left } };
  return enter(withOperationTerms(withMovingTerms(withWorkItemTerms({ ...state, ...EMPTY_SUSPENSION }, terms), terms), terms), from, at);
}
