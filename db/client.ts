import { Kysely, PostgresDialect, type Logger } from 'kysely';
import pg from 'pg';
import { recordStatement } from '../telemetry/spans.ts';
import { backendPid, bodyDatabases, noteBackendPid } from './body-databases.ts';
import type { Database } from './schema.ts';
import { WHOLE_TERRITORY, type TenantKey } from './tenant.ts';

export type Db = Kysely<Database>;

const POOLS = new WeakMap<Db, pg.Pool>();
const BODIES = new WeakMap<Db, (body: string) => Db>();

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** Dates stay civil dates and instants RFC 3339 text: a JavaScript Date would lose what a civil date is. */
function parsers(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary') {
    if (oid === DATE) return (text: string) => text;
    if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
    if (oid === INT8) return (text: string) => Number(text);
  }
  return pg.types.getTypeParser(oid, format);
}

export interface DbOptions {
  readonly max?: number;
  readonly applicationName?: string;
  /** Called when a connection breaks outside a query (the database went away); the pool makes a new one by itself. */
  readonly onConnectionError?: (error: Error) => void;
}

/** Statements as spans, while requests are traced. */
const traceStatements: Logger = ({ level, query, queryDurationMillis }) => { recordStatement(query.sql, queryDurationMillis, level === 'error'); };

/** A connection is closed well before its proof ends. */
const LIFETIME_S = 3_600;
const PROOF_S = 2 * LIFETIME_S;

/**
 * A pool on a database; nothing is connected until the first query. Its sessions see the whole territory: each proves it
 * once, when it connects. Destroy it, and with it what `databaseOf` gave, with `db.destroy()`.
 */
export function openDatabase(url: string, key: TenantKey, options: DbOptions = {}): Db {
  const pool = openPool(url, options, async (client) => {
    await client.query('SELECT enter_tenant($1, false)', [key.proof(WHOLE_TERRITORY, await backendPid(client), PROOF_S)]);
  });
  const nobodys = openPool(url, options, noteBackendPid);
  const end = async () => { await Promise.all([pool.end(), nobodys.end()]); };
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: { connect: () => pool.connect(), options: pool.options, end } }), log: traceStatements,
  });
  POOLS.set(db, pool);
  BODIES.set(db, bodyDatabases(nobodys, key, traceStatements));
  return db;
}

/** The same database as one body sees it: its own rows. Every statement is a transaction that says whose it is. */
export function databaseOf(db: Db, body: string): Db {
  const bodies = BODIES.get(db);
  if (bodies === undefined) throw new Error('This Kysely instance was not opened by openDatabase');
  return bodies(body);
}

/** The pool under a Kysely instance, for the one statement that is prepared by name. */
export function poolOf(db: Db): pg.Pool {
  const pool = POOLS.get(db);
  if (pool === undefined) throw new Error('This Kysely instance was not opened by openDatabase');
  return pool;
}

/** The pool awaits it before a connection is first used; one that fails here is given to nobody. Its types do not say so. */
interface AwaitedConnect extends Omit<pg.PoolConfig, 'onConnect'> {
  readonly onConnect: (client: pg.ClientBase) => Promise<void>;
}

function openPool(url: string, options: DbOptions, onConnect: AwaitedConnect['onConnect']): pg.Pool {
  const config: AwaitedConnect = {
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'associa',
    connectionTimeoutMillis: 3_000,
    maxLifetimeSeconds: LIFETIME_S,
    statement_timeout: 15_000,
    // A server that hangs does not cancel anything: the client gives up by itself, and the caller hears it in time.
    query_timeout: 8_000,
    types: { getTypeParser: parsers as typeof pg.types.getTypeParser },
    onConnect,
  };
  const pool = new pg.Pool(config);
  const onConnectionError = options.onConnectionError ?? (() => undefined);
  pool.on('error', onConnectionError);
  // The pool listens on idle connections only: one that breaks between two queries of its user would end the process.
  pool.on('connect', (client) => { client.on('error', onConnectionError); });
  return pool;
}
