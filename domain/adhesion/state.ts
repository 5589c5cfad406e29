import type { CaseState } from '../shared/case.ts';
import { EMPTY_CONVENTION, type ConventionSlice } from './convention/state.ts';
import { EMPTY_DELIBERATION, type DeliberationSlice } from './deliberation/state.ts';
import { EMPTY_DPA, type DpaSlice } from './dpa/state.ts';
import { EMPTY_DUES, type DuesSlice } from './dues/state.ts';
import type { AdhesionEventData } from './events.ts';
import { EMPTY_LINEAGE, type LineageSlice } from './lineage/state.ts';
import { EMPTY_MANDATES, type MandatesSlice } from './mandates/state.ts';
import { EMPTY_MEMBERSHIP, type MembershipSlice } from './membership/state.ts';
import { EMPTY_NIS, type NisSlice } from './nis/state.ts';
import { completePolicies } from './policies.ts';
import { EMPTY_PROCESSING, type ProcessingSlice } from './processing/state.ts';
import { EMPTY_RECOGNITION, type RecognitionSlice } from './recognition/state.ts';
import { EMPTY_REFERENTS, type ReferentsSlice } from './referents/state.ts';
import { EMPTY_REMINDERS, type RemindersSlice } from './reminders/state.ts';
import { EMPTY_SERVICES, type ServicesSlice } from './services/state.ts';

/** Counts up with the shape of `AdhesionState`; `restoreAdhesion` must know how an older one becomes one of today. */
export const ADHESION_STATE_SCHEMA = 7;

/**
 * The facts that stand, each as its event gave it, with the version of that event. States (of the deliberation, of the
 * executivity, of the convention) are not kept: they follow from the facts (see each area's standing.ts), so none can
 * contradict them.
 */
export interface AdhesionState
  extends CaseState, RecognitionSlice, DeliberationSlice, ConventionSlice, DpaSlice, ProcessingSlice, ReferentsSlice, MandatesSlice, ServicesSlice, MembershipSlice,
  RemindersSlice, NisSlice, DuesSlice, LineageSlice {
  readonly opening: AdhesionEventData['AdhesionOpened'] | null;
  readonly closure: AdhesionEventData['AdhesionClosed'] | null;
}

export function initialAdhesion(): AdhesionState {
  return {
    version: 0, parked: [], owed: [], opening: null, ...EMPTY_RECOGNITION, ...EMPTY_DELIBERATION, ...EMPTY_CONVENTION, ...EMPTY_DPA, ...EMPTY_PROCESSING, ...EMPTY_REFERENTS,
    ...EMPTY_MANDATES, ...EMPTY_SERVICES, ...EMPTY_MEMBERSHIP, ...EMPTY_REMINDERS, ...EMPTY_NIS, ...EMPTY_DUES, ...EMPTY_LINEAGE, closure: null,
  };
}

/**
 * A state kept by this version or an earlier one: what it did not know yet, in the case or in one of its areas, is as it is in
 * the beginning. Null for a later one.
 */
export function restoreAdhesion(kept: object, stateSchema: number): AdhesionState | null {
  if (stateSchema > ADHESION_STATE_SCHEMA) return null;
  const restored = completed(initialAdhesion(), kept);
  const { opening } = restored;
  return opening === null ? restored : { ...restored, opening: { ...opening, policies: completePolicies(opening.policies) } };
}

/** What is kept, with the members that it lacks, and so each plain object of the beginning. */
function completed(begun: AdhesionState, kept: Partial<AdhesionState>): AdhesionState {
  const known: Readonly<Record<string, unknown>> = kept;
  const areas = Object.entries(begun).filter(([, area]) => isPlainObject(area))
    .map(([key, area]) => [key, { ...area, ...known[key] as object | undefined }]);
  return { ...begun, ...kept, ...Object.fromEntries(areas) };
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A case that was opened. */
export type OpenedCase = AdhesionState & { readonly opening: AdhesionEventData['AdhesionOpened'] };

export function isOpened(state: AdhesionState): state is OpenedCase {
  return state.opening !== null;
}
