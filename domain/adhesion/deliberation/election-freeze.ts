import { addDays, type CivilDate } from '../../shared/civil-date.ts';
import type { MandatesSlice } from '../mandates/state.ts';

const MANIFESTO_DAYS_BEFORE_VOTE = 45;

/** First day of the freeze: the manifesto is published on the 45th day before the first day of the vote (art. 38 c.5 TUEL). */
export function freezeBeginsOn(firstDayOfVote: CivilDate): CivilDate {
  return addDays(firstDayOfVote, -MANIFESTO_DAYS_BEFORE_VOTE);
}

/** True on a day on which the council may adopt urgent acts only: from the manifesto until the new council is elected. */
export function isFrozen({ mandates }: MandatesSlice, day: CivilDate): boolean {
  return mandates.some(({ kind, on: vote }) => {
    if (kind !== 'ELECTION_CALLED' || day < freezeBeginsOn(vote)) return false;
    const elected = mandates.find((change) => change.kind === 'COUNCIL_ELECTED' && change.on >= vote);
    return elected === undefined || day < elected.on;
  });
}
