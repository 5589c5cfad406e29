import type { AdhesionState } from '../state.ts';
import type { LineageEvent } from './events.ts';

/** Folds one event of the lineage; `state.version` is already its version. */
export function evolveLineage(state: AdhesionState, event: LineageEvent): AdhesionState {
  const { version, lineage } = state;
  switch (event.type) {
    case 'AdhesionSucceeded':
      return { ...state, lineage: { ...lineage, succession: { ...event.data, version } } };
    case 'AdhesionInherited':
      return { ...state, lineage: { ...lineage, inherited: [...lineage.inherited, { ...event.data, version }] } };
    case 'AdhesionImported':
      return { ...state, lineage: { ...lineage, imported: { ...event.data, version } } };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
