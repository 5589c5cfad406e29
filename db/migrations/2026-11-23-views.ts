import { sql, type Kysely } from 'kysely';

/** Filters of the territory's list that a person keeps under a name. Of the whole service, as sessions are. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE views (
      subject    text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 100),
      name       text        NOT NULL CHECK (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(name) <= 60),
      title      text        NOT NULL CHECK (length(title) BETWEEN 1 AND 60),
      filter     jsonb       NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (subject, name)
    )`.execute(db);
  await sql`ALTER TABLE views ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  const whole = sql.raw("(SELECT proven_tenant()) = '*'");
  await sql`CREATE POLICY tenancy ON views USING (${whole}) WITH CHECK (${whole})`.execute(db);
  await sql`CREATE POLICY of_owner ON views TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON views TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
