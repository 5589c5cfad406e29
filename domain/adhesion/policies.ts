import { councillorsOf, type AbstentionPolicy, type MajorityRule } from '../calendar/majority.ts';
import { CURRENT_CALENDAR, type CalendarVersion } from '../calendar/holidays.ts';
import type { ExecutivityPolicy, PublicationCount } from '../calendar/publication.ts';
import type { CivilDate } from '../shared/civil-date.ts';

export const POLICY_VERSIONS = ['2026.1'] as const;
export type PolicyVersion = (typeof POLICY_VERSIONS)[number];
const CURRENT_POLICIES: PolicyVersion = '2026.1';

export type AgencyLegalForm = 'SPECIAL_CONSORTIUM' | 'CONVENTION_ONLY' | 'IN_HOUSE_COMPANY' | 'FOUNDATION';

/** Notice of a session, by the regulation of the council. */
export interface NoticePolicy {
  readonly ordinaryDays: number;
  readonly extraordinaryDays: number;
  readonly urgentHours: number;
  readonly clearDays: boolean;
}

/** Service levels. Working days, but for the auditors, the publication and the acceptance of an appointment: days of a term. */
export interface SlaDays {
  readonly receipt: number;
  readonly opinions: number;
  readonly auditors: number;
  readonly publication: number;
  readonly transmission: number;
  readonly acceptance: number;
  readonly countersignature: number;
  readonly registration: number;
  readonly appointmentAcceptance: number;
}

/** The readings of the law that a case goes by; resolved once at its opening and pinned in its first event. */
export interface AdhesionPolicies {
  readonly executivity: ExecutivityPolicy;
  readonly publicationCount: PublicationCount;
  readonly interruptionShifts: boolean;
  readonly saturdayRolls: boolean;
  readonly agencyLegalForm: AgencyLegalForm;
  readonly majority: MajorityRule;
  readonly abstentions: AbstentionPolicy;
  /** Without the mayor. */
  readonly councillors: number;
  readonly maxAttempts: number;
  readonly conventionYears: number;
  readonly notice: NoticePolicy;
  readonly window: { readonly from: CivilDate; readonly to: CivilDate } | null;
  readonly slaDays: SlaDays;
  readonly calendarVersion: CalendarVersion;
  readonly policyVersion: PolicyVersion;
  readonly twoPerson: boolean;
}

/** What may be chosen at the opening; everything left out has its default. */
export type PolicyChoices = Optional<Omit<AdhesionPolicies, 'notice' | 'slaDays'>> & {
  readonly notice?: Optional<NoticePolicy> | undefined;
  readonly slaDays?: Optional<SlaDays> | undefined;
};

type Optional<Value> = { readonly [Key in keyof Value]?: Value[Key] | undefined };

const DEFAULT_NOTICE: NoticePolicy = { ordinaryDays: 5, extraordinaryDays: 3, urgentHours: 24, clearDays: true };

const DEFAULT_SLA: SlaDays = {
  receipt: 2, opinions: 5, auditors: 10, publication: 5, transmission: 5, acceptance: 5, countersignature: 10, registration: 5,
  appointmentAcceptance: 10,
};

/** The policies of a case in full: the choices made, and defaults for the rest. */
export function resolvePolicies(choices: PolicyChoices, population: number): AdhesionPolicies {
  const agencyLegalForm = choices.agencyLegalForm ?? 'SPECIAL_CONSORTIUM';
  return {
    executivity: choices.executivity ?? 'START_EXCLUSIVE',
    publicationCount: choices.publicationCount ?? 'INCLUDE_FIRST',
    interruptionShifts: choices.interruptionShifts ?? true,
    saturdayRolls: choices.saturdayRolls ?? false,
    agencyLegalForm,
    majority: choices.majority ?? majorityFor(agencyLegalForm),
    abstentions: choices.abstentions ?? 'NOT_VOTERS',
    councillors: choices.councillors ?? councillorsOf(population),
    maxAttempts: choices.maxAttempts ?? 3,
    conventionYears: choices.conventionYears ?? 3,
    notice: withDefaults(DEFAULT_NOTICE, choices.notice),
    window: choices.window ?? null,
    slaDays: withDefaults(DEFAULT_SLA, choices.slaDays),
    calendarVersion: choices.calendarVersion ?? CURRENT_CALENDAR,
    policyVersion: choices.policyVersion ?? CURRENT_POLICIES,
    twoPerson: choices.twoPerson ?? false,
  };
}

/** The councils approve a consortium by absolute majority of the members (art. 31 TUEL); a plain convention needs that of the voters. */
function majorityFor(form: AgencyLegalForm): MajorityRule {
  return form === 'SPECIAL_CONSORTIUM' ? 'ABSOLUTE_OF_MEMBERS' : 'SIMPLE_OF_VOTERS';
}

/** Keys that are present but undefined do not hide a default. */
function withDefaults<Value extends object>(defaults: Value, choices: Optional<Value> = {}): Value {
  const chosen = Object.entries(choices).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(chosen) };
}
