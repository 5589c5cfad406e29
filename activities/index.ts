import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import type { Archiver } from '../engine/archive/archiver.ts';
import type { Engine } from '../engine/engine.ts';
import { archiverActivities } from './archiver.ts';
import type { ArchiverActivities, ReconcilerActivities, StoreActivities, WorldActivities } from './ports.ts';
import { reconcilerActivities } from './reconciler.ts';
import { storeActivities } from './store.ts';
import { worldActivities } from './world.ts';

export type Activities = StoreActivities & WorldActivities & ReconcilerActivities & ArchiverActivities;

/** Everything a worker can do for workflows. */
export function createActivities(db: Db, engine: Engine, archiver: Archiver, log: Logger): Activities {
  return { ...storeActivities(db, log), ...worldActivities(engine, archiver), ...reconcilerActivities(db, engine, log), ...archiverActivities(archiver) };
}
