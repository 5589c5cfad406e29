import { proxyActivities } from '@temporalio/workflow';
import type { ArchiverActivities, ReconcilerActivities } from '../activities/ports.ts';
import type { CaseInput } from './messages.ts';
import { hostCase } from './shell.ts';

/** Every function exported here is a workflow type: nothing else is exported. */
export async function adhesionWorkflow(input: CaseInput): Promise<void> {
  await hostCase(input);
}

export async function migrationWorkflow(input: CaseInput): Promise<void> {
  await hostCase(input);
}

export async function campaignWorkflow(input: CaseInput): Promise<void> {
  await hostCase(input);
}

export async function constitutionWorkflow(input: CaseInput): Promise<void> {
  await hostCase(input);
}

/** Started each minute by a schedule: wakes the cases that the store has gone ahead of. */
export async function reconcilerWorkflow(): Promise<void> {
  const { reconcile } = proxyActivities<ReconcilerActivities>({
    startToCloseTimeout: '50 s', heartbeatTimeout: '15 s', retry: { maximumAttempts: 3, initialInterval: '1 s' },
  });
  for (let more = true; more;) ({ more } = await reconcile());
}

/** Started by a schedule: archives the runs that closed, and open ones that were not archived for long. */
export async function archiverWorkflow(): Promise<void> {
  const { sweepArchive } = proxyActivities<ArchiverActivities>({ startToCloseTimeout: '2 h', retry: { maximumAttempts: 2 } });
  await sweepArchive();
}
