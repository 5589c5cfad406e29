import { preferredWindow, type TimeWindow } from '../calendar/windows.ts';
import { addDays, civilDateOf, dayOfWeek, type CivilDate } from '../shared/civil-date.ts';

const DAYS_OF_WEEK = 7;
const MONDAY_TO_FRIDAY = 4;

/** The Monday of the week in which a cutover begins: capacity is counted by it. */
export function weekOf({ from }: Pick<TimeWindow, 'from'>): CivilDate {
  return mondayOf(civilDateOf(from));
}

/** The Monday of the week of a day. */
export function mondayOf(date: CivilDate): CivilDate {
  return addDays(date, 1 - dayOfWeek(date));
}

/** The preferred windows of the weeks from a day on, so many of them; each begins on that day or later. */
export function preferredWindows(from: CivilDate, weeks: number): readonly TimeWindow[] {
  const friday = addDays(mondayOf(from), MONDAY_TO_FRIDAY);
  const first = friday < from ? addDays(friday, DAYS_OF_WEEK) : friday;
  return Array.from({ length: weeks }, (_, index) => preferredWindow(addDays(first, index * DAYS_OF_WEEK)));
}
