import { sql } from 'kysely';
import type { Db } from '../client.ts';
import { PROJECTION } from '../projections/summary.ts';
import { findCase } from './cases.ts';

/** The newest migration of a service of a comune, as lists of all of them show it. */
export interface MigrationRow {
  readonly id: string;
  readonly body: string;
  readonly service: string;
  readonly state: string;
  /** When the present state became known. */
  readonly since: string;
  readonly requestedAt: string;
  /** First civil day on which it is late; null: never. */
  readonly lateFrom: string | null;
}

interface Wanted {
  readonly bodies?: readonly string[] | undefined;
  readonly service?: string | undefined;
}

/**
 * The newest migration of every service of every comune, or of some. Of the folded states only what is shown is read: a state is not
 * small, and there may be thousands.
 */
export async function newestMigrations(db: Db, { bodies, service }: Wanted = {}): Promise<readonly MigrationRow[]> {
  let query = db.selectFrom('cases').where('process', '=', 'migration').where('service', 'is not', null)
    .distinctOn(['body', 'service']).orderBy('body').orderBy('service').orderBy(sql`length(id)`, 'desc').orderBy('id', 'desc')
    .select(['id', 'stream', 'body', 'service', 'phase', 'late_from', 'projection', 'stale'])
    .select(sql<string | null>`state->'migration'->>'since'`.as('since'))
    .select((eb) => eb.selectFrom('events').select('recorded_at').whereRef('events.stream', '=', 'cases.stream').where('events.version', '=', 1).as('requested_at'));
  if (bodies !== undefined) query = query.where('body', 'in', [...bodies]);
  if (service !== undefined) query = query.where('service', '=', service);
  const rows = await query.execute();
  return Promise.all(rows.map(async ({ stream, service: of, phase, late_from, since, requested_at, projection, stale, ...row }) => {
    const usable = !stale && projection === PROJECTION && since !== null;
    const shown = usable ? { state: phase, since } : await foldedRow(db, stream, phase);
    return { ...row, service: of ?? '', ...shown, requestedAt: requested_at ?? shown.since, lateFrom: late_from };
  }));
}

/** A row that a failed projection or an older release left is not believed: the events are folded. */
async function foldedRow(db: Db, stream: string, phase: string): Promise<{ readonly state: string; readonly since: string }> {
  const found = await findCase(db, stream);
  const { migration } = (found?.state ?? {}) as { readonly migration?: { readonly state: string; readonly since: string } | null };
  return { state: migration?.state ?? phase, since: migration?.since ?? '' };
}
