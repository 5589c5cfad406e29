import { boardTerm, computePublication, isOutage, type Publication } from '../../calendar/publication.ts';
import type { CivilDate } from '../../shared/civil-date.ts';
import type { AdhesionPolicies } from '../policies.ts';
import type { BoardOutage } from './state.ts';

/** A day of the board is interrupted when it was down for 12 hours or more (the law is silent; local regulations agree). */
export function isInterruption({ hoursDown }: Pick<BoardOutage, 'hoursDown'>): boolean {
  return isOutage(hoursDown);
}

/** The publication with its interruptions, by the policies of the case and whatever the order in which they became known. */
export function interruptedPublication(
  firstDay: CivilDate, outages: readonly Pick<BoardOutage, 'day' | 'hoursDown'>[], policies: AdhesionPolicies,
): Publication & { readonly interruptedOn: readonly CivilDate[] } {
  const { publicationCount, executivity, interruptionShifts, calendarVersion } = policies;
  const days = outages.filter(isInterruption).map(({ day }) => day);
  return {
    ...computePublication(firstDay, publicationCount, executivity, calendarVersion, { outages: days, interruptionShifts }),
    interruptedOn: boardTerm(firstDay, publicationCount, days).interruptedOn,
  };
}
