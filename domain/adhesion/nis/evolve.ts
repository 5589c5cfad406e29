import type { AdhesionState } from '../state.ts';
import type { NisEvent } from './events.ts';

/** Folds one event of a subject of NIS; `state.version` is already its version. */
export function evolveNis(state: AdhesionState, { data }: NisEvent): AdhesionState {
  return { ...state, nisDuties: [...state.nisDuties, { ...data, version: state.version }] };
}
