import { sql } from 'kysely';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Grounds } from '../../domain/migration/grounds/terms.ts';
import type { MigrationState } from '../../domain/migration/index.ts';
import type { CutoverFacts } from '../../domain/portfolio/cutover.ts';
import type { Db } from '../client.ts';
import { PROJECTION } from '../projections/summary.ts';
import { findCase } from './cases.ts';

/** The newest migration of a service of a comune, as lists of all of them show it. */
export interface MigrationRow {
  readonly id: string;
  readonly body: string;
  readonly service: string;
  readonly requestedAt: string;
  /** First civil day on which it is late; null: never. */
  readonly lateFrom: string | null;
  readonly state: string;
  /** It retires, or has retired. */
  readonly retires: boolean;
  /** When the present state became known. */
  readonly since: string;
  readonly cutover: CutoverFacts;
  /** When it is not cut over, as the catalogue said when it was asked for; null on the light track. */
  readonly windows: Service['windows'] | null;
  /** The comune as the migration knows it; null on the light track. */
  readonly grounds: Grounds | null;
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
  let query = db.selectFrom('cases').where('process', '=', 'migration')
    .distinctOn(['body', 'service']).orderBy('body').orderBy('service').orderBy(sql`length(id)`, 'desc').orderBy('id', 'desc')
    .select(['id', 'stream', 'body', 'service', 'phase', 'late_from', 'projection', 'stale'])
    .select(sql<Parts>`jsonb_build_object('since', state->'migration'->'since', 'retires', state->'operation'->'retires', 'schedule', state->'cutover'->'schedule', 'done', state->'cutover'->'done',
      'plannedOn', CASE WHEN jsonb_typeof(state->'planning'->'approval') = 'object' THEN state->'planning'->'proposal'->'cutoverOn' END,
      'windows', state->'migration'->'pinned'->'windows', 'grounds', state->'grounds'->'known')`.as('parts'))
    .select((eb) => eb.selectFrom('events').select('recorded_at').whereRef('events.stream', '=', 'cases.stream').where('events.version', '=', 1).as('requested_at'));
  if (bodies !== undefined) query = query.where('body', 'in', [...bodies]);
  if (service !== undefined) query = query.where('service', '=', service);
  const rows = await query.execute();
  return Promise.all(rows.map(async ({ id, body, stream, service: of, phase, late_from: lateFrom, parts, requested_at, projection, stale }) => {
    const usable = !stale && projection === PROJECTION;
    const { state, retires, since, schedule, done, plannedOn, windows, grounds } = usable ? { ...parts, state: phase } : await foldedParts(db, stream, phase);
    return { id, body, service: of ?? '', requestedAt: requested_at ?? since ?? '', lateFrom, state, retires: retires === true, since: since ?? '', cutover: { schedule, done, plannedOn }, windows, grounds };
  }));
}

/** What is read of the state of a migration. */
interface Parts extends CutoverFacts, Pick<MigrationRow, 'windows' | 'grounds'> {
  readonly since: string | null;
  readonly retires?: boolean | null | undefined;
}

/** A row that a failed projection or an older release left is not believed: the events are folded. */
async function foldedParts(db: Db, stream: string, phase: string): Promise<Parts & { readonly state: string }> {
  const found = await findCase(db, stream);
  const { migration = null, operation, cutover, planning, grounds } = (found?.state ?? {}) as Partial<MigrationState>;
  const { schedule = null, done = null } = (cutover ?? {}) as Partial<Pick<CutoverFacts, 'schedule' | 'done'>>;
  return {
    state: migration?.state ?? phase, retires: operation?.retires, since: migration?.since ?? null, schedule, done, plannedOn: planning?.approval === null ? null : planning?.proposal?.cutoverOn ?? null,
    windows: migration?.pinned?.windows ?? null, grounds: grounds?.known ?? null,
  };
}
