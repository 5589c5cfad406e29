import type { MigrationState, WorkItem } from '../../domain/migration/index.ts';
import type { MigrationStage } from '../../domain/migration/stages.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Step } from '../case/timeline.ts';
import { optionInWords } from '../words/codes.ts';
import { elided, sayDate, sayEuros, sayInstant, sayNumber } from '../words/dates.ts';
import { pair } from '../words/say.ts';

/** What is known of a migration beside its state. */
export interface Known {
  readonly requestedOn: CivilDate;
  /** Remarks and reasons by their ids. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A step before it is put into the order of the way. */
interface Draft {
  readonly key: string;
  readonly title: Bilingual;
  /** Stages in which it is somebody's turn. */
  readonly now: readonly MigrationStage[];
  readonly done: boolean;
  readonly sentences: readonly (Bilingual | null)[];
}

const day = (date: CivilDate): Bilingual => ({ it: sayDate(date, 'it'), en: sayDate(date, 'en') });
const hour = (at: string): Bilingual => ({ it: sayInstant(at, 'it'), en: sayInstant(at, 'en') });
/** A sentence about what is known; none without it. */
function about<Value>(value: Value | null | undefined, say: (value: Value) => Bilingual): Bilingual | null {
  return value === null || value === undefined ? null : say(value);
}

/** The way of a migration on the full track, from its request to its end; what its service does not pass is left out. */
export function fullSteps(state: MigrationState, known: Known, language: Language): readonly Step[] {
  const { migration, suspension } = state;
  if (migration === null) return [];
  const stage = migration.state === 'SUSPENDED' ? suspension.from ?? 'REQUESTED' : migration.state;
  const isOver = stage === 'REJECTED' || stage === 'CANCELLED';
  return [...beforeWork(state, known), ...preparing(state, known), ...goingLive(state), ...ending(state)]
    // Of what was given up only what was done is told.
    .filter(({ done }) => !isOver || done)
    .map(({ key, title, now, done, sentences }) => ({
      key, title, standing: done ? 'done' : now.includes(stage) ? 'now' : 'open',
      sentences: sentences.flatMap((sentence) => (sentence === null ? [] : [{ text: elided(sentence[language]) }])),
    }));
}

function beforeWork({ feasibility, planning: { proposal, approval, commitment } }: MigrationState, { requestedOn }: Known): readonly Draft[] {
  return [
    { key: 'request', title: pair('Richiesta', 'Request'), now: [], done: true, sentences: [pair(`Richiesto il ${day(requestedOn).it}.`, `Requested on ${day(requestedOn).en}.`)] },
    {
      key: 'feasibility', title: pair('Studio di fattibilità', 'Feasibility study'), now: ['REQUESTED', 'FEASIBILITY'], done: feasibility.approvedAt !== null,
      sentences: [about(feasibility.approvedAt, (at) => pair(`Fattibile: registrato il ${day(civilDateOf(at)).it}.`, `Feasible: recorded on ${day(civilDateOf(at)).en}.`))],
    },
    {
      key: 'plan', title: pair('Piano', 'Plan'), now: ['FEASIBILITY', 'PLAN_DRAFTED'], done: approval !== null,
      sentences: [
        about(proposal, ({ cutoverOn }) => pair(`Propone la messa in esercizio il ${day(cutoverOn).it}.`, `It proposes to go live on ${day(cutoverOn).en}.`)),
        about(approval, ({ actNo, actOn }) => pair(`Approvato con l'atto ${actNo} del ${day(actOn).it}.`, `Approved by act ${actNo} of ${day(actOn).en}.`)),
        about(commitment, ({ actNo, actOn, cents }) => pair(`Impegnati ${sayEuros(cents, 'it')} con l'atto ${actNo} del ${day(actOn).it}.`, `${sayEuros(cents, 'en')} committed by act ${actNo} of ${day(actOn).en}.`)),
      ],
    },
  ];
}

function preparing({ migration, provisioning: { doneOn }, moving: { started, runs, acceptance } }: MigrationState, { texts }: Known): readonly Draft[] {
  const last = runs.at(-1);
  return [
    {
      key: 'provisioning', title: pair('Attivazione', 'Provisioning'), now: ['PLAN_APPROVED', 'PROVISIONING'], done: doneOn !== null,
      sentences: [
        ...(migration?.workItems ?? []).flatMap((item) => doneItem(item, texts)),
        about(doneOn, (on) => pair(`Attivato il ${day(on).it}.`, `Provisioned on ${day(on).en}.`)),
      ],
    },
    ...(has(migration, 'DATA_MIGRATION') ? [{
      key: 'data', title: pair('Migrazione dei dati', 'Migration of the data'), now: ['PROVISIONING', 'DATA_MIGRATION'] as const, done: acceptance !== null,
      sentences: [
        about(started, ({ startedOn }) => pair(`Iniziata il ${day(startedOn).it}.`, `Begun on ${day(startedOn).en}.`)),
        about(last, ({ endedAt, outcome, kind }) => pair(
          `Ultimo passaggio (${optionInWords('kind', kind, 'it').toLowerCase()}, ${optionInWords('outcome', outcome, 'it').toLowerCase()}): ${hour(endedAt).it}.`,
          `Last run (${optionInWords('kind', kind, 'en').toLowerCase()}, ${optionInWords('outcome', outcome, 'en').toLowerCase()}): ${hour(endedAt).en}.`,
        )),
        ...(last?.counts ?? []).filter(({ source, target }) => source !== target).map(({ set, source, target }) => pair(
          `${set}: arrivate ${sayNumber(target, 'it')} registrazioni su ${sayNumber(source, 'it')}.`, `${set}: ${sayNumber(target, 'en')} of ${sayNumber(source, 'en')} records arrived.`,
        )),
      ],
    }] : []),
    {
      key: 'acceptance', title: pair('Collaudo', 'Acceptance'), now: ['DATA_MIGRATION', 'ACCEPTANCE'], done: acceptance !== null,
      sentences: [about(acceptance, ({ acceptedOn }) => pair(`Accettato dalle due parti il ${day(acceptedOn).it}.`, `Accepted by both parties on ${day(acceptedOn).en}.`))],
    },
  ];
}

function doneItem({ title, done }: WorkItem, texts: Known['texts']): readonly Bilingual[] {
  if (done === null) return [];
  const note = done.note === null ? undefined : texts.get(done.note.textId);
  const said = pair(`${title.it}: completata il ${day(done.on).it}.`, `${title.en}: done on ${day(done.on).en}.`);
  return note === undefined ? [said] : [said, { it: note, en: note }];
}

function goingLive({ migration, moving: { parallelRun, waiver }, cutover: { schedule, decision, done }, operation: { hypercare } }: MigrationState): readonly Draft[] {
  const wentLive = done?.outcome === 'SUCCEEDED';
  const cutover: readonly Draft[] = [
    {
      key: 'parallel', title: pair('Affiancamento', 'Parallel run'), now: ['ACCEPTANCE', 'PARALLEL_RUN'], done: waiver !== null || parallelRun?.over === true,
      sentences: [
        about(parallelRun, ({ startedOn, endsOn }) => pair(`Dal ${day(startedOn).it} al ${day(endsOn).it}.`, `From ${day(startedOn).en} to ${day(endsOn).en}.`)),
        about(waiver, ({ waivedOn }) => pair(`Il Comune vi ha rinunciato il ${day(waivedOn).it}.`, `The comune waived it on ${day(waivedOn).en}.`)),
      ],
    },
    {
      key: 'cutover', title: pair('Messa in esercizio', 'Cutover'), now: ['PARALLEL_RUN', 'CUTOVER'], done: wentLive,
      sentences: [
        about(wentLive ? null : schedule, ({ from, to }) => pair(`Finestra fissata: dal ${hour(from).it} al ${hour(to).it}.`, `Window set: from ${hour(from).en} to ${hour(to).en}.`)),
        about(decision, ({ go, decidedAt }) => (go ? pair(`Via libera del Comune: ${hour(decidedAt).it}.`, `Go of the comune: ${hour(decidedAt).en}.`) : pair(`Il Comune ha detto no: ${hour(decidedAt).it}.`, `No of the comune: ${hour(decidedAt).en}.`))),
        about(done, ({ endedAt, outcome, regular }) => pair(
          `${optionInWords('outcome', outcome, 'it')}, conclusa il ${hour(endedAt).it}${regular ? '' : ', non regolare'}.`, `${optionInWords('outcome', outcome, 'en')}, over on ${hour(endedAt).en}${regular ? '' : ', not regular'}.`,
        )),
      ],
    },
  ];
  return [
    ...(has(migration, 'CUTOVER') ? cutover : []),
    {
      key: 'hypercare', title: pair('Presidio rafforzato', 'Hypercare'), now: ['HYPERCARE'], done: isAfter(migration, 'HYPERCARE') && hypercare !== null,
      sentences: [about(hypercare, ({ startedAt, endsOn }) => pair(`Dal ${day(civilDateOf(startedAt)).it} al ${day(endsOn).it}.`, `From ${day(civilDateOf(startedAt)).en} to ${day(endsOn).en}.`))],
    },
  ];
}

function ending({ migration }: MigrationState): readonly Draft[] {
  const { deliveredOn = null, closedOn = null, state = 'REQUESTED', since = '' } = migration ?? {};
  const isOver = state === 'CANCELLED' || state === 'REJECTED';
  return isOver ? [{
    key: 'over', title: state === 'REJECTED' ? pair('Non fattibile', 'Not feasible') : pair('Annullamento', 'Cancellation'), now: [], done: true,
    sentences: [about(since, (at) => (state === 'REJECTED' ? pair(`Respinto il ${day(civilDateOf(at)).it}.`, `Rejected on ${day(civilDateOf(at)).en}.`) : pair(`Annullato il ${day(civilDateOf(at)).it}.`, `Cancelled on ${day(civilDateOf(at)).en}.`)))],
  }] : [
    {
      key: 'operating', title: pair('Esercizio', 'Operation'), now: ['OPERATING'], done: deliveredOn !== null || isAfter(migration, 'OPERATING'),
      sentences: [about(deliveredOn, (on) => pair(`In esercizio dal ${day(on).it}.`, `In operation from ${day(on).en}.`))],
    },
    {
      key: 'closed', title: pair('Dismissione del vecchio sistema e chiusura', 'Decommissioning of the old system, and closing'), now: ['DECOMMISSIONING_OLD', 'RETIRING'], done: closedOn !== null,
      sentences: [about(closedOn, (on) => pair(`Chiuso il ${day(on).it}.`, `Closed on ${day(on).en}.`))],
    },
  ];
}

const AFTER: readonly MigrationStage[] = ['HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD', 'RETIRING', 'CLOSED'];

function isAfter(migration: MigrationState['migration'], stage: MigrationStage): boolean {
  return migration !== null && AFTER.indexOf(migration.state) > AFTER.indexOf(stage);
}

function has(migration: MigrationState['migration'], gate: 'DATA_MIGRATION' | 'CUTOVER'): boolean {
  return migration?.pinned?.gates.includes(gate) === true;
}
