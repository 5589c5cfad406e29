import type { AdhesionState } from '../state.ts';
import type { DuesEvent } from './events.ts';

/** Folds one event of the account of an exit; `state.version` is already its version. What names nothing that is known changes nothing. */
export function evolveDues(state: AdhesionState, event: DuesEvent): AdhesionState {
  const { version, dues } = state;
  switch (event.type) {
    case 'DueDeclared':
      return { ...state, dues: [...dues, { ...event.data, version, settlement: null }] };
    case 'DueSettled':
      return { ...state, dues: dues.map((due) => (due.dueNo === event.data.dueNo ? { ...due, settlement: { ...event.data, version } } : due)) };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
