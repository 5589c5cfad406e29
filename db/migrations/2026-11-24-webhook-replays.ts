import { sql, type Kysely } from 'kysely';

/** Which replays of a webhook were asked for under an Idempotency-Key: one that comes again is not begun again. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE webhooks ADD COLUMN replays text[] NOT NULL DEFAULT '{}' CHECK (cardinality(replays) <= 100)`.execute(db);
}
