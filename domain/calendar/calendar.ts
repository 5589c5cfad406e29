import type { Bilingual } from '../shared/bilingual.ts';
import { addDays, type CivilDate } from '../shared/civil-date.ts';
import { easterSunday } from './easter.ts';

/** A legal holiday of each year: on a day of the year (`MM-DD`), or so many days after Easter Sunday. */
export interface HolidayRule {
  readonly on: { readonly day: string } | { readonly afterEaster: number };
  readonly name: Bilingual;
  /** The act that makes it a holiday. */
  readonly law: string;
  /** First and last year in which it is one; without them, always. */
  readonly fromYear?: number;
  readonly toYear?: number;
}

/** The patron saint of a comune: its office is shut, but the day is no legal holiday (App. Milano 5251/2018). */
export interface Patron {
  /** `MM-DD`. */
  readonly day: string;
  readonly name: Bilingual;
}

/** A version of the calendar as it stands in `data/`. Once released it is never edited: a later law is a later version. */
export interface CalendarData {
  readonly version: string;
  readonly holidays: readonly HolidayRule[];
  /** By ISTAT code; a comune that is not here has a patron nobody verified yet. */
  readonly patrons: Readonly<Record<string, Patron>>;
}

/** A version of the calendar, ready to be asked. The days of a year are laid out once. */
export class Calendar {
  readonly version: string;
  private readonly data: CalendarData;
  private readonly years = new Map<string, ReadonlyMap<string, Bilingual>>();

  constructor(data: CalendarData) {
    this.version = data.version;
    this.data = data;
  }

  /** The holiday that has a name of its own on a date (Sundays are no data), or undefined. */
  namedHoliday(date: CivilDate): Bilingual | undefined {
    return this.yearOf(date.slice(0, 4)).get(date.slice(5));
  }

  /** The patron of a comune, or undefined where none is known. */
  patronOf(istatCode: string): Patron | undefined {
    return Object.hasOwn(this.data.patrons, istatCode) ? this.data.patrons[istatCode] : undefined;
  }

  private yearOf(text: string): ReadonlyMap<string, Bilingual> {
    const known = this.years.get(text);
    if (known !== undefined) return known;
    const year = Number(text);
    const inForce = this.data.holidays.filter(({ fromYear = year, toYear = year }) => fromYear <= year && year <= toYear);
    // Where two fall on one day (25 April and Easter Monday in 2011) the first of the list gives the name.
    const days = new Map(inForce.toReversed().map(({ on, name }) => ['day' in on ? on.day : addDays(easterSunday(year), on.afterEaster).slice(5), name]));
    this.years.set(text, days);
    return days;
  }
}
