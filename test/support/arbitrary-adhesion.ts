import fc from 'fast-check';
import { adhesion, COMMAND_CATALOGUE, COMMAND_TYPES, isRenewable, viewAdhesion, type AdhesionCommand, type AdhesionState, type CommandType } from '../../domain/adhesion/index.ts';
import { openRenewalOf } from '../../domain/adhesion/membership/standing.ts';
import { openDuties, subprocessorsOf } from '../../domain/adhesion/processing/standing.ts';
import { noticesRunning } from '../../domain/adhesion/processing/timers.ts';
import { recognitionState } from '../../domain/adhesion/recognition/standing.ts';
import { ENGINE, type Actor } from '../../domain/shared/actor.ts';
import type { CaseCommand } from '../../domain/shared/case.ts';
import { addDays, type Instant } from '../../domain/shared/civil-date.ts';
import { fold } from '../../domain/shared/process.ts';
import { dataFor } from './adhesion-data.ts';
import { drained } from './spec.ts';
import type { Throw } from './throw.ts';

export type AnyAdhesionCommand = AdhesionCommand | CaseCommand;
type AnyAdhesionEvent = Parameters<typeof adhesion.evolve>[1];

/** One command as a shell receives it; sensible more often than not. */
export interface SentCommand {
  readonly command: AnyAdhesionCommand;
  readonly actor: Actor;
  readonly now: Instant;
  readonly commandId: string;
}

export interface SequenceOptions {
  readonly minLength?: number;
  readonly maxLength?: number;
  /**
   * True: each command comes on the day of its fact, and days pass between them, so that timers lie ahead for a while.
   * False: a procedure of the past is entered, an hour a command; every due timer is due at once.
   */
  readonly live?: boolean;
}

const OPERATOR: Actor = { subject: 's-operator', role: 'operator', body: 'agency' };
const OTHER_OPERATOR: Actor = { subject: 's-operator-2', role: 'operator', body: 'agency' };
const MEMBER: Actor = { subject: 's-member', role: 'member', body: 'c_a010' };
const OTHERS: readonly Actor[] = [
  OPERATOR, MEMBER, ENGINE, { subject: 's-other', role: 'member', body: 'c_f205' }, { subject: 's-auditor', role: 'auditor', body: 'agency' },
];

