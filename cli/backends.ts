import { CannotRun, isFailure } from './outcome.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import { readInstance, type Instance } from '../embedded/instance.ts';
import type { Engine } from '../engine/engine.ts';
import type { Client } from '@temporalio/client';

/** The instance of this home, or a sentence about what to do. Throws CannotRun. */
export function runningInstance(config: Config, instead: string): Instance {
  const instance = readInstance(config.home);
  if (instance !== null) return instance;
  throw new CannotRun(`No running instance found in ${config.home}: start it with npm start, or ${instead}.`);
}

/** The application's database: DATABASE_URL where it is set, else the running instance's. Throws CannotRun. */
export function databaseUrlOf(config: Config, instead = 'set DATABASE_URL'): string {
  return config.databaseUrl ?? runningInstance(config, instead).databaseUrl;
}

export interface OwnerUrls {
  readonly ownerUrl: string;
  readonly databaseUrl: string;
}

/** Both roles of one database, for migrations. Throws CannotRun when the two would be of different ones. */
export function ownerUrlsOf(config: Config): OwnerUrls {
  const { databaseUrl, databaseOwnerUrl } = config;
  if (databaseUrl !== null && databaseOwnerUrl !== null) return { ownerUrl: databaseOwnerUrl, databaseUrl };
  if (databaseOwnerUrl !== null) {
    throw new CannotRun('DATABASE_OWNER_URL is set and DATABASE_URL is not: set both, the role in DATABASE_URL gets the grants of the application.');
  }
  const instance = runningInstance(config, 'set DATABASE_OWNER_URL and DATABASE_URL');
  if (instance.databaseOwnerUrl === null || (databaseUrl !== null && databaseUrl !== instance.databaseUrl)) {
    throw new CannotRun('Migrations run as the owner of the database: set DATABASE_OWNER_URL beside DATABASE_URL.');
  }
  return { ownerUrl: instance.databaseOwnerUrl, databaseUrl: instance.databaseUrl };
}

export interface TemporalPlace {
  readonly address: string;
  readonly namespace: string;
  /** Without credentials for the embedded server: those of the environment are for a cluster elsewhere. */
  readonly credentials: Config['temporal'];
}

/** Temporal: TEMPORAL_ADDRESS where it is set, else the running instance's. Throws CannotRun. */
export function temporalOf(config: Config): TemporalPlace {
  const { temporal } = config;
  if (temporal.address !== null) return { address: temporal.address, namespace: temporal.namespace, credentials: temporal };
  const { temporalAddress, temporalNamespace, pids } = runningInstance(config, 'set TEMPORAL_ADDRESS');
  const none = { apiKey: null, tlsCert: null, tlsKey: null, tlsCa: null };
  return { address: temporalAddress, namespace: temporalNamespace, credentials: pids.temporal === null ? temporal : { ...temporal, ...none } };
}

/** Refuses to bring the cases of one installation to the Temporal of another. Throws CannotRun. */
export function checkSameInstallation(config: Config): void {
  const { databaseUrl, temporal } = config;
  if ((databaseUrl === null) === (temporal.address === null)) return;
  const instance = runningInstance(config, 'set both DATABASE_URL and TEMPORAL_ADDRESS');
  if ((databaseUrl ?? instance.databaseUrl) === instance.databaseUrl && (temporal.address ?? instance.temporalAddress) === instance.temporalAddress) return;
  const [set, unset] = databaseUrl === null ? ['TEMPORAL_ADDRESS', 'DATABASE_URL'] : ['DATABASE_URL', 'TEMPORAL_ADDRESS'];
  throw new CannotRun(`${set} is not that of the instance in ${config.home}: set ${unset} too, so that both are of one installation.`);
}

/** Raised by the database's own `enter_tenant`. */
const TENANT_REFUSED = '28T01';
/** Where `enter_tenant` is not known yet. */
const UNKNOWN_FUNCTION = '42883';

/** Does work on the whole of the database and closes it. Throws CannotRun when the database is away or the keys are not its. */
export async function withDatabase<T>({ keysDir }: Config, url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const [{ openDatabase }, { openTenantKey, TenantKeyMissing }] = await Promise.all([import('../db/client.ts'), import('../db/tenant.ts')]);
  const key = await openTenantKey(keysDir).catch((error: unknown) => {
    throw error instanceof TenantKeyMissing ? new CannotRun(error.message, { cause: error }) : error;
  });
  const db = openDatabase(url, key, { max: 2, applicationName: 'associa-cli' });
  try {
    return await work(db);
  } catch (error) {
    if (sqlState(error) === TENANT_REFUSED) {
      throw new CannotRun(`The database does not know the key in ${keysDir}: set ASSOCIA_KEYS to the folder of its installation, or tell it this one with migrate.`, { cause: error });
    }
    throw await databaseFailure(error, url);
  } finally {
    await db.destroy();
  }
}

/** The error as a sentence when it means that the database can't be used from here; else the error itself. */
export async function databaseFailure(error: unknown, url: string): Promise<unknown> {
  if (isFailure(error)) return error;
  const { isDatabaseAway } = await import('../db/unavailable.ts');
  const { host, pathname } = new URL(url);
  const message = causeOf(error);
  if (isDatabaseAway(error)) return new CannotRun(`PostgreSQL does not answer at ${host}${pathname}: ${message}`, { cause: error });
  if (sqlState(error) === UNKNOWN_FUNCTION) return new CannotRun(`The schema of ${host}${pathname} is older than this version: bring it up with migrate.`, { cause: error });
  if (/^(28|3D|42P01)/.test(sqlState(error))) return new CannotRun(`The database ${host}${pathname} can't be used: ${message}`, { cause: error });
  return error;
}

/** Does work with Temporal's client and closes it. Throws CannotRun when Temporal does not answer. */
export async function withTemporal<T>(config: Config, work: (client: Client, engine: Engine) => Promise<T>): Promise<T> {
  const { address, namespace, credentials } = temporalOf(config);
  const [{ connectionOptions, openClient }, { openConverter }, { diagnoseTemporal }, { Engine }, { isTemporalAway }] = await Promise.all([
    import('../engine/connect.ts'), import('../engine/data-converter.ts'), import('../engine/diagnose.ts'), import('../engine/engine.ts'), import('../engine/runs.ts'),
  ]);
  const reach = connectionOptions(address, credentials);
  const client = openClient(reach, namespace, await openConverter(config.keysDir));
  const engine = new Engine(client, {
    taskQueue: config.temporal.taskQueue, deadlineMs: config.updateDeadlineMs, continueAfter: config.continueAfterCommands ?? undefined,
  });
  const away = async (cause?: unknown): Promise<CannotRun> =>
    new CannotRun(await diagnoseTemporal(reach) ?? `Temporal does not answer at ${address} (namespace ${namespace}).`, { cause });
  try {
    if (!(await engine.health()).temporal) throw await away();
    return await work(client, engine);
  } catch (error) {
    throw isTemporalAway(error) ? await away(error) : error;
  } finally {
    await client.connection.close();
  }
}

/** A host with several addresses fails with several errors and no message of its own. */
function causeOf(error: unknown): string {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return one instanceof Error ? one.message : String(one);
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
