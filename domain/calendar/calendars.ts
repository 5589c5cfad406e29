import { Calendar } from './calendar.ts';
import { CALENDAR_2026_1 } from './data/2026.1.ts';

/** Calendars are data with a version; a case pins the one it began with, so that a later law never moves its dates. */
export const CALENDAR_VERSIONS = ['2026.1'] as const;
export type CalendarVersion = (typeof CALENDAR_VERSIONS)[number];
export const CURRENT_CALENDAR: CalendarVersion = '2026.1';

/** A released version by its name, or a calendar itself: so a draft law can be tried before it is one. */
export type CalendarChoice = CalendarVersion | Calendar;

const CALENDARS: Readonly<Record<CalendarVersion, Calendar>> = {
  '2026.1': new Calendar(CALENDAR_2026_1),
};

/** The calendar that is meant. Throws RangeError on a version that this release does not hold. */
export function calendarOf(choice: CalendarChoice): Calendar {
  if (typeof choice !== 'string') return choice;
  // A pinned version comes from storage, whatever the type says.
  const known: Calendar | undefined = CALENDARS[choice];
  if (known === undefined) throw new RangeError(`There is no calendar ${JSON.stringify(choice)} in this release; it holds ${CALENDAR_VERSIONS.join(', ')}.`);
  return known;
}
