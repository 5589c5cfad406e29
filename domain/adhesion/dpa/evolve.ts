import type { AdhesionState } from '../state.ts';
import type { DpaEvent } from './events.ts';
import type { Dpa } from './state.ts';

/** Folds one event of the data processing agreement; `state.version` is already its version. */
export function evolveDpa(state: AdhesionState, event: DpaEvent): AdhesionState {
  return { ...state, dpa: { ...state.dpa, ...changesBy(state, event) } };
}

function changesBy({ version, dpa }: AdhesionState, event: DpaEvent): Partial<Dpa> {
  switch (event.type) {
    case 'DpaDrafted': return { draft: { ...event.data, version } };
    case 'DpaSigned': return { signature: { ...event.data, version } };
    case 'DpaCountersigned': return { countersignature: { ...event.data, version }, countersignatureCount: dpa.countersignatureCount + 1, inForce: false };
    case 'DpaEnteredIntoForce': return { inForce: true };
    case 'DpaVoided': return { signature: null, countersignature: null, inForce: false, processed: dpa.processed || dpa.inForce };
    case 'DataReturnConfirmed': return { dataReturn: { ...event.data, version } };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
