import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { ENGINE } from '../domain/shared/actor.ts';
import type { Db } from './client.ts';
import { adhesionOf, Journal } from './journal.ts';

const BUNDLES = 'archive/bundles';
const [compress, expand] = [promisify(gzip), promisify(gunzip)];

/** A run's history as it stood when it was archived: protobuf (`temporal.api.history.v1.History`), decrypted. */
export interface History {
  readonly workflowId: string;
  readonly runId: string;
  /** RUNNING, COMPLETED, CONTINUED_AS_NEW, … */
  readonly state: string;
  /** Instants; null: it goes on. */
  readonly startedAt: string;
  readonly closedAt: string | null;
  /** How many events it has. */
  readonly length: number;
  /** Hashes of the bundles that ran its workflow tasks, in order of their first task. */
  readonly bundles: readonly string[];
  readonly bytes: Buffer;
}

/** What is known of an archived history without its content; `hash` is the hex SHA-256 of its bytes. */
export type ArchivedHistory = Omit<History, 'bytes'> & { readonly hash: string; readonly archivedAt: string };

/** A workflow bundle, and what it ran on; `hash` is the hex SHA-256 of its code, `lockfile` that of the lock file. */
export interface Bundle {
  readonly hash: string;
  readonly code: string;
  readonly sdk: string;
  readonly node: string;
  readonly lockfile: string;
}

/** The archive holds, or would hold, bytes that are not those of their hash. */
export class ArchiveDiffers extends Error {
  override readonly name = 'ArchiveDiffers';
}

/** Histories and bundles kept beside the events, each with its entry in the journal `archive/…`, which names the hash. */
export class Archive {
  private readonly db: Db;
  private readonly bundles: Journal;

  constructor(db: Db) {
    this.db = db;
    this.bundles = new Journal(db, BUNDLES);
  }

  /** Keeps a bundle once. Throws ArchiveDiffers when the code has another hash. */
  async keepBundle({ hash, code, sdk, node, lockfile }: Bundle): Promise<void> {
    if (sha256(code) !== hash) throw new ArchiveDiffers(`The code is not that of the bundle ${hash}.`);
    // A worker gives its own at each start: to compress it takes longer than to look.
    const known = await this.db.selectFrom('archived_bundles').select('hash').where('hash', '=', hash).executeTakeFirst();
    if (known === undefined) {
      await this.db.insertInto('archived_bundles')
        .values({ hash, code: await compress(code), size: Buffer.byteLength(code), sdk, node, lockfile, archived_at: now() })
        .onConflict((conflict) => conflict.doNothing()).execute();
    }
    await this.bundles.enter({ commandId: `archive/${hash}`, type: 'ArchiveBundle', event: { type: 'BundleArchived', data: { hash, sdk, node, lockfile } }, actor: ENGINE });
  }

  /** Keeps a history as it stands. The same length of a run is kept once; the first stays. Throws ArchiveDiffers for a run that was longer. */
  async keepHistory({ bytes, ...history }: History): Promise<void> {
    const { workflowId, runId, length, state, startedAt, closedAt, bundles } = history;
    const longest = (await this.known(workflowId, runId))?.length ?? 0;
    if (longest > length) throw new ArchiveDiffers(`The run ${runId} was archived with ${longest} events, now it has ${length}.`);
    await this.db.insertInto('archived_histories').values({
      workflow_id: workflowId, run_id: runId, length, state, started_at: startedAt, closed_at: closedAt, bundles: [...bundles],
      hash: sha256(bytes), history: await compress(bytes), size: bytes.length, archived_at: now(),
    }).onConflict((conflict) => conflict.doNothing()).execute();
    // What is entered is what is kept, also when an earlier attempt kept it and could not enter it.
    const kept = await this.rows().where('workflow_id', '=', workflowId).where('run_id', '=', runId).where('length', '=', length).executeTakeFirstOrThrow();
    await new Journal(this.db, `archive/${adhesionOf(workflowId)}`).enter({
      commandId: `archive/${runId}/${length}`, type: 'ArchiveHistory', actor: ENGINE,
      event: { type: 'HistoryArchived', data: { workflowId, runId, state: kept.state, length, hash: kept.hash, bundles: kept.bundles } },
    });
  }

