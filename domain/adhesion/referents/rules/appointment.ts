import { actTerm } from '../../../calendar/terms.ts';
import { civilDateOf, normalInstant } from '../../../shared/civil-date.ts';
import { accepted, refused, tooEarly, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import type { Referent } from '../state.ts';
import type { ReferentRole } from '../terms.ts';

type Appointing = Command<'AppointReferent'>['data'];

/** Roles that the DPO may not hold as well (art. 38 c.6 GDPR). */
const IN_CONFLICT_WITH_DPO: ReadonlySet<ReferentRole> = new Set<ReferentRole>(['RTD', 'ICT_REFERENT', 'CYBER_REFERENT', 'SECURITY_CONTACT']);

/** A comune may have appointed long before it joined: an act of any day counts. */
export const appointReferent = rule<Appointing, object>({
  ground: () => ({}),
  check: ({ role, service, actOn }, context) => firstRefusal(
    notInFuture(context, { actOn }),
    role === 'SERVICE_REFERENT' && service === undefined
      ? refused('INCOMPLETE', 'A SERVICE_REFERENT is appointed for a service.', 'service')
      : null,
    role !== 'SERVICE_REFERENT' && service !== undefined
      ? refused('SERVICE_NOT_EXPECTED', `${role} is not appointed for a service.`, 'service')
      : null,
  ),
  decide: ({ state, data, context }) => {
    const { role, subject, actNo, actOn, service = null, deputy = false } = data;
    const fault = firstRefusal(takenFault(state.referents, { role, service, deputy }), conflictFault(state.referents, role, subject));
    if (fault !== null) return fault;
    return accepted<AdhesionEvent>({
      type: 'ReferentAppointed',
      data: {
        appointmentId: `ref-${state.referents.length + 1}`,
        role, subject, actNo, actOn, service, deputy,
        acceptanceDueOn: acceptanceDueOn(state, actOn),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: actOn,
    });
  },
});

function acceptanceDueOn({ opening }: OpenedCase, actOn: string): string {
  const { slaDays, saturdayRolls, calendarVersion } = opening.policies;
  return actTerm(actOn, slaDays.appointmentAcceptance, { saturdayRolls, calendarVersion });
}

function takenFault(referents: readonly Referent[], { role, service, deputy }: Pick<Referent, 'role' | 'service' | 'deputy'>): Refused | null {
  const holder = referents.find((other) => other.role === role && other.service === service && other.deputy === deputy);
  return holder === undefined
    ? null
    : refused('ROLE_TAKEN', `${role}${deputy ? ' (deputy)' : ''} is held by the appointment ${holder.appointmentId}; a mistake in it is mended with CorrectFact.`, 'role');
}

/** One person may hold several roles, but a DPO none that decides on the means of processing. */
function conflictFault(referents: readonly Referent[], role: ReferentRole, subject: string): Refused | null {
  const conflict = referents.find((other) => other.subject === subject
    && ((role === 'DPO' && IN_CONFLICT_WITH_DPO.has(other.role)) || (other.role === 'DPO' && IN_CONFLICT_WITH_DPO.has(role))));
  return conflict === undefined
    ? null
    : refused('DPO_CONFLICT', `The same person cannot be DPO and ${role === 'DPO' ? conflict.role : role} (art. 38 GDPR).`, 'subject');
}

export const acceptAppointment = rule<Command<'AcceptAppointment'>['data'], object>({
  ground: ({ referents }) => referents.some((referent) => referent.acceptance === null)
    ? {}
    : tooEarly('OUT_OF_TURN', 'No appointment waits for its acceptance.'),
  check: ({ appointmentId, acceptedAt }, context, { referents }) => {
    const known = referents.find((referent) => referent.appointmentId === appointmentId);
    return firstRefusal(
      notInFuture(context, { acceptedAt }),
      known === undefined || known.acceptance === null ? null : alreadyRecorded(`The acceptance of ${appointmentId}`),
    );
  },
  decide: ({ state, data, context }) => {
    const { appointmentId, acceptedAt } = data;
    const referent = state.referents.find((known) => known.appointmentId === appointmentId);
    if (referent === undefined) return tooEarly('OUT_OF_TURN', `There is no appointment ${appointmentId} yet.`);
    const fault = notBefore(acceptedAt, 'acceptedAt', referent.actOn, 'the act of appointment');
    if (fault !== null) return fault;
    return accepted<AdhesionEvent>({
      type: 'AppointmentAccepted',
      data: { appointmentId, acceptedAt: normalInstant(acceptedAt), at: context.now },
      effectiveOn: civilDateOf(acceptedAt),
    });
  },
});
