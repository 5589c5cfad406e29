import type { Logger } from 'pino';
import type { Db } from './client.ts';
import type { ProjectionAlarm } from './projections/project.ts';

export interface Alarm {
  readonly code: string;
  readonly stream: string | null;
  readonly detail: string;
}

/** Something that should never be: it is logged, and kept for the operator of the system. Throws when the database is away. */
export async function raiseAlarm(db: Db, log: Logger, alarm: Alarm): Promise<void> {
  log.error({ alarm: alarm.code, stream: alarm.stream }, alarm.detail);
  await db.insertInto('alarms').values(alarm).execute();
}

/** What to do with an error of the projection: the row is marked stale, the operator of the system hears of it. Never throws. */
export function projectionAlarm(db: Db, log: Logger): ProjectionAlarm {
  return (stream, error) => {
    raiseAlarm(db, log, { code: 'PROJECTION_FAILED', stream, detail: error instanceof Error ? error.message : String(error) })
      .catch((failure: unknown) => { log.error({ err: failure, stream }, 'the alarm could not be kept'); });
  };
}
