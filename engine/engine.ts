import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  isGrpcServiceError, WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client, type WorkflowStartOptions,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { ENGINE } from '../domain/shared/actor.ts';
import { processName } from '../domain/processes.ts';
import type { TellInput } from '../domain/shared/process.ts';
import { readReason, type KeptReason, type Reason } from '../domain/shared/reason.ts';
import type { StampedCommand } from '../domain/shared/store.ts';
import { commandOutcomes, commandSeconds } from '../telemetry/metrics.ts';
import { inSpan, traceparent } from '../telemetry/spans.ts';
import { CASE_CONTINUING, catchUpSignal, executeUpdate, factSignal, VERSION_IS, versionUpdate, type CaseInput, type CommandMessage } from '../workflows/messages.ts';
import { isOpen } from '../workflows/open-payloads.ts';

export interface EngineOptions {
  readonly taskQueue: string;
  /** Milliseconds an Update may take, retries included, before its outcome is unknown. */
  readonly deadlineMs: number;
  /** Commands after which a run continues as new; unset: only when Temporal suggests it. */
  readonly continueAfter?: number | undefined;
}

export type ExecuteAnswer =
  | { readonly outcome: 'DONE'; readonly version: number }
  | { readonly outcome: 'REFUSED'; readonly code: string; readonly reasons: readonly Reason[] }
  /** No answer in time: the command may be done or not; the same id may be sent again. */
  | { readonly outcome: 'UNKNOWN' }
  /** Temporal is away: the command was not taken. */
  | { readonly outcome: 'UNAVAILABLE' };

/** gRPC status codes that say "not now" of a case that is there. */
const RETRYABLE = new Set([8 /* more than 10 updates in flight */, 9 /* the task is failing */, 10 /* aborted: the run just closed */]);
/** Away, or not for us: the credentials are wrong or ran out. */
const UNAVAILABLE = new Set([7, 14, 16]);
const DEADLINE = new Set([1, 4]);

/** The only caller of the Temporal client: how commands, facts and questions reach the workflows that host the cases. */
export class Engine {
  private readonly client: Client;
  private readonly options: EngineOptions;

  constructor(client: Client, options: EngineOptions) {
    this.client = client;
    this.options = options;
  }

  /** Asks a case to decide a command (on given versions only, if any) and waits; starts the case's workflow where it is gone. */
  execute(stream: string, command: StampedCommand, seenVersion: number, ifVersion?: readonly number[]): Promise<ExecuteAnswer> {
    return inSpan({ name: `Update ${command.type}`, kind: 'client', attributes: { 'associa.stream': stream } }, async (span) => {
      const process = processName(stream);
      const stopClock = commandSeconds.startTimer({ process });
      const answer = await this.executeTraced(stream, traced(command), seenVersion, ifVersion);
      const outcome = answer.outcome === 'REFUSED' ? answer.code : answer.outcome;
      stopClock();
      commandOutcomes.inc({ process, command: command.type, outcome });
      span.setAttribute('associa.outcome', outcome);
      return answer;
    });
  }

  /** Leaves a fact with a case: durable as soon as this returns, whether a worker runs or not. Throws when Temporal is away. */
  submitFact(stream: string, command: StampedCommand, seenVersion: number): Promise<void> {
    return inSpan({ name: `Signal ${command.type}`, kind: 'client', attributes: { 'associa.stream': stream } }, () => this.inTime(async () => {
      await this.client.workflow.signalWithStart(workflowType(stream), {
        ...this.start(stream), signal: factSignal, signalArgs: [{ command: traced(command), seenVersion }],
      });
    }));
  }

  private async executeTraced(stream: string, command: StampedCommand, seenVersion: number, ifVersion: readonly number[] | undefined): Promise<ExecuteAnswer> {
    const deadline = Date.now() + this.options.deadlineMs;
    const message: CommandMessage = { command, seenVersion, ...(ifVersion === undefined ? {} : { ifVersion }) };
    let withStart = seenVersion === 0;
    for (let pause = 25; ; pause = Math.min(pause * 2, 500)) {
      try {
        const send = () => (withStart ? this.updateWithStart(stream, message) : this.update(stream, message));
        const answer = await this.client.withDeadline(deadline, send);
        // No worker of ours answers unencrypted: the store has the word.
        return isOpen(answer) ? { outcome: 'UNKNOWN' } : { outcome: 'DONE', version: answer.version };
      } catch (error) {
        const known = interpret(error);
        if (known === 'GONE') withStart = true;
        else if (known !== 'AGAIN') return known;
      }
      if (Date.now() + pause >= deadline) return { outcome: 'UNKNOWN' };
      await delay(pause);
    }
  }

