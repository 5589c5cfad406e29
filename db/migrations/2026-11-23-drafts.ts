import { sql, type Kysely } from 'kysely';

/**
 * Commands that somebody is still filling in: one a case and command, encrypted, erasable, no record of anything. The row
 * outlives its content, so that versions never begin anew. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE drafts (
      stream   text        NOT NULL,
      command  text        NOT NULL,
      id       text        NOT NULL UNIQUE,
      version  integer     NOT NULL CHECK (version >= 1),
      cipher   bytea,
      saved_by text        NOT NULL CHECK (saved_by IN ('operator', 'member')),
      saved_at timestamptz NOT NULL,
      PRIMARY KEY (stream, command)
    )`.execute(db);
  // Whose case it is sees it, as in every table with rows of bodies (row security).
  await sql`ALTER TABLE drafts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  const visible = sql.raw("CASE (SELECT proven_tenant()) WHEN '*' THEN true WHEN body_of_stream(stream) THEN true ELSE false END");
  await sql`CREATE POLICY tenancy ON drafts USING (${visible}) WITH CHECK (${visible})`.execute(db);
  await sql`CREATE POLICY of_owner ON drafts TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE ON drafts TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
