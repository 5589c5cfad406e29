import { fold, type Context } from '../shared/process.ts';
import { followChanges } from './changes/follow.ts';
import { followCutover } from './cutover/follow.ts';
import type { MigrationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { followFeasibility } from './feasibility/follow.ts';
import { followMoving } from './moving/follow.ts';
import { followOperation } from './operation/follow.ts';
import { followDelivery, followProvisioning } from './provisioning/follow.ts';
import { followSaga } from './saga/follow.ts';
import { isFull, isOpened, type FullMigration, type MigrationState } from './state.ts';
import { followSuspension } from './suspension/follow.ts';
import { followWorkItems } from './work-items/follow.ts';

/** What follows by itself on the full track from how the migration stands; each says nothing once it has happened. What holds it up comes first. */
const FOLLOWERS: readonly ((state: FullMigration, context: Context) => readonly MigrationEvent[])[] = [
  followSuspension, followSaga, followFeasibility, followProvisioning, followWorkItems, followMoving, followCutover, followChanges, followOperation,
];

/** The events of a command, and what they bring with them until nothing more follows. */
export function following(state: MigrationState, events: readonly MigrationEvent[], context: Context): readonly MigrationEvent[] {
  const followed = [...events];
  let current = foldVersions(state, events);
  for (let next = nextOf(current, context); next.length > 0; next = nextOf(current, context)) {
    followed.push(...next);
    current = foldVersions(current, next);
  }
  return followed;
}

/** Asked one after the other: what one brings may change what the next would say. */
function nextOf(state: MigrationState, context: Context): readonly MigrationEvent[] {
  if (!isFull(state)) return isOpened(state) ? [...followDelivery(state, context), ...followWorkItems(state, context)] : [];
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
