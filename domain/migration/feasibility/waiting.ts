import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import { needed } from '../gates/index.ts';
import type { FullMigration } from '../state.ts';

/** The study, and before it what its gate needs. */
export function feasibilityWaiting(state: FullMigration): readonly Waiting[] {
  const { migration, feasibility } = state;
  if (migration.state === 'REQUESTED') return needed(state, 'FEASIBILITY');
  return migration.state === 'FEASIBILITY' && feasibility.approvedAt === null ? [turn('OPERATOR', 'ApproveFeasibility', migration.since)] : [];
}
