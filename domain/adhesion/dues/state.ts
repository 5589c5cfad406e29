import type { Fact } from '../event.ts';
import type { DuesEventData } from './events.ts';

/** What the account of an exit keeps in the state of the case. */
export interface DuesSlice {
  readonly dues: readonly Due[];
}

export interface Due extends Fact<DuesEventData['DueDeclared']> {
  readonly settlement: Fact<DuesEventData['DueSettled']> | null;
}

export const EMPTY_DUES: DuesSlice = { dues: [] };
