import { expect } from 'vitest';
import { ENGINE, type Actor } from '../../domain/shared/actor.ts';
import { fold, type CommandBody, type Context, type Decision, type EventBody, type Process } from '../../domain/shared/process.ts';
import type { Instant } from '../../domain/shared/civil-date.ts';
import { expectWords } from './words.ts';

/** Who sends a command, and when it is received. */
export interface Circumstances {
  readonly actor: Actor;
  readonly now: Instant;
  readonly commandId?: string;
}

export function contextOf({ actor, now, commandId = 'cmd-1' }: Circumstances): Context {
  return { actor, now, commandId };
}

/** Given a state, when a command comes, then exactly these events, or a refusal with this code. */
export function given<State, Command extends CommandBody, Event extends EventBody>(process: Process<State, Command, Event>, state: State) {
  return {
    when(command: Command, circumstances: Circumstances) {
      const decision = process.decide(state, command, contextOf(circumstances));
      return {
        decision,
        then: (...events: readonly Event[]): State => {
          expect(decision).toStrictEqual({ kind: 'accepted', events });
          return fold(process, state, events);
        },
        /** Accepted, and nothing happens. */
        nothing: (): void => { expect(decision).toStrictEqual({ kind: 'accepted', events: [] }); },
        refused: (code: string, path?: string): void => { expectRefusal(decision, code, path); },
      };
    },
  };
}

/** The state after an accepted command and the timers that are due by then; fails when it is refused. */
export function apply<State, Command extends CommandBody, Event extends EventBody>(
  process: Process<State, Command, Event>, state: State, command: Command, circumstances: Circumstances,
): State {
  const decision = process.decide(state, command, contextOf(circumstances));
  if (decision.kind === 'refused') throw new Error(`${command.type} was refused: ${JSON.stringify(decision.reasons)}`);
  return drained(process, fold(process, state, decision.events), circumstances.now);
}

/** Fires the timers that are due at `now`, earliest first, as a shell does. */
export function drained<State, Command extends CommandBody, Event extends EventBody>(
  process: Process<State, Command, Event>, state: State, now: Instant,
): State {
  const due = process.timers(state).filter(({ at }) => Date.parse(at) <= Date.parse(now))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))[0];
  if (due === undefined) return state;
  const decision = process.decide(state, due.command, { actor: ENGINE, now: due.at, commandId: `t/${due.key}/${due.at}` });
  if (decision.kind === 'refused' || decision.events.length === 0) throw new Error(`The timer ${due.key} does nothing`);
  return drained(process, fold(process, state, decision.events), now);
}

function expectRefusal(decision: Decision<EventBody>, code: string, path: string | undefined): void {
  if (decision.kind === 'accepted') throw new Error(`${code} expected, but accepted: ${JSON.stringify(decision.events)}`);
  const { code: given, reasons: [first] } = decision;
  expect({ code: given, path: path === undefined ? undefined : first?.path }).toStrictEqual({ code, path });
  expectWords(first);
}
