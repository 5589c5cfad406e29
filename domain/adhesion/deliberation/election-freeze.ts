import { inElectionFreeze } from '../../calendar/elections.ts';
import type { CivilDate } from '../../shared/civil-date.ts';
import type { MandatesSlice } from '../mandates/state.ts';

/** True on a day on which the council may adopt urgent acts only: from the manifesto until the new council is elected. */
export function isFrozen({ mandates }: Pick<MandatesSlice, 'mandates'>, day: CivilDate): boolean {
  return mandates.some(({ kind, on: vote }) => {
    if (kind !== 'ELECTION_CALLED') return false;
    const elected = mandates.find((change) => change.kind === 'COUNCIL_ELECTED' && change.on >= vote);
    return inElectionFreeze(day, vote, elected?.on ?? null);
  });
}
