import { addDays, startOfDay, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { calendarOf, CURRENT_CALENDAR, type CalendarChoice } from './calendars.ts';
import { challengeableUntil } from './challenge.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import { closureOn, closureStep, holidayOn } from './holidays.ts';
import { boardTerm, executiveDay, type ExecutivityPolicy, type PublicationCount } from './publication.ts';
import type { Step, Trace } from './steps.ts';
import { actMonths, actTerm, earliestSessionDay, effectMonths, effectTerm, hoursAfter, latestDeliveryDay, workingDaysAfter } from './terms.ts';

/** What every answer of the calculator carries: the articles that it applies, the calendar, and what was done with which day. */
interface Explained {
  readonly rule: Bilingual;
  readonly calendarVersion: string;
  readonly steps: readonly Step[];
}

export interface DayAnswer extends Explained {
  readonly date: CivilDate;
  readonly legalHoliday: boolean;
  readonly holiday: Bilingual | null;
  readonly workingDay: boolean;
  /** Null when no comune was named. */
  readonly patron: { readonly known: boolean; readonly date: CivilDate | null; readonly name: Bilingual | null } | null;
}

const HOLIDAY_LAW = article('L. 260/1949, L. 54/1977, D.P.R. 792/1985, L. 336/2000, L. 151/2025');

/** What a civil day is: legal holiday, working day of a comune (an ISTAT code, or null for a comune without a patron). */
export function explainDay(date: CivilDate, istatCode: string | null, choice: CalendarChoice = CURRENT_CALENDAR): DayAnswer {
  const calendar = calendarOf(choice);
  const holiday = holidayOn(date, calendar);
  const closure = closureOn(date, istatCode, calendar);
  const patron = istatCode === null ? undefined : calendar.patronOf(istatCode);
  const steps: Trace = [closure === null ? { code: 'IS_WORKING_DAY', date } : closureStep(`IS_${closure}`, date, istatCode, calendar)];
  if (istatCode === null) steps.push({ code: 'NO_COMUNE', date });
  else if (patron === undefined) steps.push({ code: 'PATRON_UNKNOWN', date });
  return {
    date, legalHoliday: holiday !== null, holiday, workingDay: closure === null,
    patron: istatCode === null ? null : { known: patron !== undefined, date: patron === undefined ? null : `${date.slice(0, 4)}-${patron.day}`, name: patron?.name ?? null },
    rule: HOLIDAY_LAW, calendarVersion: calendar.version, steps,
  };
}

const EXECUTIVITY_POLICIES = ['START_EXCLUSIVE', 'START_INCLUSIVE', 'END'] as const satisfies readonly ExecutivityPolicy[];

export interface PublicationQuestion {
  readonly firstDay: CivilDate;
  readonly count: PublicationCount;
  readonly outages: readonly CivilDate[];
  readonly interruptionShifts: boolean;
  readonly calendar?: CalendarChoice;
}

export interface PublicationAnswer extends Explained {
  readonly firstDay: CivilDate;
  readonly count: PublicationCount;
  readonly endsOn: CivilDate;
  readonly removalOn: CivilDate;
  readonly challengeableUntil: CivilDate;
  readonly executiveOn: Readonly<Record<ExecutivityPolicy, CivilDate>>;
  /** 00:00 in Rome of those days. */
  readonly gateOpensAt: Readonly<Record<ExecutivityPolicy, Instant>>;
  /** Outages that counted. */
  readonly interruptedOn: readonly CivilDate[];
  /** Steps of each reading of the ten days; `steps` are those of the board and of the challenge. */
  readonly executivitySteps: Readonly<Record<ExecutivityPolicy, readonly Step[]>>;
}

const PUBLICATION_LAW = article('artt. 124, 134 c.3 TUEL; art. 2963 c.c.; artt. 41 c.2, 52, 54 c.p.a.');

/** The days of an act on the notice board, under each reading of the law. */
export function explainPublication({ firstDay, count, outages, interruptionShifts, calendar: choice = CURRENT_CALENDAR }: PublicationQuestion): PublicationAnswer {
  const calendar = calendarOf(choice);
  const steps: Trace = [];
  const board = boardTerm(firstDay, count, outages, steps);
  const executivitySteps: Record<ExecutivityPolicy, Trace> = { START_EXCLUSIVE: [], START_INCLUSIVE: [], END: [] };
  const executiveOn = byPolicy((policy) => executiveDay(board, policy, interruptionShifts, calendar, executivitySteps[policy]));
  return {
    firstDay, count, endsOn: board.endsOn, removalOn: addDays(board.endsOn, 1), challengeableUntil: challengeableUntil(board.endsOn, calendar, steps),
    executiveOn, gateOpensAt: byPolicy((policy) => startOfDay(executiveOn[policy])),
    interruptedOn: board.interruptedOn, executivitySteps, rule: PUBLICATION_LAW, calendarVersion: calendar.version, steps,
  };
}

function byPolicy<Value>(valueOf: (policy: ExecutivityPolicy) => Value): Record<ExecutivityPolicy, Value> {
  const [exclusive, inclusive, end] = EXECUTIVITY_POLICIES;
  return { START_EXCLUSIVE: valueOf(exclusive), START_INCLUSIVE: valueOf(inclusive), END: valueOf(end) };
}

export const TERM_KINDS = ['EFFECT_DAYS', 'ACT_DAYS', 'WORKING_DAYS', 'CLEAR_DAYS', 'CLEAR_DAYS_BACK', 'HOURS', 'EFFECT_MONTHS', 'ACT_MONTHS'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** The longest term of each kind that the calculator takes: beyond it the number is a slip of the pen. */
export const TERM_LIMITS: Readonly<Record<TermKind, number>> = {
  EFFECT_DAYS: 3_660, ACT_DAYS: 3_660, WORKING_DAYS: 1_000, CLEAR_DAYS: 365, CLEAR_DAYS_BACK: 365, HOURS: 8_784, EFFECT_MONTHS: 600, ACT_MONTHS: 600,
};

/** A civil date; for HOURS an instant. */
export type TermEnd = string;

export interface TermQuestion {
  readonly kind: TermKind;
  readonly from: TermEnd;
  readonly n: number;
  /** For WORKING_DAYS. */
  readonly istatCode?: string | null;
  /** For ACT_DAYS, ACT_MONTHS and CLEAR_DAYS_BACK. */
  readonly saturdayRolls?: boolean;
  readonly calendar?: CalendarChoice;
}

export interface TermAnswer extends Explained {
  readonly kind: TermKind;
  readonly from: TermEnd;
  readonly n: number;
  readonly due: TermEnd;
  /** The day that the count alone gave, where a holiday moved it. */
  readonly rolledFrom?: CivilDate;
}

interface TermRule {
  readonly law: Bilingual;
  readonly due: (question: Required<TermQuestion>, trace: Trace) => TermEnd;
}

const CLEAR_DAYS_RULE: Bilingual = { it: 'giorni liberi, regolamento del consiglio comunale', en: 'clear days, regulation of the council' };

const TERM_RULES: Readonly<Record<TermKind, TermRule>> = {
  EFFECT_DAYS: { law: article('art. 2963 c.2 c.c.'), due: ({ from, n, calendar }, trace) => effectTerm(from, n, calendar, trace) },
  ACT_DAYS: { law: article('art. 2963 c.2-3 c.c., art. 155 c.4 c.p.c.'), due: (question, trace) => actTerm(question.from, question.n, rolling(question), trace) },
  WORKING_DAYS: { law: { it: 'giorni lavorativi del comune', en: 'working days of the comune' }, due: ({ from, n, istatCode, calendar }, trace) => workingDaysAfter(from, n, istatCode, calendar, trace) },
  CLEAR_DAYS: { law: CLEAR_DAYS_RULE, due: ({ from, n }, trace) => earliestSessionDay(from, n, true, trace) },
  CLEAR_DAYS_BACK: { law: CLEAR_DAYS_RULE, due: (question, trace) => latestDeliveryDay(question.from, question.n, rolling(question), trace) },
  HOURS: { law: { it: 'ore trascorse, tempo UTC', en: 'hours elapsed, UTC' }, due: ({ from, n }, trace) => hoursAfter(from, n, trace) },
  EFFECT_MONTHS: { law: article('art. 2963 c.4-5 c.c.'), due: ({ from, n, calendar }, trace) => effectMonths(from, n, calendar, trace) },
  ACT_MONTHS: { law: article('art. 2963 c.3-5 c.c., art. 155 c.4 c.p.c.'), due: (question, trace) => actMonths(question.from, question.n, rolling(question), trace) },
};

function rolling({ saturdayRolls, calendar }: Required<TermQuestion>) {
  return { saturdayRolls, calendarVersion: calendar };
}

/** When a term ends, and how it was counted. */
export function explainTerm(question: TermQuestion): TermAnswer {
  const { kind, from, n, istatCode = null, saturdayRolls = false } = question;
  const calendar = calendarOf(question.calendar ?? CURRENT_CALENDAR);
  const { law, due } = TERM_RULES[kind];
  const steps: Trace = [];
  const end = due({ kind, from, n, istatCode, saturdayRolls, calendar }, steps);
  const rolled = steps.find(({ code }) => code.startsWith('ROLLED_'));
  return {
    kind, from, n, due: end, ...(rolled === undefined ? {} : { rolledFrom: rolled.date }),
    rule: law, calendarVersion: calendar.version, steps,
  };
}

/** An article is quoted as it is, in every language. */
function article(text: string): Bilingual {
  return { it: text, en: text };
}
