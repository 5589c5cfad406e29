import type { History } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type InjectedSinks } from '@temporalio/worker';
import type { RecordedActivation, RecordingSinks } from '../workflows/recording.ts';
import { runnable } from './bundle.ts';
import { FailureListener } from './failure-listener.ts';
import { ensureSilentRuntime } from './worker.ts';

export interface NamedHistory {
  readonly workflowId: string;
  readonly history: History;
}

/** What a run asked when its history was replayed. */
export interface Recording {
  readonly workflowId: string;
  readonly runId: string;
  /** What Temporal's own replay said; null: nothing. */
  readonly error: string | null;
  readonly activations: readonly RecordedActivation[];
}

/** Makes the interceptor that is in every bundle speak (`workflows/recording.ts`). */
const LISTENING = 'globalThis.associaRecords = true;\n';

/** Replays histories, decrypted, with a bundle's code (without source map) and gives what each run asked. */
export async function* recordRuns(code: string, histories: Iterable<NamedHistory> | AsyncIterable<NamedHistory>): AsyncGenerator<Recording> {
  const heard = new Map<string, RecordedActivation[]>();
  const keep = (runId: string, recorded: RecordedActivation): void => {
    const before = heard.get(runId);
    if (before === undefined) heard.set(runId, [recorded]);
    else before.push(recorded);
  };
  const sinks: InjectedSinks<RecordingSinks> = {
    recording: { activation: { callDuringReplay: true, fn: ({ runId }, recorded) => { keep(runId, recorded); } } },
  };
  ensureSilentRuntime();
  const listener = new FailureListener();
  const options = { workflowBundle: { code: LISTENING + runnable(code) }, sinks, dataConverter: { payloadCodecs: [listener] } };
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(options, histories)) {
    const activations = heard.get(runId) ?? [];
    heard.delete(runId);
    yield { workflowId, runId, activations, error: error === undefined ? null : listener.legible(workflowId, error.message) };
  }
}
