import { sql } from 'kysely';
import type { Db } from '../db/client.ts';
import { inGlobalOrder, type Cursor } from '../db/event-store/read.ts';
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
export async function feedPage(db: Db, { body, types }: FeedReader, cursor: Cursor, limit: number): Promise<EventRow[]> {
  return inGlobalOrder(db, cursor, limit)
    .where(body === null
      ? sql<boolean>`(starts_with(stream, 'adhesion/') OR starts_with(stream, 'migration/'))`
      : sql<boolean>`(starts_with(stream, ${`adhesion/${body}-`}) OR starts_with(stream, ${`migration/${body}-`}))`)
    .$if(types.length > 0, (query) => query.where('type', 'in', [...types]))
    .execute();
}
