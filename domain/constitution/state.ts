import type { AgencyLegalForm } from '../adhesion/policies.ts';
import type { CaseState } from '../shared/case.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { Account } from './account.ts';
import type { ConstitutionEventData } from './events.ts';
import type { Authority } from './legal-form.ts';
import type { Gate, Period, Plan } from './plan.ts';
import type { Acceptance, Answered, Appointment, AuditorsReport, Budget, Conference, Decided, Deed, LateMember, MetropolitanPublication, MetropolitanResolution, Organ, Submission } from './terms.ts';
import type { Territory, Threshold } from './threshold.ts';

/** A comune on the path: when it got the acts, the window of its own if they came late, and what its adhesion told last. */
export interface MemberFacts {
  readonly receivedOn: CivilDate | null;
  readonly window: Period | null;
  readonly account: Account | null;
}

/** A day that passed without its gate; `version` of the event that said so. */
export interface Missed {
  readonly to: CivilDate;
  readonly at: Instant;
  readonly version: number;
}

/** The acts of the path, each as its event gave it. */
export interface Evidence {
  readonly conference: Conference | null;
  readonly resolution: MetropolitanResolution | null;
  readonly publication: MetropolitanPublication | null;
  readonly submissions: { readonly [A in Authority]?: Submission };
  readonly answers: { readonly [A in Authority]?: Answered };
  readonly deed: Deed | null;
  readonly appointments: { readonly [O in Organ]?: Appointment };
  readonly acceptances: { readonly [O in Organ]?: Acceptance };
  readonly budget: Budget | null;
  readonly auditorsReport: AuditorsReport | null;
}

export interface Constitution extends Pick<ConstitutionEventData['ConstitutionStarted'], 'id' | 'policies' | 'startedBy'> {
  readonly startedAt: Instant;
  readonly territory: Territory;
  readonly form: AgencyLegalForm;
  readonly threshold: Threshold;
  /** The plan as it was revised; `policies.plan` stays as it was published. */
  readonly plan: Plan;
  readonly revisions: number;
  /** Days until which gates were extended. */
  readonly extended: { readonly [G in Gate]?: CivilDate };
  readonly members: Readonly<Record<string, MemberFacts>>;
  readonly evidence: Evidence;
  /** When the threshold was met, and by when; null while it is not. */
  readonly met: { readonly on: CivilDate; readonly at: Instant } | null;
  /** When it was lost last; kept until it is met again. */
  readonly lost: { readonly at: Instant; readonly version: number } | null;
  /** The end of the window of the resolutions that was said last. */
  readonly windowEnded: CivilDate | null;
  readonly reached: { readonly [G in Gate]?: { readonly on: CivilDate; readonly late: boolean; readonly at: Instant } };
  /** The last day that passed without the gate. */
  readonly missed: { readonly [G in Gate]?: Missed };
  readonly decisions: readonly (Decided & { readonly version: number })[];
  readonly lateMembers: readonly LateMember[];
  readonly stoppedAt: Instant | null;
  /** When the path last came to another point. */
  readonly since: Instant;
}

export interface ConstitutionState extends CaseState {
  /** Null until it is started. */
  readonly constitution: Constitution | null;
}

/** Counts up with the shape of `ConstitutionState`. */
export const CONSTITUTION_STATE_SCHEMA = 1;

export const NO_EVIDENCE: Evidence = {
  conference: null, resolution: null, publication: null, submissions: {}, answers: {}, deed: null, appointments: {}, acceptances: {}, budget: null, auditorsReport: null,
};

const NO_FACTS: MemberFacts = { receivedOn: null, window: null, account: null };

/** What is known of a comune; nothing yet, where it was never heard of. */
export function factsOf(members: Constitution['members'], body: string): MemberFacts {
  return members[body] ?? NO_FACTS;
}

export function initialConstitution(): ConstitutionState {
  return { version: 0, parked: [], owed: [], constitution: null };
}

/** The constitution of a state. Throws when none was started. */
export function getConstitution({ constitution }: ConstitutionState): Constitution {
  if (constitution === null) throw new Error('This constitution was never started');
  return constitution;
}
