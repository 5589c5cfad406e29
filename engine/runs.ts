import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import { executeUpdate, factSignal, type CommandMessage } from '../workflows/messages.ts';
import { decodeHistory } from './data-converter.ts';
import { ROUTINES } from './schedule.ts';

/** One run of a case's workflow: a case of years is a chain of them. */
export interface Run {
  readonly runId: string;
  readonly startedAt: string;
  readonly closedAt?: string;
  /** RUNNING, COMPLETED, CONTINUED_AS_NEW, … */
  readonly state: string;
}

/** How many seconds ago a routine last came to its end or, where it never did, its schedule was made. */
export interface IdleRoutine {
  readonly routine: string;
  readonly seconds: number;
}

/** Runs of cases, as Temporal's lists are asked for them. */
export const CASES = `WorkflowType IN ('adhesionWorkflow', 'migrationWorkflow', 'campaignWorkflow', 'constitutionWorkflow')`;

const UNAVAILABLE = new Set([1, 4, 7, 14, 16]);
const PATIENCE_MS = 10_000;
/** Who watches over an instance asks every few seconds, and goes on without. */
const WATCHER_PATIENCE_MS = 2_000;

/** Reads what Temporal keeps of the cases: runs, histories, messages on their way. All throw when Temporal is away. */
export class Runs {
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /** The runs of a case, oldest first. */
  async list(stream: string): Promise<Run[]> {
    const runs = new Map<string, Run>();
    await this.within(async () => {
      for await (const info of this.client.workflow.list({ query: `WorkflowId = '${stream.replaceAll("'", "''")}'` })) {
        runs.set(info.runId, toRun(info));
      }
      // The list is told of a run a moment after it began or ended; the newest run is asked itself.
      const newest = await this.describe(stream);
      if (newest !== undefined) runs.set(newest.runId, newest);
    });
    return [...runs.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  }

  /** The history of a run as JSON that Temporal's own tools read, decrypted: it replays without our keys. Undefined when the case has no such run. */
  async history(stream: string, runId: string): Promise<string | undefined> {
    const history = await this.fetch(stream, runId);
    return history === undefined ? undefined : historyToJSON(history);
  }

  /** Payloads of any history, decrypted. Throws UnknownPayloadKey, BrokenPayload. */
  decode(payloads: Payload[]): Promise<Payload[]> {
    return decode(this.client.options.loadedDataConverter.payloadCodecs, payloads);
  }

  /** Whether Temporal knows a workflow of this case, running or not. */
  async isKnown(stream: string): Promise<boolean> {
    return (await this.within(() => this.describe(stream))) !== undefined;
  }

  /** Whether a command was left with the newest run of the case, decided or not: a run ends only when it has done them all. */
  async holds(stream: string, commandId: string): Promise<boolean> {
    const history = await this.fetch(stream);
    return (history?.events ?? []).some(({ workflowExecutionSignaledEventAttributes: signal, workflowExecutionUpdateAcceptedEventAttributes: update }) => {
      const input = signal?.signalName === factSignal.name ? signal.input : undefined;
      const request = update?.acceptedRequest?.input;
      const payloads = input?.payloads ?? (request?.name === executeUpdate.name ? request.args?.payloads : undefined);
      return payloads?.some((payload) => idOf(payload) === commandId) === true;
    });
  }

  /** The history of a run, decrypted; of the newest where none is said. Undefined when the case has no such run. */
  async fetch(stream: string, runId?: string): Promise<History | undefined> {
    const history = await this.orGone(() => this.client.workflow.getHandle(stream, runId).fetchHistory());
    return history === undefined ? undefined : decodeHistory(this.client, stream, history);
  }

  /** How long nothing has come of each routine: one that stands still is seen by no other sign. */
  idleRoutines(): Promise<IdleRoutine[]> {
    return this.within(() => Promise.all(ROUTINES.map(async ({ id, workflowType }) => {
      const since = await this.lastDone(workflowType) ?? (await this.client.schedule.getHandle(id).describe()).info.createdAt;
      return { routine: id, seconds: Math.max(0, (Date.now() - since.getTime()) / 1_000) };
    })), WATCHER_PATIENCE_MS);
  }

  private async lastDone(workflowType: string): Promise<Date | undefined> {
    // Temporal lists what closed last first.
    for await (const { closeTime } of this.client.workflow.list({ query: `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Completed'`, pageSize: 1 })) return closeTime;
    return undefined;
  }

  private async describe(stream: string): Promise<Run | undefined> {
    return this.orGone(async () => toRun(await this.client.workflow.getHandle(stream).describe()));
  }

  private async orGone<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.within(read);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  private within<T>(read: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
    return this.client.withDeadline(Date.now() + patienceMs, read);
  }
}

/** True for an error that means Temporal has no such run. */
export function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === 5);
}

/** True for an error that means Temporal is away, not that the question was wrong. */
export function isTemporalAway(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((one) => isGrpcServiceError(one) && UNAVAILABLE.has(one.code));
}

interface RunInfo {
  readonly runId: string;
  readonly startTime: Date;
  readonly closeTime?: Date;
  readonly status: { readonly name: string };
}

function toRun({ runId, startTime, closeTime, status }: RunInfo): Run {
  return {
    runId, startedAt: startTime.toISOString(), ...(closeTime === undefined ? {} : { closedAt: closeTime.toISOString() }), state: status.name,
  };
}

function idOf(payload: Payload): string | undefined {
  try {
    return defaultPayloadConverter.fromPayload<CommandMessage>(payload).command.id;
  } catch {
    return undefined;
  }
}
