import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import type { Engine } from '../engine/engine.ts';
import type { ReconcilerActivities, StoreActivities, WorldActivities } from './ports.ts';
import { reconcilerActivities } from './reconciler.ts';
import { storeActivities } from './store.ts';
import { worldActivities } from './world.ts';

export type Activities = StoreActivities & WorldActivities & ReconcilerActivities;

/** Everything a worker can do for workflows. */
export function createActivities(db: Db, engine: Engine, log: Logger): Activities {
  return { ...storeActivities(db, log), ...worldActivities(engine), ...reconcilerActivities(db, engine, log) };
}
