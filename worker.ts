import type { Logger } from 'pino';
import { createActivities } from './activities/index.ts';
import { makeBrokerCaller } from './brokers/make.ts';
import { openKeys } from './api/auth/keys.ts';
import { loadBodies } from './api/bodies.ts';
import { campaignActs } from './api/campaigns/acting.ts';
import { territoryOf } from './api/constitution/starting.ts';
import { learnTerritory, makeContext } from './api/context.ts';
import { loadConfig } from './config.ts';
import { projectionAlarm, raiseAlarm } from './db/alarms.ts';
import { openDatabase, type Db } from './db/client.ts';
import { openLogKeys } from './db/log/keys.ts';
import { Sequencer } from './db/log/sequencer.ts';
import { rebuildOlderRows } from './db/projections/rebuild.ts';
import { openTenantKey } from './db/tenant.ts';
import { civilDateOf } from './domain/shared/civil-date.ts';
import { Archiver } from './engine/archive/archiver.ts';
import { keepingRunningBundle } from './engine/archive/running-bundle.ts';
import { ConstitutionFollower } from './engine/constitution-follower.ts';
import { connectionOptions, openClient } from './engine/connect.ts';
import { openConverter } from './engine/data-converter.ts';
import { Engine } from './engine/engine.ts';
import { keptBundle } from './engine/kept-bundle.ts';
import { Runs } from './engine/runs.ts';
import { ensureRoutines } from './engine/schedule.ts';
import { installRuntime, startWorker } from './engine/worker.ts';
import { Deliverer } from './feed/deliverer.ts';
import { Webhooks } from './feed/webhooks.ts';
import { Vault } from './db/vault/vault.ts';
import { createLogger, secretsOf } from './log.ts';
import { startTracing } from './telemetry/tracing.ts';

/** The worker's process: polls Temporal, decides commands, writes events. SIGTERM finishes what is under way. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config.logLevel, 'worker', secretsOf(config));
  const { databaseUrl, temporal: { address, namespace, taskQueue, deployment } } = config;
  if (databaseUrl === null || address === null) {
    throw new Error('A worker alone needs DATABASE_URL and TEMPORAL_ADDRESS; npm start gives both and starts everything.');
  }
  const stopTracing = startTracing('associa-worker', config.otlpEndpoint);
  installRuntime((level, message, temporal) => { log[level]({ temporal }, message); });
  const connection = connectionOptions(address, config.temporal);
  const dataConverter = await openConverter(config.keysDir);
  const client = openClient(connection, namespace, dataConverter);
  const engine = new Engine(client, { taskQueue, deadlineMs: config.updateDeadlineMs, continueAfter: config.continueAfterCommands ?? undefined });
  const db = openDatabase(databaseUrl, await openTenantKey(config.keysDir), { applicationName: 'associa-worker', onConnectionError: (error) => { log.warn({ err: error }, 'database connection lost'); } });
  const logKeys = await openLogKeys(config.keysDir, config.logOrigin);
  await rebuildReadModels(db, log);
  const bundle = await keptBundle();
  const vault = new Vault(config.keysDir, config.masterKey);
  const bodies = loadBodies();
  const context = makeContext(db, {
    engine, runs: new Runs(client), sequencedWithinMs: 0, keys: await openKeys(config.keysDir, config.masterKey), bodies, log, twoPersons: config.twoPersons,
  }, config.backupRetentionDays);
  const acts = campaignActs(context);
  const activities = { ...createActivities(db, engine, new Archiver(client, db, (alarm) => raiseAlarm(db, log, alarm)), log, makeBrokerCaller(db, vault, log)), ...acts };
  const worker = await startWorker({ connection, namespace, taskQueue, bundle, deployment, dataConverter, activities });
  await ensureRoutines(client, taskQueue);
  const deliverer = new Deliverer(db, new Webhooks(db, vault), log);
  deliverer.start();
  const sequencer = new Sequencer(db, logKeys, log);
  sequencer.start();
  const follower = new ConstitutionFollower(db, engine, async () => {
    await learnTerritory(context);
    return territoryOf(bodies, civilDateOf(new Date().toISOString()));
  }, log);
  follower.start();
  log.info({ bundle: bundle.hash, namespace, taskQueue, deployment }, 'worker polls');
  const archiving = keepingRunningBundle(db, bundle, (error) => { log.warn({ err: error }, 'the bundle is not archived yet'); });
  archiving.start();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { void worker.stop(); });
  await worker.done;
  await Promise.all([archiving.stop(), deliverer.stop(), sequencer.stop(), follower.stop()]);
  await client.connection.close();
  await db.destroy();
  await stopTracing();
}

/** Before the first answer, so that lists are those of this version. While the database is away the worker starts all the same: the reconciler does it later. */
async function rebuildReadModels(db: Db, log: Logger): Promise<void> {
  try {
    const rebuilt = await rebuildOlderRows(db, projectionAlarm(db, log));
    if (rebuilt > 0) log.info({ rebuilt }, 'read models of an older version were written anew');
  } catch (error) {
    log.warn({ err: error }, 'read models were not looked at');
  }
}

await main();
