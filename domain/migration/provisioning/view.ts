import type { OpenedMigration } from '../state.ts';
import type { Call } from './state.ts';

/** What readers see of the provisioning. */
export interface ProvisioningPart {
  /** What the broker gave; absent: there is nothing at a broker. */
  readonly instance?: { readonly id: string; readonly state: string; /** The broker says that it cannot be used, until an update repairs it. */ readonly unusable?: true };
  /** Calls to the broker that are under way, failed or were skipped. */
  readonly effects: readonly (Pick<Call, 'key' | 'code' | 'status' | 'since'> & { readonly operation: Call['input']['operation']; readonly state: Exclude<Call['state'], 'DONE'> })[];
}

/** The part of the view that the provisioning gives. */
export function viewProvisioning({ provisioning: { calls, instance, isUnusable } }: OpenedMigration): ProvisioningPart {
  const effects = calls.flatMap(({ key, input, state, code, status, since }) => (state === 'DONE' ? [] : [{ key, operation: input.operation, state, code, status, since }]));
  if (instance === null) return { effects };
  return { instance: { id: instance.id, state: instance.bindingId === null ? 'PROVISIONED' : 'BOUND', ...(isUnusable === true ? { unusable: true } : {}) }, effects };
}
