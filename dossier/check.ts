import { openCheckpoint, type OpenedCheckpoint } from '../tlog/checkpoint.ts';
import { NoteError, parseVerifier, type Verifier } from '../tlog/note.ts';
import { checkCommands, checkEvents, type EventVerdict } from './check-events.ts';
import { bundleFile, bundlesIn, digestsIn, FILES, filesOf, historyFile, kindOfDossier, manifestOf, manifestText, runsIn, type LeafProof, type Manifest } from './contents.ts';
import { Faults, type Fault } from './faults.ts';
import { EMBEDDED, holdsData } from './page-data.ts';
import { digestOf, parse, recordsIn, type RecordedCommand, type RecordedEvent } from './records.ts';
import { unzip, ZipError } from './zip.ts';

/** What a dossier came to: nothing in `faults` means that all that is said of it below holds. */
export interface DossierVerdict {
  readonly case: string;
  /** null: none of the keys has signed it. */
  readonly checkpoint: OpenedCheckpoint | null;
  readonly events: readonly EventVerdict[];
  readonly commands: readonly RecordedCommand[];
  readonly checked: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
}

export interface CheckOptions {
  /** Who may have signed the checkpoint; null: whoever the dossier names, which proves nothing of who that is. */
  readonly keys: readonly Verifier[] | null;
  /** False: of histories and bundles only the hashes are there, as in the dossier's page. */
  readonly whole: boolean;
}

/**
 * Checks a dossier by itself, all but the replay: the checkpoint's signature, each event's record, link, place and proof, its command,
 * histories and bundles by their hashes in those records, and that nothing in it says anything else. Runs in browsers too.
 */
export function checkDossier(files: ReadonlyMap<string, Buffer>, { keys, whole }: CheckOptions): DossierVerdict {
  const faults = new Faults();
  for (const name of whole ? Object.values(FILES) : EMBEDDED) if (!files.has(name)) faults.add('FILE_MISSING', `${name} is not there.`);
  const fileOf = (name: string): Buffer => files.get(name) ?? Buffer.alloc(0);
  const manifest = manifestIn(fileOf(FILES.manifest));
  if (manifest === undefined) {
    faults.add('MANIFEST_UNREADABLE', 'manifest.json does not say of which case the dossier is.');
    return { ...NOTHING, faults: faults.all };
  }
  const checkpoint = checkpointIn(fileOf(FILES.checkpoint), keys ?? keysIn(manifest, faults), faults);
  const records = lines(FILES.events, fileOf(FILES.events), faults);
  const proofs = proofsIn(fileOf(FILES.proofs), faults);
  const events = checkEvents({ id: manifest.case, records, proofs, tree: checkpoint }, faults);
  const commandRecords = lines(FILES.commands, fileOf(FILES.commands), faults);
  const commands = checkCommands(events, commandRecords, faults);
  const recorded = events.map(({ event }) => event);
  const heavy = hashedFiles(recorded);
  const contents = { case: manifest.case, checkpoint: fileOf(FILES.checkpoint).toString('utf8'), events: records, commands: commandRecords, proofs };
  const small = filesOf(contents, recorded);
  checkSmallFiles(digestsOf(manifest), files, small, faults);
  if (checkpoint !== null && recorded.length === records.length) checkManifest(manifest, fileOf(FILES.manifest), manifestOf(manifest.case, recorded, records, checkpoint, small), faults);
  if (whole) {
    checkHashes(files, heavy, faults);
    checkPage(manifest, fileOf(FILES.page), files, faults);
  }
  const known = new Set<string>([...Object.values(FILES), ...heavy.keys()]);
  for (const name of files.keys()) if (!known.has(name)) faults.add('FILE_UNKNOWN', `${name} is no part of a dossier of this case.`);
  const checked = {
    events: events.length, streams: new Set(recorded.map(({ stream }) => stream)).size, leaves: checkpoint?.size ?? 0, commands: commands.length,
    histories: runsIn(recorded).length, bundles: bundlesIn(recorded).length, documents: new Set(digestsIn(recorded).map(({ sha256 }) => sha256)).size,
  };
  return { case: manifest.case, checkpoint, events, commands, checked, faults: faults.all };
}

/** The same of the bytes of the file itself: what is not a dossier to the last byte is none. */
export function checkArchive(archive: Buffer, keys: CheckOptions['keys']): DossierVerdict & { readonly files: ReadonlyMap<string, Buffer> } {
  try {
    const files = new Map(unzip(archive).map(({ name, content }) => [name, content]));
    return { ...checkDossier(files, { keys, whole: true }), files };
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return { ...NOTHING, files: new Map(), faults: [{ code: 'DOSSIER_UNREADABLE', message: `The file is no dossier, or not as it was written: ${error.message}.` }] };
  }
}

const NOTHING = { case: '', checkpoint: null, events: [], commands: [], checked: {} } as const;

/** What is looked at of a manifest before it is held against the rest. */
function manifestIn(text: Buffer): Manifest | undefined {
  const manifest = parse(text) as Manifest | undefined;
  return kindOfDossier(String(manifest?.case)) === undefined ? undefined : manifest;
}

function keysIn(manifest: Manifest, faults: Faults): Verifier[] {
  const keys: unknown = (manifest.log as Partial<Manifest['log']> | undefined)?.keys;
  return (Array.isArray(keys) ? keys : []).flatMap((key) => {
    try {
      return [parseVerifier(String(key))];
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      faults.add('KEY_UNREADABLE', `manifest.json names a key that is none: ${error.message}.`);
      return [];
    }
  });
}

