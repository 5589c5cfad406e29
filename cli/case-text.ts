import { reasonLine } from './problems.ts';
import { adhesionDates } from './dates.ts';
import { aligned, day, printable, section, table, wallTime } from './text.ts';
import type { Adhesion, CaseView, Event, Migration } from './views.ts';

/** A list of cases: one line for each turn, the first with the case itself. */
export function caseTable(kind: 'adhesion' | 'migration', cases: readonly CaseView[]): string {
  const header = ['id', kind === 'adhesion' ? 'comune' : 'service', kind === 'adhesion' ? 'phase' : 'state', 'waiting for', 'since', 'due', 'version'];
  return table(header, cases.flatMap((one) => {
    const [label, stage] = 'phase' in one ? [one.name ?? one.body, one.phase] : [one.service, one.state];
    const turns = one.waitingFor.map(({ who, what, since, dueOn }) => [`${who} ${what}`, day(since), dueOn ?? '-']);
    const [first = ['nobody', '-', '-'], ...others] = turns;
    return [
      [one.id, label, `${stage}${one.late ? ' (late)' : ''}`, ...first, String(one.version)],
      ...others.map((turn) => ['', '', '', ...turn, '']),
    ];
  }));
}

/** A case as a person needs it: where it stands, whose turn it is and why, days and what they mean. */
export function caseText(view: CaseView): string {
  return 'phase' in view ? adhesionText(view) : migrationText(view);
}

interface Moment {
  readonly asOfVersion: number | undefined;
  readonly asOf: string | undefined;
  readonly asOfEvent: string | undefined;
  readonly asOfPosition: number | undefined;
  readonly validOn: string | undefined;
}

/** Which view of a case is shown, when it is not that of today. */
export function momentText({ asOfVersion, asOf, asOfEvent, asOfPosition, validOn }: Moment): string {
  const [known = null] = [
    asOfVersion === undefined ? [] : `at version ${asOfVersion}`, asOf === undefined ? [] : `on ${wallTime(asOf)} (Rome)`,
    asOfEvent === undefined ? [] : `after the event ${asOfEvent}`, asOfPosition === undefined ? [] : `after the event at position ${asOfPosition}`,
  ].flat();
  if (validOn === undefined) return known === null ? '' : `Shown as known ${known}.\n`;
  return `Shown as in force on ${validOn}, by what ${known === null ? 'is known today' : `was known ${known}`}.\n`;
}

function adhesionText(view: Adhesion): string {
  const { deliberation: { state, executivity, attempt, attemptsAllowed, flags }, convention, recognition } = view;
  const people = view.population === null || view.population === undefined ? '' : `, ${view.population} abitanti`;
  const facts = [
    ['phase', `${view.phase}${view.late ? ' (late)' : ''}`],
    ...(recognition === null || recognition === undefined || recognition.state === 'NOT_STARTED' ? [] : [['ricognizione', recognition.state]]),
    ['delibera', `${state}, executivity ${executivity}, attempt ${attempt}${attemptsAllowed === undefined || attemptsAllowed === null ? '' : ` of ${attemptsAllowed}`}`],
    ...(flags.length === 0 ? [] : [['flags', flags.map((flag) => (typeof flag === 'string' ? flag : JSON.stringify(flag))).join(', ')]]),
    ['convenzione', `${convention.state}${convention.voidedBy === null || convention.voidedBy === undefined ? '' : ` (last signature void: ${convention.voidedBy.code})`}`],
  ];
  return [
    `Adhesion ${view.id} of ${view.name ?? view.body} (${view.body}${people}), version ${view.version}\n`,
    ...aligned(facts).map((line) => `  ${line}\n`),
    turns(view),
    section('Dates', aligned(adhesionDates(view).map(({ on, meaning }) => [on, meaning]))),
    readiness(view),
    section('Referents', aligned(view.referents.map(({ appointmentId, role, state, subject, service, deputy }) => [
      appointmentId, `${role}${deputy === true ? ' (deputy)' : ''}${service === null || service === undefined ? '' : ` for ${service}`}`, state, subject,
    ]))),
    section('Migrations', aligned(view.migrations.map(({ id, service, state }) => [id, service, state]))),
    parkedAndTimers(view),
  ].join('');
}

