import { sql, type Kysely } from 'kysely';

/**
 * In which lists a case was shown: asked as the owner, to whom the index on the cases of a list is open (under row-level security
 * its operator, which is not leak-proof, would have the whole journal read); told to the whole territory only. Frozen: later
 * changes are later migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION lists_showing(case_stream text, before bigint, most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      SELECT position FROM public.events
      WHERE stream = 'access/territory' AND data -> 'cases' ? case_stream AND (before IS NULL OR position < before) AND (SELECT public.proven_tenant()) = '*'
      ORDER BY position DESC LIMIT most
    $$`.execute(db);
}
