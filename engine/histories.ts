import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { WorkflowBundle } from './bundle.ts';

export interface ReplayVerdict {
  readonly workflowId: string;
  readonly runId: string;
  /** Null when the history replays; else what the replay said. */
  readonly error: string | null;
}

/** Which histories: of all cases, of one by its workflow id, or of the runs that are under way. */
export type Histories = { readonly of: 'all' | 'open' } | { readonly of: 'one'; readonly workflowId: string };

/** Replays histories that Temporal still keeps against a bundle. */
export async function* replayHistories(client: Client, bundle: WorkflowBundle, which: Histories): AsyncGenerator<ReplayVerdict> {
  const histories = client.workflow.list({ query: queryOf(which) }).intoHistories({ concurrency: 2 });
  for await (const { workflowId: id, runId, error } of Worker.runReplayHistories({ workflowBundle: { code: bundle.code } }, histories)) {
    yield { workflowId: id, runId, error: error === undefined ? null : error.message };
  }
}

function queryOf(which: Histories): string {
  const kind = `WorkflowType IN ('adhesionWorkflow', 'migrationWorkflow')`;
  switch (which.of) {
    case 'all': return kind;
    case 'open': return `${kind} AND ExecutionStatus = 'Running'`;
    case 'one': return `${kind} AND WorkflowId = '${which.workflowId.replaceAll(`'`, `''`)}'`;
  }
}
