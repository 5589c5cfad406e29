import { civilDateOf } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { isClosed } from '../../closing.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { dayOf, type When } from '../../checks.ts';
import { knows } from '../../policies.ts';
import { rule } from '../../rule.ts';
import { lastInvoiceOf } from '../../dues/standing.ts';
import { isOpened, type AdhesionState, type OpenedCase } from '../../state.ts';
import { openRenewalOf, termOf } from '../standing.ts';
import type { End } from '../terms.ts';
import { endedFault } from './bound.ts';

/**
 * An expiry that a renewal concluded in time takes back, when it becomes known late: facts are ordered among themselves, never
 * against the day on which they are entered. Null once the data have gone back, the last invoice was made, or the next case of the body begins: that exit was carried out.
 */
function expiryToTakeBack(state: OpenedCase): End | null {
  return state.membership.successor === null ? expiryWithin(state) : null;
}

function expiryWithin(state: OpenedCase): End | null {
  const { membership: { end }, dpa: { dataReturn } } = state;
  return end?.code === 'EXPIRED' && dataReturn === null && lastInvoiceOf(state) === undefined && openRenewalOf(state) !== null && knows(state, '2026.2') ? end : null;
}

/** True in a case whose expiry a renewal may still take back: before another one of the body begins, it must be told (`NoteSuccessor`). */
export function isRenewable(state: AdhesionState): boolean {
  return isOpened(state) && expiryToTakeBack(state) !== null;
}

/** Why a renewal does not reopen a case that another one of the body has followed; null where it is not that. */
export function successorFault(state: OpenedCase): Refused | null {
  const { successor } = state.membership;
  return successor === null || expiryWithin(state) === null ? null : refused('SUCCESSOR_OPEN', {
    it: `Per questo ente si è aperta la pratica ${successor}: un rinnovo non riapre più quella scaduta.`,
    en: `The next case of this body, ${successor}, has begun: a renewal does not reopen the one that expired any more.`,
  });
}

/**
 * That the next case begins, asked of this one before it does: one stream decides both, so that a renewal comes either before it, and then
 * there is no next case, or after it, and is refused. Nothing in a case that nobody could reopen anyway.
 */
export const noteSuccessor = rule<Command<'NoteSuccessor'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { successor }, context }) => {
    if (!isClosed(state)) return refused('ADHESION_OPEN', { it: 'Questa pratica è aperta; la successiva inizia quando è chiusa.', en: 'This case is open; the next one begins once it is closed.' });
    return isRenewable(state) ? accepted<AdhesionEvent>({ type: 'SuccessorNoted', data: { successor, at: context.now } }) : accepted();
  },
});

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
