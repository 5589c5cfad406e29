import { actTerm } from '../../../calendar/terms.ts';
import { civilDateOf, normalInstant } from '../../../shared/civil-date.ts';
import { accepted, refused, tooEarly, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { knows } from '../../policies.ts';
import { endedFault as conventionEnded } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { APPOINTMENT_ENDS, REFERENT_ROLES } from '../../words.ts';
import type { ReferentsEventData } from '../events.ts';
import { securityRole } from '../standing.ts';
import type { Referent } from '../state.ts';
import { countsOn, endingOf } from '../tenure.ts';
import type { ReferentRole } from '../terms.ts';
import { serviceFault } from './service.ts';

type Appointing = Command<'AppointReferent'>['data'];

/** A comune may have appointed long before it joined: an act of any day counts. */
export const appointReferent = rule<Appointing, object>({
  // Up to the end a member has its referents, also one that leaves.
  ground: (state) => (knows(state, '2026.2') ? conventionEnded(state) : null) ?? {},
  check: (data, context, state) => firstRefusal(
    notInFuture(context, { actOn: data.actOn }),
    serviceFault(data),
    securityRoleFault(state, data.role),
    ownReferentFault(state, data),
  ),
  decide: ({ state, data, context }) => {
    const { role, subject, actNo, actOn, service = null, deputy = false, associated } = data;
    const post = { role, subject, actNo, actOn, service, deputy, ...(associated === true ? { associated } : {}) };
    return firstRefusal(takenFault(state, post), incompatibleFault(state, post)) ?? accepted<AdhesionEvent>({
      type: 'ReferentAppointed', data: appointmentOf(state, post, context.now), effectiveOn: actOn,
    });
  },
});

export type Post = Pick<Referent, 'role' | 'subject' | 'actNo' | 'actOn' | 'service' | 'deputy' | 'associated'>;

/** The next appointment: its number, and ten days to accept it (roll off holidays: a term for an act). */
export function appointmentOf(state: OpenedCase, post: Post, at: string): ReferentsEventData['ReferentAppointed'] {
  const { slaDays, saturdayRolls, calendarVersion } = state.opening.policies;
  return {
    appointmentId: `ref-${state.referents.length + 1}`,
    ...post,
    acceptanceDueOn: actTerm(post.actOn, slaDays.appointmentAcceptance, { saturdayRolls, calendarVersion }),
    basis: basisOf(state),
    at,
  };
}

/** Subjects of L. 90/2024 name a cyber referent, the other comuni a security contact. */
function securityRoleFault(state: OpenedCase, role: ReferentRole): Refused | null {
  const right = securityRole(state);
  const wrong = (role === 'CYBER_REFERENT' || role === 'SECURITY_CONTACT') && role !== right && knows(state, '2026.2');
  return wrong ? refused('WRONG_SECURITY_ROLE', {
    it: `Il ruolo di sicurezza di questo comune è il ${REFERENT_ROLES[right].it} (${right}, L. 90/2024).`,
    en: `The security role of this comune is the ${REFERENT_ROLES[right].en} (${right}, L. 90/2024).`,
  }, 'role') : null;
}

/** Whoever associates its RTD still names an ICT referent of its own (AgID, Strumento 2). */
export function ownReferentFault(state: OpenedCase, { role, associated = false }: Pick<Appointing, 'role' | 'associated'>): Refused | null {
  return role === 'ICT_REFERENT' && associated && knows(state, '2026.2')
    ? refused('OWN_REFERENT_REQUIRED', {
      it: "Il referente ICT è una persona dell'ente stesso, non dell'Agenzia.", en: 'The ICT referent is a person of the member itself, not of the Agency.',
    }, 'subject')
    : null;
}

/** One holder and one deputy of a role at a time; one of whom another took the place, takes it now (`replaced`), or who left, is in nobody's way. */
export function takenFault(state: OpenedCase, { role, service, deputy, actOn }: Post, replaced?: Referent): Refused | null {
  const holder = state.referents.find((other) => (
    other !== replaced && other.role === role && other.service === service && other.deputy === deputy && countsOn(state, other, actOn)));
  if (holder === undefined) return null;
  const { appointmentId } = holder;
  const until = endingOf(state, holder)?.from;
  const { it, en } = REFERENT_ROLES[role];
  return refused('ROLE_TAKEN', {
    it: `Il ruolo di ${it}${deputy ? ' (sostituto)' : ''} è ricoperto con la nomina ${appointmentId}${until === undefined ? '' : ` fino al ${until}`}; `
      + 'si sostituisce con ReplaceReferent, un errore si corregge con CorrectFact.',
    en: `The role of ${en}${deputy ? ' (deputy)' : ''} is held by the appointment ${appointmentId}${until === undefined ? '' : ` until ${until}`}; `
      + 'another takes its place by ReplaceReferent, a mistake in it is mended with CorrectFact.',
  }, 'role');
}

/** Roles that the DPO may not hold as well: they decide on the means of processing (art. 38 c.6 GDPR). */
const AGAINST_DPO: ReadonlySet<ReferentRole> = new Set<ReferentRole>(['RTD', 'ICT_REFERENT', 'CYBER_REFERENT', 'SECURITY_CONTACT']);

/** One person may hold several roles, but not these two together; appointments that ended before the act do not count. */
export function incompatibleFault(state: OpenedCase, { role, subject, actOn }: Post): Refused | null {
  const against = state.referents.find((other) => other.subject === subject && areIncompatible(role, other.role) && countsOn(state, other, actOn));
  if (against === undefined) return null;
  const [other, post] = [REFERENT_ROLES[role === 'DPO' ? against.role : role], REFERENT_ROLES[against.role]];
  return refused('INCOMPATIBLE_ROLE', {
    it: `La stessa persona non può essere DPO e ${other.it} (art. 38 GDPR): lo impedisce ${against.appointmentId} (${post.it}); `
      + "si nomini un'altra persona, o prima si sostituisca quella nomina.",
    en: `The same person cannot be DPO and ${other.en} (art. 38 GDPR): ${against.appointmentId} (${post.en}) stands against it; `
      + 'appoint somebody else, or replace that appointment first.',
  }, 'subject');
}

function areIncompatible(one: ReferentRole, other: ReferentRole): boolean {
  return (one === 'DPO' && AGAINST_DPO.has(other)) || (other === 'DPO' && AGAINST_DPO.has(one));
}

export const acceptAppointment = rule<Command<'AcceptAppointment'>['data'], object>({
  ground: (state) => state.referents.some((referent) => referent.acceptance === null && everCounted(state, referent))
    ? {}
    : tooEarly('OUT_OF_TURN', { it: 'Nessuna nomina attende di essere accettata.', en: 'No appointment waits for its acceptance.' }),
  check: ({ appointmentId, acceptedAt }, context, state) => {
    const known = state.referents.find((referent) => referent.appointmentId === appointmentId);
    return firstRefusal(notInFuture(context, { acceptedAt }), known === undefined ? null : notAcceptable(state, known));
  },
  decide: ({ state, data, context }) => {
    const { appointmentId, acceptedAt } = data;
    const referent = state.referents.find((known) => known.appointmentId === appointmentId);
    if (referent === undefined) return tooEarly('OUT_OF_TURN', { it: `La nomina ${appointmentId} non esiste ancora.`, en: `There is no appointment ${appointmentId} yet.` });
    const acceptedOn = civilDateOf(acceptedAt);
    const fault = firstRefusal(
      notBefore(acceptedAt, 'acceptedAt', referent.actOn, { it: "l'atto di nomina", en: 'the act of appointment' }),
      countsOn(state, referent, acceptedOn) ? null : endedFault(state, referent),
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'AppointmentAccepted',
      data: { appointmentId, acceptedAt: normalInstant(acceptedAt), at: context.now },
      effectiveOn: acceptedOn,
    });
  },
});

