import { sql, type Kysely } from 'kysely';

/** When what a binding gave expires, where the broker says so: an expired binding is no predecessor of another. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE broker_credentials ADD COLUMN expires_at timestamptz`.execute(db);
}
