import { sql } from 'kysely';
import type { Archive, ArchivedHistory } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import type { StoredEvent } from '../domain/shared/store.ts';
import { readHistory } from '../engine/archive/encoding.ts';
import { interventionsIn, type OutsideRun } from '../engine/outside-runs.ts';
import { shownIn } from './deep-replay/from-history.ts';
import { FirstFindings, type Finding } from './report.ts';

interface Entry {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: { readonly hash: string; readonly workflowId?: string; readonly runId?: string; readonly length?: number };
}

const PAGE = 500;

/**
 * What is kept of histories and bundles against the journal of the archive, which is part of the chain: nothing kept without its entry, no entry without what it
 * names, every byte that of its hash; and each event that a history says was stored is there. One is in memory at a time.
 */
export async function verifyArchive(db: Db, archive: Archive): Promise<{ histories: number; bundles: number; outside: OutsideRun[]; findings: Finding[] }> {
  const findings = new FirstFindings();
  const outside: OutsideRun[] = [];
  let [histories, bundles] = [0, 0];
  for await (const { stream, version, type, data } of entriesOf(db)) {
    try {
      if (type === 'BundleArchived') {
        bundles += 1;
        if (await archive.bundle(data.hash) === undefined) findings.add({ code: 'ARCHIVE_MISSING', message: `The bundle ${data.hash} is no longer kept.`, stream, version });
        continue;
      }
      histories += 1;
      const { workflowId = '', runId = '', length = 0, hash } = data;
      const bytes = await archive.bytesOf({ workflowId, runId, length, hash } satisfies Pick<ArchivedHistory, 'workflowId' | 'runId' | 'length' | 'hash'>);
      const history = readHistory(bytes);
      for (const finding of await effectsWithoutEvent(db, workflowId, runId, shownIn(history).answers)) findings.add(finding);
      outside.push(...interventionsIn(workflowId, runId, history));
    } catch (error) {
      findings.add({ code: 'ARCHIVE_DIFFERS', message: error instanceof Error ? error.message : String(error), stream, version });
    }
  }
  for await (const name of keptWithoutEntry(db)) findings.add({ code: 'ARCHIVE_WITHOUT_ENTRY', message: `The journal of the archive knows nothing of ${name}.` });
  return { histories, bundles, outside, findings: findings.all };
}

async function* entriesOf(db: Db): AsyncGenerator<Entry> {
  for (let after = { stream: 'archive/', version: 0 }; ;) {
    const page = await db.selectFrom('events').select(['stream', 'version', 'type', 'data']).where('type', 'in', ['HistoryArchived', 'BundleArchived'])
      .where('stream', 'like', 'archive/%').where((row) => row(row.refTuple('stream', 'version'), '>', row.tuple(after.stream, after.version)))
      .orderBy('stream').orderBy('version').limit(PAGE).execute();
    yield* page as Entry[];
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

/** Events that the store answered to a run, and does not have: under that version, with that hash. Deep replay says of the others whether they are the same. */
async function effectsWithoutEvent(db: Db, stream: string, runId: string, answers: ReadonlyMap<number, unknown>): Promise<Finding[]> {
  const answered = [...answers.values()].flatMap((answer) => (answer as { readonly events?: readonly StoredEvent[] } | null)?.events ?? []);
  if (answered.length === 0) return [];
  const rows = await db.selectFrom('events').select(['version', 'hash']).where('stream', '=', stream).where('version', 'in', answered.map(({ version }) => version)).execute();
  const stored = new Map(rows.map(({ version, hash }) => [version, hash.toString('hex')]));
  return answered.filter(({ version, hash }) => stored.get(version) !== hash).map(({ version }) => (
    { code: 'EFFECT_WITHOUT_EVENT', message: `The history of the run ${runId} says that this event was stored, and it is not there as it was.`, stream, version }));
}

async function* keptWithoutEntry(db: Db): AsyncGenerator<string> {
  const histories = await db.selectFrom('archived_histories as h').select(['run_id', 'length']).where((eb) => eb.not(eb.exists(
    eb.selectFrom('events').select('version').where('stream', '=', sql<string>`'archive/' || split_part(split_part(h.workflow_id, '/', 2), '.', 1)`)
      .where('command_id', '=', sql<string>`concat('archive/', h.run_id, '/', h.length)`)))).execute();
  for (const { run_id: run, length } of histories) yield `the run ${run} with ${length} events`;
  const bundles = await db.selectFrom('archived_bundles as b').select('hash').where((eb) => eb.not(eb.exists(
    eb.selectFrom('events').select('version').where('stream', '=', 'archive/bundles').where('command_id', '=', sql<string>`'archive/' || b.hash`)))).execute();
  for (const { hash } of bundles) yield `the bundle ${hash}`;
}
