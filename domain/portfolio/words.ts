import { dateInWords } from '../calendar/date-words.ts';
import { forbiddenInWords } from '../calendar/window-words.ts';
import type { ForbiddenWindow } from '../calendar/windows.ts';
import { addDays, civilDateOf, type CivilDate } from '../shared/civil-date.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import type { Reason } from '../shared/reason.ts';
import type { Excluded, Obstacle } from './obstacles.ts';

/** Who is served first (`planWaves`). */
export const ORDER: Bilingual = {
  it: 'Prima chi ha chiesto il servizio, in ordine di richiesta; poi gli altri, dal comune più piccolo: all\'inizio, quando c\'è più da imparare, si rischia di meno.',
  en: 'First who asked for the service, in the order of the requests; then the others, the smallest comune first: less is at stake while there is most to learn.',
};

export function excludedReason(excluded: Excluded): Reason {
  return { code: excluded.code, message: excludedInWords(excluded) };
}

function excludedInWords(excluded: Excluded): Bilingual {
  switch (excluded.code) {
    case 'NOT_MEMBER':
      return { it: 'Non è associato: la convenzione non è in vigore.', en: 'Not a member: its convention is not in force.' };
    case 'LEAVING':
      return { it: 'Sta uscendo: non si avviano nuove migrazioni.', en: 'On its way out: no new migration is begun.' };
    case 'ALREADY_OPERATING':
      return { it: 'Il servizio è già in esercizio.', en: 'The service operates already.' };
    case 'ALREADY_SCHEDULED': {
      const day = dateInWords(civilDateOf(excluded.window.from));
      return { it: `La messa in esercizio è già programmata: ${day.it}.`, en: `Its cutover is scheduled already: ${day.en}.` };
    }
    case 'DEPENDENCY_MISSING': {
      const names = excluded.services.join(', ');
      return { it: `Manca ciò da cui il servizio dipende: ${names} (né in esercizio né programmato).`, en: `What the service depends on is missing: ${names} (neither operating nor scheduled).` };
    }
  }
}

/** Why no window before the end of the plan: that first, then what stood in the way. */
export function notPlacedReasons(until: CivilDate, obstacles: readonly Obstacle[]): readonly Reason[] {
  const end = dateInWords(until);
  return [
    { code: 'NO_WINDOW', message: { it: `Nessuna finestra libera fino a ${end.it}.`, en: `No free window until ${end.en}.` } },
    ...lateReasons(obstacles),
  ];
}

/** Why the windows before were passed over: one reason for each kind of obstacle, in the order in which they were met. */
export function lateReasons(obstacles: readonly Obstacle[]): readonly Reason[] {
  const kinds = new Map<string, Obstacle[]>();
  for (const obstacle of obstacles) {
    const kind = 'service' in obstacle ? `${obstacle.code} ${obstacle.service}` : obstacle.code;
    kinds.set(kind, [...(kinds.get(kind) ?? []), obstacle]);
  }
  return [...kinds.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ code: first.code, message: obstacleInWords(first, same) }];
  });
}

function obstacleInWords(first: Obstacle, same: readonly Obstacle[]): Bilingual {
  if ('to' in first) return forbiddenManyTimes(first, same);
  switch (first.code) {
    case 'DEPENDENCY_PLANNED': {
      const [cutover, from] = [dateInWords(civilDateOf(first.cutover.from)), dateInWords(first.from)];
      return {
        it: `Viene dopo ${first.service}, messo in esercizio da ${cutover.it}: fino a ${from.it} durano la sua assistenza intensiva e il funzionamento in parallelo.`,
        en: `It follows ${first.service}, cut over from ${cutover.en}: its hypercare and the parallel run last until ${from.en}.`,
      };
    }
    case 'SERVICE_CAPACITY':
      return capacityInWords({ it: 'del servizio', en: 'of the service' }, same);
    case 'WEEK_CAPACITY':
      return capacityInWords({ it: 'di tutti i servizi insieme', en: 'of all services together' }, same);
    case 'COMUNE_BUSY':
      return { it: `Nella stessa finestra il comune mette in esercizio ${first.service}.`, en: `In the same window the comune cuts over ${first.service}.` };
  }
}

function forbiddenManyTimes(first: ForbiddenWindow, same: readonly Obstacle[]): Bilingual {
  const { it, en } = forbiddenInWords(first);
  const more = new Set(same.map((one) => ('to' in one ? one.from : ''))).size - 1;
  if (more === 0) return { it: `${it}.`, en: `${en}.` };
  return more === 1 ? { it: `${it}; poi un'altra volta.`, en: `${en}; then once more.` } : { it: `${it}; poi altre ${more} volte.`, en: `${en}; then ${more} more times.` };
}

function capacityInWords(of: Bilingual, same: readonly Obstacle[]): Bilingual {
  const weeks = same.flatMap((one) => ('week' in one ? [one.week] : []));
  const [first = '', last = first] = [weeks[0], weeks.at(-1)];
  const [from, to] = [dateInWords(first), dateInWords(addDays(last, 6))];
  return weeks.length === 1
    ? { it: `Capacità ${of.it} esaurita nella settimana da ${from.it} a ${to.it}.`, en: `No capacity ${of.en} left in the week from ${from.en} to ${to.en}.` }
    : { it: `Capacità ${of.it} esaurita in ${weeks.length} settimane tra ${from.it} e ${to.it}.`, en: `No capacity ${of.en} left in ${weeks.length} weeks between ${from.en} and ${to.en}.` };
}
