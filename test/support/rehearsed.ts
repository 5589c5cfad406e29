import type { Client } from '@temporalio/client';
import { rehearse, type Rehearsal } from '../../audit/rehearsal/rehearse.ts';
import { keptRuns } from '../../audit/rehearsal/runs.ts';
import type { WorkflowBundle } from '../../engine/bundle.ts';
import { LiveRuns } from '../../engine/live-runs.ts';

/** Whether a bundle could go on with the run of a case that is under way, by what Temporal has. */
export async function rehearsedOpen(client: Client, bundle: WorkflowBundle, stream: string): Promise<Rehearsal> {
  const runs = (await keptRuns(null, new LiveRuns(client))).filter(({ workflowId }) => workflowId === stream);
  return rehearse({ bundle, known: null, patience: null }, runs);
}
