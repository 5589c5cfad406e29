import { civilDateOf, compareInstants, normalInstant, type CivilDate } from '../shared/civil-date.ts';
import { refused, type Context, type Refused } from '../shared/process.ts';

/** The first refusal among several checks, or null. */
export function firstRefusal(...checks: (Refused | null)[]): Refused | null {
  return checks.find((check) => check !== null) ?? null;
}

/** An instant or a civil date: a civil date has ten characters, an instant more. */
export type When = string;

/** None may lie in the future: instants against `now`, civil dates against the day in Rome. */
export function notInFuture({ now }: Context, facts: { readonly [path: string]: When | undefined }): Refused | null {
  const today = civilDateOf(now);
  for (const [path, when] of Object.entries(facts)) {
    if (when === undefined) continue;
    const future = isDate(when) ? when > today : compareInstants(when, now) > 0;
    if (future) return refused('FACT_IN_FUTURE', `${path} lies in the future; a fact can be recorded from ${isDate(when) ? when : normalInstant(when)} on.`, path);
  }
  return null;
}

/** A fact may not precede what it follows; where one of them is a civil date, days are compared. */
export function notBefore(when: When, path: string, ground: When | null, follows: string): Refused | null {
  if (ground === null) return null;
  const before = isDate(when) || isDate(ground) ? dayOf(when) < dayOf(ground) : compareInstants(when, ground) < 0;
  return before ? refused('DATE_BEFORE_GROUND', `${path} must not be before ${follows} (${ground}).`, path) : null;
}

export function dayOf(when: When): CivilDate {
  return isDate(when) ? when : civilDateOf(when);
}

function isDate(when: string): boolean {
  return when.length === 10;
}

/** A signature over another text than the right one; both are digests, `which` names the right one in words. */
export function textFault(sha256: string, right: string, which: 'the approved one' | 'the one that was sent'): Refused | null {
  return sha256 === right ? null : refused('TEXT_MISMATCH', `The signed text is not ${which} (${right}).`, 'sha256');
}

/** Refusal of a fact that was recorded already, of a kind that can be corrected. */
export function alreadyRecorded(fact: string): Refused {
  return refused('ALREADY_RECORDED', `${fact} is recorded already; a mistake in it is mended with CorrectFact.`);
}

/** Refusal of a fact that was recorded already, of a kind that is not corrected: a signature, a text, what the Agency decided. */
export function recordedForGood(fact: string): Refused {
  return refused('ALREADY_RECORDED', `${fact} is recorded already; it stands as it was recorded.`);
}
