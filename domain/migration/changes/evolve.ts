import { owing } from '../provisioning/calls.ts';
import { isFull, type MigrationState } from '../state.ts';
import type { ChangesEvent } from './events.ts';
import { lastCall, leftAsBefore, newestBinding } from './standing.ts';
import type { Change, Terms } from './state.ts';

/** Folds one event of this area; `state.version` is already its version. */
export function evolveChanges(state: MigrationState, event: ChangesEvent): MigrationState {
  switch (event.type) {
    case 'ServiceUpdateStarted': {
      const { no, plan, parameters, at } = event.data;
      if (!isFull(state)) return state;
      const before = { plan: state.migration.plan, parameters: state.migration.parameters };
      return asking(state, { kind: 'UPDATE', no, to: { plan, parameters }, before, isReverting: false, since: at }, { plan, parameters }, before.plan);
    }
    case 'UpdateReversalStarted': {
      const { no, at } = event.data;
      const { change } = state.provisioning;
      if (change?.kind !== 'UPDATE') return state;
      const failed = lastCall(state, 'UPDATE');
      const isAsBefore = failed !== undefined && leftAsBefore(failed);
      return asking(withoutCall(state, failed?.key), { ...change, no, isReverting: true, since: at }, change.before, (isAsBefore ? change.before : change.to).plan);
    }
    case 'ServiceUpdated':
    case 'ServiceUpdateGivenUp': {
      const { plan, parameters } = event.data;
      const ended = changeEnded(state);
      return ended.migration === null ? ended : { ...ended, migration: { ...ended.migration, plan, parameters } };
    }
    case 'CredentialsRotationStarted': {
      const { at, ...rotation } = event.data;
      const begun = withChange(state, { kind: 'ROTATION', ...rotation, since: at });
      return isFull(begun) ? owing(begun, { operation: 'BIND', binding: rotation.binding }, at) : begun;
    }
    case 'CredentialsRotated':
    case 'CredentialsRotationGivenUp':
      return changeEnded(state);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** The broker is asked for these terms. */
function asking(state: MigrationState, change: Extract<Change, { kind: 'UPDATE' }>, terms: Terms, previousPlan: string): MigrationState {
  const begun = withChange({ ...state, provisioning: { ...state.provisioning, updates: change.no } }, change);
  return isFull(begun) ? owing(begun, { operation: 'UPDATE', ...terms, update: change.no, previousPlan }, change.since) : begun;
}

function withChange(state: MigrationState, change: Change): MigrationState {
  return { ...state, provisioning: { ...state.provisioning, change } };
}

/** What was called for it is told by the events: the state keeps the provisioning and the binding that is in use, however often they change. */
function changeEnded(state: MigrationState): MigrationState {
  const { change: _ended, ...provisioning } = state.provisioning;
  const newest = newestBinding(state);
  const calls = provisioning.calls.filter(({ input: { operation, binding = 1 }, state: end }) => operation === 'PROVISION' || (operation === 'BIND' && binding === newest && end !== 'SKIPPED'));
  return { ...state, provisioning: { ...provisioning, calls } };
}

function withoutCall(state: MigrationState, key: string | undefined): MigrationState {
  return { ...state, provisioning: { ...state.provisioning, calls: state.provisioning.calls.filter((call) => call.key !== key) } };
}
