import type { Instant } from '../../shared/civil-date.ts';
import type { BrokerCall } from '../broker-call.ts';
import { leftAsBefore } from '../changes/standing.ts';
import type { BrokerEffect } from '../../shared/process.ts';
import type { FullMigration, MigrationStage, MigrationState } from '../state.ts';
import type { Call } from './state.ts';

/** What a broker is asked for: of bindings which, if not the first; of an update also for what. */
type Asked = Pick<BrokerCall, 'operation' | 'update' | 'previousPlan'> & Partial<Pick<BrokerCall, 'plan' | 'parameters'>> & { readonly binding?: number | undefined };

/** The state with a call owed to the broker; `undoes` is the step that it undoes. */
export function owing(state: FullMigration, { binding = 1, ...asked }: Asked, at: Instant, undoes: string | null = null): MigrationState {
  const { id, adhesion, body, service, plan, parameters, attempt } = state.migration;
  const { operation } = asked;
  const ofBinding = operation === 'BIND' || operation === 'UNBIND' ? { binding } : {};
  const call: Call = {
    key: keyOf(state, operation), input: { migration: id, adhesion, body, service, plan, parameters, attempt, ...ofBinding, ...asked },
    state: 'PENDING', code: null, status: null, since: at, undoes,
  };
  return { ...state, owed: [...state.owed, effectOf(call)], provisioning: { ...state.provisioning, calls: [...state.provisioning.calls, call] } };
}

/** The same request again, as an effect of its own. */
export function owingAgain(state: MigrationState, key: string, at: Instant): MigrationState {
  const before = state.provisioning.calls.find((call) => call.key === key);
  if (before === undefined) return state;
  const left = before.input.operation === 'UPDATE' && !leftAsBefore(before) ? { mayHaveChanged: true as const } : {};
  const call: Call = { ...before, ...left, key: keyOf(state, before.input.operation), state: 'PENDING', code: null, status: null, since: at };
  return { ...changed(state, key, call), owed: [...state.owed, effectOf(call)] };
}

/** The state with a call as it ended; it is not owed any more. */
export function concluded(state: MigrationState, key: string, end: Pick<Call, 'state' | 'code' | 'status' | 'since'>): MigrationState {
  return { ...changed(state, key, end), owed: state.owed.filter((effect) => effect.key !== key) };
}

function changed(state: MigrationState, key: string, change: Partial<Call>): MigrationState {
  const calls = state.provisioning.calls.map((call) => (call.key === key ? { ...call, ...change } : call));
  return { ...state, provisioning: { ...state.provisioning, calls } };
}

function keyOf({ version }: MigrationState, operation: BrokerCall['operation']): string {
  return `${operation.toLowerCase()}@${version}`;
}

function effectOf({ key, input }: Call): BrokerEffect {
  return { key, kind: 'broker', input };
}

/** Stages in which a broker may be asked for something, and a call that failed waits for a decision. */
export const AT_BROKER: ReadonlySet<string> = new Set<MigrationStage>(['PROVISIONING', 'ROLLING_BACK', 'OPERATING', 'DECOMMISSIONING_OLD', 'CLOSED', 'RETIRING']);
/** What does not matter any more once the service retires. */
const CHANGES: readonly BrokerCall['operation'][] = ['UPDATE', 'BIND'];

/** The calls that failed and that the operator has to decide on: of a roll-back those that undo, else those that do. */
export function failedCalls({ migration, provisioning: { calls } }: MigrationState): readonly Call[] {
  const stage = migration?.state ?? '';
  if (!AT_BROKER.has(stage)) return [];
  return calls.filter(({ state, undoes, input: { operation } }) => state === 'FAILED' && (undoes !== null) === (stage === 'ROLLING_BACK') && !(stage === 'RETIRING' && CHANGES.includes(operation)));
}
