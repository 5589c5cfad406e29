import { Archive } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import { verifyArchive } from './archive.ts';
import { verifyChains, type Progress } from './chain.ts';
import { verifyGrants, verifyRowSecurity } from './grants.ts';
import { verifyReadModels } from './read-models.ts';
import { report, type AuditReport } from './report.ts';

/** `audit verify`: chains, columns against records, the archive, grants, row-level security, read models against the fold. Reads only. */
export async function verify(db: Db, progress: { events?: Progress; cases?: Progress } = {}): Promise<AuditReport> {
  const chains = await verifyChains(db, progress.events);
  const archive = await verifyArchive(db, new Archive(db));
  const grants = await verifyGrants(db);
  const rowSecurity = await verifyRowSecurity(db);
  const models = await verifyReadModels(db, progress.cases);
  return report(
    { events: chains.events, streams: chains.streams, histories: archive.histories, bundles: archive.bundles, grants: grants.grants, rowSecurity: rowSecurity.tables, cases: models.cases },
    [...chains.findings, ...archive.findings, ...grants.findings, ...rowSecurity.findings, ...models.findings],
  );
}
