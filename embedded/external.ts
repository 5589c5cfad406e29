import { Connection } from '@temporalio/client';
import pg from 'pg';
import { errorText, StartupError } from './errors.ts';
import { ensureNamespace } from './namespace.ts';
import type { Reach, Stage } from './stage.ts';

/** Asks a database that was given for an answer, so that a wrong address is one message and not a worker that dies. */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  try {
    await withDatabase(databaseUrl, (client) => client.query('SELECT 1'));
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl);
    throw new StartupError(`DATABASE_URL: the database ${host}${pathname} cannot be used: ${errorText(error)}`);
  }
}

/** Asks a Temporal that was given for an answer, and makes the namespace there when it is missing and we may. */
export async function checkTemporal(
  reach: Reach,
  namespace: string,
  { say, explainTemporal }: Pick<Stage, 'say' | 'explainTemporal'>,
): Promise<void> {
  const { address } = reach;
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...reach, connectTimeout: 10_000 });
  } catch (error) {
    const known = await explainTemporal?.(reach);
    throw new StartupError(known ?? `TEMPORAL_ADDRESS: no Temporal answers at ${address}: ${errorText(error)}`);
  }
  try {
    if (await ensureNamespace(connection, namespace)) say(`Made the namespace ${namespace} at ${address}`);
  } catch (error) {
    // Temporal Cloud makes namespaces elsewhere and hides some of these calls: the worker will say what is missing.
    say(`The namespace ${namespace} at ${address} could not be looked at: ${errorText(error)}`);
  } finally {
    await connection.close();
  }
}

/** Whether the store holds any case. */
export async function holdsCases(databaseUrl: string): Promise<boolean> {
  return withDatabase(databaseUrl, async (client) => {
    const { rows: functions } = await client.query(`SELECT to_regprocedure('holds_cases()') IS NOT NULL AS found`);
    if (functions[0]?.found !== true) return false;
    const { rows } = await client.query('SELECT holds_cases() AS found');
    return rows[0]?.found === true;
  });
}

async function withDatabase<Result>(databaseUrl: string, ask: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // A connection that breaks fails the question, not the process.
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
