import type { AddressInfo } from 'node:net';
import { buildApp } from './api/app.ts';
import { openKeys } from './api/auth/keys.ts';
import { loadConfig, requireSignOn } from './config.ts';
import { openDatabase } from './db/client.ts';
import { openTenantKey } from './db/tenant.ts';
import { connectionOptions, openClient } from './engine/connect.ts';
import { openConverter } from './engine/data-converter.ts';
import { diagnoseTemporal } from './engine/diagnose.ts';
import { Engine } from './engine/engine.ts';
import { Runs } from './engine/runs.ts';
import { createLogger, secretsOf } from './log.ts';
import { startTracing } from './telemetry/tracing.ts';

/** How long requests under way may take after SIGTERM: the API's own deadline and some. */
const DRAIN_MS = 15_000;

/** The server's process: speaks HTTP, keeps nothing. SIGTERM stops accepting, finishes what is under way and ends. */
async function main(): Promise<void> {
  const config = loadConfig();
  requireSignOn(config);
  const log = createLogger(config.logLevel, 'server', secretsOf(config));
  const { databaseUrl, temporal: { address, namespace, taskQueue } } = config;
  if (databaseUrl === null || address === null) {
    throw new Error('A server alone needs DATABASE_URL and TEMPORAL_ADDRESS; npm start gives both and starts everything.');
  }
  const stopTracing = startTracing('associa-server', config.otlpEndpoint);
  const reach = connectionOptions(address, config.temporal);
  const client = openClient(reach, namespace, await openConverter(config.keysDir));
  const engine = new Engine(client, { taskQueue, deadlineMs: config.updateDeadlineMs, continueAfter: config.continueAfterCommands ?? undefined });
  const db = openDatabase(databaseUrl, await openTenantKey(config.keysDir), { max: 20, applicationName: 'associa-server', onConnectionError: (error) => { log.warn({ err: error }, 'database connection lost'); } });
  let ownUrl: string | undefined;
  const app = await buildApp({
    db, engine, runs: new Runs(client), keys: await openKeys(config.keysDir, config.masterKey), log, backupRetentionDays: config.backupRetentionDays,
    oidc: config.oidc, pdnd: config.pdnd, session: config.session, publicUrl: config.publicUrl, trialRegistrationToken: config.trialRegistrationToken, temporalUiUrl: config.temporal.uiUrl,
    twoPersons: config.twoPersons, rateLimitPerMinute: config.rateLimitPerMinute, ownUrl: () => ownUrl,
  });
  await app.listen({ host: config.host, port: config.port });
  ownUrl = urlOf(config.host, app.server.address());
  log.info({ url: ownUrl }, 'server listens');
  // Cases can be read meanwhile, and Temporal may come: what is wrong is said, and the server goes on.
  if (!(await engine.health()).temporal) log.error(await diagnoseTemporal(reach) ?? `No Temporal answers at ${address}`);

  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { resolve(); });
  });
  log.info('server stops');
  const late = setTimeout(() => {
    log.error('requests are still under way; the server ends without them');
    process.exit(1);
  }, DRAIN_MS);
  // A connection whose last answer goes out now would be kept for its next request, and the close would wait for it.
  const sweep = setInterval(() => { app.server.closeIdleConnections(); }, 100);
  await app.close();
  clearInterval(sweep);
  await db.destroy();
  await client.connection.close();
  await stopTracing();
  clearTimeout(late);
}

function urlOf(host: string, address: AddressInfo | string | null): string | undefined {
  if (address === null || typeof address === 'string') return undefined;
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

await main();
