import type { AdhesionState } from '../state.ts';
import type { ReferentsEvent, ReferentsEventData } from './events.ts';
import type { Referent, Tenure } from './state.ts';

/** Folds one event of the referents; `state.version` is already its version. */
export function evolveReferents(state: AdhesionState, event: ReferentsEvent): AdhesionState {
  const { version } = state;
  switch (event.type) {
    case 'ReferentAppointed':
    case 'ReferentReplaced':
      return { ...state, referents: appointed(state.referents, { ...event.data, version, acceptance: null }) };
    case 'AppointmentAccepted':
      return { ...state, referents: acceptedBy(state.referents, event.data, version) };
    case 'ReferentSuspended':
      return tenureWith(state, { suspensions: [...state.tenure.suspensions, { ...event.data, version }] });
    case 'VacancyDeclared':
      return tenureWith(state, { vacancies: [...state.tenure.vacancies, { ...event.data, version }] });
    case 'ReferentsConfirmed':
      return tenureWith(state, { confirmations: [...state.tenure.confirmations, { ...event.data, version }] });
    case 'VacancyBecameLong':
      return tenureWith(state, { longVacancies: [...state.tenure.longVacancies, { ...event.data, version }] });
    case 'RtdPublishedOnIpa':
      return { ...state, rtdOnIpa: [...state.rtdOnIpa, { ...event.data, version }] };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** The state with some facts of the tenure changed. */
export function tenureWith(state: AdhesionState, changes: Partial<Tenure>): AdhesionState {
  return { ...state, tenure: { ...state.tenure, ...changes } };
}

/** A corrected appointment keeps its place. */
function appointed(referents: readonly Referent[], referent: Referent): readonly Referent[] {
  return referents.some(({ appointmentId }) => appointmentId === referent.appointmentId)
    ? referents.map((known) => (known.appointmentId === referent.appointmentId ? referent : known))
    : [...referents, referent];
}

function acceptedBy(referents: readonly Referent[], data: ReferentsEventData['AppointmentAccepted'], version: number): readonly Referent[] {
  return referents.map((known) => (known.appointmentId === data.appointmentId ? { ...known, acceptance: { ...data, version } } : known));
}
