import type { AdhesionState } from '../state.ts';
import type { MandatesEvent } from './events.ts';
import { byDay } from './order.ts';

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
