import { councillorsOf, quorumFloor, type AbstentionPolicy, type MajorityRule } from '../calendar/majority.ts';
import { CURRENT_CALENDAR, type CalendarVersion } from '../calendar/holidays.ts';
import type { ExecutivityPolicy, PublicationCount } from '../calendar/publication.ts';
import type { BodyType } from '../shared/body-types.ts';
import type { CivilDate } from '../shared/civil-date.ts';

/**
 * 2026.2 began reminders, confirmations after a new mayor or a commissioner, the timers of a convention's end, and the checks of
 * the organ, of the power to sign, of flags at the acceptance, of the security role and the member's own ICT referent, the
 * correction of sendings and sessions, and the second person for that of an exclusion; a case of 2026.1 goes on without any of these.
 */
export const POLICY_VERSIONS = ['2026.1', '2026.2'] as const;
export type PolicyVersion = (typeof POLICY_VERSIONS)[number];
const CURRENT_POLICIES: PolicyVersion = '2026.2';

export type AgencyLegalForm = 'SPECIAL_CONSORTIUM' | 'CONVENTION_ONLY' | 'IN_HOUSE_COMPANY' | 'FOUNDATION';

/** Notice of a session, by the regulation of the council. */
export interface NoticePolicy {
  readonly ordinaryDays: number;
  readonly extraordinaryDays: number;
  readonly urgentHours: number;
  readonly clearDays: boolean;
}

