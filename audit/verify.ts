import { Archive } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import { verifyArchive } from './archive.ts';
import type { Verifier } from '../tlog/note.ts';
import { verifyChains, type Progress } from './chain.ts';
import { verifyGrants, verifyRowSecurity } from './grants.ts';
import { verifyLog } from './log.ts';
import { verifyReadModels } from './read-models.ts';
import { report, type AuditReport } from './report.ts';

/**
 * `audit verify`: chains, columns against records, the archive, grants, row-level security, read models against the fold; with the keys
 * that verify its checkpoints the transparency log too. Reads only.
 */
export async function verify(db: Db, progress: { events?: Progress; leaves?: Progress; cases?: Progress } = {}, logKeys?: readonly Verifier[]): Promise<AuditReport> {
  const chains = await verifyChains(db, progress.events);
  const log = logKeys === undefined ? undefined : await verifyLog(db, logKeys, progress.leaves);
  const archive = await verifyArchive(db, new Archive(db));
  const grants = await verifyGrants(db);
  const rowSecurity = await verifyRowSecurity(db);
  const models = await verifyReadModels(db, progress.cases);
  return report(
    {
      events: chains.events, streams: chains.streams, ...(log === undefined ? {} : { leaves: log.leaves, checkpoints: log.checkpoints }),
      histories: archive.histories, bundles: archive.bundles, grants: grants.grants, rowSecurity: rowSecurity.tables, cases: models.cases,
    },
    [...chains.findings, ...log?.findings ?? [], ...archive.findings, ...grants.findings, ...rowSecurity.findings, ...models.findings],
  );
}
