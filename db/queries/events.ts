import type { Actor } from '../../domain/shared/actor.ts';
import type { TimedEvent } from '../../domain/shared/two-times.ts';
import type { Db } from '../client.ts';
import type { EventRow } from '../schema.ts';

/** A stored event as readers get it: `record` holds the bytes that are hashed, chained and proved. */
export interface EventView {
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
  readonly actor: Actor;
  readonly recordedAt: string;
  readonly effectiveOn: string | null;
  readonly commandId: string;
  readonly record: string;
  readonly hash: string;
  readonly prevHash: string | null;
}

const COLUMNS = [
  'version', 'type', 'schema_version', 'data', 'actor', 'recorded_at', 'effective_on', 'command_id', 'record', 'hash', 'prev_hash',
] as const;

function toView(row: Pick<EventRow, (typeof COLUMNS)[number]>): EventView {
  return {
    version: row.version,
    type: row.type,
    schemaVersion: row.schema_version,
    data: row.data,
    actor: row.actor,
    recordedAt: row.recorded_at,
    effectiveOn: row.effective_on,
    commandId: row.command_id,
    record: row.record.toString('base64'),
    hash: row.hash.toString('hex'),
    prevHash: row.prev_hash?.toString('hex') ?? null,
  };
}

/** Events of a stream after a version, in order; of one type, if one is given. */
export async function eventsAfter(db: Db, stream: string, version: number, limit: number, type?: string): Promise<EventView[]> {
  const rows = await db.selectFrom('events').select(COLUMNS).where('stream', '=', stream).where('version', '>', version)
    .$if(type !== undefined, (query) => query.where('type', '=', type ?? '')).orderBy('version').limit(limit).execute();
  return rows.map(toView);
}

/** The bytes of one event that are hashed, chained and proved; undefined where there is none. */
export async function recordOf(db: Db, stream: string, version: number): Promise<Buffer | undefined> {
  const row = await db.selectFrom('events').select('record').where('stream', '=', stream).where('version', '=', version).executeTakeFirst();
  return row?.record;
}

/** The types of the events of a stream, in the order in which they first came. */
export async function eventTypes(db: Db, stream: string): Promise<string[]> {
  const rows = await db.selectFrom('events').select('type').where('stream', '=', stream).groupBy('type').orderBy(({ fn }) => fn.min('version')).execute();
  return rows.map(({ type }) => type);
}

/** All events of a stream after a version (of one type, if one is given), read page by page. */
export async function* allEventsAfter(db: Db, stream: string, version: number, type?: string): AsyncGenerator<EventView> {
  const PAGE = 100;
  let after = version;
  for (;;) {
    const page = await eventsAfter(db, stream, after, PAGE, type);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.version;
  }
}

/** The events of a stream up to a version, in order, with both their times. */
export async function timedEvents(db: Db, stream: string, upTo: number): Promise<TimedEvent[]> {
  const rows = await db.selectFrom('events').select(['version', 'type', 'data', 'recorded_at', 'effective_on'])
    .where('stream', '=', stream).where('version', '<=', upTo).orderBy('version').execute();
  return rows.map(({ version, type, data, recorded_at: recordedAt, effective_on: effectiveOn }) => ({
    version, type, data, recordedAt, ...(effectiveOn === null ? {} : { effectiveOn }),
  }));
}

/** An event with what stands behind it: where it is in the store, and the command that caused it. */
export interface TracedEvent extends TimedEvent {
  readonly position: number;
  readonly hash: string;
  readonly actor: Actor;
  readonly commandId: string;
  readonly commandType: string;
}

/** The events of a stream up to a version, in order, with what stands behind them. */
export async function tracedEvents(db: Db, stream: string, upTo: number): Promise<TracedEvent[]> {
  const rows = await db.selectFrom('events').innerJoin('commands', (join) => join.onRef('commands.stream', '=', 'events.stream').onRef('commands.command_id', '=', 'events.command_id'))
    .select(['events.version', 'events.type', 'events.data', 'events.recorded_at', 'events.effective_on', 'events.position', 'events.hash', 'events.actor', 'events.command_id', 'commands.type as commandType'])
    .where('events.stream', '=', stream).where('events.version', '<=', upTo).orderBy('events.version').execute();
  return rows.map(({ recorded_at: recordedAt, effective_on: effectiveOn, command_id: commandId, hash, ...row }) => ({
    ...row, recordedAt, ...(effectiveOn === null ? {} : { effectiveOn }), commandId, hash: hash.toString('hex'),
  }));
}

/** The events that one command caused. */
export async function eventsOfCommand(db: Db, stream: string, commandId: string): Promise<EventView[]> {
  const rows = await db.selectFrom('events').select(COLUMNS).where('stream', '=', stream).where('command_id', '=', commandId)
    .orderBy('version').execute();
  return rows.map(toView);
}
