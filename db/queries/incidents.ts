import { sql } from 'kysely';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { Db } from '../client.ts';

export interface IncidentsAsked {
  /** Null: of all. */
  readonly body: string | null;
  readonly service?: string | undefined;
  /** Civil day in Rome. */
  readonly today: CivilDate;
}

/**
 * Migrations that may have an incident, by their ids: a call to a broker that failed or is under way, a defect of severity 1 that is
 * open, something that is overdue. What it is, the state of each says.
 */
export async function migrationsWithIncidents(db: Db, { body, service, today }: IncidentsAsked): Promise<readonly { readonly id: string; readonly stream: string }[]> {
  const { rows } = await sql<{ id: string; stream: string }>`
    SELECT id, stream FROM (
      SELECT id, stream, state,
        EXISTS (SELECT 1 FROM jsonb_to_recordset(agenda) AS item ("on" text) WHERE item."on" < ${today}) AS overdue,
        EXISTS (SELECT 1 FROM jsonb_to_recordset(agenda) AS item (what text) WHERE item.what IN ('RetryEffect', 'ConcludeBrokerCall')) AS at_broker
      FROM cases
      WHERE process = 'migration' AND ${body === null ? sql`true` : sql`body = ${body}`} AND ${service === undefined ? sql`true` : sql`service = ${service}`}
    ) AS known
    WHERE overdue OR at_broker OR state @? '$.operation.defects[*] ? (@.severity == 1 && @.resolved == null)'
    ORDER BY id`.execute(db);
  return rows;
}
