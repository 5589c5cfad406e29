import type { Bilingual } from '../../../shared/bilingual.ts';
import { refused, type Refused } from '../../../shared/process.ts';
import type { Rule } from '../../rule.ts';
import { SUSPENDED_BY } from '../../words.ts';
import { isSuspended } from '../standing.ts';
import type { Deliberation } from '../state.ts';

/**
 * A step of the deliberation: none is done while the resolution is suspended, nor once it was revoked or annulled. What the
 * law lets run meanwhile goes on (the executivity, the days on the board), and so do corrections of what was recorded.
 */
export function step<Data>(inner: Rule<Data>): Rule<Data> {
  return {
    turn: (state, actor) => halt(state.deliberation) ?? inner.turn(state, actor),
    decide: (state, data, context) => halt(state.deliberation) ?? inner.decide(state, data, context),
  };
}

/** A step whose fact is kept when it comes early: a suspension does not make it lost, nor a fact that waits already. */
export function parkableStep<Data>(inner: Rule<Data>): Rule<Data> {
  const turn: Rule<Data>['turn'] = (state, actor) => {
    const found = inner.turn(state, actor);
    return found?.early === true ? found : (halt(state.deliberation) ?? found);
  };
  return {
    turn,
    decide: (state, data, context) => {
      const found = turn(state, context.actor);
      return found === null || found.early === true ? inner.decide(state, data, context) : found;
    },
  };
}

const WHAT_FOLLOWS: Bilingual = {
  it: "un nuovo tentativo è possibile finché l'ente non firma la convenzione, poi serve una nuova pratica.",
  en: 'a new attempt can follow until the member signs the convention, after that a new case.',
};

/** Why no step of the resolution may be done now, or null. */
export function halt(deliberation: Deliberation): Refused | null {
  return lossOf(deliberation) ?? suspensionOf(deliberation);
}

/** The suspension of the resolution as a refusal, or null; one that fell while suspended is suspended no more. */
export function suspensionOf(deliberation: Deliberation): Refused | null {
  const { adoption, suspension } = deliberation;
  if (adoption === null || suspension === null || !isSuspended(deliberation)) return null;
  const { by, from, orderNo } = suspension;
  return refused('RESOLUTION_SUSPENDED', {
    it: `La delibera è sospesa ${SUSPENDED_BY[by].it} dal ${from} (${orderNo}); si riprende da dove era quando LiftSuspension ne registra la fine.`,
    en: `The resolution is suspended ${SUSPENDED_BY[by].en} from ${from} (${orderNo}); it goes on where it was once LiftSuspension records the end of the order.`,
  });
}

/** The revocation or annulment of the resolution as a refusal, or null: what even a suspension does not stop ends with it. */
export function lossOf({ adoption, revocation, annulment }: Deliberation): Refused | null {
  if (adoption === null) return null;
  if (annulment !== null) {
    const { on, actNo } = annulment;
    return refused('RESOLUTION_ANNULLED', {
      it: `La delibera è stata annullata il ${on} (${actNo}); ${WHAT_FOLLOWS.it}`, en: `The resolution was annulled on ${on} (${actNo}); ${WHAT_FOLLOWS.en}`,
    });
  }
  if (revocation !== null) {
    const { on, actNo } = revocation;
    return refused('RESOLUTION_REVOKED', {
      it: `La delibera è stata revocata il ${on} (${actNo}); ${WHAT_FOLLOWS.it}`, en: `The resolution was revoked on ${on} (${actNo}); ${WHAT_FOLLOWS.en}`,
    });
  }
  return null;
}