/** Accepted once; what ended on the day of its act is not kept for later. */
function notAcceptable(state: OpenedCase, referent: Referent): Refused | null {
  if (referent.acceptance !== null) return alreadyRecorded({ it: `L'accettazione di ${referent.appointmentId}`, en: `The acceptance of ${referent.appointmentId}` });
  return everCounted(state, referent) ? null : endedFault(state, referent);
}

/** True when there was a day on which the appointment could be accepted: that it was may become known after its end. */
function everCounted(state: OpenedCase, referent: Referent): boolean {
  return countsOn(state, referent, referent.actOn);
}

/** Of an appointment that counts no more on the day of an act. */
export function endedFault(state: OpenedCase, referent: Referent): Refused {
  const { appointmentId, role } = referent;
  const { from, kind } = endingOf(state, referent) ?? { from: referent.actOn, kind: 'VACANT' };
  return refused('APPOINTMENT_ENDED', {
    it: `${appointmentId} (${REFERENT_ROLES[role].it}) è cessata il ${from}: ${APPOINTMENT_ENDS[kind].it}. AppointReferent nomina un nuovo titolare.`,
    en: `${appointmentId} (${REFERENT_ROLES[role].en}) ended on ${from}: ${APPOINTMENT_ENDS[kind].en}. AppointReferent names a new holder.`,
  }, 'appointmentId');
}
