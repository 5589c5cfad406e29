import type { VNode } from 'preact';
import type { GateView } from '../../domain/constitution/index.ts';
import { gateStateWords, gateWords } from '../../domain/constitution/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { addDays, addMonths, daysBetween, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { WhyBeside } from '../case/why-link.tsx';
import { CONSTITUTION } from '../words/constitution.ts';
import { sayDate } from '../words/dates.ts';

const WIDTH = 960;
const LABELS = 300;
const ROW = 40;
const TOP = 34;
const RIGHT = 14;
const INK = '#17324d';
const PLAN = '#b3d1f0';
const LINE = '#5c6f82';
const ACTUAL = { MET: '#006b47', LATE: '#a13d00' } as const;

/** The gates on a line of days: what was planned, until when each is awaited, when it was reached. The table beside it says the same. */
export function Gantt({ gates, today, language }: { readonly gates: readonly GateView[]; readonly today: CivilDate; readonly language: Language }): VNode {
  const days = [today, ...gates.flatMap(({ planned, awaitedBy, reachedOn }) => [planned.from, planned.to, awaitedBy, ...(reachedOn === null ? [] : [reachedOn])])].toSorted();
  const first = `${(days[0] ?? today).slice(0, 7)}-01`;
  const last = addDays(addMonths(`${(days.at(-1) ?? today).slice(0, 7)}-01`, 1), 0);
  const scale = (WIDTH - LABELS - RIGHT) / Math.max(1, daysBetween(first, last));
  const x = (day: CivilDate): number => Math.round((LABELS + daysBetween(first, day) * scale) * 10) / 10;
  const height = TOP + gates.length * ROW + 8;
  return (
    <svg class="gantt" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby="gantt-title gantt-note">
      <title id="gantt-title">{CONSTITUTION.gantt[language]}</title>
      <desc id="gantt-note">{CONSTITUTION.ganttNote[language]}</desc>
      {monthsBetween(first, last).map((month) => (
        <g key={month}>
          <line x1={x(month)} x2={x(month)} y1={TOP - 8} y2={height} stroke="#d9e1e8" />
          <text x={x(month) + 3} y={TOP - 14} font-size="13" fill={LINE}>{monthWord(month, language)}</text>
        </g>
      ))}
      {gates.map((gate, row) => <Row key={gate.gate} gate={gate} y={TOP + row * ROW} x={x} language={language} />)}
      <line x1={x(today)} x2={x(today)} y1={TOP - 8} y2={height} stroke={INK} stroke-width="2" stroke-dasharray="2 3" />
    </svg>
  );
}

function Row({ gate: { gate, planned, awaitedBy, reachedOn, state }, y, x, language }: { readonly gate: GateView; readonly y: number; readonly x: (day: CivilDate) => number; readonly language: Language }): VNode {
  const middle = y + ROW / 2;
  const end = x(addDays(planned.to, 1));
  const awaited = x(addDays(awaitedBy, 1));
  const at = reachedOn === null ? null : x(reachedOn);
  return (
    <g>
      <text x="0" y={middle - 3} font-size="14" fill={INK}>{gateWords(gate)[language]}</text>
      <text x="0" y={middle + 13} font-size="12" fill={LINE}>{capital(gateStateWords(state)[language])}{reachedOn === null ? '' : `, ${sayDate(reachedOn, language)}`}</text>
      <rect x={x(planned.from)} y={middle - 8} width={Math.max(4, end - x(planned.from))} height="16" fill={PLAN} stroke={LINE} />
      {awaitedBy === planned.to ? null : <rect x={Math.min(end, awaited)} y={middle - 8} width={Math.max(4, Math.abs(awaited - end))} height="16" fill="none" stroke={INK} stroke-dasharray="4 3" />}
      {state === 'MISSED' || state === 'REOPENED' ? <text x={awaited + 4} y={middle + 5} font-size="15" font-weight="bold" fill={ACTUAL.LATE}>!</text> : null}
      {at === null ? null : <path d={`M${at} ${middle - 9} L${at + 8} ${middle} L${at} ${middle + 9} L${at - 8} ${middle} Z`} fill={state === 'LATE' ? ACTUAL.LATE : ACTUAL.MET} />}
    </g>
  );
}

function monthsBetween(first: CivilDate, last: CivilDate): readonly CivilDate[] {
  const months: CivilDate[] = [];
  for (let month = first; month < last; month = addMonths(month, 1)) months.push(month);
  // More than fit beside each other: some are named only.
  const each = Math.ceil(months.length / 14);
  return months.filter((_month, place) => place % each === 0);
}

function monthWord(month: CivilDate, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(new Date(`${month}T00:00:00Z`));
}

/** The same in a table. */
export function GateTable({ gates, why, language }: { readonly gates: readonly GateView[]; readonly why: WhyBeside; readonly language: Language }): VNode {
  return (
    <table class="table stack">
      <caption class="visually-hidden">{CONSTITUTION.gantt[language]}</caption>
      <thead><tr><th scope="col">{CONSTITUTION.gate[language]}</th><th scope="col">{CONSTITUTION.state[language]}</th><th scope="col">{CONSTITUTION.planned[language]}</th><th scope="col">{CONSTITUTION.awaited[language]}</th><th scope="col">{CONSTITUTION.actual[language]}</th><th scope="col">{CONSTITUTION.delay[language]}</th></tr></thead>
      <tbody>
        {gates.map(({ gate, state, planned, awaitedBy, reachedOn, delayDays, inDoubt, inQuestion }) => (
          <tr key={gate}>
            <th scope="row">{gateWords(gate)[language]}</th>
            <td data-label={CONSTITUTION.state[language]}>
              {capital(gateStateWords(state)[language])} {inQuestion ? <span class="tag late">{CONSTITUTION.inQuestion[language]}</span> : null}{inDoubt ? <span class="tag">{CONSTITUTION.inDoubt[language]}</span> : null}{why(`gates.${gate}.state`)}
            </td>
            <td data-label={CONSTITUTION.planned[language]}>{planned.from === planned.to ? sayDate(planned.to, language) : `${sayDate(planned.from, language)} – ${sayDate(planned.to, language)}`}</td>
            <td data-label={CONSTITUTION.awaited[language]}>{sayDate(awaitedBy, language)}{why(`gates.${gate}.awaitedBy`)}</td>
            <td data-label={CONSTITUTION.actual[language]}>{reachedOn === null ? '–' : <>{sayDate(reachedOn, language)}{why(`gates.${gate}.reachedOn`)}</>}</td>
            <td data-label={CONSTITUTION.delay[language]}>{delayDays === null ? '–' : `${delayDays > 0 ? '+' : ''}${delayDays}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