/** The score of the newest recognition, with what gave each point. */
function readiness({ recognition }: Adhesion): string {
  const score = recognition?.score ?? null;
  if (score === null) return '';
  return section(`Readiness ${score.total} of ${score.max} (scoring ${score.scoringVersion})`, aligned(score.lines.map(({ code, points, max, because }) => [
    code, `${points} of ${max}`, because,
  ])));
}

function migrationText(view: Migration): string {
  const facts = [
    ['state', `${view.state}${view.late ? ' (late)' : ''}`],
    ['service', `${view.service}, plan ${view.plan}, catalogue version ${view.catalogueVersion}`],
    ['adhesion', view.adhesion],
  ];
  return [
    `Migration ${view.id} of ${view.body}, version ${view.version}\n`,
    ...aligned(facts).map((line) => `  ${line}\n`),
    turns(view),
    section('Work', aligned(view.workItems.map(({ id, title, state, after, completedOn }) => [
      id, state, completedOn ?? (after.length === 0 ? '' : `after ${after.join(', ')}`), title.it,
    ]))),
    section('Gates', view.gates.flatMap(({ gate, open, reasons }) => [`to ${gate}: ${open ? 'open' : 'shut'}`, ...reasons.map((reason) => reasonLine(reason))])),
    parkedAndTimers(view),
  ].join('');
}

/** Whose turn it is and why, a block of its own. */
export function turns({ waitingFor }: Pick<CaseView, 'waitingFor'>): string {
  const heads = aligned(waitingFor.map(({ who, what, since, dueOn }) => [who, what, `since ${day(since)}`, dueOn === null ? '' : `due ${dueOn}`]));
  const lines = waitingFor.flatMap(({ reasons }, index) => [heads[index] ?? '', ...reasons.map((reason) => reasonLine(reason))]);
  return section('Whose turn', lines.length === 0 ? ["nobody's: nothing is owed"] : lines);
}

function parkedAndTimers({ parked, timers }: CaseView): string {
  return section('Parked facts, kept until their turn', aligned(parked.map(({ type, receivedAt, code, commandId }) => [
    type, `received ${wallTime(receivedAt)}`, `waits: ${code}`, `commandId ${commandId}`,
  ]))) + section('Timers (Rome time)', aligned(timers.map(({ key, at }) => [wallTime(at), key])));
}

/** Stored events, one a line; `full` gives the data of each below it. */
export function eventTable(events: readonly Event[], full = false): string {
  const [header = '', ...lines] = aligned([['version', 'event', 'recorded (Rome)', 'effective', 'by', 'command'], ...events.map((event) => [
    String(event.version), event.type, wallTime(event.recordedAt), event.effectiveOn ?? '-', actorText(event.actor), event.commandId,
  ])]);
  return [header, ...events.flatMap(({ data }, index) => [lines[index] ?? '', ...(full ? [`  ${printable(JSON.stringify(data))}`] : [])])].join('\n').concat('\n');
}

/** What a command made happen, with the plain members of each event's data. */
export function happened(events: readonly Event[]): string {
  return aligned(events.map(({ version, type, data }) => [String(version), type, plainMembers(data)])).map((line) => `  ${line}\n`).join('');
}

/** Texts, numbers and flags of an event's data; when it was recorded and by which policies stands elsewhere. */
function plainMembers(data: Event['data']): string {
  return Object.entries(data).filter(([name]) => name !== 'at')
    .flatMap(([name, value]) => (['string', 'number', 'boolean'].includes(typeof value) ? [`${name} ${brief(String(value))}`] : [])).join(', ');
}

/** Digests by their beginning, instants by the clock in Rome. */
function brief(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 12)}…` : /^\d{4}-\d{2}-\d{2}T/.test(text) ? wallTime(text) : text;
}

function actorText({ role, body }: Event['actor']): string {
  return body === null || role === 'engine' ? role : `${role} ${body}`;
}