/** Councillors who must be present, the mayor not counted, by the regulation of the council (art. 38 c.2 TUEL): in a first call, in a second. */
export interface QuorumPolicy {
  readonly first: number;
  readonly second: number;
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

/** When what is owed is said again, and when it is escalated; days are civil days. */
export interface ReminderPolicy {
  /** Days before the end of the window, each a reminder. */
  readonly beforeWindowEnd: readonly number[];
  /** Days after adoption without publication: reminder, escalation. */
  readonly publication: number;
  readonly publicationEscalation: number;
  /** Days after an appointment without acceptance: reminder, escalation. */
  readonly acceptance: number;
  readonly acceptanceEscalation: number;
  /** Days before the last day of a convention that nobody renewed. */
  readonly conventionEnd: number;
  /** Days between two reminders of a case that is late by its window; at least one. */
  readonly lateEvery: number;
  /** Days before the last day to confirm the referents, each a reminder. */
  readonly beforeConfirmation: readonly number[];
  /** Days from the executive day without a certificate. This and those below: null, as in cases opened before they were known, for none. */
  readonly certificate: number | null;
  /** Days from the text of the agreement of art. 28 GDPR without the member's signature. */
  readonly dpaSignature: number | null;
  /** Days from the end of the convention without the return of the data. */
  readonly dataReturn: number | null;
  /** Days from the act that appointed a DPO without the word to the Garante. */
  readonly dpoContact: number | null;
  /** Days from the day on which an impact assessment was declared necessary without one. */
  readonly dpia: number | null;
  /** Days from the conclusion of the convention without its publication in Amministrazione trasparente. */
  readonly transparency: number | null;
  /** Days before the last day of a yearly duty of a NIS subject, at which it is escalated; its first day is a reminder. */
  readonly nis: number | null;
}

/** How a convention is renewed and left (domain: notice, lock-in, renewal, exclusion). */
export interface ExitPolicy {
  readonly noticeMonths: number;
  readonly lockInYears: number;
  readonly renewalMonthsBefore: number;
  /** Days of non-payment after which a member may be excluded. */
  readonly unpaidDays: number;
  /** True when no exit is closed without its last invoice; else only one in which something was declared to be due. */
  readonly lastInvoice: boolean;
}

/** Mandates and vacancies, in days. */
export interface MandatePolicy {
  /** Days within which the referents are confirmed after a new mayor or a commissioner. */
  readonly confirmDays: number;
  /** Days of vacancy of a mandatory role after which no new service begins. */
  readonly vacancyDays: number;
}

export interface RecognitionPolicy {
  /** Months after which a validated recognition is stale. */
  readonly staleMonths: number;
  /** Days before that, on which it is said. */
  readonly reminderDays: number;
}

/** The processing of personal data, where the agreement and not the law says the number. */
export interface ProcessingPolicy {
  /** Days in which the member objects to a sub-processor. */
  readonly objectionDays: number;
  /** Days before their end on which it is reminded of them. */
  readonly reminderDays: number;
  /** Hours in which the Agency tells the member of a breach. */
  readonly breachHours: number;
  /** Hours before the end of a clock of a breach at which who owes is warned. */
  readonly reminderHours: number;
  /** Whether a breach that becomes known after the close opens the case again; not in cases opened before it was known. */
  readonly breachesAfterClose: boolean;
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
  /** Null: the floor of the law in any call. */
  readonly quorum: QuorumPolicy | null;
  readonly maxAttempts: number;
  readonly conventionYears: number;
  /** Whether the body is a subject of NIS (D.Lgs. 138/2024); null, in cases opened before it was asked: not known. */
  readonly nisSubject: boolean | null;
  readonly notice: NoticePolicy;
  readonly window: { readonly from: CivilDate; readonly to: CivilDate } | null;
  readonly slaDays: SlaDays;
  /** Null: nobody is reminded. */
  readonly reminders: ReminderPolicy | null;
  readonly exit: ExitPolicy;
  readonly mandates: MandatePolicy;
  readonly recognition: RecognitionPolicy;
  readonly processing: ProcessingPolicy;
  readonly calendarVersion: CalendarVersion;
  readonly policyVersion: PolicyVersion;
  readonly twoPerson: boolean;
}

/** The groups of numbers, any of whose members may be left out. */
interface GroupChoices {
  readonly quorum?: Optional<QuorumPolicy> | null | undefined;
  readonly notice?: Optional<NoticePolicy> | undefined;
  readonly slaDays?: Optional<SlaDays> | undefined;
  readonly reminders?: Optional<ReminderPolicy> | null | undefined;
  readonly exit?: Optional<ExitPolicy> | undefined;
  readonly mandates?: Optional<MandatePolicy> | undefined;
  readonly recognition?: Optional<RecognitionPolicy> | undefined;
  readonly processing?: Optional<ProcessingPolicy> | undefined;
}

/** What may be chosen at the opening; everything left out has its default. */
export type PolicyChoices = Optional<Omit<AdhesionPolicies, keyof GroupChoices>> & GroupChoices;

/** What a stored opening may hold: groups and members of them came later than the first cases. */
type StoredPolicies = Omit<AdhesionPolicies, keyof GroupChoices | 'nisSubject'> & GroupChoices & Partial<Pick<AdhesionPolicies, 'nisSubject'>>;

type Optional<Value> = { readonly [Key in keyof Value]?: Value[Key] | undefined };

/*
 * The numbers of 2026.2. None of them ever changes: cases whose stored policies lack one go by it (see `completePolicies`). Another
 * number is a constant of a later version.
 */
const DEFAULT_NOTICE: NoticePolicy = { ordinaryDays: 5, extraordinaryDays: 3, urgentHours: 24, clearDays: true };

const DEFAULT_SLA: SlaDays = {
  receipt: 2, opinions: 5, auditors: 10, publication: 5, transmission: 5, acceptance: 5, countersignature: 10, registration: 5,
  appointmentAcceptance: 10,
};

const DEFAULT_REMINDERS: ReminderPolicy = {
  beforeWindowEnd: [30, 15, 7, 1], publication: 5, publicationEscalation: 10, acceptance: 10, acceptanceEscalation: 20, conventionEnd: 60,
  lateEvery: 30, beforeConfirmation: [15, 1], certificate: 5, dpaSignature: 10, dataReturn: 30, dpoContact: 15, dpia: 30, transparency: 30, nis: 10,
};

/** What was not known when the first cases with reminders were opened: a reminder more would be a timer more in a case that runs. */
const NEVER_SAID = {
  certificate: null, dpaSignature: null, dataReturn: null, dpoContact: null, dpia: null, transparency: null, nis: null,
} as const satisfies Partial<ReminderPolicy>;

const DEFAULT_EXIT: ExitPolicy = { noticeMonths: 6, lockInYears: 3, renewalMonthsBefore: 6, unpaidDays: 180, lastInvoice: false };
const DEFAULT_MANDATES: MandatePolicy = { confirmDays: 60, vacancyDays: 30 };
const DEFAULT_RECOGNITION: RecognitionPolicy = { staleMonths: 12, reminderDays: 30 };
const DEFAULT_PROCESSING: ProcessingPolicy = { objectionDays: 15, reminderDays: 3, breachHours: 24, reminderHours: 6, breachesAfterClose: true };

/** Policies stored by an older version, with what it did not know, member by member: who never had reminders gets none. */
export function completePolicies(stored: StoredPolicies): AdhesionPolicies {
  const { reminders = null } = stored;
  return {
    ...stored,
    nisSubject: stored.nisSubject ?? null,
    quorum: quorumOf(stored.quorum, stored.councillors),
    notice: withDefaults(DEFAULT_NOTICE, stored.notice),
    slaDays: withDefaults(DEFAULT_SLA, stored.slaDays),
    reminders: reminders === null ? null : withDefaults({ ...DEFAULT_REMINDERS, ...NEVER_SAID }, reminders),
    exit: withDefaults(DEFAULT_EXIT, stored.exit),
    mandates: withDefaults(DEFAULT_MANDATES, stored.mandates),
    recognition: withDefaults(DEFAULT_RECOGNITION, stored.recognition),
    processing: withDefaults({ ...DEFAULT_PROCESSING, breachesAfterClose: false }, stored.processing),
  };
}

/** True for a case that goes by these policies or by later ones: a case keeps the rules of the version it pinned. */
export function knows({ opening }: { readonly opening: { readonly policies: AdhesionPolicies } }, version: PolicyVersion): boolean {
  return POLICY_VERSIONS.indexOf(opening.policies.policyVersion) >= POLICY_VERSIONS.indexOf(version);
}

/** Comuni above so many inhabitants are subjects of NIS, and metropolitan cities of any size (D.Lgs. 138/2024, allegato III). */
const NIS_POPULATION = 100_000;

function isNisSubject(bodyType: BodyType, population: number): boolean {
  return bodyType === 'CITTA_METROPOLITANA' || (bodyType === 'COMUNE' && population > NIS_POPULATION);
}

/** The policies of a case in full: the choices made, and defaults for the rest. */
export function resolvePolicies(choices: PolicyChoices, population: number, bodyType: BodyType = 'COMUNE'): AdhesionPolicies {
  const agencyLegalForm = choices.agencyLegalForm ?? 'SPECIAL_CONSORTIUM';
  const policyVersion = choices.policyVersion ?? CURRENT_POLICIES;
  const councillors = choices.councillors ?? councillorsOf(population);
  return {
    executivity: choices.executivity ?? 'START_EXCLUSIVE',
    publicationCount: choices.publicationCount ?? 'INCLUDE_FIRST',
    interruptionShifts: choices.interruptionShifts ?? true,
    saturdayRolls: choices.saturdayRolls ?? false,
    agencyLegalForm,
    majority: choices.majority ?? majorityFor(agencyLegalForm),
    abstentions: choices.abstentions ?? 'NOT_VOTERS',
    councillors,
    quorum: quorumOf(choices.quorum, councillors),
    maxAttempts: choices.maxAttempts ?? 3,
    conventionYears: choices.conventionYears ?? 3,
    nisSubject: choices.nisSubject ?? isNisSubject(bodyType, population),
    notice: withDefaults(DEFAULT_NOTICE, choices.notice),
    window: choices.window ?? null,
    slaDays: withDefaults(DEFAULT_SLA, choices.slaDays),
    reminders: remindersOf(choices, policyVersion),
    exit: withDefaults(DEFAULT_EXIT, choices.exit),
    mandates: withDefaults(DEFAULT_MANDATES, choices.mandates),
    recognition: withDefaults(DEFAULT_RECOGNITION, choices.recognition),
    processing: withDefaults(DEFAULT_PROCESSING, choices.processing),
    calendarVersion: choices.calendarVersion ?? CURRENT_CALENDAR,
    policyVersion,
    twoPerson: choices.twoPerson ?? false,
  };
}

/** A regulation that is silent on one call leaves it to the floor of the law. */
function quorumOf(choices: GroupChoices['quorum'], councillors: number): QuorumPolicy | null {
  const floor = quorumFloor(councillors);
  return choices === null || choices === undefined ? null : withDefaults({ first: floor, second: floor }, choices);
}

/** Reminders begin with 2026.2; null chooses none. */
function remindersOf({ reminders }: PolicyChoices, policyVersion: PolicyVersion): ReminderPolicy | null {
  return reminders === null || policyVersion === '2026.1' ? null : withDefaults(DEFAULT_REMINDERS, reminders);
}

/** The councils approve a consortium by absolute majority of the members (art. 31 TUEL); a plain convention needs that of the voters. */
export function majorityFor(form: AgencyLegalForm): MajorityRule {
  return form === 'SPECIAL_CONSORTIUM' ? 'ABSOLUTE_OF_MEMBERS' : 'SIMPLE_OF_VOTERS';
}

/** Keys that are present but undefined do not hide a default. A loop: every folding of an opening passes here six times. */
function withDefaults<Value extends object>(defaults: Value, choices: Optional<Value> = {}): Value {
  const value = { ...defaults };
  for (const key of Object.keys(choices) as (keyof Value)[]) {
    const chosen = choices[key];
    if (chosen !== undefined) value[key] = chosen;
  }
  return value;
}
