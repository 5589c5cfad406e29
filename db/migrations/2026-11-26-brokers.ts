import { sql, type Kysely } from 'kysely';

/**
 * What stands beside the journal `brokers`: how a broker is signed on to, which instances were asked of which broker (written before it is asked, so that whoever
 * goes on asks the same one for the same), and credentials of bindings until they are shown. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE broker_secrets (
      id         text        PRIMARY KEY,
      cipher     bytea       NOT NULL,
      created_at timestamptz NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE broker_instances (
      id         text        PRIMARY KEY,
      migration  text        NOT NULL,
      body       text        NOT NULL,
      broker     text        NOT NULL,
      service_id text        NOT NULL,
      plan_id    text        NOT NULL,
      state      text        NOT NULL CHECK (state IN ('ASKED', 'THERE', 'GONE')),
      asked_at   timestamptz NOT NULL,
      changed_at timestamptz NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX broker_instances_held ON broker_instances (broker) WHERE state <> 'GONE'`.execute(db);
  await sql`
    CREATE TABLE broker_credentials (
      binding_id  text        PRIMARY KEY,
      instance_id text        NOT NULL REFERENCES broker_instances (id),
      migration   text        NOT NULL,
      body        text        NOT NULL,
      binding     integer     NOT NULL CHECK (binding >= 1),
      cipher      bytea,
      kept_at     timestamptz NOT NULL,
      shown_at    timestamptz,
      CHECK (cipher IS NOT NULL OR shown_at IS NOT NULL)
    )`.execute(db);
  await sql`CREATE INDEX broker_credentials_of ON broker_credentials (migration, kept_at)`.execute(db);

  // Whose case it is sees it, as in every table with rows of bodies (row security); how brokers are signed on to is nobody's own.
  const ofBody = sql.raw("CASE (SELECT proven_tenant()) WHEN '*' THEN true WHEN body THEN true ELSE false END");
  const ofNobody = sql.raw("(SELECT proven_tenant()) = '*'");
  for (const [name, visible] of [['broker_secrets', ofNobody], ['broker_instances', ofBody], ['broker_credentials', ofBody]] as const) {
    const table = sql.table(name);
    await sql`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`CREATE POLICY tenancy ON ${table} USING (${visible}) WITH CHECK (${visible})`.execute(db);
    await sql`CREATE POLICY of_owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  }
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT, DELETE ON broker_secrets TO %I', current_setting('associa.app_role'));
      EXECUTE format('GRANT SELECT, INSERT, UPDATE ON broker_instances TO %I', current_setting('associa.app_role'));
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON broker_credentials TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
