import type { AgencyLegalForm } from '../adhesion/policies.ts';
import type { MajorityRule } from '../calendar/majority.ts';
import type { Actor } from '../shared/actor.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { Account } from './account.ts';
import type { Authority } from './legal-form.ts';
import type { Gate, Period } from './plan.ts';
import type { ConstitutionPolicies } from './policies.ts';
import type {
  Acceptance, Answered, Appointment, AuditorsReport, Budget, Conference, Decided, Deed, LateMember, MetropolitanPublication, MetropolitanResolution, Receipt, Submission,
} from './terms.ts';
import type { Required, Territory } from './threshold.ts';

interface At {
  /** When we knew. */
  readonly at: Instant;
}

/** How many comuni count, with how many inhabitants, and what is asked for. */
export interface Counted {
  readonly members: number;
  readonly population: number;
  readonly required: Required;
}

export interface ConstitutionEventData {
  readonly ConstitutionStarted: At & { readonly id: string; readonly policies: ConstitutionPolicies; readonly territory: Territory; readonly startedBy: Actor };
  readonly ConferenceHeld: At & Conference;
  readonly ReceiptsRecorded: At & { readonly receipts: readonly Receipt[] };
  /** What an adhesion told of itself; `window`: its own, where the acts came after the gate's end. */
  readonly AdhesionTold: At & { readonly account: Account; readonly window: Period | null };
  readonly TerritoryChanged: At & { readonly territory: Territory };
  /** The end of the window of the comuni's resolutions: how many had adopted one, how many of them were executive. */
  readonly ResolutionsWindowEnded: At & { readonly to: CivilDate; readonly adopted: number; readonly executive: number; readonly of: number };
  /** `on`: first day on which resolutions that count reached it. */
  readonly ThresholdMet: At & Counted & { readonly on: CivilDate };
  /** It was met and is no more: the question is open again. */
  readonly ThresholdLost: At & Counted;
  /** `late`: after the day that the plan had for it. */
  readonly GateReached: At & { readonly gate: Gate; readonly on: CivilDate; readonly plannedTo: CivilDate; readonly late: boolean };
  /** `to`: the end that passed, of the plan or of an extension. Nothing is moved by it. */
  readonly MilestoneMissed: At & { readonly gate: Gate; readonly to: CivilDate; readonly inDoubt: readonly Gate[] };
  readonly MilestoneDecided: Decided;
  readonly PlanRevised: At & { readonly gates: { readonly [G in Gate]?: Period | undefined }; readonly reasons: TextRef };
  readonly LegalFormChanged: At & {
    readonly from: AgencyLegalForm; readonly to: AgencyLegalForm; readonly majority: MajorityRule; readonly authorities: readonly Authority[];
    readonly actNo: string; readonly on: CivilDate; readonly reasons: TextRef;
  };
  readonly MetropolitanResolutionRecorded: At & MetropolitanResolution;
  readonly MetropolitanResolutionPublished: At & MetropolitanPublication;
  readonly SubmittedToAuthority: At & Submission;
  readonly AuthorityAnswered: At & Answered;
  readonly AgencyConstituted: At & Deed;
  readonly OrganAppointed: At & Appointment;
  readonly OfficeAccepted: At & Acceptance;
  readonly BudgetPrepared: At & Budget;
  readonly AuditorsReportRecorded: At & AuditorsReport;
  readonly LateMemberAdmitted: At & LateMember;
}

export type ConstitutionEvent = {
  [Type in keyof ConstitutionEventData]: { readonly type: Type; readonly data: ConstitutionEventData[Type]; readonly effectiveOn?: CivilDate };
}[keyof ConstitutionEventData];
