import type { Alarm } from '../../db/alarms.ts';
import type { Archive } from '../../db/archive.ts';
import type { Runs } from '../runs.ts';
import { encodeHistory } from './encoding.ts';
import { runOf } from './run-of.ts';

export interface Archiving {
  readonly archive: Archive;
  readonly alarm: (alarm: Alarm) => Promise<void>;
  readonly runs: Pick<Runs, 'fetch'>;
}

/**
 * Archives a run as it stands now; true when that is more than was there. A run that Temporal no longer has is an alarm,
 * for nothing brings it back; while Temporal or the database is away this throws.
 */
export async function archiveRun({ archive, alarm, runs }: Archiving, workflowId: string, runId: string): Promise<boolean> {
  const known = await archive.known(workflowId, runId);
  if (known !== undefined && known.closedAt !== null) return false;
  const history = await runs.fetch(workflowId, runId);
  if (history === undefined) {
    await alarm({ code: 'HISTORY_GONE', stream: workflowId, detail: `The history of the run ${runId} was not archived, and Temporal no longer has it.` });
    return false;
  }
  const run = runOf(history);
  if (run.length === known?.length) return false;
  await archive.keepHistory({ workflowId, runId, ...run, bytes: encodeHistory(history) });
  return true;
}
