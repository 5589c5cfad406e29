import type { Logger } from 'pino';
import type { Db } from './client.ts';

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
