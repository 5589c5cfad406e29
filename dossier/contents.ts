import { kindOfCase, type NamedKind } from '../domain/shared/case-kind.ts';
import type { OpenedCheckpoint } from '../tlog/checkpoint.ts';
import { digestOf, linesOf, type RecordedEvent } from './records.ts';

/** The form of dossiers that this code writes and reads (docs/dossier.md). */
const FORMAT = 'associa-dossier/1';

/** The files of a dossier, beside `histories/<runId>.pb` and `bundles/<hash>.js`. */
export const FILES = {
  manifest: 'manifest.json', checkpoint: 'checkpoint', proofs: 'proofs.json', events: 'events.ndjson', commands: 'commands.ndjson', documents: 'documents.json', page: 'index.html',
} as const;

/** Bundles have one journal for all cases: only the entries of those that ran this one are in its dossier. */
export const BUNDLES = 'archive/bundles';

/** A kind of case that has dossiers: that of an adhesion holds its migrations. */
export type DossierCase = Exclude<NamedKind, 'migration'>;

/** Of which kind the case with an id is; undefined: it is no id of a case that has dossiers. */
export function kindOfDossier(id: string): DossierCase | undefined {
  const kind = kindOfCase(id);
  return kind === 'migration' ? undefined : kind;
}

/** Where the events of a case come from: its own stream, the journal of its archive, and the migrations that an adhesion asked for. */
export function streamsOf(id: string, events: readonly RecordedEvent[]): { readonly own: string; readonly archive: string; readonly migrations: readonly string[] } {
  const requested = events.filter(({ type }) => type === 'MigrationRequested').map(({ data }) => `migration/${(data as { readonly migrationId: string }).migrationId}`);
  return { own: `${kindOfDossier(id) ?? 'adhesion'}/${id}`, archive: `archive/${id}`, migrations: [...new Set(requested)].toSorted() };
}

/** Whether a stream is of the case itself, and so has commands. */
export function isOfProcess(stream: string): boolean {
  return !stream.startsWith('archive/');
}

/** Proves an event to be a leaf of the tree. */
export interface LeafProof {
  readonly stream: string;
  readonly version: number;
  readonly leaf: number;
  /** Base64. */
  readonly hashes: readonly string[];
}

/** A run of the case, as the newest entry of the archive's journal has it. */
export interface DossierRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly state: string;
  readonly length: number;
  readonly bundles: readonly string[];
  /** Hex hash of its history. */
  readonly hash: string;
}

/** A bundle that ran a run, as its entry has it. */
export interface DossierBundle {
  readonly hash: string;
  readonly sdk: string;
  readonly node: string;
  readonly lockfile: string;
}

/** A digest of a text or document that events name: its bytes stand elsewhere, and can be erased. */
interface NamedDigest {
  readonly sha256: string;
  readonly stream: string;
  readonly version: number;
  /** Where in the data of the event. */
  readonly path: string;
}

export interface Manifest {
  readonly format: string;
  readonly case: string;
  readonly log: { readonly origin: string; readonly treeSize: number; readonly root: string; readonly keys: readonly string[] };
  readonly streams: readonly { readonly stream: string; readonly events: number; readonly head: string }[];
  readonly runs: readonly (DossierRun & { readonly file: string })[];
  readonly bundles: readonly (DossierBundle & { readonly file: string })[];
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** The page itself, which says all the rest. */
  readonly page?: string;
}

/** What a dossier is made of, but for the bytes of histories and bundles, whose hashes the events have. */
export interface Contents {
  /** `c_a010-1`, `agency-1`. */
  readonly case: string;
  /** The signed note. */
  readonly checkpoint: string;
  /** Records of events in the order of the log, and of commands in that of their first event. */
  readonly events: readonly Buffer[];
  readonly commands: readonly Buffer[];
  readonly proofs: readonly LeafProof[];
}

export function historyFile(runId: string): string {
  return `histories/${runId}.pb`;
}

export function bundleFile(hash: string): string {
  return `bundles/${hash}.js`;
}

