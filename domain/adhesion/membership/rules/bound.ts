import type { CivilDate } from '../../../shared/civil-date.ts';
import { refused, type Refused } from '../../../shared/process.ts';
import { suspensionFault } from '../../deliberation/rules/mandate.ts';
import { knows } from '../../policies.ts';
import { openMigrations } from '../../services/standing.ts';
import type { AdhesionState, OpenedCase } from '../../state.ts';
import { endOf } from '../standing.ts';

/** Why nothing more is done with a convention that has ended; null while it has not. */
export function endedFault(state: AdhesionState): Refused | null {
  const end = endOf(state);
  return end === null ? null : refused('CONVENTION_ENDED', `The convention ended on ${end.on} (${end.code}); what follows is the exit.`);
}

/**
 * What is of no use any more to a member that has left, or that leaves and has no service open; null while it is. Cases of 2026.1
 * were let do it, and go on so.
 */
export function uselessFault(state: OpenedCase, what: string): Refused | null {
  if (!knows(state, '2026.2')) return null;
  const { withdrawal } = state.membership;
  const ended = endedFault(state);
  if (ended !== null || withdrawal === null || openMigrations(state).length > 0) return ended;
  return leavingFault(what, withdrawal.effectOn);
}

/** What needs a convention in force: null when there is one. */
export function forceFault(state: AdhesionState, what: string): Refused | null {
  const ended = endedFault(state);
  if (ended !== null) return ended;
  return state.convention.inForce ? null : refused('CONVENTION_NOT_IN_FORCE', `${what} needs a convention in force.`);
}

/** What needs a member that is bound and stays, under a resolution that stands: null when it is so. */
export function boundFault(state: AdhesionState, what: string): Refused | null {
  const fault = forceFault(state, what);
  if (fault !== null) return fault;
  const { withdrawal } = state.membership;
  if (withdrawal !== null) return leavingFault(what, withdrawal.effectOn);
  return suspensionFault(state);
}

function leavingFault(what: string, effectOn: CivilDate): Refused {
  return refused('MEMBER_LEAVING', `${what} is not for a member that withdraws on ${effectOn}.`);
}
