import { fold, type Context } from '../shared/process.ts';
import type { MigrationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { followFeasibility } from './feasibility/follow.ts';
import { followProvisioning } from './provisioning/follow.ts';
import { isFull, isOpened, type FullMigration, type MigrationState, type OpenedMigration } from './state.ts';

/** What follows by itself on the full track from how the migration stands; each says nothing once it has happened. */
const FOLLOWERS: readonly ((state: FullMigration, context: Context) => readonly MigrationEvent[])[] = [followFeasibility];

/** What the events of a command bring with them, until nothing more follows. */
export function following(state: MigrationState, events: readonly MigrationEvent[], context: Context): readonly MigrationEvent[] {
  const followed = [...events];
  let current = foldVersions(state, events);
  for (;;) {
    const next = isOpened(current) ? nextOf(current, context) : [];
    if (next.length === 0) return followed;
    followed.push(...next);
    current = foldVersions(current, next);
  }
}

/** Asked one after the other: what one brings may change what the next would say. */
function nextOf(state: OpenedMigration, context: Context): readonly MigrationEvent[] {
  const provisioning = followProvisioning(state, context);
  if (provisioning.length > 0 || !isFull(state)) return provisioning;
  for (const follow of FOLLOWERS) {
    const events = follow(state, context);
    if (events.length > 0) return events;
  }
  return [];
}

/** The fold as the case does it: each event is a version. */
function foldVersions(state: MigrationState, events: readonly MigrationEvent[]): MigrationState {
  return fold({ evolve: (before: MigrationState, event: MigrationEvent) => evolve({ ...before, version: before.version + 1 }, event) }, state, events);
}
