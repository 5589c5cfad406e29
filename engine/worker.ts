import { IllegalStateError, type DataConverter } from '@temporalio/common';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { WorkflowBundle } from './bundle.ts';
import type { TemporalAddress } from './connect.ts';
import { diagnoseTemporal } from './diagnose.ts';

export interface WorkerSpec {
  readonly connection: TemporalAddress;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly bundle: WorkflowBundle;
  /** Name of the deployment whose version this worker is, by the hash of its bundle; without one it is unversioned. */
  readonly deployment?: string | null;
  readonly activities: object;
  /** That of the clients, from `openConverter`. */
  readonly dataConverter: DataConverter;
}

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects on a fatal error. */
  readonly done: Promise<void>;
  /** Stops polling and finishes what is under way. */
  stop(): Promise<void>;
}

/** Once a process: what the SDK has to say goes to our log, and signals are left to the entry point. */
export function installRuntime(write: (level: 'error' | 'warn', message: string, meta: unknown) => void): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => { write(level === 'ERROR' ? 'error' : 'warn', message, meta); }),
    // The native part of the SDK would write to the terminal itself.
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
    shutdownSignals: [],
  });
}

/**
 * For replays, which say in their verdicts what the SDK would log: a silent runtime, where there is none. It ends with its last
 * worker and is made anew for the next; one that no worker ever used would keep the process from ending.
 */
export function ensureSilentRuntime(): void {
  try {
    installRuntime(() => undefined);
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error;
  }
}

/**
 * The hash stands in the history with each workflow task: the archive knows by it which bundle ran a case. In a deployment it is
 * its version too, and a run is done by the version that began it; the next run begins with the current one (`workflows/shell.ts`).
 */
function versionOf({ deployment = null, bundle: { hash } }: WorkerSpec): Pick<WorkerOptions, 'buildId' | 'workerDeploymentOptions'> {
  if (deployment === null) return { buildId: hash };
  return { workerDeploymentOptions: { version: { deploymentName: deployment, buildId: hash }, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' } };
}

/** Starts a worker that polls for the cases; it is connected when this returns. Throws what is wrong with the address, TLS or API key. */
export async function startWorker(spec: WorkerSpec): Promise<RunningWorker> {
  const connection = await NativeConnection.connect(spec.connection).catch(async (cause: unknown) => {
    throw new Error(await diagnoseTemporal(spec.connection) ?? `No Temporal answers at ${spec.connection.address}`, { cause });
  });
  const worker = await Worker.create({
    connection,
    namespace: spec.namespace,
    taskQueue: spec.taskQueue,
    workflowBundle: { code: spec.bundle.code },
    ...versionOf(spec),
    activities: spec.activities,
    dataConverter: spec.dataConverter,
    // A worker that died holds its cases no longer than this; the default of 10 s is felt by a person.
    stickyQueueScheduleToStartTimeout: '1 s',
    // All cases are decided on one thread. After a worker died another replays them; begun forty at a time (the default), tasks with long histories would
    // not come to their end in the 4 s that they have on a busy machine: all would be begun anew, and again. Fewer cost throughput (docs/performance.md).
    maxConcurrentWorkflowTaskExecutions: 10,
    shutdownGraceTime: '5 s',
  });
  const done = worker.run().finally(() => connection.close());
  return {
    done,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}
