import type { Client } from '@temporalio/client';
import { Archive } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import type { Verifier } from '../tlog/note.ts';
import { verifyArchive } from './archive.ts';
import type { Progress } from './chain.ts';
import { verifyGuards } from './guards.ts';
import { verifyInterventions } from './interventions.ts';
import { verifyLog } from './log.ts';
import { verifyReadModels } from './read-models.ts';
import { verifyRecords } from './records.ts';
import { report, type AuditReport } from './report.ts';

/** What an audit holds the database against; what is null is left out. */
interface Against {
  /** Keys that verify the checkpoints of the transparency log. */
  readonly logKeys?: readonly Verifier[] | null;
  /** Temporal, which says how runs ended. */
  readonly client?: Client | null;
}

/**
 * `audit verify`: records, chains, causes and columns, the transparency log, the archive, interventions in runs, the guards of the schema, read models against
 * the fold. Reads only.
 */
export async function verify(db: Db, progress: { events?: Progress; leaves?: Progress; cases?: Progress } = {}, { logKeys = null, client = null }: Against = {}): Promise<AuditReport> {
  const records = await verifyRecords(db, progress.events);
  const log = logKeys === null ? undefined : await verifyLog(db, logKeys, progress.leaves);
  const kept = new Archive(db);
  const archive = await verifyArchive(db, kept);
  const interventions = await verifyInterventions(db, kept, archive.outside, client);
  const guards = await verifyGuards(db);
  const models = await verifyReadModels(db, progress.cases);
  return report(
    {
      events: records.events, streams: records.streams, ...(log === undefined ? {} : { leaves: log.leaves, checkpoints: log.checkpoints }),
      histories: archive.histories, bundles: archive.bundles, ...(client === null ? {} : { runs: interventions.runs }), grants: guards.grants, rowSecurity: guards.rowSecurity, guards: guards.guards, cases: models.cases,
    },
    [...records.findings, ...log?.findings ?? [], ...archive.findings, ...interventions.findings, ...guards.findings, ...models.findings],
  );
}
