import pg from 'pg';
import { vi } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { headOf } from '../../db/event-store/read.ts';
import type { Db } from '../../db/client.ts';
import type { LogKeys } from '../../db/log/keys.ts';
import { sequence } from '../../db/log/sequence.ts';
import { newestCheckpoint } from '../../db/log/store.ts';
import type { LogCheckpointRow } from '../../db/log/tables.ts';
import type { TestDatabase } from './database.ts';
import { OPERATOR, stamped } from './procedure.ts';

/** Appends events to a stream, many by one command. */
export async function note(db: Db, stream: string, count = 1): Promise<void> {
  let head = await headOf(db, stream);
  for (let left = count; left > 0; left -= MANY) {
    const events = Array.from({ length: Math.min(left, MANY) }, (_, n) => ({ type: 'Noted', data: { n } }));
    const command = stamped({ type: 'Note', data: {} }, OPERATOR);
    const answer = await append(db, { stream, expected: head.version, expectedHash: head.hash, command, events }, () => Promise.resolve(null));
    const last = answer.outcome === 'STORED' ? answer.events.at(-1) : undefined;
    if (last === undefined) throw new Error(answer.outcome);
    head = { version: last.version, hash: last.hash };
  }
}

const MANY = 50;

/** Sequences until that many leaves are signed: transactions of other tests hold the horizon back for a moment. */
export async function sequenceUntil(db: Db, keys: LogKeys, size: number): Promise<LogCheckpointRow> {
  return vi.waitFor(async () => {
    await sequence(db, keys);
    const newest = await newestCheckpoint(db);
    if (newest?.size !== size) throw new Error(`${newest?.size ?? 'no'} leaves are signed`);
    return newest;
  }, { timeout: 10_000, interval: 20 });
}

const APPEND_ONLY = ['events', 'commands', 'log_leaves', 'log_nodes', 'log_checkpoints'];

/** Changes what is recorded as somebody could who owns the database: triggers and foreign keys off, then the triggers on again. */
export async function tamper({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>, ...statements: readonly string[]): Promise<pg.QueryResult[]> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  const triggers = (state: string) => APPEND_ONLY.map((table) => `ALTER TABLE ${table} ${state} TRIGGER ${table}_append_only;`).join('');
  await client.query(`${triggers('DISABLE')}
    ALTER TABLE events DROP CONSTRAINT IF EXISTS events_chain, DROP CONSTRAINT IF EXISTS events_command;
    ALTER TABLE commands DROP CONSTRAINT IF EXISTS commands_first, DROP CONSTRAINT IF EXISTS commands_last`);
  const results: pg.QueryResult[] = [];
  for (const statement of statements) results.push(await client.query(statement));
  await client.query(triggers('ENABLE'));
  await client.end();
  return results;
}
