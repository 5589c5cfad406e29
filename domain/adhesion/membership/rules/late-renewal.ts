import { civilDateOf } from '../../../shared/civil-date.ts';
import type { Refused } from '../../../shared/process.ts';
import type { AdhesionEvent } from '../../events.ts';
import { dayOf, type When } from '../../checks.ts';
import { knows } from '../../policies.ts';
import type { OpenedCase } from '../../state.ts';
import { openRenewalOf, termOf } from '../standing.ts';
import type { End } from '../terms.ts';
import { endedFault } from './bound.ts';

/**
 * An expiry that a renewal concluded in time takes back, when it becomes known late: facts are ordered among themselves, never
 * against the day on which they are entered. Null once the data have gone back: that exit was carried out, and a new case begins.
 */
function expiryToTakeBack(state: OpenedCase): End | null {
  const { membership: { end }, dpa: { dataReturn } } = state;
  return end?.code === 'EXPIRED' && dataReturn === null && openRenewalOf(state) !== null && knows(state, '2026.2') ? end : null;
}

/** The case as it was on the last day of a term that ran out: the acts of its renewal are judged on it. Any other as it is. */
export function asBeforeExpiry(state: OpenedCase): OpenedCase {
  return expiryToTakeBack(state) === null ? state : { ...state, membership: { ...state.membership, end: null } };
}

/** Of an act of a renewal that is recorded after the expiry: it was done by the last day. Null before, or when it was. */
export function tooLateToRenew(state: OpenedCase, when: When, path: string): Refused | null {
  const end = expiryToTakeBack(state);
  if (end === null || dayOf(when) <= end.on) return null;
  const fault = endedFault(state);
  return fault === null ? null : { ...fault, reasons: fault.reasons.map((reason) => ({ ...reason, path })) };
}

/** What the conclusion of a renewal does to an expiry that had been taken for granted meanwhile; it names it. */
export function expiryTakenBack(state: OpenedCase, now: string): readonly AdhesionEvent[] {
  const end = expiryToTakeBack(state);
  const term = termOf(state);
  if (end === null || term === null) return [];
  return [{ type: 'ExpiryTakenBack', data: { expiry: end.version ?? null, endsOn: end.on, at: now }, effectiveOn: civilDateOf(term.endedFrom) }];
}
