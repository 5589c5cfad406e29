import type { VNode } from 'preact';
import { Temporal } from 'temporal-polyfill';
import type { Due, DueDay } from '../../db/queries/agenda.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import { PARTIES } from '../words/codes.ts';
import { whatInWords } from '../words/commands.ts';
import { sayDate } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { TODAY } from '../words/today.ts';

/** `2026-11`. */
export type Month = string;

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
/** Seen at once in a day's cell; the others are folded. */
const SEEN = 2;
const LOCALES = { it: 'it-IT', en: 'en-GB' } as const;

/** The month that an address asks for; that of today for anything else. */
export function monthIn(query: unknown, today: CivilDate): Month {
  const asked = typeof query === 'object' && query !== null && 'mese' in query ? query.mese : undefined;
  return typeof asked === 'string' && MONTH.test(asked) ? asked : today.slice(0, 7);
}

/** Its first and its last day. */
export function endsOf(month: Month): readonly [first: CivilDate, last: CivilDate] {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month);
  return [`${month}-01`, `${month}-${daysInMonth}`];
}

export interface MonthParts {
  readonly month: Month;
  readonly days: readonly DueDay[];
  readonly today: CivilDate;
  readonly language: Language;
  readonly nameOf: (body: string) => string;
}

/** A month as a table, week by week; on a narrow window its days are a list, without those on which nothing falls. */
export function MonthPage({ month, days, today, language, nameOf }: MonthParts): VNode {
  const at = Temporal.PlainYearMonth.from(month);
  const byDay = new Map(days.map((day) => [day.on, day]));
  const title = TODAY.deadlinesOf[language].replace('{month}', at.toPlainDate({ day: 1 }).toLocaleString(LOCALES[language], { month: 'long', year: 'numeric' }));
  const to = (months: number): string => `/?mese=${at.add({ months }).toString()}#scadenze`;
  return (
    <>
      <nav class="pager" aria-label={TODAY.months[language]}>
        <a href={to(-1)} rel="prev">{TODAY.monthBefore[language]}</a>
        <a href={to(1)} rel="next">{TODAY.monthAfter[language]}</a>
      </nav>
      {days.length === 0 ? <p>{TODAY.noDeadlines[language]}</p> : null}
      <table class={days.length === 0 ? 'month empty' : 'month'}>
        <caption>{title}</caption>
        <thead><tr>{weekdays(language).map(({ short, long }) => <th scope="col" key={long} abbr={long}>{short}</th>)}</tr></thead>
        <tbody>
          {weeksOf(at).map((week) => (
            <tr key={week.find((day) => day !== null) ?? ''}>
              {week.map((day, index) => (day === null ? <td class="none" key={String(index)} /> : <Day day={day} due={byDay.get(day)} isToday={day === today} language={language} nameOf={nameOf} key={day} />))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Day({ day, due, isToday, language, nameOf }: { readonly day: CivilDate; readonly due: DueDay | undefined; readonly isToday: boolean; readonly language: Language; readonly nameOf: MonthParts['nameOf'] }): VNode {
  const items = due?.items ?? [];
  const unseen = (due?.total ?? 0) - items.length;
  const entry = (item: Due) => <li key={`${item.id} ${item.who} ${item.what}`}><a href={`/pratiche/${item.id}`}>{nameOf(item.body)}</a>: {inWords(item, language)}</li>;
  return (
    <td class={[due === undefined ? 'free' : '', isToday ? 'today' : ''].join(' ').trim() || undefined} aria-current={isToday ? 'date' : undefined}>
      <p class="day"><span class="short">{Number(day.slice(8))}</span><span class="long">{sayDate(day, language)}</span>{isToday ? <span class="tag mine">{TODAY.today[language]}</span> : null}</p>
      {items.length === 0 ? null : <ul>{items.slice(0, SEEN).map(entry)}</ul>}
      {items.length <= SEEN ? null : (
        <details>
          <summary>{TODAY.more[language].replace('{n}', String(items.length - SEEN))}<span class="visually-hidden"> ({sayDate(day, language)})</span></summary>
          <ul>{items.slice(SEEN).map(entry)}</ul>
        </details>
      )}
      {unseen <= 0 ? null : <p class="small muted">{TODAY.notShown[language].replace('{n}', String(unseen))}</p>}
    </td>
  );
}

/** Who owes it, unless it falls due by itself, and what. */
function inWords({ who, what }: Due, language: Language): string {
  const words = whatInWords(what)[language];
  return who === 'CLOCK' ? words : `${words} (${capital(wordOf(PARTIES, who, language))})`;
}

/** Days of a month by weeks that begin on Monday; null before its first and after its last. */
function weeksOf(month: Temporal.PlainYearMonth): readonly (readonly (CivilDate | null)[])[] {
  const days = Array.from({ length: month.daysInMonth }, (_, index) => month.toPlainDate({ day: index + 1 }).toString());
  const before = month.toPlainDate({ day: 1 }).dayOfWeek - 1;
  const cells = [...Array.from<null>({ length: before }).fill(null), ...days];
  const weeks = Math.ceil(cells.length / 7);
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (_none, day) => cells[week * 7 + day] ?? null));
}

function weekdays(language: Language): readonly { readonly short: string; readonly long: string }[] {
  const monday = Temporal.PlainDate.from('2026-11-23');
  return Array.from({ length: 7 }, (_, days) => {
    const day = monday.add({ days });
    return { short: day.toLocaleString(LOCALES[language], { weekday: 'short' }), long: day.toLocaleString(LOCALES[language], { weekday: 'long' }) };
  });
}
