import type { CivilDate } from '../../shared/civil-date.ts';

/** What the adhesion tells a migration of the full track of itself: the facts that its gates and windows stand on. */
export interface Grounds {
  /** SUSPENDED: the resolution is suspended, no new stage begins; LEAVING: a withdrawal was noticed; ENDED: nothing but the exit is left. */
  readonly convention: 'IN_FORCE' | 'SUSPENDED' | 'LEAVING' | 'ENDED';
  /** A validated recognition counts. */
  readonly recognitionValid: boolean;
  /** Somebody is active in the role, for this service. */
  readonly serviceReferent: boolean;
  /** Somebody, or a deputy, is active in the security role of the member. */
  readonly securityContact: boolean;
  readonly dpo: boolean;
  readonly dpaInForce: boolean;
  /** An impact assessment of this service is owed and not done, or found a high risk. */
  readonly dpiaOpen: boolean;
  /** Mandatory roles that stood empty for too long. */
  readonly longVacancies: readonly string[];
  /** False while the last word is that the budget does not cover new costs (provisional budget, art. 163 TUEL). */
  readonly budgetCovered: boolean;
  /** ISTAT code of the comune, for the days on which its offices are closed. */
  readonly istatCode: string;
  /** First days of votes. */
  readonly electionDays: readonly CivilDate[];
  /** Days of sessions of the council: of the one convened for the adhesion, and of those that were noted. */
  readonly sessions: readonly CivilDate[];
  /** First and last days on which the resolution of the adhesion is on the notice board. */
  readonly publications: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  /** How the last migration of each service that it depends on stands; a service that was never requested is not in it. */
  readonly services: Readonly<Record<string, string>>;
}
