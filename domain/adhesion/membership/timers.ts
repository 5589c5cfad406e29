import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import type { AdhesionState } from '../state.ts';
import { timerKey } from '../timer-key.ts';
import { endOf, isInForce, isLeaving, openRenewalOf, termOf } from './standing.ts';

/** The opening of the renewal, the end of the term and the effect of a withdrawal, each on a day known before. */
export function membershipTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  return [...termTimers(state), ...withdrawalTimers(state)];
}

function termTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  const term = termOf(state);
  const expiry = expiryTimer(state);
  if (term === null || expiry === null) return [];
  if (isLeaving(state) || openRenewalOf(state) !== null) return [expiry];
  const { endsOn, renewalOpensFrom } = term;
  return [{ key: timerKey('renewal', termCount(state)), at: renewalOpensFrom, command: { type: 'BeginRenewal', data: { endsOn } } }, expiry];
}

/** The end of the term of a convention in force; null where none is known. */
export function expiryTimer(state: AdhesionState): Timer<AdhesionCommand> | null {
  const term = termOf(state);
  if (term === null || !isInForce(state)) return null;
  const { endsOn, endedFrom } = term;
  return { key: timerKey('expiry', termCount(state)), at: endedFrom, command: { type: 'ExpireConvention', data: { endsOn } } };
}

/** How often a term was set: names its timers. */
function termCount({ convention: { registrationCount, amendments } }: AdhesionState): number {
  return registrationCount + amendments.filter((amendment) => amendment.kind === 'ESSENTIAL' && amendment.conclusion.term !== null).length;
}

/** Key of the timer of the withdrawal. */
export function withdrawalKey({ membership: { withdrawalCount } }: AdhesionState): string {
  return timerKey('withdrawal', withdrawalCount);
}

function withdrawalTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  const { withdrawal } = state.membership;
  if (withdrawal === null || endOf(state) !== null) return [];
  const { effectOn, endedFrom } = withdrawal;
  return [{ key: withdrawalKey(state), at: endedFrom, command: { type: 'CompleteWithdrawal', data: { effectOn } } }];
}
