import type { Bilingual } from '../../../shared/bilingual.ts';
import { civilDateOf, laterDate, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { isInForce } from '../../membership/standing.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { REFERENT_ROLES, REFERENT_STATES } from '../../words.ts';
import { changesAsking } from '../confirmation.ts';
import { appointmentsTo } from '../standing.ts';
import type { Referent } from '../state.ts';
import { countsOn, referentState } from '../tenure.ts';
import type { ReferentRole, ReferentState } from '../terms.ts';
import { fillBy } from '../fill-by.ts';
import { vacancyOf } from '../vacancies.ts';
import { appointmentOf, endedFault, incompatibleFault, ownReferentFault, takenFault } from './appointment.ts';
import { serviceFault } from './service.ts';

/** A new act puts another in the place of one who was appointed: the old appointment ends on the day of the act, the new one is to be accepted. */
export const replaceReferent = rule<Command<'ReplaceReferent'>['data'], object>({
  ground: (state) => state.referents.some((referent) => ['APPOINTED', 'ACTIVE', 'SUSPENDED', 'EXPIRED'].includes(referentState(state, referent)))
    ? {}
    : refused('OUT_OF_TURN', {
      it: 'Non vi è alcuna nomina da sostituire; AppointReferent nomina il primo titolare di un ruolo.',
      en: 'Nobody is appointed who could be replaced; AppointReferent names the first holder of a role.',
    }),
  check: ({ actOn }, context) => notInFuture(context, { actOn }),
  decide: ({ state, data, context }) => {
    const { appointmentId, subject, actNo, actOn, associated } = data;
    const old = findAppointment(state, appointmentId);
    if (old === undefined) return unknownAppointment(appointmentId);
    const { role, service, deputy } = old;
    const post = { role, subject, actNo, actOn, service, deputy, ...(associated === true ? { associated } : {}) };
    const fault = firstRefusal(
      replacedFault(state, old),
      notBefore(actOn, 'actOn', begunOn(old), { it: 'la nomina che fa cessare', en: 'the appointment that it ends' }),
      countsOn(state, old, actOn) ? null : endedFault(state, old),
      takenFault(state, post, old),
      ownReferentFault(state, post),
      incompatibleFault(state, post),
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'ReferentReplaced',
      data: { ...appointmentOf(state, post, context.now), replaces: appointmentId, fillBy: fillBy(state, actOn) },
      effectiveOn: actOn,
    });
  },
});

/** One successor to an appointment: whoever follows takes the place of that one, whatever the day of the act. */
function replacedFault({ referents }: OpenedCase, { appointmentId, role }: Referent): Refused | null {
  const next = referents.find(({ replaces }) => replaces === appointmentId);
  return next === undefined ? null : refused('APPOINTMENT_ENDED', {
    it: `${appointmentId} (${REFERENT_ROLES[role].it}) è stata sostituita da ${next.appointmentId} il ${next.actOn}; si sostituisca ${next.appointmentId}, o se ne corregga un errore con CorrectFact.`,
    en: `${appointmentId} (${REFERENT_ROLES[role].en}) was replaced by ${next.appointmentId} on ${next.actOn}; replace ${next.appointmentId}, or mend a mistake in it with CorrectFact.`,
  }, 'appointmentId');
}

/** The holder of a role is suspended from it, and reinstated by ConfirmReferents, or replaced. */
export const suspendReferent = rule<Command<'SuspendReferent'>['data'], object>({
  ground: (state) => state.referents.some((referent) => referentState(state, referent) === 'ACTIVE')
    ? {}
    : refused('OUT_OF_TURN', { it: 'Nessun referente è attivo e si può sospendere.', en: 'No referent is active who could be suspended.' }),
  check: ({ from }, context) => notInFuture(context, { from }),
  decide: ({ state, data: { appointmentId, from }, context }) => {
    const referent = findAppointment(state, appointmentId);
    if (referent === undefined) return unknownAppointment(appointmentId);
    const fault = firstRefusal(
      countsOn(state, referent, from) ? null : endedFault(state, referent),
      notActiveFault(referent, referentState(state, referent)),
      notBefore(from, 'from', begunOn(referent), { it: "l'accettazione della nomina", en: 'the acceptance of the appointment' }),
    );
    return fault ?? accepted<AdhesionEvent>({ type: 'ReferentSuspended', data: { appointmentId, from, at: context.now }, effectiveOn: from });
  },
});

function notActiveFault({ appointmentId, role }: Referent, state: ReferentState): Refused | null {
  if (state === 'ACTIVE') return null;
  return state === 'SUSPENDED'
    ? alreadyRecorded({ it: `La sospensione di ${appointmentId}`, en: `The suspension of ${appointmentId}` })
    : refused('NOT_ACTIVE', {
      it: `${appointmentId} (${REFERENT_ROLES[role].it}) è ${REFERENT_STATES[state].it}; si sospende solo un referente attivo.`,
      en: `${appointmentId} (${REFERENT_ROLES[role].en}) is ${REFERENT_STATES[state].en}; only an active referent is suspended.`,
    }, 'appointmentId');
}

/**
 * The holder of a role left it, or nobody was ever there: from that day the clock of the vacancy runs. Where there is no
 * holder but a deputy, the deputy left: that starts no clock.
 */
