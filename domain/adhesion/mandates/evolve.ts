import type { AdhesionState } from '../state.ts';
import type { MandatesEvent } from './events.ts';

/** Folds one event of the mandates; `state.version` is already its version. */
export function evolveMandates(state: AdhesionState, event: MandatesEvent): AdhesionState {
  const change = { ...event.data, version: state.version };
  return { ...state, mandates: [...state.mandates, change].toSorted((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)) || a.version - b.version) };
}
