import { civilDateOf, laterDate, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { MigrationView } from '../../domain/migration/index.ts';
import { MIGRATION_PAGE } from '../words/migration.ts';

/** Days of a step: one, or from the first to the last. */
export interface Span {
  /** AVOID: windows in which it is not cut over. */
  readonly kind: 'PLANNED' | 'ACTUAL' | 'AVOID';
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** It goes on: `to` is today. */
  readonly goesOn?: true;
}

/** A line of the chart, and of the table that says the same. */
export interface ChartRow {
  readonly key: string;
  readonly title: string;
  readonly spans: readonly Span[];
  /** The gate that leads to it: whether it is open, and how much it still needs. */
  readonly gate: { readonly open: boolean; readonly needs: number } | null;
}

/** What is known of a migration beside its view. */
export interface Dates {
  readonly requestedOn: CivilDate;
  readonly provisionedOn: CivilDate | null;
  readonly deliveredOn: CivilDate | null;
  readonly closedOn: CivilDate | null;
  readonly today: CivilDate;
}

/** What was planned of a migration beside what happened, in the order of its way; steps of which no day is known are left out. */
export function chartRows(view: MigrationView, dates: Dates, language: Language): readonly ChartRow[] {
  const { today, requestedOn, provisionedOn, deliveredOn, closedOn } = dates;
  const { schedule, dataMigration, acceptance, parallelRun, hypercare, pointOfNoReturn, windows } = view;
  const word = (name: keyof typeof MIGRATION_PAGE): string => MIGRATION_PAGE[name][language];
  const row = (key: string, title: string, spans: readonly Span[], gate?: string): ChartRow => ({ key, title, spans, gate: gateOf(view, gate) });
  const rows = [
    row('request', word('request'), on('ACTUAL', requestedOn)),
    row('plan', word('planApproval'), on('ACTUAL', schedule?.approvedOn), 'PLAN_APPROVED'),
    row('provisioning', word('provisioning'), [...on('PLANNED', schedule?.provisioningOn), ...on('ACTUAL', provisionedOn)], 'PROVISIONING'),
    ...view.workItems.map((item) => row(`item-${item.id}`, item.title[language], [
      ...on('PLANNED', item.dueOn), ...on('ACTUAL', item.completedOn), ...(item.readySince === null ? [] : [until(civilDateOf(item.readySince), today)]),
    ])),
    row('data', word('dataMigration'), [
      ...on('PLANNED', schedule?.dataMigrationOn),
      ...(dataMigration === null ? [] : [acceptance === null ? until(dataMigration.startedOn, today) : span('ACTUAL', dataMigration.startedOn, laterDate(dataMigration.startedOn, acceptance.acceptedOn))]),
    ], 'DATA_MIGRATION'),
    row('acceptance', word('acceptance'), on('ACTUAL', acceptance?.acceptedOn)),
    row('parallel', word('parallelRun'), period(parallelRun?.startedOn, parallelRun?.endsOn, parallelRun?.over === true, today)),
    row('window', word('window'), windows.filter(({ kind }) => kind === 'SCHEDULED').map(({ from, to }) => span('PLANNED', civilDateOf(from), civilDateOf(to)))),
    row('avoid', word('avoid'), windows.filter(({ kind }) => kind === 'FORBIDDEN').map(({ from, to }) => span('AVOID', civilDateOf(from), civilDateOf(to)))),
    row('cutover', word('cutover'), [...on('PLANNED', schedule?.cutoverOn), ...cutoverDone(view)], 'CUTOVER'),
    row('return', word('noReturn'), pointOfNoReturn === null ? [] : on(civilDateOf(pointOfNoReturn) > today ? 'PLANNED' : 'ACTUAL', civilDateOf(pointOfNoReturn))),
    row('hypercare', word('hypercare'), hypercare === null ? [] : period(civilDateOf(hypercare.startedAt), hypercare.endsOn, hypercare.over, today)),
    row('operation', word('operation'), on('ACTUAL', deliveredOn), 'OPERATING'),
    row('closing', word('closing'), on('ACTUAL', closedOn), 'CLOSED'),
  ];
  return rows.filter(({ spans }) => spans.length > 0);
}

function gateOf({ gates }: MigrationView, name: string | undefined): ChartRow['gate'] {
  const gate = gates.find((one) => one.gate === name);
  return gate === undefined ? null : { open: gate.open, needs: gate.reasons.length };
}

function span(kind: Span['kind'], from: CivilDate, to: CivilDate): Span {
  return { kind, from, to };
}

function on(kind: Span['kind'], day: CivilDate | null | undefined): readonly Span[] {
  return day === null || day === undefined ? [] : [span(kind, day, day)];
}

function until(from: CivilDate, today: CivilDate): Span {
  return { kind: 'ACTUAL', from, to: laterDate(from, today), goesOn: true };
}

/** A time with a first and a last day that are both known: the whole as planned until it is over, and what of it is past. */
function period(from: CivilDate | null | undefined, to: CivilDate | null | undefined, over: boolean, today: CivilDate): readonly Span[] {
  if (from === null || from === undefined || to === null || to === undefined) return [];
  return over ? [span('ACTUAL', from, to)] : [span('PLANNED', from, to), ...(from > today ? [] : [until(from, today)])];
}

function cutoverDone({ cutover }: MigrationView): readonly Span[] {
  const done = cutover?.done;
  return done?.outcome === 'SUCCEEDED' ? [span('ACTUAL', civilDateOf(done.startedAt), civilDateOf(done.endedAt))] : [];
}
