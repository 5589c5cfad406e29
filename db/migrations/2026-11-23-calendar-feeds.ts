import { sql, type Kysely } from 'kysely';

/**
 * Private addresses of calendars: the address is known to who made it, the database knows its digest. Of the whole service, as
 * sessions are, which a body's database does not see. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE calendar_feeds (
      id         text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
      digest     bytea       NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
      subject    text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 100),
      role       text        NOT NULL CHECK (role IN ('operator', 'member')),
      body       text,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      CHECK (role <> 'member' OR body IS NOT NULL)
    )`.execute(db);
  await sql`CREATE INDEX calendar_feeds_of_subject ON calendar_feeds (subject)`.execute(db);
  await sql`ALTER TABLE calendar_feeds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  const whole = sql.raw("(SELECT proven_tenant()) = '*'");
  await sql`CREATE POLICY tenancy ON calendar_feeds USING (${whole}) WITH CHECK (${whole})`.execute(db);
  await sql`CREATE POLICY of_owner ON calendar_feeds TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_feeds TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
