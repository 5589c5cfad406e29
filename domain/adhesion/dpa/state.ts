import type { Fact } from '../event.ts';
import type { DpaEventData } from './events.ts';

/** What the data processing agreement keeps in the state of the case. */
export interface DpaSlice {
  readonly dpa: Dpa;
}

export type DpaFact<Type extends keyof DpaEventData> = Fact<DpaEventData[Type]>;

export interface Dpa {
  readonly draft: DpaFact<'DpaDrafted'> | null;
  readonly signature: DpaFact<'DpaSigned'> | null;
  readonly countersignature: DpaFact<'DpaCountersigned'> | null;
  /** How often a first day in force was set: names the timer. */
  readonly countersignatureCount: number;
  readonly inForce: boolean;
  readonly dataReturn: DpaFact<'DataReturnConfirmed'> | null;
}

export const EMPTY_DPA: DpaSlice = {
  dpa: { draft: null, signature: null, countersignature: null, countersignatureCount: 0, inForce: false, dataReturn: null },
};
