import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import type { WorkflowBundle } from './bundle.ts';
import { decodeHistory } from './data-converter.ts';
import { FailureListener } from './failure-listener.ts';
import { ensureSilentRuntime } from './worker.ts';

export interface ReplayVerdict {
  readonly workflowId: string;
  readonly runId: string;
  /** Null when the history replays; else what the replay said. */
  readonly error: string | null;
}

/** Which histories: of all cases, of one by its workflow id, or of the runs that are under way. */
export type Histories = { readonly of: 'all' | 'open' } | { readonly of: 'one'; readonly workflowId: string };

/** Replays histories that Temporal still keeps against a bundle; one that cannot be decrypted does not replay. */
export async function* replayHistories(client: Client, bundle: WorkflowBundle, which: Histories): AsyncGenerator<ReplayVerdict> {
  const undecodable: ReplayVerdict[] = [];
  const histories = decoded(client, which, (verdict) => { undecodable.push(verdict); });
  ensureSilentRuntime();
  const listener = new FailureListener();
  const options = { workflowBundle: { code: bundle.code }, dataConverter: { payloadCodecs: [listener] } };
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(options, histories)) {
    yield { workflowId, runId, error: error === undefined ? null : listener.legible(workflowId, error.message) };
  }
  yield* undecodable;
}

interface NamedHistory {
  readonly workflowId: string;
  readonly history: History;
}

async function* decoded(client: Client, which: Histories, refuse: (verdict: ReplayVerdict) => void): AsyncGenerator<NamedHistory> {
  for await (const { workflowId, history: fetched } of client.workflow.list({ query: queryOf(which) }).intoHistories({ concurrency: 2 })) {
    const history = fetched as History;
    try {
      yield { workflowId, history: await decodeHistory(client, workflowId, history) };
    } catch (error) {
      refuse({ workflowId, runId: runIdOf(history), error: error instanceof Error ? error.message : String(error) });
    }
  }
}

function runIdOf(history: History): string {
  return history.events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
}

function queryOf(which: Histories): string {
  const kind = `WorkflowType IN ('adhesionWorkflow', 'migrationWorkflow')`;
  switch (which.of) {
    case 'all': return kind;
    case 'open': return `${kind} AND ExecutionStatus = 'Running'`;
    case 'one': return `${kind} AND WorkflowId = '${which.workflowId.replaceAll(`'`, `''`)}'`;
  }
}