export const declareVacancy = rule<Command<'DeclareVacancy'>['data'], object>({
  ground: () => ({}),
  check: (data, context) => firstRefusal(notInFuture(context, { from: data.from }), serviceFault(data)),
  decide: ({ state, data, context }) => {
    const { role, service = null, from } = data;
    const appointed = appointmentsTo(state, role, service);
    const counting = appointed.filter((referent) => countsOn(state, referent, from));
    const leaver = counting.find(({ deputy }) => !deputy) ?? counting[0];
    const vacancy = vacancyOf(state, role, service);
    // Sent twice by mistake, it must not end the deputy after the holder.
    const again = state.tenure.vacancies.some((declared) => declared.role === role && declared.service === service && declared.from === from);
    if (again) return alreadyRecorded(vacancyInWords(role, from));
    if (leaver === undefined && vacancy !== null) return alreadyRecorded(vacancyInWords(role, vacancy.since));
    const fault = firstRefusal(
      appointed.length === 0 && !isInForce(state) ? neverHeld(role) : null,
      leaver === undefined ? null : notBefore(from, 'from', begunOn(leaver), { it: `la nomina ${leaver.appointmentId}`, en: `the appointment ${leaver.appointmentId}` }),
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'VacancyDeclared',
      data: { role, service, from, appointmentId: leaver?.appointmentId ?? null, fillBy: fillBy(state, from), basis: basisOf(state), at: context.now },
      effectiveOn: from,
    });
  },
});

function vacancyInWords(role: ReferentRole, from: CivilDate): Bilingual {
  const { it, en } = REFERENT_ROLES[role];
  return { it: `La vacanza del ruolo di ${it} dal ${from}`, en: `The vacancy of the role of ${en} from ${from}` };
}

/** Before the convention is in force nobody is owed a referent. */
function neverHeld(role: ReferentRole): Refused {
  const { it, en } = REFERENT_ROLES[role];
  return refused('ROLE_NEVER_HELD', {
    it: `Nessuno è stato nominato ${it}; prima dell'entrata in vigore della convenzione resta vacante solo un ruolo che era ricoperto. AppointReferent nomina il primo titolare.`,
    en: `Nobody was appointed ${en}; before the convention is in force only a role that was held falls vacant. AppointReferent names its first holder.`,
  }, 'role');
}

/** Who has the mandate now confirms the referents of the one before, or reinstates a suspended one. */
export const confirmReferents = rule<Command<'ConfirmReferents'>['data'], object>({
  ground: (state) => state.referents.some((referent) => isToConfirm(state, referent))
    ? {}
    : refused('NOTHING_TO_CONFIRM', { it: 'Nessun referente attende una conferma.', en: 'No referent waits for a confirmation.' }),
  decide: ({ state, data: { appointmentIds }, context }) => {
    const faults = appointmentIds.map((appointmentId) => {
      const referent = findAppointment(state, appointmentId);
      if (referent === undefined) return unknownAppointment(appointmentId, 'appointmentIds');
      return isToConfirm(state, referent) ? null : notToConfirm(referent, referentState(state, referent));
    });
    return firstRefusal(...faults)
      ?? accepted<AdhesionEvent>({ type: 'ReferentsConfirmed', data: { appointmentIds: [...new Set(appointmentIds)], at: context.now } });
  },
});

function notToConfirm({ appointmentId, role }: Referent, state: ReferentState): Refused {
  const [post, stands] = [REFERENT_ROLES[role], REFERENT_STATES[state]];
  return refused('NOTHING_TO_CONFIRM', {
    it: `${appointmentId} (${post.it}, ${stands.it}) non attende alcuna conferma.`, en: `${appointmentId} (${post.en}, ${stands.en}) waits for no confirmation.`,
  }, 'appointmentIds');
}

function isToConfirm(state: OpenedCase, referent: Referent): boolean {
  switch (referentState(state, referent)) {
    case 'SUSPENDED': return true;
    case 'APPOINTED':
    case 'ACTIVE': return changesAsking(state, referent).length > 0;
    case 'REPLACED':
    case 'VACANT':
    case 'EXPIRED': return false;
  }
}

/** The clock: a mandatory role stood empty beyond its term. */
export const markLongVacancy = rule<Command<'MarkLongVacancy'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { role, since }, context }) => vacancyOf(state, role)?.since === since
    ? accepted<AdhesionEvent>({ type: 'VacancyBecameLong', data: { role, since, at: context.now } })
    : accepted(),
});

/** The day of the acceptance, or of the act while it is not accepted: nothing ends an appointment before it. */
function begunOn({ actOn, acceptance }: Referent): CivilDate {
  return acceptance === null ? actOn : laterDate(actOn, civilDateOf(acceptance.acceptedAt));
}

function findAppointment({ referents }: OpenedCase, appointmentId: string): Referent | undefined {
  return referents.find((referent) => referent.appointmentId === appointmentId);
}

function unknownAppointment(appointmentId: string, path = 'appointmentId'): Refused {
  return refused('UNKNOWN_APPOINTMENT', {
    it: `La nomina ${appointmentId} non esiste; la vista della pratica le elenca in referents.`, en: `There is no appointment ${appointmentId}; the view lists them in referents.`,
  }, path);
}
