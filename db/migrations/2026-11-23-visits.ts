import { sql, type Kysely } from 'kysely';

/** Up to where in the feed a person has read. Of the whole service, as sessions are. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE visits (
      subject  text        PRIMARY KEY CHECK (length(subject) BETWEEN 1 AND 100),
      tx       xid8        NOT NULL,
      position bigint      NOT NULL,
      read_at  timestamptz NOT NULL
    )`.execute(db);
  await sql`ALTER TABLE visits ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  const whole = sql.raw("(SELECT proven_tenant()) = '*'");
  await sql`CREATE POLICY tenancy ON visits USING (${whole}) WITH CHECK (${whole})`.execute(db);
  await sql`CREATE POLICY of_owner ON visits TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE ON visits TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
