import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { Language } from '../shared/bilingual.ts';
import type { SaidReason } from '../shared/reason.ts';
import type { DayAnswer, PublicationAnswer, TermAnswer, TermEnd } from './calculator.ts';
import { majorityOf, type Ballot } from './majority.ts';
import type { ExecutivityPolicy } from './publication.ts';
import type { Step, StepCode } from './steps.ts';
import { majorityInWords, majorityReasonInWords, stepInWords } from './words.ts';

/** What the calculator answers to people and machines, the same by HTTP and on the command line: explanations put into one language. */

export interface StepJson {
  readonly date: CivilDate;
  /** What happened to that day, in words. */
  readonly why: string;
  readonly code: StepCode;
  /** The reading of the ten days it belongs to, where there are several. */
  readonly policy?: ExecutivityPolicy;
}

export interface DayJson {
  readonly date: CivilDate;
  readonly legalHoliday: boolean;
  readonly holidayName: string | null;
  readonly workingDay: boolean;
  readonly patron: { readonly known: boolean; readonly date: CivilDate | null; readonly name: string | null } | null;
  readonly rule: string;
  readonly calendarVersion: string;
  readonly steps: readonly StepJson[];
}

export function dayJson({ date, legalHoliday, holiday, workingDay, patron, rule, calendarVersion, steps }: DayAnswer, language: Language): DayJson {
  return {
    date, legalHoliday, holidayName: holiday?.[language] ?? null, workingDay,
    patron: patron === null ? null : { known: patron.known, date: patron.date, name: patron.name?.[language] ?? null },
    rule: rule[language], calendarVersion, steps: stepsJson(steps, language),
  };
}

export interface PublicationJson extends Omit<PublicationAnswer, 'rule' | 'steps' | 'executivitySteps'> {
  readonly rule: string;
  readonly steps: readonly StepJson[];
}

export function publicationJson({ rule, steps, executivitySteps, ...dates }: PublicationAnswer, language: Language): PublicationJson {
  const readings = Object.entries(executivitySteps) as [ExecutivityPolicy, readonly Step[]][];
  return {
    ...dates, rule: rule[language],
    steps: [...stepsJson(steps, language), ...readings.flatMap(([policy, own]) => stepsJson(own, language).map((step) => ({ ...step, policy })))],
  };
}

export interface TermJson {
  readonly kind: string;
  readonly from: TermEnd;
  readonly n: number;
  /** For every kind but HOURS. */
  readonly dueOn?: CivilDate;
  /** For HOURS. */
  readonly dueAt?: Instant;
  readonly rolledFrom?: CivilDate;
  readonly rule: string;
  readonly calendarVersion: string;
  readonly steps: readonly StepJson[];
}

export function termJson({ kind, from, n, due, rolledFrom, rule, calendarVersion, steps }: TermAnswer, language: Language): TermJson {
  return {
    kind, from, n, ...(kind === 'HOURS' ? { dueAt: due } : { dueOn: due }), ...(rolledFrom === undefined ? {} : { rolledFrom }),
    rule: rule[language], calendarVersion, steps: stepsJson(steps, language),
  };
}

export interface MajorityJson {
  readonly members: number;
  readonly quorumFloor: number;
  readonly quorum: boolean;
  readonly needed: number;
  readonly approved: boolean;
  /** Why it is not approved; empty when it is. */
  readonly reasons: readonly SaidReason[];
  /** How it was counted, in words. */
  readonly steps: readonly { readonly why: string }[];
}

/** The counts are taken to be possible (`ballotFault`). */
export function majorityJson(ballot: Ballot, language: Language): MajorityJson {
  const majority = majorityOf(ballot);
  const { members, quorumFloor, quorum, needed, approved, reasons } = majority;
  return {
    members, quorumFloor, quorum, needed, approved,
    reasons: reasons.map((code) => ({ code, message: majorityReasonInWords(code, ballot, majority)[language] })),
    steps: majorityInWords(ballot, majority).map((sentence) => ({ why: sentence[language] })),
  };
}

function stepsJson(steps: readonly Step[], language: Language): StepJson[] {
  return steps.map((step) => ({ date: step.date, why: stepInWords(step)[language], code: step.code }));
}
