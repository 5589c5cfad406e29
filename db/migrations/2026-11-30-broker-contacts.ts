import { sql, type Kysely } from 'kysely';

/** How each broker was last heard by the worker, and until when it is left alone; of no body and no person. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE broker_contacts (
      broker      text        PRIMARY KEY,
      answered_at timestamptz,
      failed_at   timestamptz,
      failure     text,
      failures    integer     NOT NULL CHECK (failures >= 0),
      open_until  timestamptz,
      CHECK ((failed_at IS NULL) = (failure IS NULL))
    )`.execute(db);
  const whole = sql.raw("(SELECT proven_tenant()) = '*'");
  await sql`ALTER TABLE broker_contacts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  await sql`CREATE POLICY tenancy ON broker_contacts USING (${whole}) WITH CHECK (${whole})`.execute(db);
  await sql`CREATE POLICY of_owner ON broker_contacts TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON broker_contacts TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
