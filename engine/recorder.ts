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

/** True once a worker has answered a task of the run: until then there is nothing that it asked, and Temporal's replay of it would never end. */
export function hasDecided({ events }: History): boolean {
  return (events ?? []).some(({ workflowTaskCompletedEventAttributes: task }) => (task ?? null) !== null);
}

/** Replays histories, decrypted, with a bundle's code (without source map) and gives what each run asked; of those that were only started, at the end, nothing. */
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
  const started: NamedHistory[] = [];
  const decided = async function* (): AsyncGenerator<NamedHistory> {
    for await (const named of histories) {
      if (hasDecided(named.history)) yield named;
      else started.push(named);
    }
  };
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(options, decided())) {
    const activations = heard.get(runId) ?? [];
    heard.delete(runId);
    yield { workflowId, runId, activations, error: error === undefined ? null : listener.legible(workflowId, error.message) };
  }
  for (const { workflowId, history } of started) yield { workflowId, runId: runIdOf(history), activations: [], error: null };
}

function runIdOf({ events }: History): string {
  return events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
}
