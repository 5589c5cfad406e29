import type { CaseState } from '../shared/case.ts';
import { EMPTY_CONVENTION, type ConventionSlice } from './convention/state.ts';
import { EMPTY_DELIBERATION, type DeliberationSlice } from './deliberation/state.ts';
import type { AdhesionEventData } from './events.ts';
import { EMPTY_REFERENTS, type ReferentsSlice } from './referents/state.ts';
import { EMPTY_SERVICES, type ServicesSlice } from './services/state.ts';

/** Counts up with the shape of `AdhesionState`. */
export const ADHESION_STATE_SCHEMA = 1;

/**
 * The facts that stand, each as its event gave it, with the version of that event. States (of the deliberation, of the
 * executivity, of the convention) are not kept: they follow from the facts (see each area's standing.ts), so none can
 * contradict them.
 */
export interface AdhesionState extends CaseState, DeliberationSlice, ConventionSlice, ReferentsSlice, ServicesSlice {
  readonly opening: AdhesionEventData['AdhesionOpened'] | null;
  readonly closure: AdhesionEventData['AdhesionClosed'] | null;
}

export function initialAdhesion(): AdhesionState {
  return {
    version: 0, parked: [], owed: [], opening: null, ...EMPTY_DELIBERATION, ...EMPTY_CONVENTION, ...EMPTY_REFERENTS, ...EMPTY_SERVICES,
    closure: null,
  };
}

/** A case that was opened. */
export type OpenedCase = AdhesionState & { readonly opening: AdhesionEventData['AdhesionOpened'] };

export function isOpened(state: AdhesionState): state is OpenedCase {
  return state.opening !== null;
}
