import type { Bilingual } from '../shared/bilingual.ts';
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
    const from = isDate(when) ? when : normalInstant(when);
    if (future) return refused('FACT_IN_FUTURE', {
      it: `${path} è nel futuro; il fatto si potrà registrare dal ${from}.`, en: `${path} lies in the future; the fact can be recorded from ${from} on.`,
    }, path);
  }
  return null;
}

/** A fact may not precede what it follows; where one of them is a civil date, days are compared. */
export function notBefore(when: When, path: string, ground: When | null, follows: Bilingual): Refused | null {
  if (ground === null) return null;
  const before = isDate(when) || isDate(ground) ? dayOf(when) < dayOf(ground) : compareInstants(when, ground) < 0;
  return before
    ? refused('DATE_BEFORE_GROUND', { it: `${path} non può precedere ${follows.it} (${ground}).`, en: `${path} must not be before ${follows.en} (${ground}).` }, path)
    : null;
}

export function dayOf(when: When): CivilDate {
  return isDate(when) ? when : civilDateOf(when);
}

function isDate(when: string): boolean {
  return when.length === 10;
}

export const APPROVED_TEXT: Bilingual = { it: 'quello approvato', en: 'the approved one' };
export const SENT_TEXT: Bilingual = { it: 'quello inviato', en: 'the one that was sent' };

/** A signature over another text than the right one; both are digests, `which` names the right one in words. */
export function textFault(sha256: string, right: string, which: Bilingual): Refused | null {
  return sha256 === right ? null : refused('TEXT_MISMATCH', {
    it: `Il testo firmato non è ${which.it} (${right}).`, en: `The signed text is not ${which.en} (${right}).`,
  }, 'sha256');
}

/** Refusal of a fact that was recorded already, of a kind that can be corrected. `fact` begins the sentence. */
export function alreadyRecorded(fact: Bilingual): Refused {
  return refused('ALREADY_RECORDED', {
    it: `${fact.it}: già agli atti; un errore si corregge con CorrectFact.`, en: `${fact.en} is recorded already; a mistake in it is mended with CorrectFact.`,
  });
}

/** Refusal of a fact that was recorded already, of a kind that is not corrected: a signature, a text, what the Agency decided. */
export function recordedForGood(fact: Bilingual): Refused {
  return refused('ALREADY_RECORDED', {
    it: `${fact.it}: già agli atti; non si modifica.`, en: `${fact.en} is recorded already; it stands as it was recorded.`,
  });
}
