import { sql } from 'kysely';
import type { EventPage, KnownCommand, LoadAnswer, StoredEvent } from '../../domain/shared/store.ts';
import type { Db } from '../client.ts';
import type { EventRow } from '../schema.ts';

/** A page ends at this many events or bytes: it travels through a local activity's answer, which is bounded. */
const PAGE_EVENTS = 100;
const PAGE_BYTES = 400_000;

export interface Head {
  /** 0 when the stream is empty. */
  readonly version: number;
  /** Hex; null when the stream is empty. */
  readonly hash: string | null;
}

/** Hex hashes of the newest records of streams, by stream; none for a stream that has no event. */
export async function headsOf(db: Db, streams: readonly string[]): Promise<Map<string, string>> {
  if (streams.length === 0) return new Map();
  const rows = await db.selectFrom('events').distinctOn('stream').select(['stream', 'hash']).where('stream', 'in', streams).orderBy('stream').orderBy('version', 'desc').execute();
  return new Map(rows.map(({ stream, hash }) => [stream, hash.toString('hex')]));
}

export async function headOf(db: Db, stream: string): Promise<Head> {
  const row = await db.selectFrom('events').select(['version', 'hash']).where('stream', '=', stream)
    .orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? { version: 0, hash: null } : { version: row.version, hash: row.hash.toString('hex') };
}

/** Events of a stream after a version, in order, one page. */
export async function readAfter(db: Db, stream: string, version: number): Promise<EventPage> {
  const rows = await db.selectFrom('events')
    .select(['version', 'type', 'data', 'effective_on', 'command_id', 'hash', sql<number>`octet_length(record)`.as('bytes')])
    .where('stream', '=', stream).where('version', '>', version)
    .orderBy('version').limit(PAGE_EVENTS + 1).execute();
  const events: StoredEvent[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes;
    if (events.length === PAGE_EVENTS || (events.length > 0 && bytes > PAGE_BYTES)) break;
    events.push(toStoredEvent(row));
  }
  return { events, more: events.length < rows.length };
}

/** What a run needs to begin at a version: checks that the store knows that version with that hash. */
export async function loadFrom(db: Db, stream: string, version: number, hash: string | null): Promise<LoadAnswer> {
  if (version > 0) {
    const at = await db.selectFrom('events').select('hash').where('stream', '=', stream).where('version', '=', version).executeTakeFirst();
    if (at?.hash.toString('hex') !== hash) return { known: false, version: (await headOf(db, stream)).version };
  }
  return { known: true, ...(await readAfter(db, stream, version)) };
}

/** A command by its id with the events it caused, or undefined when the store does not know it. */
export async function findCommand(db: Db, stream: string, commandId: string): Promise<KnownCommand | undefined> {
  const command = await db.selectFrom('commands').select(['type', 'request_hash'])
    .where('stream', '=', stream).where('command_id', '=', commandId).executeTakeFirst();
  if (command === undefined) return undefined;
  const rows = await db.selectFrom('events').select(['version', 'type', 'data', 'effective_on', 'command_id', 'hash'])
    .where('stream', '=', stream).where('command_id', '=', commandId).orderBy('version').execute();
  return { type: command.type, requestHash: command.request_hash, events: rows.map(toStoredEvent) };
}

function toStoredEvent(row: Pick<EventRow, 'version' | 'type' | 'data' | 'effective_on' | 'command_id' | 'hash'>): StoredEvent {
  return {
    version: row.version,
    type: row.type,
    data: row.data,
    ...(row.effective_on === null ? {} : { effectiveOn: row.effective_on }),
    commandId: row.command_id,
    hash: row.hash.toString('hex'),
  };
}

export interface Cursor {
  readonly tx: string;
  readonly position: number;
}
export const START: Cursor = { tx: '0', position: 0 };

/** Negative: the first comes before the second in the global order. */
export function compareCursors(a: Cursor, b: Cursor): number {
  const [first, second] = [BigInt(a.tx), BigInt(b.tx)];
  return first === second ? a.position - b.position : first < second ? -1 : 1;
}

/** Events of all streams in the global order, after a cursor. */
export async function readAllAfter(db: Db, cursor: Cursor, limit: number): Promise<EventRow[]> {
  return inGlobalOrder(db, cursor, limit).execute();
}

/**
 * Only transactions below the horizon of the running ones are read, and in the order of transaction and position: position
 * alone skips rows of slow transactions. The caller may narrow it down.
 */
export function inGlobalOrder(db: Db, cursor: Cursor, limit: number) {
  return db.selectFrom('events').selectAll()
    .where(sql<boolean>`tx < pg_snapshot_xmin(pg_current_snapshot())`)
    .where(sql<boolean>`(tx, position) > (${cursor.tx}::xid8, ${cursor.position}::bigint)`)
    .orderBy('tx').orderBy('position').limit(limit);
}
