import type { VNode } from 'preact';
import { MONTHS } from '../../domain/calendar/date-words.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { addMonths, daysBetween, type CivilDate } from '../../domain/shared/civil-date.ts';
import { sayDate } from '../words/dates.ts';
import { MIGRATION_PAGE } from '../words/migration.ts';
import type { ChartRow, Span } from './chart-rows.ts';

/** Heights in pixels: places from left to right are in percent, so that the letters keep their size in any window. */
const ROW = 44;
const TOP = 26;
const BAR = { top: 21, height: 12 } as const;
const MOST_LETTERS = 38;
const MOST_TICKS = 4;
/** Percent left free on either side, for what stands at the very ends. */
const EDGE = 2;

interface ChartParts {
  readonly rows: readonly ChartRow[];
  readonly today: CivilDate;
  readonly language: Language;
}

/** What was planned beside what happened, as a picture and as a table that says the same. What is told by form is told by words, and nothing by colour alone. */
export function Chart({ rows, today, language }: ChartParts): VNode {
  const dated = rows.filter(({ spans }) => spans.some(({ kind }) => kind !== 'AVOID'));
  return <>{dated.length < 2 ? null : <Picture rows={rows} today={today} language={language} />}<Table rows={rows} language={language} /></>;
}

function Picture({ rows, today, language }: ChartParts): VNode {
  const days = [...rows.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to])), today].toSorted();
  const [first = today, last = today] = [days[0], days.at(-1)];
  const length = Math.max(7, daysBetween(first, last));
  const at = (day: CivilDate): number => EDGE + Math.round(daysBetween(first, day) / length * (100 - 2 * EDGE) * 100) / 100;
  const height = TOP + rows.length * ROW + 4;
  return (
    <>
      <svg class="course" role="img" aria-labelledby="course-title course-text" width="100%" height={height}>
        <title id="course-title">{MIGRATION_PAGE.chart[language]}</title>
        <desc id="course-text">{rows.map((row) => described(row, language)).join(' ')}</desc>
        <defs><pattern id="course-stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="stripe" x1="0" x2="0" y1="0" y2="5" /></pattern></defs>
        {ticksOf(first, last).map((day, index) => (
          <g key={day}>
            <line class="tick" x1={`${at(day)}%`} x2={`${at(day)}%`} y1={TOP - 8} y2={height} />
            <text x={`${at(day)}%`} y={12} text-anchor={anchorOf(at(day))}>{tickWords(day, index === 0, language)}</text>
          </g>
        ))}
        <line class="today" x1={`${at(today)}%`} x2={`${at(today)}%`} y1={TOP - 8} y2={height} />
        {rows.map(({ key, title, gate, spans }, index) => (
          <svg key={key} y={TOP + index * ROW} width="100%" height={ROW} overflow="visible">
            <line class="track" x1="0" x2="100%" y1={BAR.top + BAR.height / 2} y2={BAR.top + BAR.height / 2} />
            <text x="0" y={14}>{gate === null ? '' : gate.open ? '✓ ' : '✗ '}{title.length > MOST_LETTERS ? `${title.slice(0, MOST_LETTERS - 1)}…` : title}</text>
            {/* What is planned frames what happened. */}
            {spans.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)).map((one) => <Mark key={`${one.kind} ${one.from} ${one.to}`} span={one} from={at(one.from)} to={at(one.to)} />)}
          </svg>
        ))}
      </svg>
      <p class="small muted course-legend">{MIGRATION_PAGE.legend[language].replace('{today}', sayDate(today, language))}</p>
    </>
  );
}

const ORDER: readonly Span['kind'][] = ['AVOID', 'ACTUAL', 'PLANNED'];
const CLASSES: Readonly<Record<Span['kind'], string>> = { PLANNED: 'planned', ACTUAL: 'actual', AVOID: 'avoid' };

