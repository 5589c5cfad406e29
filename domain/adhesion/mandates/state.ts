import type { Fact } from '../event.ts';
import type { MandatesEventData } from './events.ts';

/** What the mandates keep in the state of the case. */
export interface MandatesSlice {
  /** Changes of mayor, council and commissioner, by the day on which they happened. */
  readonly mandates: readonly MandateFact[];
  /** The changes whose day to confirm went by. */
  readonly lapses: readonly Fact<MandatesEventData['ConfirmationLapsed']>[];
}

export type MandateFact = Fact<MandatesEventData['MandateChanged']>;

export const EMPTY_MANDATES: MandatesSlice = { mandates: [], lapses: [] };
