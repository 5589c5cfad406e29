import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { Party, Waiting } from '../shared/process.ts';
import type { Reason } from '../shared/reason.ts';

/** A thing that a party owes: `what` is a command or the key of a timer. */
export function turn(who: Party, what: string, since: Instant, dueOn: CivilDate | null = null, reasons: readonly Reason[] = []): Waiting {
  return { who, what, since, dueOn, reasons };
}

/** Instants in UTC sort as their texts do, but for fractions of a second, which do not matter here. */
export function latest(...instants: readonly (Instant | undefined)[]): Instant {
  return instants.reduce<Instant>((last, at) => (at !== undefined && at > last ? at : last), '');
}
