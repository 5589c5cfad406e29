import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorText, StartupError } from './errors.ts';

/** Closed histories stay this long: ten years, where a namespace made by the server itself would keep a day. */
export const RETENTION_HOURS = 87_600;

const RETENTION = msToTs(RETENTION_HOURS * 3_600_000);
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PATIENCE_MS = 30_000;

/** Makes the namespace when it is missing and waits until every part of the server knows it; true when it was made. */
export async function ensureNamespace(connection: Connection, namespace: string): Promise<boolean> {
  const isNew = await register(connection, namespace);
  await untilKnown(connection, namespace);
  return isNew;
}

/** Gives a namespace that exists the long retention, when it has a shorter one. */
export async function lengthenRetention(connection: Connection, namespace: string): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const hours = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 3600;
  if (hours >= RETENTION_HOURS) return;
  await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: RETENTION } });
}

async function register(connection: Connection, namespace: string): Promise<boolean> {
  if (await exists(connection, namespace)) return false;
  try {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: RETENTION });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === ALREADY_EXISTS) return false;
    throw error;
  }
}

async function exists(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return false;
    throw error;
  }
}

/** Frontend, history and matching each keep a list of namespaces: each is asked something that only a known one can answer. */
async function untilKnown(connection: Connection, namespace: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'probe' } });
      await askForNoWorkflow(connection, namespace);
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new StartupError(`Temporal does not make the namespace ${namespace} usable: ${errorText(error)}`);
      }
      await sleep(100);
    }
  }
}

async function askForNoWorkflow(connection: Connection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: 'probe' } });
  } catch (error) {
    // Without the workflow, the namespace is known; anything else is said about the namespace.
    const isAboutWorkflow = isGrpcServiceError(error) && error.code === NOT_FOUND && /workflow/i.test(error.details);
    if (!isAboutWorkflow) throw error;
  }
}
