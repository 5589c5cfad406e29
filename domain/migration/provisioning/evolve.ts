import { boundStep, isUnusable, newestBinding } from '../changes/standing.ts';
import { BOUND_BY_HAND, PROVISIONED_AT_BROKER, PROVISIONED_BY_HAND } from '../saga/steps.ts';
import { withoutUndo, withUndo, withUndoAfter } from '../saga/state.ts';
import { enter } from '../stage.ts';
import { isFull, type MigrationState } from '../state.ts';
import { concluded, owing, owingAgain } from './calls.ts';
import { leadsToAcceptance } from './completion.ts';
import type { ProvisioningEvent, ProvisioningEventData } from './events.ts';
import type { Call } from './state.ts';

/** Folds one event of the provisioning; `state.version` is already its version. */
export function evolveProvisioning(state: MigrationState, event: ProvisioningEvent): MigrationState {
  switch (event.type) {
    case 'ProvisioningStarted':
      return enter(state, 'PROVISIONING', event.data.at, { workItems: event.data.workItems.map((item) => ({ ...item, done: null })) });
    case 'BrokerCallStarted':
      return isFull(state) ? owing(state, { operation: event.data.operation, binding: event.data.binding }, event.data.at) : state;
    case 'BrokerCallSucceeded':
      return succeeded(state, event.data);
    case 'BrokerCallFailed':
      return failed(state, event.data);
    case 'EffectRetried':
      return owingAgain(state, event.data.key, event.data.at);
    case 'EffectSkipped':
      return skipped(state, event.data);
    case 'ProvisioningCompleted': {
      const done = { ...state, provisioning: { ...state.provisioning, doneOn: event.data.provisionedOn } };
      return isFull(done) && leadsToAcceptance(done) && event.data.held !== true ? enter(done, 'ACCEPTANCE', event.data.at) : done;
    }
    case 'AcceptanceBegun':
      return enter(state, 'ACCEPTANCE', event.data.at);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function succeeded(state: MigrationState, { key, instanceId, bindingId, at }: ProvisioningEventData['BrokerCallSucceeded']): MigrationState {
  const after = concluded(state, key, { state: 'DONE', code: null, status: null, since: at });
  const stands = (instance: MigrationState['provisioning']['instance']): MigrationState => ({ ...after, provisioning: { ...after.provisioning, instance } });
  const call = callOf(state, key);
  switch (call?.input.operation) {
    case 'PROVISION': return withUndo(stands({ id: instanceId, bindingId: null }), PROVISIONED_AT_BROKER);
    case 'BIND': return withBound(stands({ id: instanceId, bindingId }), call.input.binding);
    case 'UNBIND': return unbound(state, stands, call, instanceId);
    case 'DEPROVISION': return usable(stands(null));
    case 'UPDATE': return usable(after);
    case undefined: return after;
  }
}

function usable(state: MigrationState): MigrationState {
  const { isUnusable: _isUnusable, ...provisioning } = state.provisioning;
  return { ...state, provisioning };
}

/** What may stand at the broker is undone like what does; an instance that cannot be used stays so however the update ends. */
function failed(state: MigrationState, { key, code, status, mayBeLeft, at }: ProvisioningEventData['BrokerCallFailed']): MigrationState {
  const after = concluded(state, key, { state: 'FAILED', code, status, since: at });
  const call = callOf(after, key);
  if (call !== undefined && isUnusable(call)) return { ...after, provisioning: { ...after.provisioning, isUnusable: true } };
  if (!mayBeLeft) return after;
  if (call?.input.operation === 'PROVISION') return withUndo(after, PROVISIONED_AT_BROKER);
  return call?.input.operation === 'BIND' ? withBound(after, call.input.binding) : after;
}

/** What was done by hand is undone by hand. */
function skipped(state: MigrationState, { key, at }: ProvisioningEventData['EffectSkipped']): MigrationState {
  const call = callOf(state, key);
  const after = concluded(state, key, { state: 'SKIPPED', code: call?.code ?? null, status: call?.status ?? null, since: at });
  const operation = call?.input.operation;
  if (operation === 'PROVISION') return withUndo(after, PROVISIONED_BY_HAND);
  // A rotation that is given up leaves the credentials that there are.
  return operation === 'BIND' && state.provisioning.change === undefined ? withUndo(after, BOUND_BY_HAND) : after;
}

/** A binding that takes another's place is undone where that one is. */
function withBound(state: MigrationState, binding = 1): MigrationState {
  const { change } = state.provisioning;
  return change?.kind === 'ROTATION' ? withUndoAfter(state, boundStep(change.former), boundStep(binding)) : withUndo(state, boundStep(binding));
}

/** Of two bindings of a rotation one is left. */
function unbound(before: MigrationState, stands: (instance: MigrationState['provisioning']['instance']) => MigrationState, { input: { binding = 1 }, undoes }: Call, id: string): MigrationState {
  const { change, instance } = before.provisioning;
  if (change?.kind !== 'ROTATION') return stands({ id, bindingId: null });
  const after = stands({ id, bindingId: binding === newestBinding(before) ? null : instance?.bindingId ?? null });
  return undoes === null ? withoutUndo(after, boundStep(binding)) : after;
}

function callOf({ provisioning: { calls } }: MigrationState, key: string): Call | undefined {
  return calls.find((call) => call.key === key);
}
