import { Temporal } from 'temporal-polyfill';
import { MONTHS } from '../../domain/calendar/date-words.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { isInstant } from '../../domain/shared/instant.ts';
import type { CivilDate, Instant } from '../../domain/shared/civil-date.ts';

const ROME = 'Europe/Rome';

/** `6 luglio 2026`, `6 July 2026`. */
export function sayDate(date: CivilDate, language: Language): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const name = MONTHS[Number(month) - 1]?.[language] ?? '';
  return `${Number(day) === 1 && language === 'it' ? '1º' : Number(day)} ${name} ${year}`;
}

/** `6 luglio 2026, ore 9:30`, by the clocks of Rome. */
export function sayInstant(instant: Instant, language: Language): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(ROME);
  const time = `${at.hour}:${String(at.minute).padStart(2, '0')}`;
  return `${sayDate(at.toPlainDate().toString(), language)}, ${language === 'it' ? 'ore ' : ''}${time}`;
}

/** A number as people write it. */
export function sayNumber(number: number, language: Language): string {
  return number.toLocaleString(language === 'it' ? 'it-IT' : 'en-GB', { useGrouping: 'always', maximumFractionDigits: 1 });
}

/** An amount given in cents, as people write it. */
export function sayEuros(cents: number, language: Language): string {
  return `${(cents / 100).toLocaleString(language === 'it' ? 'it-IT' : 'en-GB', { useGrouping: 'always', minimumFractionDigits: 2 })} €`;
}

const ELIDED: Readonly<Record<string, string>> = { il: "l'", Il: "L'", dal: "dall'", Dal: "Dall'", del: "dell'", al: "all'" };

/** `dall'8 luglio`, where a sentence was put together with `dal`. */
export function elided(sentence: string): string {
  return sentence.replaceAll(/\b(il|Il|dal|Dal|del|al) (?=(?:8|11) (?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic))/g, (_whole, word: string) => ELIDED[word] ?? word);
}

/** A sentence of a process, its dates in words. */
export function sayDatesIn(sentence: string, language: Language): string {
  return elided(sentence.replaceAll(/(?<![\d-])\d{4}-\d{2}-\d{2}(?![\dT-])/g, (date) => sayDate(date, language)));
}

/** An instant as `<input type="datetime-local">` takes it, by the clocks of Rome; unchanged what is none. */
export function localOfInstant(instant: string): string {
  if (!isInstant(instant)) return instant;
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(ROME).toPlainDateTime();
  return at.toString({ smallestUnit: at.second === 0 && at.millisecond === 0 ? 'minute' : at.millisecond === 0 ? 'second' : 'millisecond' });
}

/** What `<input type="datetime-local">` gives, as the instant at which clocks in Rome show it; unchanged where they never do. */
export function instantOfLocal(local: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?$/.test(local)) return local;
  try {
    const wall = Temporal.PlainDateTime.from(local);
    // Of an hour that clocks show twice the first; an hour that they leave out is no time at all.
    const zoned = wall.toZonedDateTime(ROME, { disambiguation: 'earlier' });
    return zoned.toPlainDateTime().equals(wall) ? zoned.toString({ timeZoneName: 'never', smallestUnit: /\.\d/.test(local) ? 'millisecond' : 'second' }) : local;
  } catch (error) {
    if (error instanceof RangeError) return local;
    throw error;
  }
}
