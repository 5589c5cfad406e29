import type { Waiting } from '../../shared/process.ts';
import { isInForce } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { holderOf, mandatoryRoles, referentState } from './standing.ts';

/** Appointments are asked for from the day in force; an acceptance is awaited from the appointment. */
export function referentsWaiting(state: OpenedCase): readonly Waiting[] {
  const acceptances = state.referents.filter((referent) => referentState(referent) === 'APPOINTED').map((referent) => turn(
    'MEMBER', 'AcceptAppointment', referent.at, referent.acceptanceDueOn,
    [{ code: 'NOT_ACCEPTED', message: `${referent.appointmentId} (${referent.role}) is not accepted yet.` }],
  ));
  const { registration } = state.convention;
  const vacant = isInForce(state) ? mandatoryRoles(state).filter((role) => holderOf(state, role) === undefined) : [];
  if (vacant.length === 0 || registration === null) return acceptances;
  const reasons = vacant.map((role) => ({ code: 'ROLE_VACANT', message: `${role} is not appointed yet.` }));
  return [...acceptances, turn('MEMBER', 'AppointReferent', registration.at, null, reasons)];
}
