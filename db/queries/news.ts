import { sql } from 'kysely';
import type { Db } from '../client.ts';
import type { Cursor } from '../event-store/read.ts';

/** What happened in a case since somebody looked. */
export interface CaseNews {
  readonly stream: string;
  /** Types of the events, each once, the first that happened first. */
  readonly types: readonly string[];
  readonly count: number;
  readonly lastAt: string;
}

export interface News {
  readonly items: readonly CaseNews[];
  /** Cases in which something happened. */
  readonly total: number;
}

/** Adhesions in which something happened after a position of the feed, and not by oneself; the latest first. */
export async function newsAfter(db: Db, { tx, position }: Cursor, subject: string, limit: number): Promise<News> {
  const { rows } = await sql<{ stream: string; types: string[]; count: number; last_at: string; total: number }>`
    SELECT *, count(*) OVER () AS total FROM (
      SELECT stream, array_agg(type ORDER BY version) AS types, count(*) AS count, max(recorded_at) AS last_at, max(position) AS last
      FROM events
      WHERE (tx, position) > (${tx}::xid8, ${position}::bigint) AND tx < pg_snapshot_xmin(pg_current_snapshot())
        AND starts_with(stream, 'adhesion/') AND actor ->> 'subject' <> ${subject}
      GROUP BY stream
    ) AS news ORDER BY last DESC LIMIT ${limit}`.execute(db);
  return { items: rows.map(({ stream, types, count, last_at: lastAt }) => ({ stream, types: [...new Set(types)], count, lastAt })), total: rows[0]?.total ?? 0 };
}
