import { CompiledQuery, Kysely, PostgresDialect, PostgresDriver, type Logger, type PostgresDialectConfig } from 'kysely';
import type pg from 'pg';
import type { Database } from './schema.ts';
import type { TenantKey } from './tenant.ts';

/** Longer than any statement, and the clocks of two hosts may differ. */
const PROOF_S = 600;
const PIDS = new WeakMap<pg.ClientBase, number>();

/**
 * A database for each body, over one pool whose sessions are nobody's. The sessions of the whole territory are others: a
 * statement that was slipped into one of these finds nothing to fall back to, whatever it resets or ends.
 */
export function bodyDatabases(pool: pg.Pool, key: TenantKey, log: Logger): (body: string) => Kysely<Database> {
  const known = new Map<string, Kysely<Database>>();
  return (body) => {
    const opened = known.get(body) ?? new Kysely<Database>({ dialect: new BodyDialect(pool, key, body), log });
    known.set(body, opened);
    return opened;
  };
}

/** Asks a new session for its number, which proofs are made for. */
export async function noteBackendPid(client: pg.ClientBase): Promise<void> {
  PIDS.set(client, await backendPid(client));
}

export async function backendPid(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

class BodyDialect extends PostgresDialect {
  private readonly config: PostgresDialectConfig;

  constructor(pool: pg.Pool, key: TenantKey, body: string) {
    const connect = async () => {
      const client = await pool.connect();
      try {
        // One message; the proof holds for this session only, so its text may be seen.
        await client.query(`BEGIN; SELECT enter_tenant('${key.proof(body, PIDS.get(client) ?? 0, PROOF_S)}', true)`);
        return client;
      } catch (error) {
        client.release(true);
        throw error;
      }
    };
    const config = { pool: { connect, options: pool.options, end: async () => undefined } };
    super(config);
    this.config = config;
  }

  override createDriver(): PostgresDriver {
    return new BodyDriver(this.config);
  }
}

/** A connection is held for one statement, in a transaction that ends with it. */
class BodyDriver extends PostgresDriver {
  override async releaseConnection(connection: Parameters<PostgresDriver['releaseConnection']>[0]): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('COMMIT'));
    } finally {
      await super.releaseConnection(connection);
    }
  }
}
