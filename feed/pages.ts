import { sql } from 'kysely';
import type { Db } from '../db/client.ts';
import { inGlobalOrder, START, type Cursor } from '../db/event-store/read.ts';
import type { EventRow } from '../db/schema.ts';

export interface FeedReader {
  /** IPA code of the one body whose cases are read; null: all. */
  readonly body: string | null;
  /** Types of events; none: all. */
  readonly types: readonly string[];
}

/**
 * Events of cases (journals are none) in the global order, after a cursor. An event is shown once no transaction that began
 * before it still runs, so that nothing is skipped by who goes on from the last one.
 */
export async function feedPage(db: Db, reader: FeedReader, cursor: Cursor, limit: number): Promise<EventRow[]> {
  return ofCases(db, reader, cursor, limit).execute();
}

/** That something changed, and not what. */
export interface Change extends Cursor {
  readonly stream: string;
  readonly type: string;
  readonly version: number;
}

/** The same, without what the events hold. */
export async function changesAfter(db: Db, reader: FeedReader, cursor: Cursor, limit: number): Promise<Change[]> {
  return ofCases(db, reader, cursor, limit).clearSelect().select(['tx', 'position', 'stream', 'type', 'version']).execute();
}

/** The last position that is shown; START of an empty store. */
export async function headOfFeed(db: Db): Promise<Cursor> {
  const row = await db.selectFrom('events').select(['tx', 'position']).where(sql<boolean>`tx < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('tx', 'desc').orderBy('position', 'desc').limit(1).executeTakeFirst();
  return row ?? START;
}

function ofCases(db: Db, { body, types }: FeedReader, cursor: Cursor, limit: number) {
  return inGlobalOrder(db, cursor, limit)
    .where(body === null
      ? sql<boolean>`(starts_with(stream, 'adhesion/') OR starts_with(stream, 'migration/') OR starts_with(stream, 'campaign/') OR starts_with(stream, 'constitution/'))`
      : sql<boolean>`(starts_with(stream, ${`adhesion/${body}-`}) OR starts_with(stream, ${`migration/${body}-`}))`)
    .$if(types.length > 0, (query) => query.where('type', 'in', [...types]));
}
