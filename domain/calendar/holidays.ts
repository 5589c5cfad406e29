import { addDays, dayOfWeek, type CivilDate } from '../shared/civil-date.ts';

/** Calendars are data with a version; a case pins the one it began with, so that a later law never moves its dates. */
export const CALENDAR_VERSIONS = ['2026.1'] as const;
export type CalendarVersion = (typeof CALENDAR_VERSIONS)[number];
export const CURRENT_CALENDAR: CalendarVersion = '2026.1';

interface FixedHoliday {
  readonly day: string;
  readonly name: string;
  /** First year in which the day is a holiday. */
  readonly fromYear?: number;
}

interface Calendar {
  readonly holidays: readonly FixedHoliday[];
  /** Patron saints by ISTAT code: they close the office, but are no legal holiday (App. Milano 5251/2018). */
  readonly patrons: Readonly<Record<string, string>>;
}

const SUNDAY = 7;
const SATURDAY = 6;

const CALENDARS: Readonly<Record<CalendarVersion, Calendar>> = {
  '2026.1': {
    holidays: [
      { day: '01-01', name: 'Capodanno' },
      { day: '01-06', name: 'Epifania' },
      { day: '04-25', name: 'Anniversario della Liberazione' },
      { day: '05-01', name: 'Festa del lavoro' },
      { day: '06-02', name: 'Festa della Repubblica' },
      { day: '08-15', name: 'Assunzione di Maria' },
      { day: '10-04', name: "San Francesco d'Assisi", fromYear: 2026 },
      { day: '11-01', name: 'Tutti i Santi' },
      { day: '12-08', name: 'Immacolata Concezione' },
      { day: '12-25', name: 'Natale' },
      { day: '12-26', name: 'Santo Stefano' },
    ],
    patrons: { '015146': '12-07', '015118': '11-05' },
  },
};

/**
 * Name of the legal holiday on a date, or null (L. 260/1949 with L. 54/1977 and L. 151/2025; every Sunday).
 * A Sunday that is also a named holiday answers with that name.
 */
export function holidayName(date: CivilDate, version: CalendarVersion = CURRENT_CALENDAR): string | null {
  const year = Number(date.slice(0, 4));
  const fixed = CALENDARS[version].holidays.find((holiday) => holiday.day === date.slice(5) && year >= (holiday.fromYear ?? 0));
  if (fixed !== undefined) return fixed.name;
  if (date === easterMonday(year)) return "Lunedì dell'Angelo";
  return dayOfWeek(date) === SUNDAY ? 'Domenica' : null;
}

export function isLegalHoliday(date: CivilDate, version: CalendarVersion = CURRENT_CALENDAR): boolean {
  return holidayName(date, version) !== null;
}

export function isSaturday(date: CivilDate): boolean {
  return dayOfWeek(date) === SATURDAY;
}

/** A day on which the office of that comune works: used for service levels and windows, never for legal terms. */
export function isWorkingDay(date: CivilDate, istatCode: string | null, version: CalendarVersion = CURRENT_CALENDAR): boolean {
  if (isSaturday(date) || isLegalHoliday(date, version)) return false;
  return istatCode === null || CALENDARS[version].patrons[istatCode] !== date.slice(5);
}

/** Easter by the anonymous Gregorian computus; the Monday after it is a legal holiday. */
function easterMonday(year: number): CivilDate {
  const goldenNumber = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonCorrection = Math.floor((8 * century + 13) / 25);
  const epact = (19 * goldenNumber + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((goldenNumber + 11 * epact + 22 * weekday) / 451);
  const index = epact + weekday - 7 * late + 114;
  const month = Math.floor(index / 31);
  const day = (index % 31) + 1;
  return addDays(`${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`, 1);
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
