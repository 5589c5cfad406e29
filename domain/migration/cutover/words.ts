import type { ForbiddenWindow, TimeWindow } from '../../calendar/windows.ts';
import { dateInWords } from '../../calendar/date-words.ts';
import { forbiddenInWords } from '../../calendar/window-words.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import { addDays, civilDateOf } from '../../shared/civil-date.ts';
import type { Refused } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';

/** Each forbidden window that is met, with its days in full. */
export function forbiddenReason(window: ForbiddenWindow): Reason {
  return { code: window.code, message: forbiddenInWords(window) };
}

/** What lies ahead, with its days in full; acts on the notice board forbid a cutover only where it keeps the board down for long. */
export function aheadReason(window: ForbiddenWindow): Reason {
  if (window.code !== 'BOARD_PUBLICATIONS') return forbiddenReason(window);
  const [first, last] = [dateInWords(civilDateOf(window.from)), dateInWords(addDays(civilDateOf(window.to), -1))];
  return {
    code: window.code,
    message: {
      it: `Atti in pubblicazione all'albo da ${first.it} a ${last.it} compreso: l'albo si ferma per meno di 12 ore al giorno.`,
      en: `Acts on the notice board from ${first.en} to ${last.en}, included: it is down for less than 12 hours of each day.`,
    },
  };
}

export const NOT_FREE: Bilingual = {
  it: 'La finestra della messa in esercizio non è libera: ecco perché.', en: 'The window of the cutover is not free: here is why.',
};

/** The refusal of a window that is not free: every reason, then the next preferred one that is. */
export function notFree(reasons: readonly ForbiddenWindow[], next: TimeWindow | null, path: string): Refused {
  return {
    kind: 'refused',
    code: 'WINDOW_NOT_FREE',
    reasons: [
      { code: 'WINDOW_NOT_FREE', message: NOT_FREE, path },
      ...reasons.map(forbiddenReason),
      next === null
        ? { code: 'NO_PREFERRED_WINDOW', message: { it: 'Nessun fine settimana è libero entro un anno.', en: 'No week-end is free within a year.' } }
        : { code: 'NEXT_PREFERRED_WINDOW', message: preferredInWords(next) },
    ],
  };
}

/** A preferred window goes from Friday to Sunday, from 20:00 to 20:00. */
export function preferredInWords({ from, to }: TimeWindow): Bilingual {
  const [first, last] = [dateInWords(civilDateOf(from)), dateInWords(civilDateOf(to))];
  return {
    it: `La prossima finestra preferita libera va da ${first.it}, ore 20:00, a ${last.it}, ore 20:00.`, en: `The next preferred window that is free goes from ${first.en}, 20:00, to ${last.en}, 20:00.`,
  };
}
