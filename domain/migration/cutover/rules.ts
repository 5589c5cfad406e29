import { dayOf, firstRefusal, notBefore, notInFuture } from '../../adhesion/checks.ts';
import { hoursBetween } from '../../calendar/clock.ts';
import { compareInstants, normalInstant, type Instant } from '../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { suspensionNeeds } from '../gates/convention.ts';
import { gateFault, needsFault, needsOf } from '../gates/index.ts';
import { handedOver } from '../operation/hypercare.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import { isFull, type FullMigration, type MigrationStage, type OpenedMigration } from '../state.ts';
import type { CUTOVER_COMMANDS, CutoverEngineData } from './catalogue.ts';
import type { CutoverEventData } from './events.ts';
import { MOST_WINDOW_HOURS } from './bounds.ts';
import { checkWindow, conflictsOf, earliestOf, nextWindow } from './windows.ts';
import { notFree } from './words.ts';

type Schedule = CutoverEventData['CutoverScheduled'];
type Scheduled = { readonly full: FullMigration; readonly schedule: Schedule };

/** The first window of a cutover, or another in place of the one that stands: a go that was given for that one is void. */
const scheduleCutover = rule<Command<'ScheduleCutover'>['data'], { readonly full: FullMigration }>({
  ground: (state) => stageFault(state, ['PARALLEL_RUN', 'CUTOVER'], { it: "la finestra si fissa da quando inizia l'affiancamento.", en: 'its window is set from the beginning of the parallel run on.' }) ?? ofFull(state),
  check: ({ from, to }, { now }) => windowFault(from, to, now),
  decide: ({ ground: { full }, data, context }) => {
    const { patronStaffed = false } = data;
    const window = { from: normalInstant(data.from), to: normalInstant(data.to) };
    const earliest = earliestOf(full);
    if (earliest !== null && compareInstants(window.from, earliest) < 0) {
      return refused('WINDOW_TOO_EARLY', { it: `L'affiancamento finisce prima: la finestra può iniziare dal ${earliest}.`, en: `The parallel run ends first: the window may begin from ${earliest} on.` }, 'from');
    }
    const { schedule, windows } = full.cutover;
    if (schedule?.from === window.from && schedule.to === window.to && schedule.patronStaffed === patronStaffed && full.migration.state === 'PARALLEL_RUN') {
      return refused('ALREADY_SCHEDULED', { it: 'Questa finestra è già fissata.', en: 'This window is set already.' });
    }
    const { free, reasons } = checkWindow(full, window, patronStaffed);
    if (!free) return notFree(reasons, nextWindow(full, window.from, patronStaffed), 'from');
    return accepted<MigrationEvent>({ type: 'CutoverScheduled', data: { no: windows + 1, ...window, patronStaffed, at: context.now } });
  },
});

function windowFault(from: Instant, to: Instant, now: Instant): Refused | null {
  const hours = hoursBetween(from, to);
  if (hours <= 0) return refused('WINDOW_REVERSED', { it: 'La finestra finisce prima di iniziare.', en: 'The window ends before it begins.' }, 'to');
  if (hours > MOST_WINDOW_HOURS) return refused('WINDOW_TOO_LONG', { it: `Una finestra dura al massimo ${MOST_WINDOW_HOURS} ore.`, en: `A window lasts ${MOST_WINDOW_HOURS} hours at most.` }, 'to');
  return compareInstants(from, now) >= 0 ? null : refused('WINDOW_IN_PAST', { it: `La finestra inizia nel passato; ora sono le ${now}.`, en: `The window begins in the past; it is ${now} now.` }, 'from');
}

const cancelCutover = rule<Command<'CancelCutover'>['data'], Scheduled>({
  ground: (state) => scheduled(state, ['PARALLEL_RUN', 'CUTOVER']),
  decide: ({ ground: { schedule: { no } }, data: { reasons }, context }) => accepted<MigrationEvent>({ type: 'CutoverUnscheduled', data: { no, reasons, at: context.now } }),
});

/** The service referent's word: a go when all else that the cutover needs is there, a no at any time: what is missing may be its very reason. */
const decideGo = rule<Command<'DecideGo'>['data'], Scheduled>({
  ground: (state) => scheduled(state, ['PARALLEL_RUN']),
  check: ({ go, decidedAt, reasons }, context) => firstRefusal(
    notInFuture(context, { decidedAt }),
    go || reasons !== undefined ? null : refused('REASONS_REQUIRED', { it: 'Un no si motiva (reasons).', en: 'A no comes with its reasons (reasons).' }, 'reasons'),
  ),
  decide: ({ ground: { full, schedule }, data: { go, decidedAt, reasons = null }, context }) => firstRefusal(
    go ? gateFault(full, 'CUTOVER', 'DecideGo') : null,
    notBefore(decidedAt, 'decidedAt', full.moving.acceptance?.acceptedOn ?? null, { it: 'il collaudo', en: 'the acceptance' }),
    compareInstants(decidedAt, schedule.to) < 0 ? null : refused('WINDOW_OVER', {
      it: `La finestra è finita il ${schedule.to}: se ne fissa un'altra (ScheduleCutover).`, en: `The window was over at ${schedule.to}: another is set first (ScheduleCutover).`,
    }, 'decidedAt'),
  ) ?? accepted<MigrationEvent>({ type: 'CutoverDecided', data: { go, decidedAt: normalInstant(decidedAt), reasons, at: context.now }, effectiveOn: dayOf(decidedAt) }),
});