  /** The newest that is kept of a run. */
  async known(workflowId: string, runId: string): Promise<ArchivedHistory | undefined> {
    const row = await this.rows().where('workflow_id', '=', workflowId).where('run_id', '=', runId).orderBy('length', 'desc').limit(1).executeTakeFirst();
    return row === undefined ? undefined : toHistory(row);
  }

  /** The newest that is kept of each run of a case, oldest run first. */
  runsOf(workflowId: string): Promise<ArchivedHistory[]> {
    return this.newest([workflowId]);
  }

  /** The newest that is kept of each run of every case, or of some, oldest run first. */
  async newest(workflowIds?: readonly string[]): Promise<ArchivedHistory[]> {
    const wanted = workflowIds === undefined ? this.rows() : this.rows().where('workflow_id', 'in', workflowIds);
    const rows = await wanted.distinctOn(['workflow_id', 'run_id']).orderBy('workflow_id').orderBy('run_id').orderBy('length', 'desc').execute();
    return rows.map(toHistory).toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  }

  /** The bytes of a history. Throws ArchiveDiffers when they are no longer there, or no longer those of the hash. */
  async bytesOf({ workflowId, runId, length, hash }: Pick<ArchivedHistory, 'workflowId' | 'runId' | 'length' | 'hash'>): Promise<Buffer> {
    const row = await this.db.selectFrom('archived_histories').select('history')
      .where('workflow_id', '=', workflowId).where('run_id', '=', runId).where('length', '=', length).executeTakeFirst();
    if (row === undefined) throw new ArchiveDiffers(`The history of the run ${runId} with ${length} events is no longer kept.`);
    return whole(row.history, hash, `the history of the run ${runId}`);
  }

  /** Undefined when it is not there. Throws ArchiveDiffers when its code is no longer that of its hash. */
  async bundle(hash: string): Promise<Bundle | undefined> {
    const row = await this.db.selectFrom('archived_bundles').selectAll().where('hash', '=', hash).executeTakeFirst();
    if (row === undefined) return undefined;
    const { sdk, node, lockfile } = row;
    return { hash, sdk, node, lockfile, code: (await whole(row.code, hash, `the bundle ${hash}`)).toString('utf8') };
  }

  /** Up to when every closed run is archived; null: there was no whole sweep yet. */
  async sweptThrough(): Promise<string | null> {
    const row = await this.db.selectFrom('archive_sweeps').select('through').where('failed', '=', 0).orderBy('id', 'desc').limit(1).executeTakeFirst();
    return row?.through ?? null;
  }

  async enterSweep(through: string, archived: number, failed: number): Promise<void> {
    await this.db.insertInto('archive_sweeps').values({ through, ended_at: now(), archived, failed }).execute();
  }

  private rows() {
    return this.db.selectFrom('archived_histories').select(['workflow_id', 'run_id', 'length', 'state', 'started_at', 'closed_at', 'hash', 'bundles', 'archived_at']);
  }
}

interface Row {
  readonly workflow_id: string;
  readonly run_id: string;
  readonly length: number;
  readonly state: string;
  readonly started_at: string;
  readonly closed_at: string | null;
  readonly hash: string;
  readonly bundles: string[];
  readonly archived_at: string;
}

function toHistory(row: Row): ArchivedHistory {
  const { workflow_id: workflowId, run_id: runId, length, state, started_at: startedAt, closed_at: closedAt, hash, bundles, archived_at: archivedAt } = row;
  return { workflowId, runId, length, state, startedAt, closedAt, hash, bundles, archivedAt };
}

async function whole(compressed: Buffer, hash: string, what: string): Promise<Buffer> {
  const bytes = await expand(compressed).catch((cause: unknown) => { throw new ArchiveDiffers(`What is kept of ${what} can't be read.`, { cause }); });
  if (sha256(bytes) !== hash) throw new ArchiveDiffers(`What is kept of ${what} is not what was archived.`);
  return bytes;
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function now(): string {
  return new Date().toISOString();
}
