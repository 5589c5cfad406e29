import type { Db } from '../db/client.ts';
import { verifyChains, type Progress } from './chain.ts';
import { verifyGrants, verifyRowSecurity } from './grants.ts';
import { verifyReadModels } from './read-models.ts';
import { report, type AuditReport } from './report.ts';

/** `audit verify`: chains, columns against records, grants, row-level security, read models against the fold. Reads only. */
export async function verify(db: Db, progress: { events?: Progress; cases?: Progress } = {}): Promise<AuditReport> {
  const chains = await verifyChains(db, progress.events);
  const grants = await verifyGrants(db);
  const rowSecurity = await verifyRowSecurity(db);
  const models = await verifyReadModels(db, progress.cases);
  return report(
    { events: chains.events, streams: chains.streams, grants: grants.grants, rowSecurity: rowSecurity.tables, cases: models.cases },
    [...chains.findings, ...grants.findings, ...rowSecurity.findings, ...models.findings],
  );
}
