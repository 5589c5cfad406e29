import type { CommandEntry } from '../command-entry.ts';

/** Commands of the plan, in the order of the way. */
export const PLAN_COMMANDS = {
  ProposePlan: { by: ['operator'], freeText: ['rollback'] },
  ApprovePlan: { by: ['member'], freeText: [] },
  CommitSpending: { by: ['member'], freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;
