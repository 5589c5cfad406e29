import type { Archive, ArchivedHistory } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import type { Finding } from './report.ts';

interface Entry {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: { readonly hash: string; readonly workflowId?: string; readonly runId?: string; readonly length?: number };
}

const PAGE = 500;

/**
 * What is kept of histories and bundles against the journal of the archive, which is part of the chain: nothing kept without
 * its entry, no entry without what it names, and every byte that of its hash. One is in memory at a time.
 */
export async function verifyArchive(db: Db, archive: Archive): Promise<{ histories: number; bundles: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  const entered = new Set<string>();
  let [histories, bundles] = [0, 0];
  for await (const entry of entriesOf(db)) {
    const name = nameOf(entry);
    entered.add(name);
    if (entry.type === 'BundleArchived') bundles += 1;
    else histories += 1;
    const fault = await faultOf(archive, entry);
    if (fault !== null) findings.push({ ...fault, stream: entry.stream, version: entry.version });
  }
  for (const name of await keptNames(db)) {
    if (!entered.has(name)) findings.push({ code: 'ARCHIVE_WITHOUT_ENTRY', message: `The journal of the archive knows nothing of ${name}.` });
  }
  return { histories, bundles, findings };
}

async function* entriesOf(db: Db): AsyncGenerator<Entry> {
  for (let after = { stream: '', version: 0 }; ;) {
    const page = await db.selectFrom('events').select(['stream', 'version', 'type', 'data']).where('type', 'in', ['HistoryArchived', 'BundleArchived'])
      .where('stream', 'like', 'archive/%').where((row) => row(row.refTuple('stream', 'version'), '>', row.tuple(after.stream, after.version)))
      .orderBy('stream').orderBy('version').limit(PAGE).execute();
    yield* page as Entry[];
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function faultOf(archive: Archive, { type, data }: Entry): Promise<Pick<Finding, 'code' | 'message'> | null> {
  try {
    if (type === 'BundleArchived') return await archive.bundle(data.hash) === undefined ? { code: 'ARCHIVE_MISSING', message: `The bundle ${data.hash} is no longer kept.` } : null;
    const { workflowId = '', runId = '', length = 0, hash } = data;
    await archive.bytesOf({ workflowId, runId, length, hash } satisfies Pick<ArchivedHistory, 'workflowId' | 'runId' | 'length' | 'hash'>);
    return null;
  } catch (error) {
    return { code: 'ARCHIVE_DIFFERS', message: error instanceof Error ? error.message : String(error) };
  }
}

function nameOf({ type, data }: Entry): string {
  return type === 'BundleArchived' ? `the bundle ${data.hash}` : `the run ${data.runId} with ${data.length} events`;
}

async function keptNames(db: Db): Promise<string[]> {
  const histories = await db.selectFrom('archived_histories').select(['run_id', 'length']).execute();
  const bundles = await db.selectFrom('archived_bundles').select('hash').execute();
  return [...histories.map((row) => `the run ${row.run_id} with ${row.length} events`), ...bundles.map(({ hash }) => `the bundle ${hash}`)];
}
