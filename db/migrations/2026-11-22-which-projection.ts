import { sql, type Kysely } from 'kysely';

/** A row of the read model says by which projection it was written, of which the shape of the state is a part. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE cases RENAME COLUMN state_schema TO projection`.execute(db);
}
