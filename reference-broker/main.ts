import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { createLogger } from '../log.ts';
import { buildApp } from './app.ts';
import { Bindings } from './bindings.ts';
import { Catalogue, type ServiceKind } from './catalogue.ts';
import { Faults } from './faults.ts';
import { Hosting, HOSTING_OPTIONS } from './hosting.ts';
import { Identity } from './identity.ts';
import { Instances } from './instances.ts';
import { Ledger } from './ledger.ts';
import { printLedger } from './ledger-report.ts';
import { Operations } from './operations.ts';
import type { Provider } from './provider.ts';
import { Seal } from './seal.ts';
import { loadSettings, type Settings } from './settings.ts';

/** How long operations under way may take after SIGTERM; what takes longer is finished at the next start. */
const DRAIN_MS = 8_000;

/** `npm run broker`: serves until SIGTERM; `npm run broker -- ledger [--json]`: prints what it made. */
async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command !== undefined && command !== 'ledger') throw new Error('npm run broker [-- ledger [--json]]');
  const settings = loadSettings(process.env);
  if (command === 'ledger') await printLedger(settings.BROKER_DATABASE_URL, rest.includes('--json'));
  else await serve(settings);
}

async function serve(settings: Settings): Promise<void> {
  const log = createLogger(settings.LOG_LEVEL, 'broker', [settings.BROKER_PASSWORD, new URL(settings.BROKER_DATABASE_URL).password, settings.BROKER_KEY.toString('base64')]);
  const pool = (options: string | undefined): pg.Pool => {
    const made = new pg.Pool({ connectionString: settings.BROKER_DATABASE_URL, max: 10, application_name: 'associa-broker', ...(options === undefined ? {} : { options }) });
    made.on('error', (error) => { log.warn({ err: error }, 'database connection lost'); });
    return made;
  };
  const [ledgerPool, hostingPool] = [pool(undefined), pool(HOSTING_OPTIONS)];
  const ledger = new Ledger(ledgerPool, new Seal(settings.BROKER_KEY));
  await ledger.prepare();
  const faults = new Faults(settings.BROKER_FAULTS ?? null, ledger);
  if (settings.BROKER_FAULTS !== undefined) log.warn('faults are ordered: this broker misbehaves');

  const catalogue = new Catalogue(settings.BROKER_CATALOGUE, settings.BROKER_OIDC_ISSUER === undefined ? ['hosting'] : ['hosting', 'identity']);
  let address = '';
  const dashboardOf = (instanceId: string): string => `${settings.BROKER_PUBLIC_URL ?? address}/dashboard/${encodeURIComponent(instanceId)}`;
  const providers: Readonly<Record<ServiceKind, Provider | null>> = {
    hosting: new Hosting(hostingPool, settings.BROKER_DATABASE_URL, (planId) => catalogue.connections(planId)),
    identity: identityOf(settings, dashboardOf),
  };
  const providerOf = (serviceId: string): Provider => {
    const provider = providers[catalogue.service(serviceId).kind];
    if (provider === null) throw new Error('no provider stands behind that service');
    return provider;
  };
  const operations = new Operations(ledger, providerOf, faults, log);
  const parts = { catalogue, ledger, operations, providerOf, dashboardOf };
  const app = buildApp({
    catalogue, instances: new Instances(parts), bindings: new Bindings(parts), faults, ledger, log, username: settings.BROKER_USERNAME, password: settings.BROKER_PASSWORD,
  });
  await operations.resume();
  await app.listen({ host: settings.BROKER_HOST, port: settings.BROKER_PORT });
  address = `http://${settings.BROKER_HOST.includes(':') ? `[${settings.BROKER_HOST}]` : settings.BROKER_HOST}:${(app.server.address() as AddressInfo).port}`;
  log.info({ url: address }, 'broker listens');

  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { resolve(); });
  });
  app.server.closeIdleConnections();
  await Promise.all([app.close(), operations.drain(DRAIN_MS)]);
  process.exit(0);
}

function identityOf({ BROKER_OIDC_ISSUER: issuer, BROKER_OIDC_REGISTRATION: registration, BROKER_OIDC_TOKEN: token }: Settings, redirectOf: (instanceId: string) => string): Identity | null {
  if (issuer === undefined || registration === undefined || token === undefined) return null;
  return new Identity({ issuer: issuer.replace(/\/$/, ''), registration, token, redirectOf });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
