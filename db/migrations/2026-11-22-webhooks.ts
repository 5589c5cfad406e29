import { sql, type Kysely } from 'kysely';

/** Who is told of events, and where each stands. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE webhooks (
      id          text PRIMARY KEY,
      body        text,
      cipher      bytea       NOT NULL,
      types       text[]      NOT NULL,
      state       text        NOT NULL CHECK (state IN ('ACTIVE', 'PAUSED')),
      reason      text        CHECK (reason IN ('ASKED', 'GONE', 'EXHAUSTED')),
      tx          xid8        NOT NULL,
      position    bigint      NOT NULL,
      failures    integer     NOT NULL DEFAULT 0 CHECK (failures >= 0),
      due_at      timestamptz NOT NULL,
      last_status integer,
      last_error  text,
      last_at     timestamptz,
      created_at  timestamptz NOT NULL,
      CHECK ((state = 'ACTIVE') = (reason IS NULL))
    )`.execute(db);
  await sql`CREATE INDEX webhooks_due ON webhooks (due_at) WHERE state = 'ACTIVE'`.execute(db);
  // Whose it is sees it, as in every table with rows of bodies (row security); those of the Agency are of none.
  await sql`ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  const visible = sql.raw("CASE (SELECT proven_tenant()) WHEN '*' THEN true WHEN body THEN true ELSE false END");
  await sql`CREATE POLICY tenancy ON webhooks USING (${visible}) WITH CHECK (${visible})`.execute(db);
  await sql`CREATE POLICY of_owner ON webhooks TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
