import { createHash } from 'node:crypto';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Archive, ArchivedHistory } from '../../db/archive.ts';
import { encodeHistory, readHistory } from '../../engine/archive/encoding.ts';
import type { LiveRuns } from '../../engine/live-runs.ts';
import type { Finding } from '../report.ts';

/** A run of a case, with the bundle that it is replayed with; null: that of today, since none is named. */
export interface SourcedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly state: string;
  readonly startedAt: string;
  /** Hex SHA-256 of its history as the archive writes it. */
  readonly hash: string;
  readonly bundle: string | null;
  /** How many events its history has. */
  readonly length: number;
  /** Every bundle that ran a task of it. */
  readonly bundles: readonly string[];
  /** Decrypted. Throws ArchiveDiffers. */
  history(): Promise<History>;
}

/**
 * Every run of a case, oldest first, `kept` those that are archived: a run that is archived to its end is taken from there, every other one from Temporal,
 * and where Temporal has it no more (or is not asked, `live` null) from the archive as far as it goes.
 */
export async function runsOf(stream: string, archive: Archive, live: LiveRuns | null, kept: readonly ArchivedHistory[]): Promise<{ runs: SourcedRun[]; findings: Finding[] }> {
  const whole = new Set(kept.filter(({ closedAt }) => closedAt !== null).map(({ runId }) => runId));
  const runs: SourcedRun[] = [];
  const findings: Finding[] = [];
  for (const run of live === null ? [] : await live.of(stream, whole)) {
    if ('why' in run) findings.push({ code: 'REPLAY_DIFFERS', message: `Run ${run.runId}: ${run.why}`, stream });
    else {
      const { runId, state, startedAt, length, bundles, history } = run;
      const hash = createHash('sha256').update(encodeHistory(history)).digest('hex');
      runs.push({ workflowId: stream, runId, state, startedAt, length, hash, bundle: bundles.at(-1) ?? null, bundles, history: () => Promise.resolve(history) });
    }
  }
  for (const run of kept.filter(({ runId }) => !runs.some((one) => one.runId === runId))) {
    runs.push({ ...run, bundle: run.bundles.at(-1) ?? null, history: async () => readHistory(await archive.bytesOf(run)) });
  }
  return { runs: runs.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)), findings };
}
