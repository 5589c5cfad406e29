import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';

/** A note does not hold: it is malformed, or not signed by who should have. */
export class NoteError extends Error {
  override readonly name = 'NoteError';
}

/** Who verifies notes of one key: `name+hash+key`, as it is published (C2SP signed-note). */
export interface Verifier {
  readonly name: string;
  /** Four bytes in hex, of name and key. */
  readonly keyHash: string;
  /** The key as text, for others to verify with. */
  readonly text: string;
  verifies(text: string, signature: Buffer): boolean;
}

/** Who signs notes with one key. */
export interface Signer {
  readonly verifier: Verifier;
  sign(text: string): Buffer;
}

const ED25519 = Buffer.of(1);
const KEY_BYTES = 32;
/** What stands before the bytes of a key in DER (RFC 8410). */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');

/** Parses a verifier key. Throws NoteError. */
export function parseVerifier(text: string): Verifier {
  const [, name = '', keyHash = '', encoded = ''] = VERIFIER.exec(text) ?? fail(`Not a verifier key: ${JSON.stringify(text.slice(0, 200))}`);
  const key = decode(encoded);
  if (!isName(name) || key.length !== 1 + KEY_BYTES || key[0] !== ED25519[0]) throw new NoteError('Not a verifier key of Ed25519');
  if (keyHashOf(name, key.subarray(1)) !== keyHash.toLowerCase()) throw new NoteError('The hash in the verifier key is not that of its name and key');
  return verifierOf(name, key.subarray(1));
}

/** Parses a signer key, `PRIVATE+KEY+name+hash+seed`. Throws NoteError, which tells nothing of the key. */
export function parseSigner(text: string): Signer {
  const [, name = '', keyHash = '', encoded = ''] = SIGNER.exec(text) ?? fail('Not a signer key');
  const key = decode(encoded);
  if (key.length !== 1 + KEY_BYTES || key[0] !== ED25519[0]) throw new NoteError('Not a signer key of Ed25519');
  const signer = signerOf(name, key.subarray(1));
  if (signer.verifier.keyHash !== keyHash.toLowerCase()) throw new NoteError('The hash in the signer key is not that of its name and key');
  return signer;
}

/** A signer key of a name, to be kept, from 32 random bytes. Throws NoteError for what can't be a name. */
export function signerKey(name: string, seed: Buffer): string {
  const { verifier } = signerOf(name, seed);
  return `PRIVATE+KEY+${name}+${verifier.keyHash}+${Buffer.concat([ED25519, seed]).toString('base64')}`;
}

/** A note: the text, an empty line, and a line for each signature. The text ends with a line end. */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!text.endsWith('\n')) throw new NoteError('The text of a note ends with a line end');
  const lines = signers.map((signer) => {
    const { name, keyHash } = signer.verifier;
    return `${DASH}${name} ${Buffer.concat([Buffer.from(keyHash, 'hex'), signer.sign(text)]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

export interface OpenedNote {
  readonly text: string;
  /** Those of the known who have signed, at least one, in the order of the note. */
  readonly signedBy: readonly Verifier[];
}

/**
 * The text of a note that one of the known has signed; signatures of others are passed over. Throws NoteError, also where one of the known
 * is said to have signed and has not.
 */
export function openNote(note: string, known: readonly Verifier[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const signedBy: Verifier[] = [];
  for (const { name, keyHash, signature } of signatures) {
    const verifier = known.find((one) => one.name === name && one.keyHash === keyHash);
    if (verifier === undefined || signedBy.includes(verifier)) continue;
    if (!verifier.verifies(text, signature)) throw new NoteError(`The signature of ${name}+${keyHash} does not hold`);
    signedBy.push(verifier);
  }
  if (signedBy.length === 0) throw new NoteError('None of the known keys has signed it');
  return { text, signedBy };
}

interface Signature {
  readonly name: string;
  readonly keyHash: string;
  readonly signature: Buffer;
}

const DASH = '\u2014 ';
const MOST_SIGNATURES = 100;
const SIGNER = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/i;
const VERIFIER = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/i;

function parseNote(note: string): { text: string; signatures: Signature[] } {
  // eslint-disable-next-line no-control-regex -- a note holds none
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new NoteError('A note holds no control character');
  const split = note.lastIndexOf('\n\n');
  const block = note.slice(split + 2);
  if (split < 0 || !block.endsWith('\n')) throw new NoteError('A note ends with an empty line and lines of signatures');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new NoteError('A note has too many signatures');
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) (.+)$/u.exec(line) ?? fail('Not a line of a signature');
  const bytes = decode(encoded);
  if (!isName(name) || bytes.length < 5) throw new NoteError('Not a line of a signature');
  return { name, keyHash: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) };
}

function signerOf(name: string, seed: Buffer): Signer {
  if (!isName(name)) throw new NoteError('The name of a key is not empty and has neither spaces nor a plus');
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
  return { verifier: verifierOf(name, publicKey), sign: (text) => sign(null, Buffer.from(text), privateKey) };
}

function verifierOf(name: string, key: Buffer): Verifier {
  const publicKey: KeyObject = createPublicKey({ key: Buffer.concat([PUBLIC_DER, key]), format: 'der', type: 'spki' });
  const keyHash = keyHashOf(name, key);
  return {
    name, keyHash, text: `${name}+${keyHash}+${Buffer.concat([ED25519, key]).toString('base64')}`,
    verifies: (text, signature) => verify(null, Buffer.from(text), publicKey, signature),
  };
}

function keyHashOf(name: string, key: Buffer): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), ED25519, key]), 'buffer').subarray(0, 4).toString('hex');
}

function isName(name: string): boolean {
  return name.isWellFormed() && /^[^\s\u0085+]+$/u.test(name);
}

/** Standard Base64 as it is written, with its padding. Throws NoteError. */
function decode(encoded: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded ? bytes : fail('Not Base64');
}

function fail(message: string): never {
  throw new NoteError(message);
}
