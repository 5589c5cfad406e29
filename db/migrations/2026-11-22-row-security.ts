import { sql, type Kysely } from 'kysely';

/** The body that a row is of, by its columns; journals are of none. */
const TENANT_TABLES = {
  events: 'body_of_stream(stream)',
  commands: 'body_of_stream(stream)',
  cases: 'CASE WHEN body = body_of_stream(stream) THEN body END',
  texts: 'body_of_stream(stream)',
  documents: 'body_of_stream(stream)',
  subjects: 'body',
} as const;
const TERRITORY_TABLES = ['cursors', 'alarms'] as const;

/**
 * Row-level security (docs/adr/0014): a session sees and writes rows of the tenant it proves to be, and none without. The
 * proof is made by who holds the keys folder; what verifies it stands in a table that the application can't read.
 * Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE tenant_keys (
      id        text  PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
      inner_pad bytea NOT NULL CHECK (octet_length(inner_pad) = 64),
      outer_pad bytea NOT NULL CHECK (octet_length(outer_pad) = 64),
      added_at  timestamptz NOT NULL DEFAULT now()
    )`.execute(db);

  await sql`
    CREATE FUNCTION body_of_stream(stream text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN substring(stream FROM '^(?:adhesion|migration)/(c_[a-z][0-9]{3})-[1-9]')`.execute(db);

  // The two digests are compared by digests of them: how far two texts agree is not to be measured by time.
  await sql`
    CREATE FUNCTION proven_tenant() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      -- tenant | expiry in seconds | id of the key | HMAC-SHA256 of 'tenant|expiry|pid of this session' in hex
      parts text[] := string_to_array(current_setting('associa.tenant', true), '|');
      mac bytea;
    BEGIN
      IF cardinality(parts) IS DISTINCT FROM 4 OR parts[2] !~ '^[0-9]{10}$' OR parts[4] !~ '^[0-9a-f]{64}$' THEN
        RETURN NULL;
      END IF;
      IF parts[2]::bigint <= extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
      END IF;
      SELECT sha256(k.outer_pad || sha256(k.inner_pad || convert_to(parts[1] || '|' || parts[2] || '|' || pg_backend_pid(), 'UTF8')))
        INTO mac FROM public.tenant_keys k WHERE k.id = parts[3];
      IF mac IS NULL OR sha256(mac) <> sha256(decode(parts[4], 'hex')) THEN
        RETURN NULL;
      END IF;
      RETURN parts[1];
    END $$`.execute(db);

  // A session that believes to be somebody and is not would find an empty store: it is told instead.
  await sql`
    CREATE FUNCTION enter_tenant(proof text, for_transaction boolean) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
    BEGIN
      PERFORM pg_catalog.set_config('associa.tenant', proof, for_transaction);
      IF public.proven_tenant() IS NULL THEN
        RAISE EXCEPTION 'the proof of the tenant does not hold' USING ERRCODE = '28T01';
      END IF;
    END $$`.execute(db);

  // Whether there is anything at all, for who starts the system and holds no key.
  await sql`
    CREATE FUNCTION holds_events() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'SELECT EXISTS (SELECT FROM public.events)'`.execute(db);

  for (const [table, body] of Object.entries(TENANT_TABLES)) {
    // Asked once a statement (a subquery without a row in it), not once a row; the whole territory looks no further.
    await secure(db, table, `CASE (SELECT proven_tenant()) WHEN '*' THEN true WHEN ${body} THEN true ELSE false END`);
  }
  for (const table of TERRITORY_TABLES) await secure(db, table, `(SELECT proven_tenant()) = '*'`);
}

/** FORCED: the owner is not exempt in silence; that it sees all, as it could by right, is a policy that can be read. */
async function secure(db: Kysely<unknown>, table: string, visible: string): Promise<void> {
  const [name, condition] = [sql.table(table), sql.raw(visible)];
  await sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  await sql`CREATE POLICY tenancy ON ${name} USING (${condition}) WITH CHECK (${condition})`.execute(db);
  await sql`CREATE POLICY of_owner ON ${name} TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
}
