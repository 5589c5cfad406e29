import { computePublication, type Publication } from '../../calendar/publication.ts';
import { challengeableUntil } from '../../calendar/terms.ts';
import { addDays, startOfDay, type CivilDate } from '../../shared/civil-date.ts';
import type { AdhesionPolicies } from '../policies.ts';
import type { BoardOutage } from './state.ts';

const OUTAGE_HOURS = 12;

/** A day of the board is interrupted when it was down for 12 hours or more (the law is silent; local regulations agree). */
export function isInterruption({ hoursDown }: Pick<BoardOutage, 'hoursDown'>): boolean {
  return hoursDown >= OUTAGE_HOURS;
}

/**
 * The publication with its interruptions, whatever the order in which they became known. A day counts when it lies in the
 * publication as extended so far, and adds a day to its end; counted from the start, those before the executive day as it
 * stands move it by one each (policy `interruptionShifts`); counted from the end, it follows the end.
 */
export function interruptedPublication(
  firstDay: CivilDate, outages: readonly Pick<BoardOutage, 'day' | 'hoursDown'>[], policies: AdhesionPolicies,
): Publication & { readonly interruptedOn: readonly CivilDate[] } {
  const { publicationCount, executivity, interruptionShifts, calendarVersion } = policies;
  const plain = computePublication(firstDay, publicationCount, executivity, calendarVersion);
  const interruptedOn: CivilDate[] = [];
  let { endsOn, executiveOn } = plain;
  for (const { day } of outages.filter(isInterruption).toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    if (day < firstDay || day > endsOn) continue;
    interruptedOn.push(day);
    endsOn = addDays(endsOn, 1);
    if (executivity === 'END' || (interruptionShifts && day < executiveOn)) executiveOn = addDays(executiveOn, 1);
  }
  return {
    firstDay, endsOn, executiveOn, interruptedOn,
    removalOn: addDays(endsOn, 1),
    challengeableUntil: challengeableUntil(endsOn, calendarVersion),
    executiveFrom: startOfDay(executiveOn),
  };
}
