import type { Instant } from '../../shared/civil-date.ts';
import type { BrokerCall } from '../broker-call.ts';
import type { BrokerEffect } from '../../shared/process.ts';
import type { FullMigration, MigrationState } from '../state.ts';
import type { Call } from './state.ts';

/** A service has one binding: it is not rotated yet. */
const FIRST_BINDING = 1;

/** The state with a call owed to the broker; `undoes` is the step that it undoes. */
export function owing(state: FullMigration, operation: BrokerCall['operation'], at: Instant, undoes: string | null = null): MigrationState {
  const { id, adhesion, body, service, plan, parameters, attempt } = state.migration;
  const binding = operation === 'BIND' || operation === 'UNBIND' ? { binding: FIRST_BINDING } : {};
  const call: Call = {
    key: keyOf(state, operation), input: { operation, migration: id, adhesion, body, service, plan, parameters, attempt, ...binding },
    state: 'PENDING', code: null, status: null, since: at, undoes,
  };
  return { ...state, owed: [...state.owed, effectOf(call)], provisioning: { ...state.provisioning, calls: [...state.provisioning.calls, call] } };
}

/** The same request again, as an effect of its own. */
export function owingAgain(state: MigrationState, key: string, at: Instant): MigrationState {
  const before = state.provisioning.calls.find((call) => call.key === key);
  if (before === undefined) return state;
  const call: Call = { ...before, key: keyOf(state, before.input.operation), state: 'PENDING', code: null, status: null, since: at };
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

/** The calls that failed and that the operator has to decide on: of a roll-back those that undo, else those that do. */
export function failedCalls({ migration, provisioning: { calls } }: MigrationState): readonly Call[] {
  const isUndoing = migration?.state === 'ROLLING_BACK';
  if (!isUndoing && migration?.state !== 'PROVISIONING' && migration?.state !== 'RETIRING') return [];
  return calls.filter((call) => call.state === 'FAILED' && (call.undoes !== null) === isUndoing);
}
