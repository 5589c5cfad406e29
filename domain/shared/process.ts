import type { ActInput } from '../campaign/terms.ts';
import type { BrokerCall } from '../migration/broker-call.ts';
import type { Actor } from './actor.ts';
import type { Bilingual } from './bilingual.ts';
import type { Instant } from './civil-date.ts';
import type { Reason } from './reason.ts';

/** What a human or a machine asks of a process: imperative name, JSON data without personal content. */
export interface CommandBody {
  readonly type: string;
  readonly data: object;
}

/** What happened: past-tense name, JSON data. `effectiveOn` (civil date) is when it counted, if other than when we knew. */
export interface EventBody {
  readonly type: string;
  readonly data: object;
  readonly effectiveOn?: string | undefined;
}

/**
 * The circumstances of a decision. `now` is the instant the command was received (stamped once, never recomputed);
 * for a timer it is its `at` or later.
 */
export interface Context {
  readonly actor: Actor;
  readonly now: Instant;
  /** Id of the command that is decided; events that must name their cause use it. */
  readonly commandId: string;
}

export interface Accepted<Event> {
  readonly kind: 'accepted';
  readonly events: readonly Event[];
}

/** A business refusal: nothing is written. `early` marks a fact whose ground has not happened yet (it may be parked). */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly reasons: readonly Reason[];
  readonly early?: boolean;
}

export type Decision<Event> = Accepted<Event> | Refused;

/** When the process wants to be woken, and with which command. */
export interface Timer<Command> {
  readonly key: string;
  readonly at: Instant;
  readonly command: Command;
}

/** What the process owes the outside world now; performed once per key, the result comes back as a command. */
export type Effect = TellEffect | BrokerEffect | ActEffect;

export interface TellEffect {
  readonly key: string;
  readonly kind: 'tell';
  readonly input: TellInput;
}

/** A call to the broker of a service; what it came to is the command ConcludeBrokerCall. */
export interface BrokerEffect {
  readonly key: string;
  readonly kind: 'broker';
  readonly input: BrokerCall;
}

/** An act of a campaign on one of its targets; what it came to is the command ConcludeAct. */
export interface ActEffect {
  readonly key: string;
  readonly kind: 'act';
  readonly input: ActInput;
}

/** Speaks to another process: a signal with start, so that a case not begun yet begins with it. */
export interface TellInput {
  /** Stream (and workflow id) of the other process, e.g. `migration/c_a010-1.TRAINING`. */
  readonly to: string;
  readonly command: CommandBody;
  /** `stream@version` of the event that owes it: the commandId at the other end. */
  readonly commandId: string;
}

export interface AllowedItem {
  readonly command: string;
  readonly allowed: boolean;
  readonly reasons: readonly Reason[];
}

export type Party = 'OPERATOR' | 'MEMBER' | 'PROVIDER' | 'CLOCK';

/** Whose turn it is: `what` is a command type or a timer key, `since` an instant, `dueOn` a civil date or null, `dueAt` its instant where hours count. */
export interface Waiting {
  readonly who: Party;
  readonly what: string;
  readonly since: Instant;
  readonly dueOn: string | null;
  readonly dueAt?: Instant;
  readonly reasons: readonly Reason[];
}

/** What a correction does: it takes back an event of the same stream and says what is to be read instead. */
export interface Correction<Event> {
  /** Version of the event that it takes back. */
  readonly corrects: number;
  readonly instead: Event;
  /** Types of the events that followed from the fact by themselves, or attest what did: they are taken back with it. */
  readonly takesAlong: readonly string[];
}

/**
 * A pure value: no I/O, no clock, no randomness. State is plain JSON and nothing but the fold of the events.
 * Every shell (Temporal, memory, projector, audit) hosts processes through this type and no other.
 */
export interface Process<State, Command extends CommandBody, Event extends EventBody> {
  /** First segment of the stream's name, e.g. `adhesion`. */
  readonly name: string;
  /** Number of the shape of State. */
  readonly stateSchema: number;
  /**
   * A state that was kept (as a snapshot) with the number of its shape, in the shape of today; null for a number that is
   * not known: then the stream is folded again. Pure, so that a run that began from an old snapshot replays as it ran.
   */
  restore(kept: object, stateSchema: number): State | null;
  initial(): State;
  /** Never throws for a business refusal. */
  decide(state: State, command: Command, context: Context): Decision<Event>;
  /** Total: takes every stored event. */
  evolve(state: State, event: Event): State;
  /** What an event corrects; null for any other event. */
  correction(event: Event): Correction<Event> | null;
  timers(state: State): readonly Timer<Command>[];
  effects(state: State): readonly Effect[];
  allowed(state: State, context: Context): readonly AllowedItem[];
  waiting(state: State, now: Instant): readonly Waiting[];
  /** True when the process will never act by itself again; its workflow may complete (a command wakes it). */
  finished(state: State): boolean;
}

export function accepted<Event>(...events: Event[]): Accepted<Event> {
  return { kind: 'accepted', events };
}

export function refused(code: string, message: Bilingual, path?: string): Refused {
  return { kind: 'refused', code, reasons: [path === undefined ? { code, message } : { code, message, path }] };
}

/** A fact that comes before its ground: refused, or parked where the command may be. */
export function tooEarly(code: string, message: Bilingual): Refused {
  return { kind: 'refused', code, reasons: [{ code, message }], early: true };
}

export function fold<State, Command extends CommandBody, Event extends EventBody>(
  process: Pick<Process<State, Command, Event>, 'evolve'>,
  state: State,
  events: readonly Event[],
): State {
  return events.reduce((current, event) => process.evolve(current, event), state);
}
