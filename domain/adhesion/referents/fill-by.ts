import { addDays, type CivilDate } from '../../shared/civil-date.ts';
import type { OpenedCase } from '../state.ts';

/** Last day on which a role that is empty from that day on may stay so before no new service begins: civil days, never rolled. */
export function fillBy({ opening }: OpenedCase, from: CivilDate): CivilDate {
  return addDays(from, opening.policies.mandates.vacancyDays);
}