/** One day is a point (a diamond where it was planned), more are a bar. */
function Mark({ span: { kind, from, to }, from: left, to: right }: { readonly span: Span; readonly from: number; readonly to: number }): VNode {
  const middle = BAR.top + BAR.height / 2;
  if (from === to && kind === 'PLANNED') return <svg x={`${left}%`} y={middle} overflow="visible"><path class="planned" d="M0 -8 8 0 0 8 -8 0z" /></svg>;
  if (from === to && kind === 'ACTUAL') return <circle class="actual" cx={`${left}%`} cy={middle} r={5} />;
  const thick = kind === 'PLANNED' ? { y: BAR.top - 2, height: BAR.height + 4 } : { y: BAR.top, height: BAR.height };
  return <rect class={CLASSES[kind]} fill={kind === 'AVOID' ? 'url(#course-stripes)' : undefined} x={`${left}%`} width={`${Math.max(1, right - left)}%`} {...thick} />;
}

/** First days of months, at most so many that their names stand beside each other in a narrow window. */
function ticksOf(first: CivilDate, last: CivilDate): readonly CivilDate[] {
  const months: CivilDate[] = [];
  for (let day = `${first.slice(0, 7)}-01`; day <= last; day = addMonths(day, 1)) if (day >= first) months.push(day);
  const every = Math.ceil(months.length / MOST_TICKS);
  // Within one month its first and last days say where it is.
  return months.length === 0 ? [...new Set([first, last])] : months.filter((_month, index) => index % every === 0);
}

/** `nov 2026`, then `dic`; `6 nov` where it is not the first of a month. */
function tickWords(day: CivilDate, isFirst: boolean, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = (MONTHS[Number(month) - 1]?.[language] ?? '').slice(0, 3);
  return `${date === '01' ? '' : `${Number(date)} `}${name}${isFirst || (month === '01' && date === '01') ? ` ${year}` : ''}`;
}

function anchorOf(percent: number): 'start' | 'middle' | 'end' {
  if (percent < 12) return 'start';
  return percent > 88 ? 'end' : 'middle';
}

function Table({ rows, language }: Pick<ChartParts, 'rows' | 'language'>): VNode {
  const word = MIGRATION_PAGE;
  return (
    <table class="table stack">
      <caption class="visually-hidden">{word.chart[language]}</caption>
      <thead><tr><th scope="col">{word.stage[language]}</th><th scope="col">{word.planned[language]}</th><th scope="col">{word.actual[language]}</th><th scope="col">{word.gate[language]}</th></tr></thead>
      <tbody>
        {rows.filter(({ key }) => key !== 'avoid').map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.title}</th>
            <td data-label={word.planned[language]}>{said(row, 'PLANNED', language) ?? '–'}</td>
            <td data-label={word.actual[language]}>{said(row, 'ACTUAL', language) ?? word.notYet[language]}</td>
            <td data-label={word.gate[language]}>{gateSaid(row, language) ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The days of one kind in words; null: there are none. */
function said({ spans }: ChartRow, kind: Span['kind'], language: Language): string | null {
  const own = spans.filter((one) => one.kind === kind).map(({ from, to, goesOn }) => {
    if (goesOn === true) return `${MIGRATION_PAGE.from[language]} ${sayDate(from, language)}, ${MIGRATION_PAGE.goesOn[language]}`;
    return from === to ? sayDate(from, language) : `${sayDate(from, language)} – ${sayDate(to, language)}`;
  });
  return own.length === 0 ? null : own.join('; ');
}

function gateSaid({ gate }: ChartRow, language: Language): string | null {
  if (gate === null) return null;
  return gate.open ? `✓ ${MIGRATION_PAGE.open[language]}` : `✗ ${MIGRATION_PAGE.shut[language]} (${MIGRATION_PAGE.needs[language]} ${gate.needs})`;
}

function described(row: ChartRow, language: Language): string {
  const parts = (['PLANNED', 'ACTUAL', 'AVOID'] as const).flatMap((kind) => {
    const days = said(row, kind, language);
    return days === null ? [] : [`${MIGRATION_PAGE[KINDS[kind]][language].toLowerCase()} ${days}`];
  });
  return `${[row.title, ...parts].join(', ')}.`;
}

const KINDS = { PLANNED: 'planned', ACTUAL: 'actual', AVOID: 'avoid' } as const;