/** What was done. Outside its window, or where the gate lacks something by now, it is recorded with the reasons for it only; that the service is in use not while the resolution is suspended. */
const recordCutover = rule<Command<'RecordCutover'>['data'], Scheduled>({
  ground: (state) => scheduled(state, ['CUTOVER']),
  check: ({ startedAt, endedAt }, context) => notInFuture(context, { startedAt, endedAt }),
  decide: ({ ground: { full, schedule }, data, context }) => {
    const { outcome, reasons = null } = data;
    const [startedAt, endedAt] = [normalInstant(data.startedAt), normalInstant(data.endedAt)];
    const isInside = compareInstants(startedAt, schedule.from) >= 0 && compareInstants(endedAt, schedule.to) <= 0;
    const regular = isInside && needsOf(full, 'CUTOVER').length === 0;
    const fault = firstRefusal(
      notBefore(endedAt, 'endedAt', startedAt, { it: 'il suo inizio', en: 'its beginning' }),
      notBefore(startedAt, 'startedAt', full.cutover.decision?.decidedAt ?? null, { it: 'il via libera', en: 'the go' }),
      outcome === 'SUCCEEDED' ? needsFault('GATE_SHUT', NO_NEW_STAGE, suspensionNeeds(full)) : null,
      regular || reasons !== null ? null : irregular(full, isInside, context.now),
    );
    if (fault !== null) return fault;
    const recorded: MigrationEvent = { type: 'CutoverRecorded', data: { startedAt, endedAt, outcome, regular, reasons: regular ? null : reasons, at: context.now }, effectiveOn: dayOf(endedAt) };
    return outcome === 'SUCCEEDED' ? accepted(recorded, handedOver(full, endedAt, context)) : accepted(recorded);
  },
});

const NO_NEW_STAGE = {
  it: 'La messa in esercizio apre una nuova fase: una già avvenuta si registra quando la sospensione cessa.', en: 'A cutover opens a new stage: one that took place is recorded once the suspension ends.',
};

/** Why it takes reasons: its time, what the gate lacks beside the window, or the window itself. */
function irregular(full: FullMigration, isInside: boolean, now: Instant): Refused {
  const { schedule } = full.cutover;
  if (!isInside) return refused('OUTSIDE_WINDOW', {
    it: `La finestra va dal ${schedule?.from} al ${schedule?.to}: fuori di essa si registra con i motivi (reasons).`,
    en: `The window goes from ${schedule?.from} to ${schedule?.to}: outside it, it is recorded with the reasons (reasons).`,
  }, 'reasons');
  const needs = needsOf(full, 'CUTOVER');
  const isWindowOnly = needs.every(({ what }) => what === 'ScheduleCutover');
  return (isWindowOnly ? null : needsFault('GATE_SHUT', LACKING, needs, 'reasons')) ?? notFree(conflictsOf(full), nextWindow(full, now, schedule?.patronStaffed ?? false), 'reasons');
}

const LACKING = {
  it: 'Dopo il via libera è venuto a mancare qualcosa: ciò che è avvenuto comunque si registra con i motivi (reasons).', en: 'Something has gone missing since the go: what took place all the same is recorded with the reasons (reasons).',
};

/** By its timer: the window is over, and nobody has decided. */
const endCutoverWindow = rule<Command<'EndCutoverWindow'>['data'], object>({
  ground: () => ({}),
  decide: ({ state: { migration, cutover: { schedule } }, data: { no }, context }) => {
    const due = migration.state === 'PARALLEL_RUN' && schedule?.no === no && compareInstants(context.now, schedule.to) >= 0;
    return due ? accepted<MigrationEvent>({ type: 'CutoverWindowMissed', data: { no, at: context.now } }) : accepted();
  },
});

function ofFull(state: OpenedMigration): { readonly full: FullMigration } | Refused {
  return isFull(state) ? { full: state } : refused('LIGHT_TRACK', { it: 'Il percorso leggero non ha questo passo.', en: 'The light track has no such step.' });
}

/** The window that stands, in one of these stages. */
function scheduled(state: OpenedMigration, stages: readonly MigrationStage[]): Scheduled | Refused {
  const { schedule } = state.cutover;
  const fault = stageFault(state, stages, { it: 'questo passo segue la finestra della messa in esercizio.', en: 'this step follows the window of the cutover.' });
  if (fault !== null) return fault;
  const full = ofFull(state);
  if ('kind' in full) return full;
  return schedule === null
    ? refused('NOT_SCHEDULED', { it: 'Nessuna finestra è fissata (ScheduleCutover).', en: 'No window is set (ScheduleCutover).' })
    : { full: full.full, schedule };
}

/** The rule of every command of this area. */
export const CUTOVER_RULES: RulesOf<keyof typeof CUTOVER_COMMANDS | keyof CutoverEngineData> = {
  ScheduleCutover: scheduleCutover,
  CancelCutover: cancelCutover,
  DecideGo: decideGo,
  RecordCutover: recordCutover,
  EndCutoverWindow: endCutoverWindow,
};
