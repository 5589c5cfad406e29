import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { recordStatement } from '../telemetry/spans.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;

const POOLS = new WeakMap<Db, pg.Pool>();

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

/** A pool on a database; nothing is connected until the first query. Destroy it with `db.destroy()`. */
export function openDatabase(url: string, options: DbOptions = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'associa',
    connectionTimeoutMillis: 3_000,
    statement_timeout: 15_000,
    // A server that hangs does not cancel anything: the client gives up by itself, and the caller hears it in time.
    query_timeout: 8_000,
    types: { getTypeParser: parsers as typeof pg.types.getTypeParser },
  });
  const onConnectionError = options.onConnectionError ?? (() => undefined);
  pool.on('error', onConnectionError);
  // The pool listens on idle connections only: one that breaks between two queries of its user would end the process.
  pool.on('connect', (client) => { client.on('error', onConnectionError); });
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log: ({ level, query, queryDurationMillis }) => { recordStatement(query.sql, queryDurationMillis, level === 'error'); },
  });
  POOLS.set(db, pool);
  return db;
}

/** The pool under a Kysely instance, for the one statement that is prepared by name. */
export function poolOf(db: Db): pg.Pool {
  const pool = POOLS.get(db);
  if (pool === undefined) throw new Error('This Kysely instance was not opened by openDatabase');
  return pool;
}
