import { compareInstants, type CivilDate, type Instant } from '../../shared/civil-date.ts';

/** To whom a reminder speaks; who that is in person, and by which channel, is not the process's to know. */
export type Addressee = 'OPERATOR' | 'REFERENT' | 'SECRETARY' | 'MAYOR' | 'PREFECT';
export type ReminderLevel = 'REMINDER' | 'ESCALATION';

/** Something owed that is said again when its day comes: the event of it carries all that its teller needs. */
export interface Reminder {
  /** Unique in the case: a term that is set anew has a key of its own. */
  readonly key: string;
  /** When it is due. */
  readonly at: Instant;
  /** When its ground became known: a reminder whose moment was past by then is not armed. */
  readonly since: Instant;
  readonly level: ReminderLevel;
  readonly to: Addressee;
  /** What is owed: a command, or the key of a timer. */
  readonly what: string;
  readonly dueOn: CivilDate | null;
}

/** The reminders of a case that is late by its window: the one series that goes on for as long as nothing happens. */
export const LATE = 'late-';

export function isOfLate({ key }: Pick<Reminder, 'key'>): boolean {
  return key.startsWith(LATE);
}

/** True once its moment has come: it was said, or had passed before its ground was known, so that no timer ever says it. */
export function isPast({ reminded }: { readonly reminded: readonly Pick<Reminder, 'key'>[] }, reminder: Reminder): boolean {
  return !isInTime(reminder) || reminded.some(({ key }) => key === reminder.key);
}

/** True when its moment came after its ground. */
export function isInTime({ at, since }: Reminder): boolean {
  return compareInstants(at, since) > 0;
}
