import type { CivilDate } from '../../shared/civil-date.ts';
import { headOn } from '../mandates/standing.ts';
import type { MandatesSlice } from '../mandates/state.ts';
import type { Organ } from './terms.ts';

export type OrganFault = 'WRONG_ORGAN' | 'COMMISSIONER_TERM_ENDED';

export const ORGAN_FAULTS: { readonly [Fault in OrganFault]: string } = {
  WRONG_ORGAN: 'A commissioner is in office; the commissioner resolves in the place of the council until a new one is elected (record it with COUNCIL_ELECTED).',
  COMMISSIONER_TERM_ENDED: "A commissioner's powers over acts of the council ended with the vote to renew the organs; an exceptional act gives urgencyReasons, a later appointment is recorded first (COMMISSIONER_APPOINTED).",
};

/**
 * What speaks against an organ on a day, by who is recorded at the head of the comune. A commissioner whose appointment nobody
 * has recorded is taken at their word, since it may be recorded later; against a record that a mayor or a new council was in
 * office, or after the vote to renew the organs, an act is exceptional (with final terms, or against grave harm) or not theirs.
 */
export function organFault(slice: Pick<MandatesSlice, 'mandates'>, organ: Organ, day: CivilDate, isExceptional: boolean): OrganFault | null {
  const head = headOn(slice, day);
  if (organ === 'COUNCIL') return head?.office === 'COMMISSIONER' ? 'WRONG_ORGAN' : null;
  if (isExceptional) return null;
  const voted = slice.mandates.some(({ kind, on }) => kind === 'ELECTION_CALLED' && on < day && (head === undefined || on > head.from));
  return voted || head?.office === 'MAYOR' ? 'COMMISSIONER_TERM_ENDED' : null;
}
