import { compareInstants, type Instant } from '../../shared/civil-date.ts';
import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import { stageOf } from '../saga/standing.ts';
import type { FullMigration } from '../state.ts';

/** What follows by itself in this area from how the migration stands; nothing once it has happened. */
export function followCutover(_state: FullMigration, _context: Context): readonly MigrationEvent[] {
  return [];
}

/** A go is good for its window only: one that went by wholly while the migration was suspended, when nobody was to use it, is given up as that ends. */
export function windowLost(state: FullMigration, now: Instant): readonly MigrationEvent[] {
  const { cutover: { schedule }, suspension: { at } } = state;
  const isLost = stageOf(state) === 'CUTOVER' && schedule !== null && compareInstants(schedule.from, at) >= 0 && compareInstants(schedule.to, now) <= 0;
  return isLost ? [{ type: 'CutoverWindowMissed', data: { no: schedule.no, at: now } }] : [];
}
