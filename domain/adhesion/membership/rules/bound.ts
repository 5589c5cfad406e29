import type { Bilingual } from '../../../shared/bilingual.ts';
import type { CivilDate } from '../../../shared/civil-date.ts';
import { refused, type Refused } from '../../../shared/process.ts';
import { suspensionFault } from '../../deliberation/rules/mandate.ts';
import { knows } from '../../policies.ts';
import { standingServices } from '../../services/standing.ts';
import type { AdhesionState, OpenedCase } from '../../state.ts';
import { ENDS } from '../../words.ts';
import { endOf } from '../standing.ts';

/** What needs a member that is bound; each begins a sentence. */
export const ADDENDUM: Bilingual = { it: 'Atto aggiuntivo', en: 'An addendum' };
export const RENEWAL: Bilingual = { it: 'Rinnovo', en: 'The renewal' };

/** Why nothing more is done with a convention that has ended; null while it has not. */
export function endedFault(state: AdhesionState): Refused | null {
  const end = endOf(state);
  return end === null ? null : refused('CONVENTION_ENDED', {
    it: `La convenzione è terminata il ${end.on} ${ENDS[end.code].it}; resta solo l'uscita dell'ente.`,
    en: `The convention ended on ${end.on} ${ENDS[end.code].en}; what follows is the exit.`,
  });
}

/**
 * What is of no use any more to a member that has left, or that leaves and has no service open; null while it is. Cases of 2026.1
 * were let do it, and go on so.
 */
export function uselessFault(state: OpenedCase, what: Bilingual): Refused | null {
  if (!knows(state, '2026.2')) return null;
  const { withdrawal } = state.membership;
  const ended = endedFault(state);
  if (ended !== null || withdrawal === null || standingServices(state).length > 0) return ended;
  return leavingFault(what, withdrawal.effectOn);
}

/** What needs a convention in force: null when there is one. */
export function forceFault(state: AdhesionState, what: Bilingual): Refused | null {
  const ended = endedFault(state);
  if (ended !== null) return ended;
  return state.convention.inForce ? null : notInForce(what);
}

export function notInForce(what: Bilingual): Refused {
  return refused('CONVENTION_NOT_IN_FORCE', { it: `${what.it}: serve una convenzione in vigore.`, en: `${what.en} needs a convention in force.` });
}

/** What needs a member that is bound and stays, under a resolution that stands: null when it is so. */
export function boundFault(state: AdhesionState, what: Bilingual): Refused | null {
  const fault = forceFault(state, what);
  if (fault !== null) return fault;
  const { withdrawal } = state.membership;
  if (withdrawal !== null) return leavingFault(what, withdrawal.effectOn);
  return suspensionFault(state);
}

function leavingFault(what: Bilingual, effectOn: CivilDate): Refused {
  return refused('MEMBER_LEAVING', {
    it: `${what.it}: non spetta a un ente che recede dal ${effectOn}.`, en: `${what.en} is not for a member that withdraws on ${effectOn}.`,
  });
}
