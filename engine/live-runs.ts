import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { runOf, type RunOfHistory } from './archive/run-of.ts';
import { decodeHistory } from './data-converter.ts';
import { CASES, isGone, isTemporalAway } from './runs.ts';

export type LiveRun = RunOfHistory & { readonly runId: string; readonly history: History };

/** A run whose history is there and can't be read: its key is not ours, or it was altered. */
export interface UnreadableRun {
  readonly runId: string;
  readonly why: string;
}

export interface ListedRun {
  readonly workflowId: string;
  readonly runId: string;
  /** Under way. */
  readonly open: boolean;
}

/** Runs with their histories as Temporal has them, decrypted. */
export class LiveRuns {
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /** Those of all cases, or of them those that are under way. Throws when Temporal is away. */
  async listed(openOnly: boolean): Promise<ListedRun[]> {
    const query = `${CASES}${openOnly ? ` AND ExecutionStatus = 'Running'` : ''}`;
    const runs: ListedRun[] = [];
    for await (const { workflowId, runId, status } of this.client.workflow.list({ query })) runs.push({ workflowId, runId, open: status.name === 'RUNNING' });
    return runs;
  }

  /** That of one run; undefined: it is past its retention. Throws when it can't be read, or Temporal is away. */
  async history(workflowId: string, runId: string): Promise<History | undefined> {
    try {
      return await decodeHistory(this.client, workflowId, await this.client.workflow.getHandle(workflowId, runId).fetchHistory());
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** Those of a case but for some. Throws when Temporal is away. */
  async of(workflowId: string, but: ReadonlySet<string>): Promise<(LiveRun | UnreadableRun)[]> {
    const runs: (LiveRun | UnreadableRun)[] = [];
    for await (const { runId } of this.client.workflow.list({ query: `WorkflowId = '${workflowId.replaceAll(`'`, `''`)}'` })) {
      if (but.has(runId)) continue;
      try {
        const history = await this.history(workflowId, runId);
        if (history !== undefined) runs.push({ ...runOf(history), runId, history });
      } catch (error) {
        if (isTemporalAway(error)) throw error;
        runs.push({ runId, why: error instanceof Error ? error.message : String(error) });
      }
    }
    return runs;
  }
}
