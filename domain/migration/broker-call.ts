import type { JsonObject } from '../shared/json.ts';

/**
 * What a migration asks of the broker of its service: one effect, one call brought to its end (an asynchronous operation is waited for).
 * Which broker it is, its address and how it names service and plan the edge knows by `service` and `plan` (`/v1/brokers`).
 */
export interface BrokerCall {
  readonly operation: 'PROVISION' | 'UPDATE' | 'BIND' | 'UNBIND' | 'DEPROVISION';
  /** Id of the migration, e.g. `c_a010-1.APP_HOSTING`. */
  readonly migration: string;
  readonly adhesion: string;
  readonly body: string;
  readonly service: string;
  readonly plan: string;
  readonly parameters: JsonObject;
  /** Counts the instances of this migration from 1: the id of the instance is derived from migration and attempt, so a call made twice is the same request. */
  readonly attempt: number;
  /** Of BIND and UNBIND: counts the bindings of the instance from 1. BIND of n > 1 rotates: it names n - 1 as its predecessor. */
  readonly binding?: number;
  /** Of UPDATE: counts the updates that were asked for of the instance from 1, and the plan that it had before. */
  readonly update?: number;
  readonly previousPlan?: string;
}

/** How a call ended. Credentials never stand here: they are kept encrypted, beside. */
export type BrokerOutcome =
  | {
      readonly outcome: 'SUCCEEDED';
      /** Name of the broker, as registered. */
      readonly broker: string;
      readonly instanceId: string;
      /** Of BIND and UNBIND. */
      readonly bindingId: string | null;
    }
  | {
      readonly outcome: 'FAILED';
      readonly broker: string | null;
      /** Stable, e.g. BROKER_UNREACHABLE, BROKER_ERROR, BROKER_REFUSED, BROKER_TIMEOUT, BROKER_RESPONSE_INVALID, BROKER_UNKNOWN, BROKER_CIRCUIT_OPEN. */
      readonly code: string;
      /** HTTP status of the last answer; null where none came. */
      readonly status: number | null;
      /** Whether something may be left at the broker that nobody could remove: it is to be deprovisioned. */
      readonly mayBeLeft: boolean;
    };

/** How each call ends where no broker has the service. */
export const NO_BROKER: BrokerOutcome = { outcome: 'FAILED', broker: null, code: 'BROKER_UNKNOWN', status: null, mayBeLeft: false };
