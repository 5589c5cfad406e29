import type { Actor } from './actor.ts';
import type { Instant } from './civil-date.ts';
import {
  accepted, fold, refused,
  type CommandBody, type Context, type Correction, type Decision, type Effect, type EventBody, type Process, type Refused,
} from './process.ts';
import { keepReason, type KeptReason } from './reason.ts';
import { onlyFor } from './roles.ts';

/**
 * What every long-lived case has beside its own rules: a version, facts parked until their turn, effects it owes.
 * A process writes a `CaseRules` with its own rules only; `caseProcess` makes the whole process of it.
 */
export interface CaseState {
  /** Number of events folded, which is the version of the stream. */
  readonly version: number;
  readonly parked: readonly ParkedFact[];
  readonly owed: readonly Effect[];
}

/** A fact that came before its ground; it is decided again after every change, as received then. */
export interface ParkedFact {
  readonly commandId: string;
  readonly type: string;
  readonly data: object;
  readonly actor: Actor;
  readonly receivedAt: Instant;
  /** What it waits for: the code of the refusal it would have got. */
  readonly code: string;
}

export type CaseCommand =
  | { readonly type: 'WithdrawFact'; readonly data: { readonly commandId: string } }
  | { readonly type: 'CompleteEffect'; readonly data: { readonly key: string } };

export type CaseEvent =
  | { readonly type: 'FactParked'; readonly data: { readonly fact: ParkedFact } }
  | { readonly type: 'ParkedFactApplied'; readonly data: { readonly commandId: string } }
  | { readonly type: 'ParkedFactRefused'; readonly data: RefusedFact }
  | { readonly type: 'FactWithdrawn'; readonly data: { readonly commandId: string } }
  | { readonly type: 'FactRefused'; readonly data: RefusedFact }
  | { readonly type: 'EffectCompleted'; readonly data: { readonly key: string } };

interface RefusedFact {
  readonly commandId: string;
  readonly type: string;
  readonly code: string;
  readonly reasons: readonly KeptReason[];
}

/** Bound on what one case may keep parked: a client that loops must not make the state grow without end. */
export const MAX_PARKED = 50;

export interface CaseRules<State extends CaseState, Command extends CommandBody, Event extends EventBody>
  extends Pick<Process<State, Command, Event>, 'name' | 'stateSchema' | 'restore' | 'initial' | 'timers' | 'allowed' | 'waiting' | 'finished'> {
  /** Commands whose `early` refusal parks them. */
  readonly parkable: ReadonlySet<string>;
  decide(state: State, command: Command, context: Context): Decision<Event>;
  /** `state.version` is already the version of this event. */
  evolve(state: State, event: Event): State;
  /** Of a process that knows corrections. */
  correction?(event: Event): Correction<Event> | null;
}

export type CaseProcess<State extends CaseState, Command extends CommandBody, Event extends EventBody> =
  Process<State, Command | CaseCommand, Event | CaseEvent>;

export function caseProcess<State extends CaseState, Command extends CommandBody, Event extends EventBody>(
  rules: CaseRules<State, Command, Event>,
): CaseProcess<State, Command, Event> {
  const evolve = (state: State, event: Event | CaseEvent): State => {
    const next = { ...state, version: state.version + 1 };
    return isCaseEvent(event) ? evolveCase(next, event) : rules.evolve(next, event);
  };

  const decide = (state: State, command: Command | CaseCommand, context: Context): Decision<Event | CaseEvent> => {
    const first = isCaseCommand(command)
      ? decideCase(state, command, context)
      : parkIfEarly(rules, state, command, context, rules.decide(state, command, context));
    if (first.kind === 'refused') return first;
    return accepted(...first.events, ...settleParked(rules, evolve, fold({ evolve }, state, first.events)));
  };

  return {
    name: rules.name,
    stateSchema: rules.stateSchema,
    restore: (kept, stateSchema) => rules.restore(kept, stateSchema),
    initial: () => rules.initial(),
    decide,
    evolve,
    correction: (event) => (isCaseEvent(event) ? null : rules.correction?.(event) ?? null),
    timers: (state) => rules.timers(state),
    effects: (state) => state.owed,
    allowed: (state, context) => rules.allowed(state, context),
    waiting: (state, now) => rules.waiting(state, now),
    finished: (state) => rules.finished(state) && state.owed.length === 0,
  };
}

/** A fact sent without waiting for an answer and refused later leaves this event, so that it is never lost in silence. */
export function factRefused(commandId: string, type: string, refusal: Refused): CaseEvent {
  return { type: 'FactRefused', data: { commandId, type, code: refusal.code, reasons: refusal.reasons.map(keepReason) } };
}

