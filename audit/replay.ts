import type { Client } from '@temporalio/client';
import type { WorkflowBundle } from '../engine/bundle.ts';
import { replayHistories, type Histories } from '../engine/histories.ts';
import type { Progress } from './chain.ts';
import { report, type AuditReport, type Finding } from './report.ts';

/** `audit replay`: Temporal's own replay of the histories it keeps against the code of today. */
export async function replay(client: Client, bundle: WorkflowBundle, which: Histories, progress: Progress = () => undefined): Promise<AuditReport> {
  const findings: Finding[] = [];
  let runs = 0;
  for await (const { workflowId, runId, error } of replayHistories(client, bundle, which)) {
    runs += 1;
    if (error !== null) findings.push({ code: 'REPLAY_DIFFERS', message: `Run ${runId}: ${error}`, stream: workflowId });
    progress(runs);
  }
  if (runs === 0 && which.of === 'one') {
    findings.push({ code: 'NO_HISTORY', message: 'Temporal keeps no history of this case.', stream: which.workflowId });
  }
  return report({ runs }, findings);
}
