import type { Db } from '../client.ts';
import { isProcessStream } from '../../domain/processes.ts';

/** Names of all streams that a process writes, in order; journals are left out. */
export async function processStreams(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('events').select('stream').where('version', '=', 1).orderBy('stream').execute();
  return rows.map((row) => row.stream).filter(isProcessStream);
}
