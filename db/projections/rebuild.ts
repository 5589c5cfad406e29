import type { Db } from '../client.ts';
import { processStreams } from '../queries/streams.ts';
import { caseRow, foldStream, isDatabaseError, type ProjectionAlarm } from './project.ts';
import { PROJECTION } from './summary.ts';

/** Writes the row of every case anew from its events; gives how many there were. */
export async function rebuildReadModels(db: Db): Promise<number> {
  const streams = await processStreams(db);
  for (const stream of streams) await rebuild(db, stream);
  return streams.length;
}

/**
 * Writes anew the rows that an older projection wrote, and gives how many. One that cannot be folded is marked stale and
 * the alarm is raised, as at an append: the others go on.
 */
export async function rebuildOlderRows(db: Db, alarm: ProjectionAlarm): Promise<number> {
  const rows = await db.selectFrom('cases').select('stream').where('projection', '<', PROJECTION).orderBy('stream').execute();
  for (const { stream } of rows) {
    try {
      await rebuild(db, stream);
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      alarm(stream, error);
      await db.updateTable('cases').set({ stale: true, projection: PROJECTION }).where('stream', '=', stream).execute();
    }
  }
  return rows.length;
}

/** What was appended meanwhile is newer, and stays. */
async function rebuild(db: Db, stream: string): Promise<void> {
  const row = { ...caseRow(stream, await foldStream(db, stream)), updated_at: new Date().toISOString() };
  await db.insertInto('cases').values(row)
    .onConflict((conflict) => conflict.column('stream').doUpdateSet(row).where('cases.version', '<=', row.version)).execute();
}
