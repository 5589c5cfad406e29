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
  /** True once an agreement that was in force turned out to be void: there are data to give back all the same. */
  readonly processed: boolean;
  readonly dataReturn: DpaFact<'DataReturnConfirmed'> | null;
}

export const EMPTY_DPA: DpaSlice = {
  dpa: { draft: null, signature: null, countersignature: null, countersignatureCount: 0, inForce: false, processed: false, dataReturn: null },
};
