import type { CivilDate } from '../shared/civil-date.ts';
import type { Bilingual } from '../shared/bilingual.ts';

/**
 * What a rule did with a day. Rules take an optional list of steps and note in it what they do while they do it: the plain
 * date and its explanation come from the same code, and a rule that nobody asks to explain itself builds nothing.
 * The words for the codes are in `words.ts`.
 */
export type StepCode =
  // Where a term begins and ends.
  | 'START_EXCLUDED' | 'START_COUNTED' | 'LAST_DAY' | 'LAST_MONTH' | 'MONTH_CLAMPED'
  // What moves its end, or does not.
  | 'ROLLED_HOLIDAY' | 'ROLLED_SATURDAY' | 'ROLLED_BACK_HOLIDAY' | 'ROLLED_BACK_SATURDAY' | 'HOLIDAY_STANDS' | 'SATURDAY_STANDS'
  // Working days.
  | 'SKIPPED_HOLIDAY' | 'SKIPPED_SATURDAY' | 'SKIPPED_PATRON' | 'LAST_WORKING_DAY' | 'PATRON_UNKNOWN' | 'NO_COMUNE'
  // A day by itself.
  | 'IS_HOLIDAY' | 'IS_SATURDAY' | 'IS_PATRON' | 'IS_WORKING_DAY'
  // Notices of a session.
  | 'DELIVERY_EXCLUDED' | 'SESSION_EXCLUDED' | 'CLEAR_DAYS' | 'EARLIEST_SESSION' | 'LATEST_DELIVERY'
  // Hours.
  | 'HOURS_ELAPSED' | 'CLOCK_FORWARD' | 'CLOCK_BACK'
  // The notice board.
  | 'BOARD_FIRST_COUNTED' | 'BOARD_FIRST_EXCLUDED' | 'BOARD_ENDS' | 'OUTAGE_EXTENDS' | 'OUTAGE_OUTSIDE' | 'REMOVED'
  | 'TENTH_DAY' | 'TENTH_DAY_AFTER_END' | 'OUTAGE_SHIFTS' | 'OUTAGE_DOES_NOT_SHIFT' | 'EXECUTIVE'
  // The challenge before the court.
  | 'CHALLENGE_DAYS' | 'AUGUST_LEFT_OUT' | 'CHALLENGE_ENDS'
  // Leaving.;

export interface Step {
  readonly code: StepCode;
  readonly date: CivilDate;
  /** Last day, where a step speaks of several. */
  readonly to?: CivilDate;
  /** How many, where it counts. */
  readonly n?: number;
  /** Name of the holiday or of the patron. */
  readonly name?: Bilingual;
}

/** Where a rule notes its steps. */
export type Trace = Step[];
