import { BOUND, BOUND_BY_HAND, PROVISIONED_AT_BROKER, PROVISIONED_BY_HAND } from '../saga/steps.ts';
import { withUndo } from '../saga/state.ts';
import { enter } from '../stage.ts';
import { isFull, type MigrationState } from '../state.ts';
import { concluded, owing, owingAgain } from './calls.ts';
import type { ProvisioningEvent, ProvisioningEventData } from './events.ts';
import type { Call } from './state.ts';

/** Folds one event of the provisioning; `state.version` is already its version. */
export function evolveProvisioning(state: MigrationState, event: ProvisioningEvent): MigrationState {
  switch (event.type) {
    case 'ProvisioningStarted':
      return enter(state, 'PROVISIONING', event.data.at, { workItems: event.data.workItems.map((item) => ({ ...item, done: null })) });
    case 'BrokerCallStarted':
      return isFull(state) ? owing(state, event.data.operation, event.data.at) : state;
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
      // Where no data are moved the acceptance comes next.
      return isFull(done) && !done.migration.pinned.gates.includes('DATA_MIGRATION') ? enter(done, 'ACCEPTANCE', event.data.at) : done;
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function succeeded(state: MigrationState, { key, instanceId, bindingId, at }: ProvisioningEventData['BrokerCallSucceeded']): MigrationState {
  const after = concluded(state, key, { state: 'DONE', code: null, status: null, since: at });
  const stands = (instance: MigrationState['provisioning']['instance']): MigrationState => ({ ...after, provisioning: { ...after.provisioning, instance } });
  switch (operationOf(state, key)) {
    case 'PROVISION': return withUndo(stands({ id: instanceId, bindingId: null }), PROVISIONED_AT_BROKER);
    case 'BIND': return withUndo(stands({ id: instanceId, bindingId }), BOUND);
    case 'UNBIND': return stands({ id: instanceId, bindingId: null });
    case 'DEPROVISION': return stands(null);
    case 'UPDATE':
    case undefined: return after;
  }
}

/** What may stand at the broker is undone like what does. */
function failed(state: MigrationState, { key, code, status, mayBeLeft, at }: ProvisioningEventData['BrokerCallFailed']): MigrationState {
  const after = concluded(state, key, { state: 'FAILED', code, status, since: at });
  if (!mayBeLeft) return after;
  const operation = operationOf(state, key);
  if (operation === 'PROVISION') return withUndo(after, PROVISIONED_AT_BROKER);
  return operation === 'BIND' ? withUndo(after, BOUND) : after;
}

/** What was done by hand is undone by hand. */
function skipped(state: MigrationState, { key, at }: ProvisioningEventData['EffectSkipped']): MigrationState {
  const call = state.provisioning.calls.find((one) => one.key === key);
  const after = concluded(state, key, { state: 'SKIPPED', code: call?.code ?? null, status: call?.status ?? null, since: at });
  const operation = call?.input.operation;
  if (operation === 'PROVISION') return withUndo(after, PROVISIONED_BY_HAND);
  return operation === 'BIND' ? withUndo(after, BOUND_BY_HAND) : after;
}

function operationOf({ provisioning: { calls } }: MigrationState, key: string): Call['input']['operation'] | undefined {
  return calls.find((call) => call.key === key)?.input.operation;
}