function checkpointIn(note: Buffer, keys: readonly Verifier[], faults: Faults): OpenedCheckpoint | null {
  try {
    return openCheckpoint(note.toString('utf8'), keys);
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    faults.add('CHECKPOINT_NOT_SIGNED', `${error.message}.`);
    return null;
  }
}

function lines(name: string, file: Buffer, faults: Faults): Buffer[] {
  const records = recordsIn(file);
  if (records === undefined) faults.add('RECORD_UNREADABLE', `The last line of ${name} does not end.`);
  return records ?? [];
}

function proofsIn(file: Buffer, faults: Faults): LeafProof[] {
  const proofs = parse(Buffer.concat([Buffer.from('{"list":'), file, Buffer.from('}')])) as { readonly list: unknown } | undefined;
  const list = Array.isArray(proofs?.list) && proofs.list.every(isProof) ? proofs.list as LeafProof[] : undefined;
  if (list === undefined) faults.add('PROOFS_UNREADABLE', 'proofs.json is no list of proofs.');
  return list ?? [];
}

function isProof(value: unknown): boolean {
  const { stream, version, leaf, hashes } = (value ?? {}) as Partial<LeafProof>;
  return typeof stream === 'string' && Number.isSafeInteger(version) && Number.isSafeInteger(leaf) && Array.isArray(hashes) && hashes.every((hash) => typeof hash === 'string');
}

interface Hashed {
  readonly hash: string;
  readonly code: string;
}

/** Files whose hashes stand in events. */
function hashedFiles(events: readonly RecordedEvent[]): ReadonlyMap<string, Hashed> {
  return new Map<string, Hashed>([
    ...runsIn(events).map(({ runId, hash }) => [historyFile(runId), { hash, code: 'HISTORY_DIFFERS' }] as [string, Hashed]),
    ...bundlesIn(events).map(({ hash }) => [bundleFile(hash), { hash, code: 'BUNDLE_DIFFERS' }] as [string, Hashed]),
  ]);
}

function checkHashes(files: ReadonlyMap<string, Buffer>, hashed: ReadonlyMap<string, Hashed>, faults: Faults): void {
  for (const [name, { hash, code }] of hashed) {
    const content = files.get(name);
    if (content === undefined) faults.add('FILE_MISSING', `${name} is not there.`);
    else if (digestOf(content) !== hash) faults.add(code, `${name} is not what was archived: its hash is another than that in the record.`);
  }
}

/** What a manifest says of files, by name. */
function digestsOf({ files }: Manifest): ReadonlyMap<string, unknown> {
  return new Map((Array.isArray(files) ? files as readonly unknown[] : []).map((file) => {
    const { name, sha256 } = (file ?? {}) as { readonly name?: unknown; readonly sha256?: unknown };
    return [String(name), sha256];
  }));
}

/** Each small file is what the manifest says, and to the byte what its contents give. */
function checkSmallFiles(digests: ReadonlyMap<string, unknown>, files: ReadonlyMap<string, Buffer>, expected: ReadonlyMap<string, Buffer>, faults: Faults): void {
  for (const [name, content] of expected) {
    const given = files.get(name);
    if (given === undefined) continue;
    if (digestOf(given) !== digests.get(name)) faults.add('FILE_DIFFERS', `${name} is not the file that manifest.json names.`);
    else if (!given.equals(content)) faults.add('FILE_DIFFERS', `${name} is not what the records of the case give.`);
  }
}

/** The page holds the same files, and the manifest as it is without it; what its program does, only its own text says. */
function checkPage(manifest: Manifest, page: Buffer, files: ReadonlyMap<string, Buffer>, faults: Faults): void {
  const { page: digest, ...rest } = manifest;
  if (page.length === 0) return;
  if (digestOf(page) !== digest) faults.add('FILE_DIFFERS', `${FILES.page} is not the file that manifest.json names.`);
  else if (!holdsData(page, new Map([...files, [FILES.manifest, manifestText(rest)]]))) faults.add('PAGE_DIFFERS', `${FILES.page} shows something else than the files beside it.`);
}

/** Every word of it follows from the rest, but for the digests of files, which were looked at, and that of the page. */
function checkManifest(given: Manifest, text: Buffer, expected: Manifest, faults: Faults): void {
  const digests = digestsOf(given);
  const whole = { ...expected, files: expected.files.map(({ name }) => ({ name, sha256: digests.get(name) })), ...(given.page === undefined ? {} : { page: given.page }) } as Manifest;
  const place = firstDifference(given, whole, '');
  if (place !== null) faults.add('MANIFEST_DIFFERS', `manifest.json says something else than the records in ${place}.`);
  else if (!manifestText(whole).equals(text)) faults.add('MANIFEST_DIFFERS', 'manifest.json is not written in its form.');
}

/** Where two values differ first; null: nowhere. */
function firstDifference(given: unknown, expected: unknown, path: string): string | null {
  if (typeof given !== 'object' || given === null || typeof expected !== 'object' || expected === null) return given === expected ? null : path;
  const names = [...new Set([...Object.keys(expected), ...Object.keys(given)])];
  for (const name of names) {
    const place = firstDifference((given as Record<string, unknown>)[name], (expected as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`);
    if (place !== null) return place;
  }
  return null;
}
