import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { runOf, type RunOfHistory } from './archive/run-of.ts';
import { decodeHistory } from './data-converter.ts';
import { isGone, isTemporalAway } from './runs.ts';

export type LiveRun = RunOfHistory & { readonly runId: string; readonly history: History };

/** A run whose history is there and can't be read: its key is not ours, or it was altered. */
export interface UnreadableRun {
  readonly runId: string;
  readonly why: string;
}

/** Runs with their histories as Temporal has them, decrypted. */
export class LiveRuns {
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /** Those of a case but for some. Throws when Temporal is away. */
  async of(workflowId: string, but: ReadonlySet<string>): Promise<(LiveRun | UnreadableRun)[]> {
    const runs: (LiveRun | UnreadableRun)[] = [];
    for await (const { runId } of this.client.workflow.list({ query: `WorkflowId = '${workflowId.replaceAll(`'`, `''`)}'` })) {
      if (but.has(runId)) continue;
      try {
        const history = await decodeHistory(this.client, workflowId, await this.client.workflow.getHandle(workflowId, runId).fetchHistory());
        runs.push({ ...runOf(history), runId, history });
      } catch (error) {
        // Listed a moment ago, past its retention now.
        if (isTemporalAway(error)) throw error;
        if (!isGone(error)) runs.push({ runId, why: error instanceof Error ? error.message : String(error) });
      }
    }
    return runs;
  }
}
