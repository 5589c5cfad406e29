import { sql, type Kysely } from 'kysely';

/**
 * Who is who, and who is signed on. Neither table holds what an issuer calls a person, nor the id that a browser shows:
 * digests of them only. Both are of the whole service, not of one body. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE identities (
      issuer     text        NOT NULL CHECK (length(issuer) BETWEEN 1 AND 2000),
      digest     bytea       NOT NULL CHECK (octet_length(digest) = 32),
      subject    text        NOT NULL UNIQUE CHECK (length(subject) BETWEEN 1 AND 100),
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (issuer, digest)
    )`.execute(db);
  await sql`
    CREATE TABLE sessions (
      digest     bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),
      subject    text        NOT NULL REFERENCES identities (subject) ON DELETE CASCADE,
      role       text        NOT NULL CHECK (role IN ('operator', 'member', 'auditor')),
      body       text,
      seen_at    timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      CHECK (role <> 'member' OR body IS NOT NULL)
    )`.execute(db);
  await sql`CREATE INDEX sessions_of_subject ON sessions (subject)`.execute(db);
  await sql`CREATE INDEX sessions_expiry ON sessions (expires_at)`.execute(db);
  // A session of the application that proves to be a body sees neither (row security): who signs on is asked of the whole.
  for (const name of ['identities', 'sessions']) {
    const table = sql.table(name);
    const whole = sql.raw("(SELECT proven_tenant()) = '*'");
    await sql`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`CREATE POLICY tenancy ON ${table} USING (${whole}) WITH CHECK (${whole})`.execute(db);
    await sql`CREATE POLICY of_owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  }
  await sql`
    DO $$
    DECLARE app text := current_setting('associa.app_role');
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT ON identities TO %I', app);
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO %I', app);
    END $$`.execute(db);
}
