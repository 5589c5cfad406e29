import { sql } from 'kysely';
import type { Party } from '../../domain/shared/process.ts';
import type { Db } from '../client.ts';

/** How the newest adhesion of a body stands, as lists filter by it. */
export interface BodyStanding {
  readonly id: string;
  readonly body: string;
  readonly phase: string;
  readonly waitingFor: readonly Party[];
  /** First civil day on which the case is late; null: never. */
  readonly lateFrom: string | null;
}

/** The newest adhesion of every body that has one; no state is folded for it. */
export async function newestAdhesions(db: Db): Promise<BodyStanding[]> {
  const rows = await db.selectFrom('cases').distinctOn('body').select(['id', 'body', 'phase', 'waiting_for', 'late_from']).where('process', '=', 'adhesion')
    .orderBy('body').orderBy(sql`length(id)`, 'desc').orderBy('id', 'desc').execute();
  // The projector writes parties and nothing else.
  return rows.map(({ id, body, phase, waiting_for, late_from }) => ({ id, body, phase, waitingFor: waiting_for as Party[], lateFrom: late_from }));
}
