import { civilDateOf, type CivilDate } from '../../shared/civil-date.ts';
import { notLapsed } from '../mandates/standing.ts';
import type { MandateFact, MandatesSlice } from '../mandates/state.ts';
import type { Referent, ReferentsSlice } from './state.ts';

/** The facts by which it is judged who holds which role. */
export type Roll = ReferentsSlice & MandatesSlice;

/**
 * True when a change of mandate touches an appointment and nobody confirmed it in time: fiduciary acts lapse with the mandate of
 * who made them, so each appointment older than the change is confirmed between it and its `confirmBy`. The referent of a
 * service is named by a manager and stays.
 */
export function isUnconfirmed({ tenure }: Roll, { appointmentId, role, actOn }: Referent, { on, confirmBy }: MandateFact): boolean {
  if (confirmBy === undefined || actOn >= on || role === 'SERVICE_REFERENT') return false;
  return !tenure.confirmations.some(({ appointmentIds, at }) => {
    const confirmedOn = civilDateOf(at);
    return appointmentIds.includes(appointmentId) && confirmedOn >= on && confirmedOn <= confirmBy;
  });
}

/** Since when, and by which lapse, an appointment counts no more for want of confirmation; null: it counts. */
export function lapseOf(roll: Roll, referent: Referent): MandatesSlice['lapses'][number] | null {
  return roll.lapses.reduce<MandatesSlice['lapses'][number] | null>((first, lapse) => {
    const change = roll.mandates.find(({ version }) => version === lapse.change);
    const counts = change !== undefined && isUnconfirmed(roll, referent, change) && (first === null || lapse.from < first.from);
    return counts ? lapse : first;
  }, null);
}

/** Changes that still ask for the confirmation of an appointment. */
export function changesAsking(roll: Roll, referent: Referent): readonly MandateFact[] {
  return notLapsed(roll).filter((change) => isUnconfirmed(roll, referent, change));
}

/** The first of the days by which an appointment is to be confirmed; null where it needs no confirmation. */
export function confirmByOf(roll: Roll, referent: Referent): CivilDate | null {
  const days = changesAsking(roll, referent).flatMap(({ confirmBy = [] }) => confirmBy);
  return days.toSorted()[0] ?? null;
}
