import { capital } from '../../shared/bilingual.ts';
import type { CivilDate } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { latest, turn } from '../turn.ts';
import { REFERENT_ROLES } from '../words.ts';
import { changesAsking, confirmByOf } from './confirmation.ts';
import { holderOf, mandatoryRoles, postsOf } from './standing.ts';
import type { Referent } from './state.ts';
import { referentState, suspensionsOf } from './tenure.ts';
import { isLong, mandatoryVacancies, requestedRoles } from './vacancies.ts';

/** Who is to accept, to be appointed, to be confirmed or reinstated, and by when; nobody after the end of the convention. */
export function referentsWaiting(state: OpenedCase): readonly Waiting[] {
  if (endOf(state) !== null) return [];
  return [...acceptances(state), ...firstAppointments(state), ...vacancies(state), ...confirmations(state), ...reinstatements(state)];
}

function acceptances(state: OpenedCase): readonly Waiting[] {
  return state.referents.filter((referent) => referentState(state, referent) === 'APPOINTED').map((referent) => turn(
    'MEMBER', 'AcceptAppointment', referent.at, referent.acceptanceDueOn,
    [{
      code: 'NOT_ACCEPTED',
      message: {
        it: `${referent.appointmentId} (${REFERENT_ROLES[referent.role].it}) non è ancora stata accettata.`,
        en: `${referent.appointmentId} (${REFERENT_ROLES[referent.role].en}) is not accepted yet.`,
      },
    }],
  ));
}

/** Roles that nobody was ever appointed to are asked for from the day in force. */
function firstAppointments(state: OpenedCase): readonly Waiting[] {
  const { registration } = state.convention;
  if (registration === null) return [];
  const open = requestedRoles(state);
  const reasons = open.map((role) => ({
    code: 'ROLE_VACANT', message: { it: `${capital(REFERENT_ROLES[role].it)}: non ancora nominato.`, en: `${capital(REFERENT_ROLES[role].en)}: not appointed yet.` },
  }));
  return open.length === 0 ? [] : [turn('MEMBER', 'AppointReferent', registration.at, null, reasons)];
}

/** A role that was left, as soon as nobody is appointed to it. */
function vacancies(state: OpenedCase): readonly Waiting[] {
  return mandatoryVacancies(state).filter(({ role }) => holderOf(state, role) === undefined).map((vacancy) => {
    const { role, since, fillBy, at } = vacancy;
    const after = isLong(state, vacancy) ? { it: '', en: '' } : { it: `dopo il ${fillBy} `, en: `after ${fillBy} ` };
    const message = {
      it: `${capital(REFERENT_ROLES[role].it)}: ruolo vacante dal ${since}; ${after.it}nessun nuovo servizio del percorso completo ha inizio finché un nuovo titolare non ha accettato.`,
      en: `${capital(REFERENT_ROLES[role].en)}: vacant since ${since}; ${after.en}no new service of the full track begins until a new holder has accepted.`,
    };
    return turn('MEMBER', 'AppointReferent', at, fillBy, [{ code: 'ROLE_VACANT', message }]);
  });
}

/** One turn for each day by which referents are to be confirmed. */
function confirmations(state: OpenedCase): readonly Waiting[] {
  const asked = state.referents.filter((referent) => ['APPOINTED', 'ACTIVE'].includes(referentState(state, referent)));
  const days = [...new Set(asked.flatMap((referent) => confirmByOf(state, referent) ?? []))].toSorted();
  return days.map((day) => confirmation(state, day, asked.filter((referent) => confirmByOf(state, referent) === day)));
}

function confirmation(state: OpenedCase, confirmBy: CivilDate, asked: readonly Referent[]): Waiting {
  const since = latest(...asked.flatMap((referent) => changesAsking(state, referent)).map(({ at }) => at));
  return turn('MEMBER', 'ConfirmReferents', since, confirmBy, asked.map(({ appointmentId, role }) => ({
    code: 'NOT_CONFIRMED',
    message: {
      it: `${appointmentId} (${REFERENT_ROLES[role].it}) precede il cambio di mandato; se non è confermata entro il ${confirmBy}, decade.`,
      en: `${appointmentId} (${REFERENT_ROLES[role].en}) was appointed before the change of mandate; not confirmed by ${confirmBy}, it expires.`,
    },
  })));
}

/** The suspended holder of a mandatory role keeps the place until reinstated or replaced. */
function reinstatements(state: OpenedCase): readonly Waiting[] {
  return mandatoryRoles(state).flatMap((role) => postsOf(state, role)).filter((post) => referentState(state, post) === 'SUSPENDED').map((post) => {
    const suspension = suspensionsOf(state, post).find(({ to }) => to === null);
    const message = {
      it: `${post.appointmentId} (${REFERENT_ROLES[post.role].it}) è sospesa; ConfirmReferents reintegra, ReplaceReferent nomina un'altra persona.`,
      en: `${post.appointmentId} (${REFERENT_ROLES[post.role].en}) is suspended; ConfirmReferents reinstates, ReplaceReferent names another.`,
    };
    return turn('MEMBER', 'ConfirmReferents', suspension?.at ?? post.at, confirmByOf(state, post), [{ code: 'ROLE_SUSPENDED', message }]);
  });
}
