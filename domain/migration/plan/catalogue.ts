import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';

/** Commands of the plan, in the order of the way. */
export const PLAN_COMMANDS = {
  ProposePlan: { by: ['operator'], freeText: ['rollback'] },
  ApprovePlan: { by: ['member'], freeText: [] },
  CommitSpending: { by: ['member'], freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: the timer of a plan whose first day went by before the comune approved it. */
export interface PlanEngineData {
  readonly LapsePlan: { readonly provisioningOn: CivilDate };
}
