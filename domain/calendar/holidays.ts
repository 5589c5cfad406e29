import { dayOfWeek, type CivilDate } from '../shared/civil-date.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import { calendarOf, CURRENT_CALENDAR, type CalendarChoice } from './calendars.ts';
import type { Step, StepCode } from './steps.ts';

export { CALENDAR_VERSIONS, CURRENT_CALENDAR, type CalendarVersion } from './calendars.ts';

const SATURDAY = 6;
const SUNDAY = 7;
const SUNDAY_NAME: Bilingual = { it: 'Domenica', en: 'Sunday' };

/**
 * The legal holiday on a date, or null (L. 260/1949 with L. 54/1977, L. 336/2000 and L. 151/2025; every Sunday). A Sunday
 * that is also a named holiday answers with that name.
 */
export function holidayOn(date: CivilDate, calendar: CalendarChoice = CURRENT_CALENDAR): Bilingual | null {
  return calendarOf(calendar).namedHoliday(date) ?? (dayOfWeek(date) === SUNDAY ? SUNDAY_NAME : null);
}

/** Italian name of the legal holiday on a date, or null. */
export function holidayName(date: CivilDate, calendar: CalendarChoice = CURRENT_CALENDAR): string | null {
  return holidayOn(date, calendar)?.it ?? null;
}

export function isLegalHoliday(date: CivilDate, calendar: CalendarChoice = CURRENT_CALENDAR): boolean {
  return holidayOn(date, calendar) !== null;
}

export function isSaturday(date: CivilDate): boolean {
  return dayOfWeek(date) === SATURDAY;
}

export type Closure = 'HOLIDAY' | 'SATURDAY' | 'PATRON';

/** Why the office of a comune is shut on a date, or null. Without an ISTAT code, or with one whose patron nobody knows, no patron shuts it. */
export function closureOn(date: CivilDate, istatCode: string | null, calendar: CalendarChoice = CURRENT_CALENDAR): Closure | null {
  if (isLegalHoliday(date, calendar)) return 'HOLIDAY';
  if (isSaturday(date)) return 'SATURDAY';
  return istatCode !== null && calendarOf(calendar).patronOf(istatCode)?.day === date.slice(5) ? 'PATRON' : null;
}

/** A day on which the office of that comune works: used for service levels and windows, never for legal terms. */
export function isWorkingDay(date: CivilDate, istatCode: string | null, calendar: CalendarChoice = CURRENT_CALENDAR): boolean {
  return closureOn(date, istatCode, calendar) === null;
}

/** A step about a day that is shut, with the name of what shuts it. */
export function closureStep(code: StepCode, date: CivilDate, istatCode: string | null, calendar: CalendarChoice): Step {
  const name = closureOn(date, istatCode, calendar) === 'PATRON' && istatCode !== null
    ? calendarOf(calendar).patronOf(istatCode)?.name
    : holidayOn(date, calendar);
  return { code, date, ...(name === null || name === undefined ? {} : { name }) };
}
