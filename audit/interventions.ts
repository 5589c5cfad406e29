import type { Client } from '@temporalio/client';
import type { Archive } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import { listedInterventions, nameOf, notedInterventions, type Intervention, type OutsideRun } from '../engine/outside-runs.ts';
import type { Finding } from './report.ts';

const DONE: Readonly<Record<Intervention, string>> = { TERMINATED: 'terminated', CANCELED: 'cancelled', TIMED_OUT: 'ended by a timeout', RESET: 'begun by a reset' };

/**
 * Runs that were ended or reset past the product, in the archive and, where Temporal is asked, in its lists: each is a finding until a repair noted it in the
 * journal of the archive. `runs` is how many Temporal listed. Throws when Temporal is away.
 */
export async function verifyInterventions(db: Db, archive: Archive, archived: readonly OutsideRun[], client: Client | null): Promise<{ runs: number; findings: Finding[] }> {
  const noted = await notedInterventions(db);
  let runs = 0;
  const findings = new Map<string, Finding>();
  const add = (run: OutsideRun): void => {
    const { workflowId: stream, runId, how } = run;
    if (!noted.has(nameOf(run))) findings.set(nameOf(run), { code: `RUN_${how}`, message: `The run ${runId} was ${DONE[how]}, and nothing that is recorded explains it.`, stream });
  };
  archived.forEach(add);
  const isArchived = async (workflowId: string, runId: string): Promise<boolean> => await archive.known(workflowId, runId) !== undefined;
  if (client !== null) for await (const run of listedInterventions(client, isArchived, () => { runs += 1; })) add(run);
  return { runs, findings: [...findings.values()] };
}
