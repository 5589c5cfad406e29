import { sql, type Kysely } from 'kysely';

/**
 * What a search goes by, exactly: numbers of acts and digests in the data of events, hashes of events, ids of commands, digests of
 * documents. The terms have a table of their own, because under row-level security no index on an expression over `data` is
 * used; only the database fills it, with every event that is stored. Frozen: later changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX events_hash ON events (hash)`.execute(db);
  await sql`CREATE INDEX commands_id ON commands (command_id, stream)`.execute(db);
  await sql`CREATE INDEX documents_digest ON documents (sha256)`.execute(db);
  await sql`CREATE INDEX subjects_of_body ON subjects (body, id)`.execute(db);

  await sql`
    CREATE TABLE event_terms (
      term    text    NOT NULL CHECK (length(term) BETWEEN 1 AND 100),
      stream  text    NOT NULL,
      version integer NOT NULL,
      PRIMARY KEY (term, stream, version)
    )`.execute(db);

  // "3 / 2026" and "3/2026" are one number.
  await sql`
    CREATE FUNCTION search_term(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(lower(value), '[[:space:]]', '', 'g')`.execute(db);
  // The number of an act is what is called resolutionNo, actNo, repertoryNo …; a digest is what looks like one, wherever it stands.
  await sql`
    CREATE FUNCTION terms_of(data jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
      SELECT DISTINCT search_term(pair ->> 'value') FROM jsonb_path_query(data, '$.** ? (@.type() == "object").keyvalue()') AS pair
      WHERE jsonb_typeof(pair -> 'value') = 'string' AND (pair ->> 'key' ~ 'No$' OR pair ->> 'value' ~ '^[0-9a-f]{64}$')
        AND length(search_term(pair ->> 'value')) BETWEEN 1 AND 100;
    END`.execute(db);
  await sql`
    CREATE FUNCTION note_event_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
      INSERT INTO public.event_terms (term, stream, version)
      SELECT term, NEW.stream, NEW.version FROM public.terms_of(NEW.data) AS term ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER events_terms AFTER INSERT ON events FOR EACH ROW WHEN (body_of_stream(NEW.stream) IS NOT NULL)
    EXECUTE FUNCTION note_event_terms()`.execute(db);
  await sql`
    INSERT INTO event_terms (term, stream, version)
    SELECT term, stream, version FROM events, terms_of(data) AS term WHERE body_of_stream(stream) IS NOT NULL`.execute(db);

  await sql`ALTER TABLE event_terms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`.execute(db);
  await sql`
    CREATE POLICY tenancy ON event_terms
    USING (CASE (SELECT proven_tenant()) WHEN '*' THEN true WHEN body_of_stream(stream) THEN true ELSE false END)`.execute(db);
  await sql`CREATE POLICY of_owner ON event_terms TO CURRENT_USER USING (true) WITH CHECK (true)`.execute(db);
  await sql`
    DO $$ BEGIN
      EXECUTE format('GRANT SELECT ON event_terms TO %I', current_setting('associa.app_role'));
    END $$`.execute(db);
}
