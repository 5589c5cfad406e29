import { sql, type Kysely } from 'kysely';

/**
 * Whose turn it is in a case and what falls due in it, for lists that are ordered by urgency. Older rows have none until a worker
 * writes them anew. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE cases ADD COLUMN agenda jsonb NOT NULL DEFAULT '[]'`.execute(db);
}
