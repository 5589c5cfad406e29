import type { Logger } from 'pino';
import type { BrokerCaller } from '../brokers/caller.ts';
import type { Db } from '../db/client.ts';
import { NO_BROKER } from '../domain/migration/broker-call.ts';
import type { Archiver } from '../engine/archive/archiver.ts';
import type { Engine } from '../engine/engine.ts';
import { archiverActivities } from './archiver.ts';
import { brokerActivities } from './brokers.ts';
import type { ArchiverActivities, ReconcilerActivities, StoreActivities, WorldActivities } from './ports.ts';
import { reconcilerActivities } from './reconciler.ts';
import { storeActivities } from './store.ts';
import { worldActivities } from './world.ts';

export type Activities = StoreActivities & WorldActivities & ReconcilerActivities & ArchiverActivities;

const NO_BROKERS: Pick<BrokerCaller, 'call'> = { call: async () => NO_BROKER };

/** Everything a worker can do for workflows; `brokers` absent: none is registered. */
export function createActivities(db: Db, engine: Engine, archiver: Archiver, log: Logger, brokers: Pick<BrokerCaller, 'call'> = NO_BROKERS): Activities {
  return { ...storeActivities(db, log), ...worldActivities(engine, archiver), ...brokerActivities(brokers), ...reconcilerActivities(db, engine, log), ...archiverActivities(archiver) };
}
