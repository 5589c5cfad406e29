import type { Waiting } from '../../shared/process.ts';
import { openMigrations } from '../services/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { boundFault } from './rules/bound.ts';
import { endOf, isInForce, openRenewalOf, termOf } from './standing.ts';
import { expiryTimer, withdrawalKey } from './timers.ts';

/** What is owed for the renewal, an exclusion that waits for its second operator, the day on which a withdrawal takes effect, and the services that an exit has to close. */
export function membershipWaiting(state: OpenedCase): readonly Waiting[] {
  return [...onRenewal(state), ...onPreparation(state), ...onWithdrawal(state), ...onServices(state)];
}

function onRenewal(state: OpenedCase): readonly Waiting[] {
  const renewal = openRenewalOf(state);
  if (renewal === null || state.convention.addendum !== null || boundFault(state, 'The renewal') !== null) return [];
  const { endsOn } = renewal.term;
  const reasons = [{ code: 'RENEWAL_OPEN', message: `The convention ends on ${endsOn} unless the council resolves its renewal and both parties sign it.` }];
  return [turn('MEMBER', 'AmendConvention', renewal.at, endsOn, reasons)];
}

/** One operator has prepared it; the same data of another carry it out. */
function onPreparation(state: OpenedCase): readonly Waiting[] {
  const { preparation } = state.membership;
  if (preparation === null || !isInForce(state)) return [];
  const reasons = [{ code: 'TWO_PERSON_REQUIRED', message: `The exclusion on ${preparation.on} is prepared: an operator other than its preparer carries it out, with the same data.` }];
  return [turn('OPERATOR', 'ExcludeMember', preparation.at, null, reasons)];
}

/** A term that ends before the effect of the withdrawal overtakes it. */
function onWithdrawal(state: OpenedCase): readonly Waiting[] {
  const { withdrawal } = state.membership;
  if (withdrawal === null || !isInForce(state)) return [];
  const endsOn = termOf(state)?.endsOn ?? null;
  const expiry = expiryTimer(state);
  return expiry !== null && endsOn !== null && endsOn < withdrawal.effectOn
    ? [turn('CLOCK', expiry.key, withdrawal.at, endsOn)]
    : [turn('CLOCK', withdrawalKey(state), withdrawal.at, withdrawal.effectOn)];
}

/** Each is closed by a command of its own case. */
function onServices(state: OpenedCase): readonly Waiting[] {
  const end = endOf(state);
  const open = openMigrations(state);
  if (end === null || open.length === 0) return [];
  const continuity = { code: 'CONTINUITY_PLAN', message: 'The services go on for continuity until each is closed.' };
  return (['CloseMigration', 'Cancel'] as const).flatMap((what) => {
    const services = open.filter(({ state: now }) => endsBy(now) === what)
      .map(({ id, state: now }) => ({ code: 'SERVICE_OPEN', message: `${id} is ${now}; the exit closes it.` }));
    return services.length === 0 ? [] : [turn('OPERATOR', what, end.at, null, end.code === 'NO_MANDATE' ? [continuity, ...services] : services)];
  });
}

/** A service that operates is closed; one that is not delivered yet is cancelled. */
function endsBy(state: string): 'CloseMigration' | 'Cancel' {
  return state === 'OPERATING' ? 'CloseMigration' : 'Cancel';
}
