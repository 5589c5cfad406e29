import { addDays, type CivilDate } from '../shared/civil-date.ts';
import { wereMandatoryRolesFilled } from './referents/standing.ts';
import type { OpenedCase } from './state.ts';
import type { Phase } from './terms.ts';

/** The phase of the case as a whole: it follows from how its areas stand. */
export function phase(state: OpenedCase): Phase {
  if (state.closure !== null) return 'CLOSED';
  if (state.deliberation.sending === null) return 'RECOGNITION';
  if (!state.convention.inForce) return 'DESIGN';
  return wereMandatoryRolesFilled(state) ? 'MANAGEMENT' : 'IMPLEMENTATION';
}

/** First day on which the case is late by its window: the day after it, unless the resolution was adopted in time. */
export function lateFrom({ opening, closure, deliberation }: OpenedCase): CivilDate | null {
  const { window } = opening.policies;
  if (window === null || closure !== null) return null;
  const { adoption } = deliberation;
  return adoption !== null && adoption.heldOn <= window.to ? null : addDays(window.to, 1);
}
