import type { Fact } from '../event.ts';
import type { ReferentsEventData } from './events.ts';

/** What the referents keep in the state of the case. */
export interface ReferentsSlice {
  readonly referents: readonly Referent[];
}

export interface Referent extends Fact<ReferentsEventData['ReferentAppointed']> {
  readonly acceptance: Fact<ReferentsEventData['AppointmentAccepted']> | null;
}

export const EMPTY_REFERENTS: ReferentsSlice = { referents: [] };
