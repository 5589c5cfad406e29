import { dayOfWeek, type CivilDate } from '../shared/civil-date.ts';
import type { Bilingual } from '../shared/bilingual.ts';

const WEEKDAYS: readonly Bilingual[] = [
  { it: 'lunedì', en: 'Monday' }, { it: 'martedì', en: 'Tuesday' }, { it: 'mercoledì', en: 'Wednesday' }, { it: 'giovedì', en: 'Thursday' },
  { it: 'venerdì', en: 'Friday' }, { it: 'sabato', en: 'Saturday' }, { it: 'domenica', en: 'Sunday' },
];

export const MONTHS: readonly Bilingual[] = [
  { it: 'gennaio', en: 'January' }, { it: 'febbraio', en: 'February' }, { it: 'marzo', en: 'March' }, { it: 'aprile', en: 'April' },
  { it: 'maggio', en: 'May' }, { it: 'giugno', en: 'June' }, { it: 'luglio', en: 'July' }, { it: 'agosto', en: 'August' },
  { it: 'settembre', en: 'September' }, { it: 'ottobre', en: 'October' }, { it: 'novembre', en: 'November' }, { it: 'dicembre', en: 'December' },
];

/** `lunedì 6 luglio 2026`, `Monday 6 July 2026`; our own words, since those of the machine depend on its locale. */
export function dateInWords(date: CivilDate): Bilingual {
  const weekday = WEEKDAYS[dayOfWeek(date) - 1] ?? { it: '', en: '' };
  const month = MONTHS[Number(date.slice(5, 7)) - 1] ?? { it: '', en: '' };
  const [day, year] = [Number(date.slice(8)), date.slice(0, 4)];
  return { it: `${weekday.it} ${day === 1 ? '1º' : day} ${month.it} ${year}`, en: `${weekday.en} ${day} ${month.en} ${year}` };
}
