import { addDays, type CivilDate } from '../shared/civil-date.ts';
import { isClosed } from './closing.ts';
import { hasLostMandate } from './deliberation/standing.ts';
import { isLeaving } from './membership/standing.ts';
import { wereMandatoryRolesFilled } from './referents/standing.ts';
import type { OpenedCase } from './state.ts';
import type { Phase } from './terms.ts';

/** The phase of the case as a whole: it follows from how its areas stand. */
export function phase(state: OpenedCase): Phase {
  if (isClosed(state)) return 'CLOSED';
  if (isLeaving(state)) return 'EXITING';
  // A resolution that was taken over from papers had its proposal elsewhere.
  if (state.deliberation.sending === null && state.deliberation.adoption === null) return 'RECOGNITION';
  if (!state.convention.inForce) return 'DESIGN';
  return wereMandatoryRolesFilled(state) ? 'MANAGEMENT' : 'IMPLEMENTATION';
}

/** First day on which the case is late by its window: the day after it, unless the resolution was adopted in time, and not lost since. */
export function lateFrom(state: OpenedCase): CivilDate | null {
  const { window } = state.opening.policies;
  if (window === null || isClosed(state)) return null;
  const { adoption } = state.deliberation;
  return adoption !== null && !hasLostMandate(state.deliberation) && adoption.heldOn <= window.to ? null : addDays(window.to, 1);
}
