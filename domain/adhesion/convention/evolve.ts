import type { AdhesionState } from '../state.ts';
import type { ConventionEvent } from './events.ts';
import type { Convention } from './state.ts';

/** Folds one event of the convention; `state.version` is already its version. */
export function evolveConvention(state: AdhesionState, event: ConventionEvent): AdhesionState {
  const { version } = state;
  switch (event.type) {
    case 'ConventionSigned':
      return conventionWith(state, { signature: { ...event.data, version }, voided: null });
    case 'ConventionCountersigned':
      return conventionWith(state, { countersignature: { ...event.data, version } });
    case 'ConventionVoided':
      return conventionWith(state, { voided: { ...event.data, version }, signature: null, countersignature: null });
    case 'ConventionRegistered': {
      const registrationCount = state.convention.registrationCount + 1;
      return conventionWith(state, { registration: { ...event.data, version }, registrationCount, inForce: false });
    }
    case 'ConventionEnteredIntoForce':
      return conventionWith(state, { inForce: true });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function conventionWith(state: AdhesionState, changes: Partial<Convention>): AdhesionState {
  return { ...state, convention: { ...state.convention, ...changes } };
}
