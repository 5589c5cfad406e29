import type { AdhesionState } from '../state.ts';
import type { MandatesEvent } from './events.ts';
import type { MandateFact } from './state.ts';

/** Folds one event of the mandates; `state.version` is already its version. */
export function evolveMandates(state: AdhesionState, event: MandatesEvent): AdhesionState {
  const { version } = state;
  switch (event.type) {
    case 'MandateChanged':
      return { ...state, mandates: [...state.mandates, { ...event.data, version }].toSorted(byDay) };
    case 'ConfirmationLapsed':
      return { ...state, lapses: [...state.lapses, { ...event.data, version }] };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** By day; of one day by kind, so that the order of recording does not matter (a commissioner named on the day of another change comes last and stays). */
function byDay(one: MandateFact, other: MandateFact): number {
  return one.on === other.on ? RANK[one.kind] - RANK[other.kind] : (one.on < other.on ? -1 : 1);
}

const RANK: Readonly<Record<MandateFact['kind'], number>> = { ELECTION_CALLED: 0, COUNCIL_ELECTED: 1, MAYOR_CHANGED: 2, COMMISSIONER_APPOINTED: 3 };
