import type { Bilingual } from '../shared/bilingual.ts';
import { civilDateOf, instantOfMillis, millisOf } from '../shared/civil-date.ts';
import { dateInWords } from './date-words.ts';
import type { ForbiddenCode, ForbiddenWindow } from './windows.ts';

const FORBIDDEN: Readonly<Record<ForbiddenCode, Bilingual>> = {
  ELECTION_DAYS: { it: 'Giorni di voto', en: 'Days of a vote' },
  MONTH_END: { it: 'Chiusura del mese', en: 'Month-end' },
  BUDGET_DAYS: { it: 'Chiusura del bilancio', en: 'Budget days' },
  TAX_DAYS: { it: 'Scadenza IMU', en: 'Tax days' },
  COUNCIL_SESSION: { it: 'Seduta del consiglio', en: 'Session of the council' },
  PATRON_EVE: { it: 'Vigilia della festa patronale', en: "Eve of the patron's day" },
  CLOCK_CHANGE: { it: "Notte del cambio dell'ora", en: 'Night in which the clocks change' },
  BOARD_PUBLICATIONS: { it: 'Albo pretorio fermo 12 ore o più, con atti in pubblicazione', en: 'Notice board down for 12 hours or more, with acts on it' },
};

/** Why a service may not be cut over then, in a sentence with the days of the forbidden window in full. */
export function forbiddenInWords({ code, from, to }: ForbiddenWindow): Bilingual {
  const first = civilDateOf(from);
  const last = civilDateOf(instantOfMillis(millisOf(to) - 1));
  const [begins, ends, name] = [dateInWords(first), dateInWords(last), FORBIDDEN[code]];
  return first === last
    ? { it: `${name.it}: ${begins.it}`, en: `${name.en}: ${begins.en}` }
    : { it: `${name.it}: da ${begins.it} a ${ends.it} compreso`, en: `${name.en}: from ${begins.en} to ${ends.en}, included` };
}
