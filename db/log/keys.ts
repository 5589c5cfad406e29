import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseSigner, parseVerifier, signerKey, type Signer, type Verifier } from '../../tlog/note.ts';
import { addNumbered, openNumbered, readNumbered, type NumberedFile } from '../vault/numbered-files.ts';

/** The keys of the transparency log. */
export interface LogKeys {
  /** Sign checkpoints: those under the name of the newest, newest first. Who knows an older one follows to the newest. */
  readonly signers: readonly [Signer, ...Signer[]];
  /** Verify checkpoints, newest first. */
  readonly verifiers: readonly Verifier[];
}

const SEED_BYTES = 32;

/**
 * Opens the keys, files `log/<number>.key` of the keys folder, and makes the first under a name where there is none. A file holds a signer
 * key, or of a key that must not sign any more its verifier key. Throws NoteError.
 */
export async function openLogKeys(keysDir: string, origin: string): Promise<LogKeys> {
  const files = await openNumbered(logFolder(keysDir), () => newKey(origin));
  const signers = files.filter(isSigner).map((file) => parseSigner(textOf(file))).toReversed();
  const [newest, ...older] = signers;
  if (newest === undefined) throw new Error(`No key in ${logFolder(keysDir)} can sign the transparency log: npx associa keys add-log makes one`);
  return { signers: [newest, ...older.filter(({ verifier }) => verifier.name === newest.verifier.name)], verifiers: verifiersOf(files) };
}

/** What checkpoints are verified with, newest first; none before the first start. Throws NoteError. */
export async function readLogVerifiers(keysDir: string): Promise<Verifier[]> {
  return verifiersOf(await readNumbered(logFolder(keysDir)));
}

/** Adds a key that signs from the next start of the worker on; answers what verifies it. */
export async function addLogKey(keysDir: string, origin: string): Promise<Verifier> {
  const content = newKey(origin);
  await addNumbered(logFolder(keysDir), content);
  return parseSigner(content.toString().trim()).verifier;
}

function logFolder(keysDir: string): string {
  return join(keysDir, 'log');
}

function newKey(origin: string): Buffer {
  return Buffer.from(`${signerKey(origin, randomBytes(SEED_BYTES))}\n`);
}

function verifiersOf(files: readonly NumberedFile[]): Verifier[] {
  return files.map((file) => (isSigner(file) ? parseSigner(textOf(file)).verifier : parseVerifier(textOf(file)))).toReversed();
}

function isSigner(file: NumberedFile): boolean {
  return textOf(file).startsWith('PRIVATE+KEY+');
}

function textOf({ content }: NumberedFile): string {
  return content.toString('utf8').trim();
}
