import type { CivilDate } from '../../shared/civil-date.ts';
import { refused, type Refused } from '../../shared/process.ts';
import type { Office } from '../convention/terms.ts';
import { knows } from '../policies.ts';
import type { OpenedCase } from '../state.ts';
import type { MandateFact, MandatesSlice } from './state.ts';
import type { MandateChange } from './terms.ts';

/** Who is at the head of the comune: its mayor, or the commissioner who acts with the powers of mayor and council (art. 141 TUEL). */
export type HeadOffice = 'MAYOR' | 'COMMISSIONER';

/** Whom a change puts in charge; the call of an election nobody. The new council ends the commissioner. */
const PUTS_IN_CHARGE: Readonly<Record<MandateChange, HeadOffice | null>> = {
  MAYOR_CHANGED: 'MAYOR', COUNCIL_ELECTED: 'MAYOR', COMMISSIONER_APPOINTED: 'COMMISSIONER', ELECTION_CALLED: null,
};

/** A stretch of the register of the head of the comune: from the day of a change up to (not with) that of the next; null: still. */
export interface Term {
  readonly office: HeadOffice;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** The stretch that a change began, or null for a change that puts nobody in charge. */
export function termOf({ mandates }: MandatesSlice, change: MandateFact): Term | null {
  const office = PUTS_IN_CHARGE[change.kind];
  if (office === null) return null;
  const next = mandates.slice(mandates.indexOf(change) + 1).find(({ kind }) => PUTS_IN_CHARGE[kind] !== null);
  return { office, from: change.on, to: next?.on ?? null };
}

/** Who was at the head of the comune on a civil day; the mayor where nothing else is recorded. */
export function officeHolderOn(slice: MandatesSlice, on: CivilDate): HeadOffice {
  return lastTerm(slice, on)?.office ?? 'MAYOR';
}

function lastTerm(slice: MandatesSlice, on: CivilDate): Term | undefined {
  return slice.mandates.flatMap((change) => termOf(slice, change) ?? []).findLast(({ from }) => from <= on);
}

/**
 * Why an office could not sign for the member on that day, or null. The office signs, not the person: a new mayor signs under the
 * old resolution. A mayor (or his deputy) has no power while a commissioner is in charge. A commissioner of whom nothing is
 * recorded is believed, since facts may be recorded later; not against a record that somebody else was in charge.
 */
export function powerToSign(state: OpenedCase, office: Office, on: CivilDate): Refused | null {
  if (!knows(state, '2026.2')) return null;
  const term = lastTerm(state, on);
  if ((office === 'MAYOR' || office === 'DEPUTY_MAYOR') && term?.office === 'COMMISSIONER') {
    return notHeld(`On ${on} the commissioner appointed on ${term.from} held the power to sign: the office is COMMISSIONER.`);
  }
  if (office !== 'COMMISSIONER' || term?.office === 'COMMISSIONER') return null;
  if (term !== undefined) return notHeld(`On ${on} the mayor held the power to sign (since ${term.from}); a commissioner is recorded first, with RecordMandateChange.`);
  const later = state.mandates.find(({ kind }) => kind === 'COMMISSIONER_APPOINTED');
  return later === undefined ? null : notHeld(`On ${on} the mayor held the power to sign; the commissioner was appointed on ${later.on}.`);
}

function notHeld(message: string): Refused {
  return refused('POWER_NOT_HELD', message, 'office');
}
