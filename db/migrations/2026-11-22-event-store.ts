import { sql, type Kysely } from 'kysely';

/**
 * The event store. No gap, no fork and no half command can be stored, by the schema alone; nothing can be changed
 * afterwards, by grants and by triggers. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE commands (
      stream        text        NOT NULL CHECK (length(stream) BETWEEN 1 AND 200),
      command_id    text        NOT NULL CHECK (length(command_id) BETWEEN 1 AND 300),
      type          text        NOT NULL,
      data          jsonb       NOT NULL,
      actor         jsonb       NOT NULL,
      request_hash  text        NOT NULL,
      received_at   timestamptz NOT NULL,
      recorded_at   timestamptz NOT NULL,
      first_version integer,
      last_version  integer,
      record        bytea       NOT NULL CHECK (octet_length(record) <= 262144),
      digest        bytea       NOT NULL CHECK (digest = sha256(record)),
      PRIMARY KEY (stream, command_id),
      CHECK ((first_version IS NULL) = (last_version IS NULL)),
      CHECK (first_version >= 1 AND last_version >= first_version)
    )`.execute(db);
  await sql`
    CREATE TABLE events (
      position       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      tx             xid8        NOT NULL DEFAULT pg_current_xact_id(),
      stream         text        NOT NULL,
      version        integer     NOT NULL CHECK (version >= 1),
      prev_version   integer     NOT NULL CHECK (prev_version = version - 1),
      type           text        NOT NULL,
      schema_version integer     NOT NULL CHECK (schema_version >= 1),
      data           jsonb       NOT NULL,
      actor          jsonb       NOT NULL,
      recorded_at    timestamptz NOT NULL,
      effective_on   date,
      command_id     text        NOT NULL,
      ordinal        integer     NOT NULL CHECK (ordinal >= 0),
      record         bytea       NOT NULL CONSTRAINT record_too_large CHECK (octet_length(record) <= 60000),
      prev_hash      bytea,
      hash           bytea       NOT NULL CHECK (hash = sha256(record)),
      CONSTRAINT events_stream_version UNIQUE (stream, version),
      CONSTRAINT events_link UNIQUE (stream, version, hash),
      CONSTRAINT events_of_command UNIQUE (stream, version, command_id),
      CONSTRAINT events_ordinal UNIQUE (stream, command_id, ordinal),
      CONSTRAINT events_first CHECK ((version = 1) = (prev_hash IS NULL)),
      CONSTRAINT events_chain FOREIGN KEY (stream, prev_version, prev_hash) REFERENCES events (stream, version, hash),
      CONSTRAINT events_command FOREIGN KEY (stream, command_id) REFERENCES commands (stream, command_id)
    )`.execute(db);
  await sql`CREATE INDEX events_order ON events (tx, position)`.execute(db);
  // A command whose first or last event is not there cannot be; the chain guarantees those between.
  await sql`
    ALTER TABLE commands
      ADD CONSTRAINT commands_first FOREIGN KEY (stream, first_version, command_id) REFERENCES events (stream, version, command_id),
      ADD CONSTRAINT commands_last FOREIGN KEY (stream, last_version, command_id) REFERENCES events (stream, version, command_id)`.execute(db);
  // The key that opens a case counts per caller over all streams: the same key cannot open two cases.
  await sql`CREATE UNIQUE INDEX commands_opening ON commands (command_id) WHERE command_id LIKE 'open/%'`.execute(db);

  await sql`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% of % is refused: records are append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$`.execute(db);
  for (const table of ['events', 'commands']) {
    await sql`
      CREATE TRIGGER ${sql.ref(`${table}_append_only`)} BEFORE UPDATE OR DELETE OR TRUNCATE ON ${sql.table(table)}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
  }

  await sql`
    CREATE TABLE cases (
      stream       text PRIMARY KEY,
      process      text    NOT NULL,
      id           text    NOT NULL UNIQUE,
      body         text    NOT NULL,
      parent       text,
      service      text,
      phase        text    NOT NULL,
      waiting_for  text[]  NOT NULL,
      late_from    date,
      version      integer NOT NULL,
      head_hash    bytea   NOT NULL,
      state        jsonb   NOT NULL,
      state_schema integer NOT NULL,
      stale        boolean NOT NULL DEFAULT false,
      updated_at   timestamptz NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX cases_of_body ON cases (process, body)`.execute(db);
  await sql`CREATE INDEX cases_of_parent ON cases (parent)`.execute(db);
  await sql`CREATE TABLE cursors (name text PRIMARY KEY, tx xid8 NOT NULL, position bigint NOT NULL)`.execute(db);
  await sql`
    CREATE TABLE alarms (
      id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      raised_at timestamptz NOT NULL DEFAULT now(),
      code      text NOT NULL,
      stream    text,
      detail    text NOT NULL
    )`.execute(db);

  await sql`CREATE TABLE subjects (id text PRIMARY KEY, body text NOT NULL, cipher bytea NOT NULL, created_at timestamptz NOT NULL)`.execute(db);
  await sql`
    CREATE TABLE texts (
      id         text PRIMARY KEY,
      stream     text NOT NULL,
      command_id text NOT NULL,
      path       text NOT NULL,
      cipher     bytea NOT NULL,
      digest     text NOT NULL,
      created_at timestamptz NOT NULL,
      UNIQUE (stream, command_id, path)
    )`.execute(db);
  await sql`
    CREATE TABLE documents (
      id         text PRIMARY KEY,
      stream     text NOT NULL,
      sha256     text NOT NULL,
      media_type text NOT NULL,
      size       integer NOT NULL,
      cipher     bytea NOT NULL,
      created_at timestamptz NOT NULL,
      UNIQUE (stream, sha256)
    )`.execute(db);

  await sql`
    DO $$
    DECLARE app text := current_setting('associa.app_role');
    BEGIN
      EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', app);
      EXECUTE format('GRANT SELECT, INSERT ON events, commands, alarms TO %I', app);
      EXECUTE format('GRANT SELECT, INSERT, UPDATE ON cases, cursors TO %I', app);
      EXECUTE format('GRANT SELECT, INSERT, DELETE ON subjects, texts, documents TO %I', app);
    END $$`.execute(db);
}
