import { endOf } from '../membership/standing.ts';
import { isUnconfirmed } from '../referents/confirmation.ts';
import { endingOf } from '../referents/tenure.ts';
import type { AdhesionState } from '../state.ts';
import { notLapsed } from './standing.ts';
import type { MandateFact } from './state.ts';

type Asking = MandateFact & { readonly confirmBy: string };

/**
 * Changes of mandate that ask for a confirmation which somebody still lacks, and whose day has not been said to have gone by;
 * none after the end of the convention.
 */
export function changesUnanswered(state: AdhesionState): readonly Asking[] {
  if (endOf(state) !== null) return [];
  return notLapsed(state).filter((change): change is Asking => {
    const { confirmBy } = change;
    return confirmBy !== undefined && !isAskedBefore(state, change) && state.referents.some((referent) => {
      const ending = endingOf(state, referent);
      return isUnconfirmed(state, referent, change) && (ending === null || ending.from > confirmBy);
    });
  });
}

/** Changes of one day ask once: the one recorded first. */
function isAskedBefore({ mandates }: AdhesionState, { version, on, confirmBy }: MandateFact): boolean {
  return mandates.some((other) => other.version < version && other.on === on && other.confirmBy === confirmBy);
}
