import { sql, type Kysely } from 'kysely';

/** Streams of the cases of any body, not of comuni alone: their codes are those of `domain/shared/body-code.ts`. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE OR REPLACE FUNCTION body_of_stream(stream text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN substring(stream FROM '^(?:adhesion|migration)/((?!agency-)[a-z][a-z0-9_]{1,29})-[1-9]')`.execute(db);
}
