import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import { isGateOpen } from '../gates/index.ts';
import type { FullMigration } from '../state.ts';

/** The study begins by itself when its gate opens. */
export function followFeasibility(state: FullMigration, { now }: Context): readonly MigrationEvent[] {
  return state.migration.state === 'REQUESTED' && isGateOpen(state, 'FEASIBILITY') ? [{ type: 'FeasibilityBegun', data: { at: now } }] : [];
}
