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
  if (term === null || !isInForce(state)) return [];
  const { registrationCount, amendments } = state.convention;
  const count = registrationCount + amendments.filter((amendment) => amendment.kind === 'ESSENTIAL' && amendment.conclusion.term !== null).length;
  const { endsOn, endedFrom, renewalOpensFrom } = term;
  const expiry: Timer<AdhesionCommand> = { key: timerKey('expiry', count), at: endedFrom, command: { type: 'ExpireConvention', data: { endsOn } } };
  if (isLeaving(state) || openRenewalOf(state) !== null) return [expiry];
  return [{ key: timerKey('renewal', count), at: renewalOpensFrom, command: { type: 'BeginRenewal', data: { endsOn } } }, expiry];
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
