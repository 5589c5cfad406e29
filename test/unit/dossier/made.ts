import { seal } from '../../../db/event-store/record.ts';
import { bundleFile, FILES, filesOf, historyFile, manifestOf, type Contents, type Manifest } from '../../../dossier/contents.ts';
import { withManifest } from '../../../dossier/export.ts';
import { digestOf, readEvent, type RecordedEvent } from '../../../dossier/records.ts';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import type { EventBody } from '../../../domain/shared/process.ts';
import { openCheckpoint, signCheckpoint } from '../../../tlog/checkpoint.ts';
import { inclusionRanges } from '../../../tlog/merkle.ts';
import type { Signer } from '../../../tlog/note.ts';
import { TEST_SIGNER } from '../../independent/ours.ts';
import { OPERATOR } from '../../support/procedure.ts';
import { memoryLog } from '../tlog/tree.ts';

/** A log with a case in it, made by the very code that stores, without a server. */
export const CASE = 'c_a010-1';
export const ADHESION = `adhesion/${CASE}`;
export const RUN = '0d1f3a52-7a31-4b5e-9d0e-0b1c2d3e4f50';
export const HISTORY = Buffer.from('a history');
export const BUNDLE = Buffer.from('the code');
const SHA256 = 'ab'.repeat(32);

export type Files = Map<string, Buffer>;

export interface Log {
  /** Of all streams in the global order. */
  readonly records: Buffer[];
  readonly commands: Buffer[];
}

export function emptyLog(): Log {
  return { records: [], commands: [] };
}

/** Appends events of one command to a stream, as the store does. */
export function add({ records, commands }: Log, stream: string, bodies: readonly EventBody[], actor: Actor = OPERATOR): void {
  const own = records.filter((record) => readEvent(record)?.stream === stream);
  const last = own.at(-1);
  const command = { id: `${stream}-${own.length}`, type: 'Do', data: { n: own.length }, actor, receivedAt: '2026-03-02T09:00:00Z', requestHash: null };
  const { command: sealed, events } = seal({ stream, expected: own.length, expectedHash: last === undefined ? null : digestOf(last), command, events: bodies }, '2026-03-02T09:00:01.000Z');
  records.push(...events.map(({ record }) => record));
  commands.push(sealed.record);
}

/** Fourteen leaves, of which nine are of the case. */
export function caseLog(): Log {
  const log = emptyLog();
  add(log, 'archive/bundles', [{ type: 'BundleArchived', data: { hash: digestOf(BUNDLE), sdk: '1.24.0', node: 'v24.21.0', lockfile: SHA256 } }], ENGINE);
  add(log, ADHESION, [{ type: 'AdhesionOpened', data: { body: 'c_a010', name: 'Abbiategrasso' } }, { type: 'ProposalSent', data: { template: { id: 'convenzione-cst', sha256: SHA256 } }, effectiveOn: '2026-03-02' }]);
  add(log, 'adhesion/c_f205-1', [{ type: 'AdhesionOpened', data: {} }]);
  add(log, ADHESION, [{ type: 'MigrationRequested', data: { migrationId: `${CASE}.TRAINING`, reasons: { textId: 'txt-1', digest: 'cd'.repeat(32) } } }]);
  add(log, 'archive/bundles', [{ type: 'BundleArchived', data: { hash: 'ef'.repeat(32), sdk: '1.24.0', node: 'v24.21.0', lockfile: SHA256 } }], ENGINE);
  add(log, `migration/${CASE}.TRAINING`, [{ type: 'MigrationRequested', data: { migrationId: `${CASE}.TRAINING` } }, { type: 'ProvisioningStarted', data: {} }]);
  add(log, `archive/${CASE}`, [archived(3)], ENGINE);
  add(log, 'adhesion/c_f205-1', [{ type: 'ProposalSent', data: {} }, { type: 'ReceiptConfirmed', data: {} }, { type: 'OpinionRecorded', data: {} }]);
  add(log, `archive/${CASE}`, [archived(9)], ENGINE);
  add(log, ADHESION, [{ type: 'ReceiptConfirmed', data: {} }]);
  return log;
}

function archived(length: number): EventBody {
  return { type: 'HistoryArchived', data: { workflowId: ADHESION, runId: RUN, state: 'RUNNING', length, hash: digestOf(length === 9 ? HISTORY : Buffer.from('shorter')), bundles: [digestOf(BUNDLE)] } };
}

/** Whether an event is in the dossier of the case. */
export function isOfCase({ stream, data }: RecordedEvent): boolean {
  return stream.includes(CASE) || (stream === 'archive/bundles' && (data as { hash: string }).hash === digestOf(BUNDLE));
}

/** What the dossier of the case holds when the log is so. */
export async function contentsOf(log: Log, signer: Signer = TEST_SIGNER, belongs = isOfCase): Promise<Contents> {
  const { records, commands } = log;
  const memory = memoryLog(records.length, (leaf) => records[leaf] ?? Buffer.alloc(0));
  const own = records.flatMap((record, leaf) => {
    const event = readEvent(record);
    return event !== undefined && belongs(event) ? [{ record, leaf, event }] : [];
  });
  const proofs = await Promise.all(own.map(async ({ leaf, event: { stream, version } }) => ({
    stream, version, leaf, hashes: (await memory.hashes(inclusionRanges(leaf, records.length), records.length)).map((hash) => hash.toString('base64')),
  })));
  const named = new Set(own.filter(({ event: { stream } }) => !stream.startsWith('archive/')).map(({ event: { commandHash } }) => commandHash));
  const checkpoint = signCheckpoint({ size: records.length, root: memory.roots[records.length] ?? Buffer.alloc(0) }, [signer]);
  return { case: CASE, checkpoint, events: own.map(({ record }) => record), commands: commands.filter((record) => named.has(digestOf(record))), proofs };
}

/** The files of a dossier, with its manifest and its page. */
export async function filesOfCase(contents: Contents, signer: Signer = TEST_SIGNER): Promise<Files> {
  const events = contents.events.flatMap((record) => readEvent(record) ?? []);
  const small = filesOf(contents, events);
  const manifest = manifestOf(contents.case, events, contents.events, openCheckpoint(contents.checkpoint, [signer.verifier]), small);
  return new Map([...await withManifest(manifest, small), [historyFile(RUN), HISTORY], [bundleFile(digestOf(BUNDLE)), BUNDLE]]);
}

export async function madeFiles(): Promise<Files> {
  return filesOfCase(await contentsOf(caseLog()));
}

export function manifestIn(files: Files): Manifest {
  return JSON.parse(String(files.get(FILES.manifest))) as Manifest;
}

/** Lets manifest and page name and show the files as they are now: who changes one can change the others. */
export async function refitted(files: Files): Promise<Files> {
  const { page: _, ...manifest } = manifestIn(files);
  const named = manifest.files.map(({ name }) => name);
  const fitted = { ...manifest, files: named.map((name) => ({ name, sha256: digestOf(files.get(name) ?? Buffer.alloc(0)) })) };
  return new Map([...files, ...await withManifest(fitted, new Map(named.flatMap((name) => { const content = files.get(name); return content === undefined ? [] : [[name, content] as const]; })))]);
}
