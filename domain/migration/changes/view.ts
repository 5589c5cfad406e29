import type { Instant } from '../../shared/civil-date.ts';
import type { OpenedMigration } from '../state.ts';
import { isRevocable } from './rules.ts';
import { isUnusable, lastCall, leftAsBefore } from './standing.ts';
import type { Terms } from './state.ts';

/** What readers see of a change under way. */
export interface ChangesPart {
  /** Absent: nothing is being changed. */
  readonly change?:
    | {
        readonly kind: 'UPDATE';
        readonly since: Instant;
        readonly to: Terms;
        readonly before: Terms;
        readonly reverting: boolean;
        /** What the instance is by now, as far as the broker's answer tells. */
        readonly instance: InstanceNow;
      }
    | { readonly kind: 'ROTATION'; readonly since: Instant; readonly binding: number; readonly former: number; /** The new credentials are there: the former ones may be revoked. */ readonly revocable: boolean };
}

/** CHANGING: the broker is at it. AS_BEFORE: it refused. UNKNOWN: it may have been changed. UNUSABLE: the broker says so. */
export type InstanceNow = 'CHANGING' | 'AS_BEFORE' | 'UNKNOWN' | 'UNUSABLE';

/** The part of the view that this area gives. */
export function viewChanges(state: OpenedMigration): ChangesPart {
  const { change } = state.provisioning;
  if (change === undefined) return {};
  if (change.kind === 'ROTATION') return { change: { ...change, revocable: isRevocable(state, change) } };
  const { isReverting: reverting, no: _no, ...update } = change;
  return { change: { ...update, reverting, instance: instanceNow(lastCall(state, 'UPDATE'), reverting) } };
}

function instanceNow(call: ReturnType<typeof lastCall>, isReverting: boolean): InstanceNow {
  if (call?.state !== 'FAILED') return 'CHANGING';
  if (isUnusable(call)) return 'UNUSABLE';
  // A refused reversal leaves what the update before it left, which nobody knows.
  return !isReverting && leftAsBefore(call) ? 'AS_BEFORE' : 'UNKNOWN';
}
