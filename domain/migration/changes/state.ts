import type { Instant } from '../../shared/civil-date.ts';
import type { JsonObject } from '../../shared/json.ts';

/** What an instance is provisioned as. */
export interface Terms {
  readonly plan: string;
  readonly parameters: JsonObject;
}

/** A change of what stands at the broker, from its command to its end: one at a time. */
export type Change = Update | Rotation;

export interface Update {
  readonly kind: 'UPDATE';
  /** Counts the requests of an update of this attempt from 1. */
  readonly no: number;
  /** What is asked for. */
  readonly to: Terms;
  readonly before: Terms;
  /** It did not succeed, and the broker is asked for what was before. */
  readonly isReverting: boolean;
  readonly since: Instant;
}

export interface Rotation {
  readonly kind: 'ROTATION';
  /** The new binding, and the one whose place it takes. */
  readonly binding: number;
  readonly former: number;
  readonly since: Instant;
}
