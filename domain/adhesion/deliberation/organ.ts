import type { CivilDate } from '../../shared/civil-date.ts';
import type { MandatesSlice } from '../mandates/state.ts';
import type { Organ } from './terms.ts';

export type OrganFault = 'WRONG_ORGAN' | 'COMMISSIONER_TERM_ENDED';

export const ORGAN_FAULTS: { readonly [Fault in OrganFault]: string } = {
  WRONG_ORGAN: 'A commissioner is in office; the commissioner resolves in the place of the council until a new one is elected (record it with COUNCIL_ELECTED).',
  COMMISSIONER_TERM_ENDED: "A commissioner's powers over acts of the council ended with the vote to renew the organs; an exceptional act gives urgencyReasons.",
};

/**
 * What speaks against an organ on a day, by the changes of mandate known. A commissioner whose appointment nobody has
 * recorded is taken at their word, since it may be recorded later; a commissioner before whom the organs were renewed is not.
 * An exceptional act (with final terms, or against grave harm) may come after the vote.
 */
export function organFault({ mandates }: MandatesSlice, organ: Organ, day: CivilDate, isExceptional: boolean): OrganFault | null {
  const appointedOn = mandates.findLast(({ kind, on }) => kind === 'COMMISSIONER_APPOINTED' && on <= day)?.on ?? null;
  if (organ === 'COUNCIL') {
    const inOffice = appointedOn !== null && !mandates.some(({ kind, on }) => kind === 'COUNCIL_ELECTED' && on >= appointedOn && on <= day);
    return inOffice ? 'WRONG_ORGAN' : null;
  }
  if (isExceptional) return null;
  const renewed = mandates.some(({ kind, on }) => (appointedOn === null || on > appointedOn)
    && ((kind === 'COUNCIL_ELECTED' && on <= day) || (kind === 'ELECTION_CALLED' && on < day)));
  return renewed ? 'COMMISSIONER_TERM_ENDED' : null;
}

/** True while a commissioner was appointed and no council elected since, as far as is known. */
export function isCommissionerInOffice({ mandates }: MandatesSlice): boolean {
  const last = mandates.findLast(({ kind }) => kind === 'COMMISSIONER_APPOINTED' || kind === 'COUNCIL_ELECTED');
  return last?.kind === 'COMMISSIONER_APPOINTED';
}
