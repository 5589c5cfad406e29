import { sql, type Kysely } from 'kysely';

const TABLES = ['log_leaves', 'log_nodes', 'log_checkpoints'] as const;

/**
 * The transparency log (docs/adr/0023): which event is which leaf, the hashes of its tiles, and what was signed. Nothing of it changes.
 * Leaves name events without a foreign key, which would lock their rows; the audit compares the two. Frozen: later changes are later
 * migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE log_leaves (
      leaf     bigint  PRIMARY KEY CHECK (leaf >= 0),
      tx       xid8    NOT NULL,
      position bigint  NOT NULL UNIQUE,
      stream   text    NOT NULL,
      version  integer NOT NULL,
      hash     bytea   NOT NULL CHECK (octet_length(hash) = 32),
      UNIQUE (stream, version)
    )`.execute(db);
  // Levels of tiles above the leaves: each hash is over 256 of the level below.
  await sql`
    CREATE TABLE log_nodes (
      level smallint NOT NULL CHECK (level >= 1),
      index bigint   NOT NULL CHECK (index >= 0),
      hash  bytea    NOT NULL CHECK (octet_length(hash) = 32),
      PRIMARY KEY (level, index)
    )`.execute(db);
  await sql`
    CREATE TABLE log_checkpoints (
      number    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      size      bigint      NOT NULL CHECK (size >= 0),
      root      bytea       NOT NULL CHECK (octet_length(root) = 32),
      note      text        NOT NULL CHECK (octet_length(note) <= 10000),
      signed_at timestamptz NOT NULL DEFAULT now()
    )`.execute(db);

  const whole = sql.raw("(SELECT proven_tenant()) = '*'");
  for (const name of TABLES) {
    const table = sql.table(name);
    await sql`
      CREATE TRIGGER ${sql.ref(`${name}_append_only`)} BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
    await sql`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`CREATE POLICY tenancy ON ${table} USING (${whole}) WITH CHECK (${whole})`.execute(db);
    await sql`CREATE POLICY of_owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  }
  await sql`
    DO $$
    BEGIN
      EXECUTE format('GRANT SELECT, INSERT ON log_leaves, log_nodes, log_checkpoints TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
