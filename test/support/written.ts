import { sql } from 'kysely';
import type { Db } from '../../db/client.ts';

/** Journals that are meant to grow when somebody looks: that a case was read. */
const READS = 'access/%';
/** Columns that move although nothing was asked to be written: when a session was seen last, when the deliverer looks again. */
const MOVING: Readonly<Record<string, string>> = { sessions: 'seen_at', webhooks: 'due_at' };

/** How brokers are heard is noted after the answer, and nobody waits for it. */
const NOTES = 'broker_contacts';

/** Every table that the application can read, as its number of rows and a digest of all of them: the same before and after is nothing written. */
export async function writtenIn(db: Db): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await sql<{ name: string }>`SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege(oid, 'SELECT') ORDER BY 1`.execute(db);
  const digests = tables.filter(({ name }) => name !== NOTES).map(({ name }) => {
    const streams = name === 'events' || name === 'commands' ? sql`WHERE stream NOT LIKE ${READS}` : sql``;
    const row = sql`md5((to_jsonb(one) - ${MOVING[name] ?? ''}::text)::text)`;
    return sql`SELECT ${name}::text AS name, count(*) || ' ' || coalesce(md5(string_agg(${row}, '' ORDER BY ${row})), '') AS content FROM ${sql.table(name)} AS one ${streams}`;
  });
  const { rows } = await sql<{ name: string; content: string }>`${sql.join(digests, sql` UNION ALL `)}`.execute(db);
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}
