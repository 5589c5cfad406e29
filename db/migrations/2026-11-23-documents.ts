import { sql, type Kysely } from 'kysely';

/**
 * What people know a document by, which may tell of persons and so is as encrypted as its content, and by which role it came. Older
 * ones have neither. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE documents
      ADD COLUMN name_cipher bytea,
      ADD COLUMN added_by text CHECK (added_by IN ('operator', 'member'))`.execute(db);
}
