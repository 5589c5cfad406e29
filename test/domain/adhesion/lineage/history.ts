import { adhesion, takingOver, type AdhesionEvent, type AdhesionState, type Predecessor } from '../../../../domain/adhesion/index.ts';
import { isOpened } from '../../../../domain/adhesion/state.ts';
import { ENGINE } from '../../../../domain/shared/actor.ts';
import { fold, type Context } from '../../../../domain/shared/process.ts';
import { abbiategrassoPath } from '../../../support/adhesion-path.ts';
import { actorFor, type AnyCommand } from '../scenario.ts';

export const BEFORE = '2026-11-20T08:00:00Z';

/** A comune with its case and everything that was recorded in it. */
export interface History extends Predecessor {
  readonly state: Predecessor['state'];
}

interface Comune {
  readonly body: string;
  readonly istatCode: string;
  readonly name: string;
  readonly population: number;
}

export const ALFA: Comune = { body: 'c_l768', istatCode: '015235', name: 'Vermezzo', population: 3_901 };
export const BETA: Comune = { body: 'c_m160', istatCode: '015246', name: 'Zelo Surrigone', population: 1_872 };

/** The case of a comune up to and with the last command of that type of the path, and what followed by then; `more`: commands after it. */
export function historyOf(comune: Comune, last: string, more: readonly AnyCommand[] = [], now = BEFORE): History {
  const id = `${comune.body}-1`;
  const path = abbiategrassoPath();
  const steps: AnyCommand[] = path.slice(1, path.findLastIndex(({ type }) => type === last) + 1).map(({ type, data }) => ({ type, data }) as AnyCommand);
  let state: AdhesionState = adhesion.initial();
  const events: (AdhesionEvent & { version: number; recordedAt: string })[] = [];
  const send = (command: AnyCommand, context: Pick<Context, 'actor'>): void => {
    const decision = adhesion.decide(state, command, { ...context, now, commandId: `cmd-${state.version}` });
    if (decision.kind === 'refused') throw new Error(`${command.type}: ${decision.code}`);
    events.push(...decision.events.map((event, at) => ({ ...event, version: state.version + at + 1, recordedAt: now }) as History['events'][number]));
    state = fold(adhesion, state, decision.events);
  };
  // Eleven councillors of a small comune would not have been twenty present.
  for (const command of [{ type: 'OpenAdhesion', data: { id, ...comune, policies: { councillors: 24 } } } as AnyCommand, ...steps, ...more]) {
    send(command, { actor: { ...actorFor(command.type), body: actorFor(command.type).role === 'member' ? comune.body : 'agency' } });
    for (let due = dueIn(state, now); due !== undefined; due = dueIn(state, now)) send(due.command, { actor: ENGINE });
  }
  if (!isOpened(state)) throw new Error('It was opened');
  return { state, events, hash: '00'.repeat(32) };
}

function dueIn(state: AdhesionState, now: string) {
  return adhesion.timers(state).find(({ at }) => Date.parse(at) <= Date.parse(now));
}

export const CHANGE = { change: '2026-11-21.c_m424', on: '2026-11-21' } as const;
export const NEW = { id: 'c_m424-1', body: 'c_m424', istatCode: '015251', name: 'Vermezzo con Zelo', population: 5_773 } as const;

/** What the successor's case is told. */
export function inheriting(...histories: readonly History[]) {
  return { ...NEW, ...CHANGE, ...takingOver(histories) };
}
