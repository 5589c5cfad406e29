import type { Bilingual } from '../../shared/bilingual.ts';
import type { CivilDate } from '../../shared/civil-date.ts';
import { headOn, suspensionOn } from '../mandates/standing.ts';
import type { MandatesSlice } from '../mandates/state.ts';
import type { Organ } from './terms.ts';

export type OrganFault = 'WRONG_ORGAN' | 'COUNCIL_SUSPENDED' | 'COMMISSIONER_TERM_ENDED';

export const ORGAN_FAULTS: { readonly [Fault in OrganFault]: Bilingual } = {
  WRONG_ORGAN: {
    it: 'È in carica un commissario; delibera il commissario, con i poteri del consiglio, finché non ne è eletto uno nuovo (si registra con COUNCIL_ELECTED).',
    en: 'A commissioner is in office; the commissioner resolves in the place of the council until a new one is elected (record it with COUNCIL_ELECTED).',
  },
  COUNCIL_SUSPENDED: {
    it: 'In quel giorno il consiglio è sospeso dal prefetto (art. 141 TUEL); delibera il commissario, la cui nomina si registra prima (COMMISSIONER_APPOINTED), o il consiglio in un giorno successivo alla sospensione.',
    en: 'On that day the prefect has the council suspended (art. 141 TUEL); the commissioner resolves, whose appointment is recorded first (COMMISSIONER_APPOINTED), or the council on a day after the suspension.',
  },
  COMMISSIONER_TERM_ENDED: {
    it: 'I poteri del commissario sugli atti del consiglio sono cessati con il voto per il rinnovo degli organi; un atto eccezionale si motiva in urgencyReasons, una nomina successiva si registra prima (COMMISSIONER_APPOINTED).',
    en: "A commissioner's powers over acts of the council ended with the vote to renew the organs; an exceptional act gives urgencyReasons, a later appointment is recorded first (COMMISSIONER_APPOINTED).",
  },
};

/**
 * What speaks against an organ on a day, by who is recorded at the head of the body. A commissioner whose appointment nobody
 * has recorded is taken at their word, since it may be recorded later; against a record that a mayor or a new council was in
 * office, or after the vote to renew the organs, an act is exceptional (with final terms, or against grave harm) or not theirs.
 */
export function organFault(slice: Pick<MandatesSlice, 'mandates'>, organ: Organ, day: CivilDate, isExceptional: boolean): OrganFault | null {
  const head = headOn(slice, day);
  if (organ !== 'COMMISSIONER') {
    if (head?.office === 'COMMISSIONER') return 'WRONG_ORGAN';
    return suspensionOn(slice, day) === undefined ? null : 'COUNCIL_SUSPENDED';
  }
  if (isExceptional) return null;
  const voted = slice.mandates.some(({ kind, on }) => kind === 'ELECTION_CALLED' && on < day && (head === undefined || on > head.from));
  return voted || head?.office === 'MAYOR' ? 'COMMISSIONER_TERM_ENDED' : null;
}
