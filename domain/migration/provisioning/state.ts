import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { BrokerCall } from '../broker-call.ts';

/** A call to the broker that is owed, or that failed and waits for the operator. */
export interface Call {
  /** Key of the effect; each try has its own. */
  readonly key: string;
  readonly input: BrokerCall;
  /** SKIPPED: an operator did it by hand, or accepts what is left. */
  readonly state: 'PENDING' | 'DONE' | 'FAILED' | 'SKIPPED';
  /** Why it failed; null where it did not. */
  readonly code: string | null;
  readonly status: number | null;
  readonly since: Instant;
}

/** What the provisioning keeps in the state of the migration. */
export interface ProvisioningSlice {
  readonly provisioning: {
    /** The calls of this migration in their order, the newest try of each. */
    readonly calls: readonly Call[];
    /** What the broker gave; null: nothing stands there. */
    readonly instance: { readonly id: string; readonly bindingId: string | null } | null;
    /** Day on which the service was provisioned; null: not yet. */
    readonly doneOn: CivilDate | null;
  };
}

export const EMPTY_PROVISIONING: ProvisioningSlice = { provisioning: { calls: [], instance: null, doneOn: null } };
