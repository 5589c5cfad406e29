import type { Fact } from '../event.ts';
import type { NisEventData } from './events.ts';

/** What a subject of NIS keeps in the state of the case. */
export interface NisSlice {
  readonly nisDuties: readonly NisFact[];
}

export type NisFact = Fact<NisEventData['NisDutyDone']>;

export const EMPTY_NIS: NisSlice = { nisDuties: [] };
