import type { MandateFact } from './state.ts';

/**
 * By day; of one day by kind, so that the order of recording does not matter: a commissioner takes over from the mayor of that
 * day, and a council elected on it ends the commissioner.
 */
export function byDay(one: MandateFact, other: MandateFact): number {
  return one.on === other.on ? RANK[one.kind] - RANK[other.kind] : (one.on < other.on ? -1 : 1);
}

const RANK: Readonly<Record<MandateFact['kind'], number>> = {
  ELECTION_CALLED: 0, MAYOR_RESIGNED: 1, RESIGNATION_WITHDRAWN: 2, COUNCIL_SUSPENDED: 3, SECRETARY_CHANGED: 4, ACTING_MAYOR: 5,
  COMMISSIONER_APPOINTED: 6, COUNCIL_ELECTED: 7, MAYOR_CHANGED: 8, ASSEMBLY_DELEGATE: 9,
};
