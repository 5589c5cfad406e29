import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { WorkflowBundle } from './bundle.ts';

export interface ReplayVerdict {
  readonly workflowId: string;
  readonly runId: string;
  /** Null when the history replays; else what the replay said. */
  readonly error: string | null;
}

/** Replays histories that Temporal still keeps against a bundle: all cases, or one by its workflow id. */
export async function* replayHistories(client: Client, bundle: WorkflowBundle, workflowId?: string): AsyncGenerator<ReplayVerdict> {
  const kind = `WorkflowType IN ('adhesionWorkflow', 'migrationWorkflow')`;
  const query = workflowId === undefined ? kind : `${kind} AND WorkflowId = '${workflowId.replaceAll(`'`, `''`)}'`;
  const histories = client.workflow.list({ query }).intoHistories({ concurrency: 2 });
  for await (const { workflowId: id, runId, error } of Worker.runReplayHistories({ workflowBundle: { code: bundle.code } }, histories)) {
    yield { workflowId: id, runId, error: error === undefined ? null : error.message };
  }
}
