import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { Change } from '../changes/state.ts';
import type { BrokerCall } from '../broker-call.ts';

/** A call to the broker: under way, or as it ended. */
export interface Call {
  /** Key of the effect; each try has its own. */
  readonly key: string;
  readonly input: BrokerCall;
  /** SKIPPED: an operator did by hand what it was for, or accepts what is left. */
  readonly state: 'PENDING' | 'DONE' | 'FAILED' | 'SKIPPED';
  /** Why it failed, and the HTTP status of the last answer; null where there is none. */
  readonly code: string | null;
  readonly status: number | null;
  readonly since: Instant;
  /** Key of the step that it undoes; null of what is to be done. */
  readonly undoes: string | null;
  /** Of an update that is tried again: an earlier try may have changed the instance. Absent: none can have. */
  readonly mayHaveChanged?: true;
}

/** What the provisioning keeps in the state of the migration. */
export interface ProvisioningSlice {
  readonly provisioning: {
    /** The calls of this attempt in their order, each with its last try. */
    readonly calls: readonly Call[];
    /** What stands at the broker; null: nothing. */
    readonly instance: { readonly id: string; readonly bindingId: string | null } | null;
    /** Day on which the service was provisioned; null: not yet. */
    readonly doneOn: CivilDate | null;
    /** The change of what stands there that is under way; absent: none. */
    readonly change?: Change;
    /** Updates that were asked for so far; absent: none. */
    readonly updates?: number;
    /** The broker said that an update left the instance so that it cannot be used; absent: nothing was said, or another update has succeeded since. */
    readonly isUnusable?: true;
  };
}

export const EMPTY_PROVISIONING: ProvisioningSlice = { provisioning: { calls: [], instance: null, doneOn: null } };
