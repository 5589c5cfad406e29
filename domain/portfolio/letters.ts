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

/** What a state is like at a glance: for colours, of which there are fewer than states. */
export type StateGroup = 'asked' | 'working' | 'moving' | 'running' | 'stopped';

const GROUPS: readonly (readonly [StateGroup, string])[] = [['asked', 'RFPA'], ['working', 'VDCL'], ['moving', 'XH'], ['running', 'OMZ']];

export function groupOf(state: string): StateGroup {
  return GROUPS.find(([, letters]) => letters.includes(letterOf(state)))?.[0] ?? 'stopped';
}
