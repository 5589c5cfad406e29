import { sql, type Kysely } from 'kysely';

/** A comune asks in which lists its case was shown. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX events_cases_listed ON events USING gin ((data -> 'cases')) WHERE stream = 'access/territory'`.execute(db);
}
