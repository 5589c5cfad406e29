import type { Actor } from '../shared/actor.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import { refused, type Context, type Refused } from '../shared/process.ts';
import type { OpenedCase } from './state.ts';
import type { Prepared } from './terms.ts';

/** The note of the one who prepares; nothing in a case that does not go by the rule. */
export function preparedBy({ opening }: OpenedCase, { actor }: Context): Prepared {
  return opening.policies.twoPerson ? { preparedBy: actor.subject } : {};
}

/** Who prepares does not approve: the refusal of the same person, or null. A case whose preparer was not noted goes on as it did. */
export function twoPersonFault(preparer: string | null, { subject }: Pick<Actor, 'subject'>, what: Bilingual): Refused | null {
  return preparer === subject ? refused('TWO_PERSON_REQUIRED', {
    it: `${what.it} Per la regola delle due persone di questa pratica serve un altro operatore.`, en: `${what.en} By the two-person rule of this case it takes another operator.`,
  }) : null;
}
