import type { CivilDate } from '../../shared/civil-date.ts';
import type { Fact } from '../event.ts';
import type { ReferentsEventData } from './events.ts';

/** What the referents keep in the state of the case. */
export interface ReferentsSlice {
  /** Every appointment that was ever recorded, in the order of their numbers. */
  readonly referents: readonly Referent[];
  readonly tenure: Tenure;
  /** One for each RTD who is, or was, published on IPA. */
  readonly rtdOnIpa: readonly ReferentsFact<'RtdPublishedOnIpa'>[];
}

export type ReferentsFact<Type extends keyof ReferentsEventData> = Fact<ReferentsEventData[Type]>;

export interface Referent extends ReferentsFact<'ReferentAppointed'> {
  /** The appointment that this one ended; left out of a first one. */
  readonly replaces?: string;
  readonly fillBy?: CivilDate;
  readonly acceptance: ReferentsFact<'AppointmentAccepted'> | null;
}

/** What befell the appointments; who holds what on which day follows from it (see tenure.ts). */
export interface Tenure {
  readonly suspensions: readonly ReferentsFact<'ReferentSuspended'>[];
  readonly vacancies: readonly ReferentsFact<'VacancyDeclared'>[];
  readonly confirmations: readonly ReferentsFact<'ReferentsConfirmed'>[];
  readonly longVacancies: readonly ReferentsFact<'VacancyBecameLong'>[];
}

export const EMPTY_REFERENTS: ReferentsSlice = {
  referents: [], tenure: { suspensions: [], vacancies: [], confirmations: [], longVacancies: [] }, rtdOnIpa: [],
};
