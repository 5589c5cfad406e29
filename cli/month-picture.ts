import { MONTHS } from '../domain/calendar/date-words.ts';
import type { Language } from '../domain/shared/bilingual.ts';
import { addDays, addMonths, dayOfWeek, type CivilDate } from '../domain/shared/civil-date.ts';

const HEADS: Readonly<Record<Language, string>> = { it: ' lu  ma  me  gi  ve  sa  do ', en: ' mo  tu  we  th  fr  sa  su ' };
const WIDTH = 28;
const BETWEEN = '    ';

/** The months from one date to another side by side, each day followed by its mark. */
export function monthPicture(from: CivilDate, to: CivilDate, markOf: (date: CivilDate) => string, language: Language): string[] {
  const months: string[][] = [];
  for (let first = `${from.slice(0, 8)}01`; first <= to; first = addMonths(first, 1)) months.push(month(first, markOf, language));
  const height = Math.max(...months.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) => months.map((lines) => (lines[row] ?? '').padEnd(WIDTH)).join(BETWEEN).trimEnd());
}

function month(first: CivilDate, markOf: (date: CivilDate) => string, language: Language): string[] {
  const name = `${MONTHS[Number(first.slice(5, 7)) - 1]?.[language] ?? ''} ${first.slice(0, 4)}`;
  const title = ' '.repeat(Math.floor((WIDTH - name.length) / 2)) + name;
  const cells = Array.from({ length: dayOfWeek(first) - 1 }, () => '    ');
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) cells.push(`${String(Number(day.slice(8))).padStart(3)}${markOf(day)}`);
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7).join(''));
  return [title, HEADS[language], ...weeks];
}