const FIRST_DAY = '2026-03-02';
const FIRST_DAY_AT = `${FIRST_DAY}T10:00:00Z`;
const ENTERED_AT = Date.parse('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;

const toss: fc.Arbitrary<Throw> = fc.record({
  /** Under 75 the command whose turn it is, else any. */
  turn: fc.nat(99),
  pick: fc.nat(9_999),
  days: fc.integer({ min: 0, max: 9 }),
  twist: fc.nat(99),
  sender: fc.nat(99),
});

/**
 * Sequences of commands that reach deep states: most take the case further, some come out of turn, from the wrong sender,
 * with wrong dates, or correct what was recorded. Concrete values: the same sequence can be sent through any shell.
 */
export function adhesionCommands({ minLength = 1, maxLength = 60, live = false }: SequenceOptions = {}): fc.Arbitrary<readonly SentCommand[]> {
  return fc.array(toss, { minLength, maxLength, size: 'max' }).map((throws) => sequenceOf(throws, live));
}

/** What a sequence leaves. */
export interface Played {
  /** The state after each command, due timers fired as a shell fires them; what is refused leaves nothing. */
  readonly states: readonly AdhesionState[];
  /** Every event, those of timers with them. */
  readonly events: readonly AnyAdhesionEvent[];
}

/** A sequence is made by playing it: nobody plays it a second time. */
const PLAYED = new WeakMap<readonly SentCommand[], Played>();

export function played(sent: readonly SentCommand[]): Played {
  const known = PLAYED.get(sent);
  if (known === undefined) throw new Error('This sequence was not made by adhesionCommands');
  return known;
}

/** The state after a sequence. */
export function stateAfterCommands(sent: readonly SentCommand[]): AdhesionState {
  return played(sent).states.at(-1) ?? adhesion.initial();
}

/** What a shell does with a command: the due timers first, then the command, then what that made due. */
export function receive(state: AdhesionState, { command, ...context }: SentCommand, process = adhesion): AdhesionState {
  const before = drained(process, state, context.now);
  const decision = process.decide(before, command, context);
  return decision.kind === 'refused' ? before : drained(process, fold(process, before, decision.events), context.now);
}

function sequenceOf(throws: readonly Throw[], live: boolean): readonly SentCommand[] {
  const events: AnyAdhesionEvent[] = [];
  const states: AdhesionState[] = [];
  const listening = { ...adhesion, evolve: (state: AdhesionState, event: AnyAdhesionEvent) => { events.push(event); return adhesion.evolve(state, event); } };
  let state = adhesion.initial();
  let day = FIRST_DAY;
  const sequence = throws.map((dice, index) => {
    const next = addDays(day, live && dice.twist >= leapsFrom(state) ? 200 : dice.days);
    const now = live ? `${next}T${hourOf(index)}:30:00Z` : new Date(ENTERED_AT + index * HOUR).toISOString();
    const sent = sentBy(state, dice, { day: next, now, commandId: `cmd-${index}` });
    const after = receive(state, sent, listening);
    // Days pass only with what was recorded, so that the facts of a case stay close together.
    if (live || after.version > state.version) day = next;
    state = after;
    states.push(after);
    return sent;
  });
  PLAYED.set(sequence, { states, events });
  return sequence;
}

/** Now and then months pass, by the throw: a term ends; more often while a notice is to take effect. */
function leapsFrom({ membership: { withdrawal, end } }: AdhesionState): number {
  return withdrawal !== null && end === null ? 80 : 97;
}

/** Late hours come later on the same day, so that `now` never goes back. */
function hourOf(index: number): string {
  return String(10 + Math.min(9, Math.floor(index / 10))).padStart(2, '0');
}

function sentBy(state: AdhesionState, dice: Throw, { day, now, commandId }: { day: string; now: Instant; commandId: string }): SentCommand {
  const told = dice.turn === 90 || (dice.turn > 80 && isRenewable(state)) ? tellings(state, dice) : undefined;
  if (told !== undefined) return { ...told, actor: ENGINE, now };
  const type = typeFor(state, dice);
  // The data of a command of that type, by construction.
  const command = { type, data: dataFor(type, state, day, dice) } as AnyAdhesionCommand;
  const roles: readonly string[] = COMMAND_CATALOGUE[type].by;
  // What both may send is sent by either: an operator corrects what a member may not.
  const right = roles.includes('member') && !(roles.includes('operator') && dice.sender % 2 === 0) ? MEMBER : (dice.days % 2 === 0 ? OPERATOR : OTHER_OPERATOR);
  const any = OTHERS[dice.pick % OTHERS.length] ?? right;
  return { command, actor: dice.sender < 95 ? right : any, now, commandId };
}

/** What the engine tells a case: that the word reached the services it requested, how they stand, that the next case begins. */
function tellings(state: AdhesionState, { pick, twist }: Throw): Pick<SentCommand, 'command' | 'commandId'> | undefined {
  const { owed, migrations } = state;
  if (isRenewable(state)) return { command: { type: 'NoteSuccessor', data: { successor: 'c_a010-2' } }, commandId: `open/${pick}/former` };
  if (pick % 97 === 96) return { command: { type: 'SucceedAdhesion', data: { change: '2026-01-01.c_m424', on: '2026-01-01', successors: [{ body: 'c_m424', adhesion: 'c_m424-1' }] } }, commandId: `territory/${pick}` };
  if (state.opening !== null && pick % 97 === 95) return { command: { type: 'InheritAdhesion', data: { id: 'c_a010-1', body: 'c_a010', istatCode: '015002', name: null, population: 32_425, change: '2026-01-01.c_a010', on: '2026-01-01', policies: state.opening.policies, from: [], facts: [] } }, commandId: `territory/inherit/${pick}` };
  const [effect] = owed;
  if (effect !== undefined && twist < 50) return { command: { type: 'CompleteEffect', data: { key: effect.key } }, commandId: `done/${effect.key}` };
  const note = migrations[pick % Math.max(1, migrations.length)];
  if (note === undefined) return undefined;
  const stands = SERVICE_STATES[twist % SERVICE_STATES.length] ?? 'REQUESTED';
  return { command: { type: 'NoteMigration', data: { id: note.id, service: note.service, state: stands } }, commandId: `migration/${note.id}@${note.asOf + 1}` };
}

const SERVICE_STATES = ['PROVISIONING', 'OPERATING', 'CANCELLED', 'CLOSED'] as const;

/** What may happen to a convention in force besides what is owed. */
const IN_FORCE: readonly CommandType[] = [
  'AmendConvention', 'OpenRenewal', 'GiveWithdrawalNotice', 'ExcludeMember', 'AdoptRegulation', 'RecordBudgetCover', 'AmendConvention', 'PublishConvention', 'RecordNisDuty', 'DeclareDue', 'RecordRtdOnIpa', 'NoteCouncilSession',
];

function inForce({ dpa, referents, councilSessions }: AdhesionState, twist: number): CommandType {
  if (dpa.draft === null && referents.some(({ role }) => role === 'DPO')) return 'DraftDpa';
  if (councilSessions !== undefined && twist % 4 === 0) return 'WithdrawCouncilSession';
  return IN_FORCE[twist % IN_FORCE.length] ?? 'OpenRenewal';
}

function typeFor(state: AdhesionState, { turn, pick, twist }: Throw): CommandType {
  if (state.opening === null) return turn < 95 ? 'OpenAdhesion' : any(pick);
  const owed = adhesion.waiting(state, '').map(({ what }) => what).filter(isCommandType);
  const extra: readonly CommandType[] = state.convention.inForce
    ? ['RequestMigration', 'AppointReferent', inForce(state, twist), ...(state.referents.length > 4 || isManaged(state) ? CHANGES_OF_REFERENTS : [])]
    : [];
  const candidates = [...lateRenewal(state), ...owed, ...owed, ...owed, ...extra, ...processing(state), ...ofDpo(state), ...surveys(state)];
  const chosen = candidates[pick % Math.max(1, candidates.length)];
  if (chosen !== undefined && turn < 75) return chosen;
  return turn < 82 ? 'CorrectFact' : any(pick);
}

/** The acts of a renewal that was concluded before the expiry and is entered after it. */
function lateRenewal(state: AdhesionState): readonly CommandType[] {
  if (state.membership.end?.code !== 'EXPIRED' || openRenewalOf(state) === null) return [];
  const { addendum } = state.convention;
  const next = addendum === null ? 'AmendConvention' : addendum.signature === null ? 'SignConvention' : 'CountersignConvention';
  return [next, next, next];
}

/** What nobody waits for, or not as much as for the validation. */
function surveys({ recognition }: AdhesionState): readonly CommandType[] {
  switch (recognitionState(recognition)) {
    case 'NOT_STARTED': return ['InviteRecognition'];
    case 'SUBMITTED': return ['ReturnRecognition'];
    case 'INVITED':
    case 'RETURNED': return ['BeginRecognition'];
    case 'IN_PROGRESS':
    case 'VALIDATED':
    case 'STALE': return [];
  }
}

/** What a DPO in office brings with it, and the seldom fact of a certificate that was revoked. */
function ofDpo({ referents, dpa }: AdhesionState): readonly CommandType[] {
  if (!referents.some(({ role }) => role === 'DPO')) return [];
  return ['RecordDpoContact', 'DeclareDpiaNeed', 'RecordDpia', ...(dpa.inForce ? ['RecordCertificateRevocation'] as const : [])];
}

/** What may happen to personal data under an agreement in force. */
function processing(state: AdhesionState): readonly CommandType[] {
  if (!state.dpa.inForce) return [];
  const objects: readonly CommandType[] = noticesRunning(state).length > 0 ? ['ObjectToSubprocessor', 'ObjectToSubprocessor'] : [];
  const waives: readonly CommandType[] = state.processing.breaches.some((breach) => openDuties(breach).length > 0) ? ['WaiveBreachNotice'] : [];
  const gives: readonly CommandType[] = subprocessorsOf(state).some(({ withdrawal }) => withdrawal === null) ? ['WithdrawSubprocessor'] : [];
  return ['NotifySubprocessor', 'ReportBreach', 'RecordProcessorAudit', ...objects, ...waives, ...gives];
}

function isManaged(state: AdhesionState): boolean {
  return viewAdhesion(state, FIRST_DAY_AT).phase === 'MANAGEMENT';
}

const CHANGES_OF_REFERENTS = ['ReplaceReferent', 'SuspendReferent', 'DeclareVacancy', 'ConfirmReferents', 'RecordMandateChange'] as const;

/** Closing ends the sequence, so it comes seldom. */
function any(pick: number): CommandType {
  const type = COMMAND_TYPES[pick % COMMAND_TYPES.length] ?? 'RecordSession';
  return type === 'CloseAdhesion' && pick % 5 !== 0 ? 'ReturnResolution' : type;
}

function isCommandType(what: string): what is CommandType {
  return what in COMMAND_CATALOGUE;
}
