import { createHash } from 'node:crypto';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Archive } from '../../db/archive.ts';
import { encodeHistory, readHistory } from '../../engine/archive/encoding.ts';
import type { LiveRuns } from '../../engine/live-runs.ts';

/** A run of any case, whose history is read when its turn comes. */
export interface KeptRun {
  readonly workflowId: string;
  readonly runId: string;
  /** Under way: some worker would have to go on with it. */
  readonly open: boolean;
  /** Hex SHA-256 of its history as the archive writes it; null: not known before it is read. */
  readonly hash: string | null;
  /** Decrypted; undefined: it is gone since. Throws when it can't be read. */
  read(): Promise<{ readonly hash: string; readonly history: History } | undefined>;
}

/** How many histories are asked of Temporal at a time. */
const AT_ONCE = 10;

/** The same runs with the hashes of their histories, which are read several at a time and not kept: so it is soon known that nothing is to be done. */
export async function withHashes(runs: readonly KeptRun[]): Promise<KeptRun[]> {
  const all = [...runs];
  const left = all.entries();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const [index, run] of left) {
      if (run.hash !== null) continue;
      // What can't be read is told by who replays it.
      const read = await run.read().catch(() => undefined);
      if (read !== undefined) all[index] = { ...run, hash: read.hash };
    }
  }));
  return all;
}

/**
 * Every run that the archive or Temporal has, those under way first. One that is archived to its end is taken from there. Without an
 * archive (null) only what Temporal has under way, without Temporal only what is archived.
 */
export async function keptRuns(archive: Archive | null, live: LiveRuns | null): Promise<KeptRun[]> {
  const archived = await archive?.newest() ?? [];
  const whole = new Set(archived.filter(({ closedAt }) => closedAt !== null).map(({ runId }) => runId));
  const listed = (await live?.listed(archive === null) ?? []).filter(({ runId }) => !whole.has(runId));
  const inTemporal = new Set(listed.map(({ runId }) => runId));
  const runs: KeptRun[] = listed.map(({ workflowId, runId, open }) => ({
    workflowId, runId, open, hash: null,
    read: async () => {
      const history = await live?.history(workflowId, runId);
      return history === undefined ? undefined : { history, hash: createHash('sha256').update(encodeHistory(history)).digest('hex') };
    },
  }));
  for (const run of archived.filter(({ runId }) => !inTemporal.has(runId))) {
    const { workflowId, runId, hash, closedAt } = run;
    // Where Temporal was asked and does not list it, nobody goes on with it.
    runs.push({ workflowId, runId, hash, open: closedAt === null && live === null, read: async () => ({ hash, history: readHistory(await archive?.bytesOf(run) ?? Buffer.alloc(0)) }) });
  }
  return runs.toSorted((a, b) => Number(b.open) - Number(a.open));
}