  /** One process speaks to another. */
  async tell({ to, command, commandId }: TellInput): Promise<void> {
    const receivedAt = new Date().toISOString();
    await this.submitFact(to, { id: commandId, ...command, actor: ENGINE, receivedAt, requestHash: null }, 0);
  }

  /** Wakes a case so that it adopts what the store has; starts its workflow where it is gone. */
  async catchUp(stream: string): Promise<void> {
    await this.inTime(() => this.client.workflow.signalWithStart(workflowType(stream), { ...this.start(stream), signal: catchUpSignal, signalArgs: [] }));
  }

  /** The version that a case's run stands at; undefined when there is none, or it does not answer within two seconds. */
  async version(stream: string): Promise<number | undefined> {
    const handle = this.client.workflow.getHandle(stream);
    return this.client.withDeadline(Date.now() + 2_000, () => handle.executeUpdate(versionUpdate, { args: [], updateId: randomUUID() })).catch(versionIn);
  }

  /** Whether a run of the case is open. Throws when Temporal is away. */
  async isRunning(stream: string): Promise<boolean> {
    try {
      return (await this.client.workflow.getHandle(stream).describe()).status.name === 'RUNNING';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /** True when Temporal answers and a worker polls our queue. */
  async health(): Promise<{ readonly temporal: boolean; readonly worker: boolean }> {
    try {
      const answer = await this.client.withDeadline(Date.now() + 2_000, () => this.client.workflowService.describeTaskQueue({
        namespace: this.client.options.namespace, taskQueue: { name: this.options.taskQueue }, taskQueueType: 1,
      }));
      const recent = Date.now() - 70_000;
      const worker = (answer.pollers ?? []).some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000 > recent);
      return { temporal: true, worker };
    } catch {
      return { temporal: false, worker: false };
    }
  }

  /** A server that hangs is one that is away. */
  private inTime<T>(call: () => Promise<T>): Promise<T> {
    return this.client.withDeadline(Date.now() + this.options.deadlineMs, call);
  }

  private async update(stream: string, message: CommandMessage) {
    // A fresh update id for every attempt: an old one would give an old answer, whatever its content.
    return this.client.workflow.getHandle(stream).executeUpdate(executeUpdate, { args: [message], updateId: randomUUID() });
  }

  private async updateWithStart(stream: string, message: CommandMessage) {
    const startWorkflowOperation = new WithStartWorkflowOperation(workflowType(stream), {
      ...this.start(stream), workflowIdConflictPolicy: 'USE_EXISTING',
    });
    return this.client.workflow.executeUpdateWithStart(executeUpdate, { args: [message], updateId: randomUUID(), startWorkflowOperation });
  }

  private start(stream: string): WorkflowStartOptions<(input: CaseInput) => Promise<void>> {
    const { taskQueue, continueAfter } = this.options;
    return {
      workflowId: stream,
      taskQueue,
      // A dead or frozen worker is noticed when its task times out; with the default of 10 s a person would wait that long.
      workflowTaskTimeout: '4 s',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [{ stream, ...(continueAfter === undefined ? {} : { continueAfter }) }],
    };
  }
}

/** The span open now goes with the command, so that what the worker does for it hangs below. */
function traced(command: StampedCommand): StampedCommand {
  const parent = traceparent();
  return parent === undefined ? command : { ...command, trace: parent };
}

function workflowType(stream: string): string {
  return `${processName(stream)}Workflow`;
}

/** What an error of the client means for a command; unknown errors are faults and go up. */
function interpret(error: unknown): ExecuteAnswer | 'GONE' | 'AGAIN' {
  if (error instanceof WorkflowUpdateFailedError) {
    if (!(error.cause instanceof ApplicationFailure)) return 'AGAIN';
    const { type, details, message } = error.cause;
    if (type === CASE_CONTINUING) return 'AGAIN';
    const code = type ?? 'REFUSED';
    return { outcome: 'REFUSED', code, reasons: ((details?.[0] as KeptReason[] | undefined) ?? [{ code, message }]).map(readReason) };
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { outcome: 'UNKNOWN' };
  if (error instanceof WorkflowNotFoundError) return 'GONE';
  const code = grpcCode(error);
  if (code === undefined) throw error;
  if (RETRYABLE.has(code)) return 'AGAIN';
  if (UNAVAILABLE.has(code)) return { outcome: 'UNAVAILABLE' };
  if (DEADLINE.has(code)) return { outcome: 'UNKNOWN' };
  throw error;
}

/** What the refusal of `versionUpdate` tells; undefined for any other error. */
function versionIn(error: unknown): number | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  const version: unknown = cause instanceof ApplicationFailure && cause.type === VERSION_IS ? cause.details?.[0] : undefined;
  return typeof version === 'number' ? version : undefined;
}

function grpcCode(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}
