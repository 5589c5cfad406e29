import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Archive } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import { adhesionOf, Journal } from '../db/journal.ts';
import { ENGINE } from '../domain/shared/actor.ts';
import { CASES } from './runs.ts';
import { readHistory } from './archive/encoding.ts';
import { runOf } from './archive/run-of.ts';

/** What this product does to no run: whoever did it did it past it. */
export type Intervention = 'TERMINATED' | 'CANCELED' | 'TIMED_OUT' | 'RESET';

/** A run that was ended, or begun from the middle of another, past the product. */
export interface OutsideRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly how: Intervention;
}

/** By the names of histories and by those of Temporal's lists. */
const ENDS: Readonly<Record<string, Intervention>> = { TERMINATED: 'TERMINATED', CANCELED: 'CANCELED', CANCELLED: 'CANCELED', TIMED_OUT: 'TIMED_OUT' };

/** What was done to a run, by its history. */
export function interventionsIn(workflowId: string, runId: string, history: History): OutsideRun[] {
  const end = ENDS[runOf(history).state];
  return [...(end === undefined ? [] : [{ workflowId, runId, how: end }]), ...(isReset(runId, history) ? [{ workflowId, runId, how: 'RESET' as const }] : [])];
}

/** A run that was begun by a reset keeps the id of the one that it was cut from; one that continues another does not. */
function isReset(runId: string, { events }: History): boolean {
  const original = events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
  return original !== '' && original !== runId;
}

/** What was done to the runs that Temporal lists; of those that are known to be no resets only how they ended is looked at. Throws when Temporal is away. */
export async function* listedInterventions(client: Client, isNoReset: (workflowId: string, runId: string) => Promise<boolean>, seen: (runId: string) => void = () => undefined): AsyncGenerator<OutsideRun> {
  for await (const { workflowId, runId, status } of client.workflow.list({ query: CASES })) {
    seen(runId);
    const end = ENDS[status.name];
    if (end !== undefined) yield { workflowId, runId, how: end };
    if (await isNoReset(workflowId, runId)) continue;
    const { history } = await client.workflowService.getWorkflowExecutionHistory({ namespace: client.options.namespace, execution: { workflowId, runId }, maximumPageSize: 1 });
    if (isReset(runId, history ?? {})) yield { workflowId, runId, how: 'RESET' };
  }
}

/** Of all runs, those that Temporal lost and the archive has among them. */
async function* allInterventions(client: Client, archive: Archive): AsyncGenerator<OutsideRun> {
  const listed = new Set<string>();
  yield* listedInterventions(client, () => Promise.resolve(false), (runId) => { listed.add(runId); });
  for (const run of await archive.newest()) {
    if (!listed.has(run.runId)) yield* interventionsIn(run.workflowId, run.runId, readHistory(await archive.bytesOf(run)));
  }
}

const NOTED = 'InterventionNoted';

/** Enters into the journal of the archive, once, what was done to runs past the product: who repairs has seen it. Gives what was new. */
export async function noteInterventions(db: Db, client: Client, archive: Archive): Promise<OutsideRun[]> {
  const known = await notedInterventions(db);
  const noted: OutsideRun[] = [];
  for await (const run of allInterventions(client, archive)) {
    if (known.has(nameOf(run))) continue;
    known.add(nameOf(run));
    await new Journal(db, `archive/${adhesionOf(run.workflowId)}`).enter({ commandId: nameOf(run), type: 'NoteIntervention', event: { type: NOTED, data: run }, actor: ENGINE });
    noted.push(run);
  }
  return noted;
}

/** Names of those that were noted. */
export async function notedInterventions(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('events').select('command_id').where('type', '=', NOTED).where('stream', 'like', 'archive/%').execute();
  return new Set(rows.map((row) => row.command_id));
}

export function nameOf({ runId, how }: OutsideRun): string {
  return `intervention/${runId}/${how}`;
}
