import { caseProcess, type CaseCommand, type CaseEvent, type CaseState } from '../../../domain/shared/case.ts';
import { accepted, refused, tooEarly, type Effect } from '../../../domain/shared/process.ts';

/**
 * The smallest process that can park: stages are reached in the order 1, 2, 3 …, each on a day not before the one
 * before it. A stage before its turn is early; each one reached must be told.
 */
export interface StagesState extends CaseState {
  readonly reached: readonly string[];
}

export type StagesCommand =
  | { readonly type: 'Reach'; readonly data: { readonly stage: number; readonly on: string } }
  | { readonly type: 'Jump'; readonly data: { readonly stage: number } };

export interface StagesEvent {
  readonly type: 'Reached';
  readonly data: { readonly stage: number; readonly on: string; readonly at: string; readonly by: string };
  readonly effectiveOn: string;
}

export type AnyStagesCommand = StagesCommand | CaseCommand;
export type AnyStagesEvent = StagesEvent | CaseEvent;

export const REACHED = { it: 'La tappa è già raggiunta.', en: 'This stage is reached already.' };

export const stages = caseProcess<StagesState, StagesCommand, StagesEvent>({
  name: 'stages',
  stateSchema: 3,
  restore: (kept, stateSchema) => (stateSchema === 3 ? (kept as StagesState) : null),
  parkable: new Set(['Reach']),
  initial: () => ({ version: 0, parked: [], owed: [], reached: [] }),
  decide(state, command, { now, actor }) {
    const next = state.reached.length + 1;
    if (command.data.stage > next) return tooEarly('NOT_YET', { it: `Prima viene la tappa ${next}.`, en: `Stage ${next} comes first.` });
    if (command.data.stage < next) return refused('REACHED', REACHED, 'stage');
    if (command.type === 'Jump') return accepted();
    const { stage, on } = command.data;
    const last = state.reached.at(-1);
    if (last !== undefined && on < last) return refused('DATE_BEFORE_GROUND', { it: `La tappa precedente è del ${last}.`, en: `The stage before was reached on ${last}.` }, 'on');
    return accepted<StagesEvent>({ type: 'Reached', data: { stage, on, at: now, by: actor.subject }, effectiveOn: on });
  },
  evolve: (state, { data }) => ({ ...state, reached: [...state.reached, data.on], owed: [...state.owed, tell(state.version)] }),
  timers: (state) => (state.reached.length === 1 ? [{ key: 'jump', at: '2026-08-01T00:00:00Z', command: { type: 'Jump', data: { stage: 2 } } }] : []),
  allowed: (state) => [{ command: 'Reach', allowed: state.reached.length < 5, reasons: [] }],
  waiting: (state, now) => [{ who: 'MEMBER', what: `Reach ${state.reached.length + 1}`, since: now, dueOn: null, reasons: [] }],
  finished: (state) => state.reached.length === 5,
});

export function tell(version: number): Effect {
  return { key: `told@${version}`, kind: 'tell', input: { to: 'other/1', command: { type: 'Note', data: {} }, commandId: `stages/1@${version}` } };
}
