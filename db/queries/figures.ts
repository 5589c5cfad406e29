import { sql } from 'kysely';
import type { StoreFigures } from '../../telemetry/store-metrics.ts';
import type { Db } from '../client.ts';

/** The store in figures, for who watches over it; four small statements. Throws when the database is away. */
export async function storeFigures(db: Db): Promise<StoreFigures> {
  const [cases, { stale }, alarms, { seconds }] = await Promise.all([
    db.selectFrom('cases').select(({ fn }) => ['process', 'phase', fn.countAll<number>().as('count')]).groupBy(['process', 'phase']).execute(),
    db.selectFrom('cases').select(({ fn }) => fn.countAll<number>().as('stale')).where('stale', '=', true).executeTakeFirstOrThrow(),
    db.selectFrom('alarms').select(({ fn }) => ['code', fn.countAll<number>().as('count')]).groupBy('code').execute(),
    db.selectFrom('events').select(sql<number | null>`extract(epoch FROM now() - min(recorded_at))::float8`.as('seconds'))
      .where(sql<boolean>`tx >= pg_snapshot_xmin(pg_current_snapshot())`).executeTakeFirstOrThrow(),
  ]);
  return { cases, stale, alarms, horizonSeconds: Math.max(0, seconds ?? 0) };
}
