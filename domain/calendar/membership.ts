import { addDays, addMonths, laterDate, type CivilDate } from '../shared/civil-date.ts';
import type { Trace } from './steps.ts';
import { actTerm, lastDayOfYears, type ActTermOptions } from './terms.ts';

const REMINDER_DAYS_BEFORE = [30, 15, 7, 1] as const;
const RENEWAL_MONTHS_BEFORE = 6;
const STALE_AFTER_MONTHS = 12;
const CONFIRM_DAYS = 60;

export interface WithdrawalPolicy {
  readonly noticeMonths: number;
  /** Years from the entry into force in which nobody leaves. */
  readonly minYears: number;
}

export const DEFAULT_WITHDRAWAL: WithdrawalPolicy = { noticeMonths: 6, minYears: 3 };

/**
 * The day on which a withdrawal takes effect: the first 31 December on or after the end of notice and of the lock-in. The
 * convention may expire before it; then it ends by expiry.
 */
export function withdrawalEffectOn(
  noticeDeliveredOn: CivilDate, inForceOn: CivilDate, { noticeMonths, minYears }: WithdrawalPolicy = DEFAULT_WITHDRAWAL, trace?: Trace,
): CivilDate {
  const noticeEndsOn = addMonths(noticeDeliveredOn, noticeMonths);
  const lockedUntil = lastDayOfYears(inForceOn, minYears);
  const effectOn = `${laterDate(noticeEndsOn, lockedUntil).slice(0, 4)}-12-31`;
  trace?.push({ code: 'NOTICE_ENDS', date: noticeEndsOn, n: noticeMonths });
  if (lockedUntil > noticeEndsOn) trace?.push({ code: 'LOCKED_IN', date: lockedUntil, n: minYears });
  trace?.push({ code: 'YEAR_ENDS', date: effectOn });
  return effectOn;
}

/** The day on which the renewal of a convention is opened: six months before its last day, there is no tacit renewal. */
export function renewalOpensOn(endsOn: CivilDate): CivilDate {
  return addMonths(endsOn, -RENEWAL_MONTHS_BEFORE);
}

export interface Reminder {
  readonly daysBefore: number;
  readonly on: CivilDate;
}

/** Days on which a comune is reminded of the end of its window, first to last. */
export function reminders(windowEndsOn: CivilDate): Reminder[] {
  return REMINDER_DAYS_BEFORE.map((daysBefore) => ({ daysBefore, on: addDays(windowEndsOn, -daysBefore) }));
}

/** First day on which a validated recognition is stale: twelve months on. */
export function staleOn(validatedOn: CivilDate): CivilDate {
  return addMonths(validatedOn, STALE_AFTER_MONTHS);
}

/** Last day for a new mayor to confirm the referents: 60 days, a term for doing an act. */
export function confirmBy(mayorChangedOn: CivilDate, options: ActTermOptions = {}): CivilDate {
  return actTerm(mayorChangedOn, CONFIRM_DAYS, options);
}
