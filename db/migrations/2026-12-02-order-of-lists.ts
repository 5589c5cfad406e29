import { sql, type Kysely } from 'kysely';

/** Pages of lists are read in their order, also where a process or a phase is seldom among the cases of a country. Frozen: later changes are later migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX cases_in_order ON cases (process, id)`.execute(db);
  await sql`CREATE INDEX cases_by_phase ON cases (process, phase, id)`.execute(db);
}