function parkIfEarly<State extends CaseState, Command extends CommandBody, Event extends EventBody>(
  rules: CaseRules<State, Command, Event>, state: State, command: Command, context: Context, decision: Decision<Event>,
): Decision<Event | CaseEvent> {
  if (decision.kind === 'accepted' || !decision.early || !rules.parkable.has(command.type)) return decision;
  if (state.parked.length >= MAX_PARKED) {
    return refused('TOO_MANY_PARKED', {
      it: `Possono attendere il proprio turno al massimo ${MAX_PARKED} fatti; prima se ne ritiri uno (WithdrawFact).`,
      en: `At most ${MAX_PARKED} facts may wait for their turn; withdraw one first (WithdrawFact).`,
    });
  }
  const fact: ParkedFact = {
    commandId: context.commandId, type: command.type, data: command.data, actor: context.actor, receivedAt: context.now, code: decision.code,
  };
  return accepted<Event | CaseEvent>({ type: 'FactParked', data: { fact } });
}

/** Decides parked facts again, oldest first, until none of them has its turn. */
function settleParked<State extends CaseState, Command extends CommandBody, Event extends EventBody>(
  rules: CaseRules<State, Command, Event>, evolve: (state: State, event: Event | CaseEvent) => State, state: State,
): (Event | CaseEvent)[] {
  const settled: (Event | CaseEvent)[] = [];
  let current = state;
  for (;;) {
    const turn = firstTurn(rules, current);
    if (turn === undefined) return settled;
    settled.push(...turn);
    current = fold({ evolve }, current, turn);
  }
}

function firstTurn<State extends CaseState, Command extends CommandBody, Event extends EventBody>(
  rules: CaseRules<State, Command, Event>, state: State,
): (Event | CaseEvent)[] | undefined {
  for (const fact of state.parked) {
    const { commandId, type } = fact;
    // The fact was checked against the command's schema at the edge, before it was parked.
    const command = { type, data: fact.data } as unknown as Command;
    const decision = rules.decide(state, command, { actor: fact.actor, now: fact.receivedAt, commandId });
    if (decision.kind === 'accepted') return [{ type: 'ParkedFactApplied', data: { commandId } }, ...decision.events];
    if (!decision.early) return [{ type: 'ParkedFactRefused', data: { commandId, type, code: decision.code, reasons: decision.reasons.map(keepReason) } }];
  }
  return undefined;
}

function decideCase(state: CaseState, command: CaseCommand, { actor }: Context): Decision<CaseEvent> {
  switch (command.type) {
    case 'WithdrawFact': {
      const { commandId } = command.data;
      return state.parked.some((fact) => fact.commandId === commandId)
        ? accepted<CaseEvent>({ type: 'FactWithdrawn', data: { commandId } })
        : refused('NOT_PARKED', {
          it: 'Nessun fatto in attesa ha questo commandId; si ritira solo un fatto che attende ancora il proprio turno.',
          en: 'No parked fact has this commandId; only a fact that still waits for its turn can be withdrawn.',
        }, 'commandId');
    }
    case 'CompleteEffect': {
      const { key } = command.data;
      if (actor.role !== 'engine') return refused('FORBIDDEN', onlyFor('CompleteEffect', ['engine']));
      return state.owed.some((effect) => effect.key === key)
        ? accepted<CaseEvent>({ type: 'EffectCompleted', data: { key } })
        : accepted();
    }
  }
}

function evolveCase<State extends CaseState>(state: State, event: CaseEvent): State {
  switch (event.type) {
    case 'FactParked':
      return { ...state, parked: [...state.parked, event.data.fact] };
    case 'ParkedFactApplied':
    case 'ParkedFactRefused':
    case 'FactWithdrawn':
      return { ...state, parked: state.parked.filter((fact) => fact.commandId !== event.data.commandId) };
    case 'EffectCompleted':
      return { ...state, owed: state.owed.filter((effect) => effect.key !== event.data.key) };
    case 'FactRefused':
      return state;
  }
}

const CASE_COMMANDS: ReadonlySet<string> = new Set<CaseCommand['type']>(['WithdrawFact', 'CompleteEffect']);
const CASE_EVENTS: ReadonlySet<string> = new Set<CaseEvent['type']>([
  'FactParked', 'ParkedFactApplied', 'ParkedFactRefused', 'FactWithdrawn', 'FactRefused', 'EffectCompleted',
]);

function isCaseCommand(command: CommandBody): command is CaseCommand {
  return CASE_COMMANDS.has(command.type);
}

function isCaseEvent(event: EventBody): event is CaseEvent {
  return CASE_EVENTS.has(event.type);
}
