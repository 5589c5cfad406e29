import { workingDaysAfter } from '../calendar/terms.ts';
import type { CivilDate } from '../shared/civil-date.ts';
import type { OpenedCase } from './state.ts';
import type { Basis } from './terms.ts';

/** The versions that the case's dates are computed by. */
export function basisOf({ opening }: OpenedCase): Basis {
  const { policyVersion, calendarVersion } = opening.policies;
  return { policyVersion, calendarVersion };
}

/** Working days after a date at that comune, by the pinned calendar. */
export function workingTerm({ opening }: OpenedCase, from: CivilDate, days: number): CivilDate {
  return workingDaysAfter(from, days, opening.istatCode, opening.policies.calendarVersion);
}
