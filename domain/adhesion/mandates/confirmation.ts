import { isUnconfirmed } from '../referents/confirmation.ts';
import { endingOf } from '../referents/tenure.ts';
import type { AdhesionState } from '../state.ts';
import type { MandateFact } from './state.ts';

type Asking = MandateFact & { readonly confirmBy: string };

/** Changes of mandate that ask for a confirmation which somebody still lacks, and whose day has not been said to have gone by. */
export function changesUnanswered(state: AdhesionState): readonly Asking[] {
  const lapsed = new Set(state.lapses.map(({ change }) => change));
  return state.mandates.filter((change): change is Asking => {
    const { version, confirmBy } = change;
    return confirmBy !== undefined && !lapsed.has(version) && state.referents.some((referent) => {
      const ending = endingOf(state, referent);
      return isUnconfirmed(state, referent, change) && (ending === null || ending.from > confirmBy);
    });
  });
}
