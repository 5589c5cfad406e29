import { sql, type Kysely } from 'kysely';

const TABLES = { archived_histories: 'body_of_stream(workflow_id)', archived_bundles: 'NULL::text', archive_sweeps: 'NULL::text' } as const;

/**
 * Histories of Temporal and the workflow bundles that ran them, kept for as long as the events: compressed content under the
 * hash of what was compressed. Only added to, as the events. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE archived_bundles (
      hash        text        PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
      code        bytea       NOT NULL,
      size        integer     NOT NULL CHECK (size > 0),
      sdk         text        NOT NULL,
      node        text        NOT NULL,
      lockfile    text        NOT NULL CHECK (lockfile ~ '^[0-9a-f]{64}$'),
      archived_at timestamptz NOT NULL
    )`.execute(db);
  // An open run is archived again when it has grown.
  await sql`
    CREATE TABLE archived_histories (
      workflow_id text        NOT NULL,
      run_id      uuid        NOT NULL,
      length      integer     NOT NULL CHECK (length > 0),
      state       text        NOT NULL,
      started_at  timestamptz NOT NULL,
      closed_at   timestamptz,
      hash        text        NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
      history     bytea       NOT NULL,
      size        integer     NOT NULL CHECK (size > 0),
      bundles     text[]      NOT NULL,
      archived_at timestamptz NOT NULL,
      PRIMARY KEY (workflow_id, run_id, length),
      CHECK ((state = 'RUNNING') = (closed_at IS NULL))
    )`.execute(db);
  // How far the closed runs are known to be archived: the newest sweep that failed at nothing.
  await sql`
    CREATE TABLE archive_sweeps (
      id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      through  timestamptz NOT NULL,
      ended_at timestamptz NOT NULL,
      archived integer     NOT NULL,
      failed   integer     NOT NULL
    )`.execute(db);

  for (const [table, body] of Object.entries(TABLES)) {
    const name = sql.table(table);
    await sql`
      CREATE TRIGGER ${sql.ref(`${table}_append_only`)} BEFORE UPDATE OR DELETE OR TRUNCATE ON ${name}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
    await sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
    const visible = sql.raw(`CASE (SELECT proven_tenant()) WHEN '*' THEN true WHEN ${body} THEN true ELSE false END`);
    await sql`CREATE POLICY tenancy ON ${name} USING (${visible}) WITH CHECK (${visible})`.execute(db);
    await sql`CREATE POLICY of_owner ON ${name} TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  }
  // Whether there are cases to start again, for who starts the system and holds no key: a new store has the entry of its first bundle at once.
  await sql`
    CREATE FUNCTION holds_cases() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'SELECT EXISTS (SELECT FROM public.events WHERE public.body_of_stream(stream) IS NOT NULL)'`.execute(db);
  await sql`DROP FUNCTION holds_events()`.execute(db);
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT ON archived_histories, archived_bundles, archive_sweeps TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