/** The runs of a case, by the newest entry of each, in the order of their first. */
export function runsIn(events: readonly RecordedEvent[]): DossierRun[] {
  const runs = new Map<string, DossierRun>();
  for (const { stream, type, data } of events) {
    if (type !== 'HistoryArchived' || isOfProcess(stream) || !isRun(data)) continue;
    const { workflowId, runId, state, length, bundles, hash } = data;
    runs.set(runId, { workflowId, runId, state, length, bundles, hash });
  }
  return [...runs.values()];
}

export function bundlesIn(events: readonly RecordedEvent[]): DossierBundle[] {
  return events.filter(({ stream, type }) => stream === BUNDLES && type === 'BundleArchived').flatMap(({ data }) => {
    const { hash, sdk, node, lockfile } = data as DossierBundle;
    return HASH.test(hash) ? [{ hash, sdk, node, lockfile }] : [];
  });
}

const HASH = /^[0-9a-f]{64}$/;

/** Who forges a record may write anything: what is none of ours names no run. */
function isRun(data: object): data is DossierRun {
  const { workflowId, runId, bundles, hash } = data as Partial<DossierRun>;
  return typeof workflowId === 'string' && /^[0-9a-f-]{36}$/.test(String(runId)) && HASH.test(String(hash)) && Array.isArray(bundles) && bundles.every((bundle) => typeof bundle === 'string');
}

/** Every digest in the data of events that is called one; those of the salted references to free texts are not. */
export function digestsIn(events: readonly RecordedEvent[]): NamedDigest[] {
  return events.filter(({ stream }) => isOfProcess(stream)).flatMap(({ stream, version, data }) => digestsOf(data, '', MOST_LEVELS).map(({ sha256, path }) => ({ sha256, stream, version, path })));
}

/** Data comes through the interface, which takes no more. */
const MOST_LEVELS = 32;

function digestsOf(value: unknown, path: string, levels: number): { sha256: string; path: string }[] {
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, member]) => {
    const place = path === '' ? name : `${path}.${name}`;
    return typeof member === 'string' && /sha256$/i.test(name) && HASH.test(member) ? [{ sha256: member, path: place }] : digestsOf(member, place, levels - 1);
  });
}

/** The small files, which follow from the contents. */
export function filesOf(contents: Contents, events: readonly RecordedEvent[]): ReadonlyMap<string, Buffer> {
  return new Map<string, Buffer>([
    [FILES.checkpoint, Buffer.from(contents.checkpoint)],
    [FILES.proofs, listText(contents.proofs)],
    [FILES.events, linesOf(contents.events)],
    [FILES.commands, linesOf(contents.commands)],
    [FILES.documents, listText(digestsIn(events))],
  ]);
}

/** The manifest without its page: every word of it follows from the events, the checkpoint, and the keys that signed it. */
export function manifestOf(id: string, events: readonly RecordedEvent[], records: readonly Buffer[], { origin, size, root, signedBy }: OpenedCheckpoint, files: ReadonlyMap<string, Buffer>): Manifest {
  const heads = new Map<string, { stream: string; events: number; head: string }>();
  for (const [at, { stream }] of events.entries()) {
    if (stream !== BUNDLES) heads.set(stream, { stream, events: (heads.get(stream)?.events ?? 0) + 1, head: digestOf(records[at] ?? Buffer.alloc(0)) });
  }
  return {
    format: FORMAT, case: id,
    log: { origin, treeSize: size, root: root.toString('base64'), keys: signedBy.map(({ text }) => text) },
    streams: [...heads.values()],
    runs: runsIn(events).map((run) => ({ ...run, file: historyFile(run.runId) })),
    bundles: bundlesIn(events).map((bundle) => ({ ...bundle, file: bundleFile(bundle.hash) })),
    files: [...files].map(([name, content]) => ({ name, sha256: digestOf(content) })),
  };
}

export function manifestText(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** A JSON list, an item a line. */
function listText(items: readonly object[]): Buffer {
  return Buffer.from(items.length === 0 ? '[]\n' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`);
}
