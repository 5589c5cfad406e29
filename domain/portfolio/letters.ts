/** A letter for each state of a migration, where there is room for no more; the legend beside says what it means. */
const LETTERS: Readonly<Record<string, string>> = {
  REQUESTED: 'R', FEASIBILITY: 'F', PLAN_DRAFTED: 'P', PLAN_APPROVED: 'A', PROVISIONING: 'V', DATA_MIGRATION: 'D', ACCEPTANCE: 'C', PARALLEL_RUN: 'L', CUTOVER: 'X', HYPERCARE: 'H',
  OPERATING: 'O', DECOMMISSIONING_OLD: 'M', CLOSED: 'Z', SUSPENDED: 'S', ROLLING_BACK: 'B', REJECTED: 'J', CANCELLED: 'N', RETIRING: 'T',
};

/** The states that have a letter, in the order of the way. */
export const LETTERED_STATES: readonly string[] = Object.keys(LETTERS);

/** The letter of a state; one that a later release tells of has `?`. */
export function letterOf(state: string): string {
  return LETTERS[state] ?? '?';
}
