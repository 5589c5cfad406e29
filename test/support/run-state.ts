import type { Client } from '@temporalio/client';
import { versionUpdate } from '../../workflows/messages.ts';

/** How many of the last events of a history are told. */
const LAST = 25;

/** What Temporal and the run itself say of a run that a test waits for in vain: its version or why it gives none, what is under way, how its history ends. */
export async function whatItsRunSays(client: Client, workflowId: string): Promise<string> {
  const handle = client.workflow.getHandle(workflowId);
  // Its refusal is the answer.
  const version = await client.withDeadline(Date.now() + 10_000, () => handle.executeUpdate(versionUpdate, { args: [] })).catch((error: unknown) => {
    const { type, details }: { readonly type?: string; readonly details?: unknown } = error instanceof Error ? error.cause ?? {} : {};
    return type === undefined ? String(error) : `${type} ${JSON.stringify(details)}`;
  });
  const { raw, status } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const told = (events ?? []).slice(-LAST).map((event) => {
    const [kind, attributes] = Object.entries(event).find(([key, value]) => key.endsWith('EventAttributes') && value !== null && value !== undefined) ?? ['?', {}];
    const failure: unknown = Reflect.get(Object(attributes), 'failure');
    return `${String(event.eventId)} ${new Date(Number(event.eventTime?.seconds ?? 0) * 1_000).toISOString()} ${kind.replace('EventAttributes', '')}${failure === undefined || failure === null ? '' : ` ${JSON.stringify(failure)}`}`;
  });
  return [`the run says ${version}, ${status.name}`, `task: ${JSON.stringify(raw.pendingWorkflowTask ?? null)}`, `activities: ${JSON.stringify(raw.pendingActivities ?? [])}`, ...told].join('\n');
}
