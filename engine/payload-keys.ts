import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { addNumbered, numbersIn, openNumbered, readNumbered, type NumberedFile } from '../db/vault/numbered-files.ts';

/** A key under which payloads are encrypted. */
export interface PayloadKey {
  /** Its number and a fingerprint of it, like `1-3fa9c2d104be77aa`: the same number in another installation is another key. */
  readonly id: string;
  /** 32 bytes, prepared once: from a buffer each use would cost five times as much. */
  readonly secret: KeyObject;
}

const KEY_BYTES = 32;
/** An unknown id has the folder read again, no more often than this. */
const LOOK_AGAIN_MS = 1_000;

/**
 * The keys of the payloads that Temporal keeps: files `payloads/<number>.key` of the keys folder. The one with the highest
 * number at the start of the process encrypts, all decrypt; a key that was added meanwhile is found when it is met.
 */
export class PayloadKeys {
  /** Encrypts. */
  readonly newest: PayloadKey;
  private readonly folder: string;
  private readonly known = new Map<string, PayloadKey>();
  private lookedAt = 0;

  private constructor(folder: string, keys: readonly PayloadKey[], newest: PayloadKey) {
    this.folder = folder;
    this.newest = newest;
    this.learn(keys);
  }

  /** Opens the keys in the keys folder and makes the first one where there is none. Several processes may do so at once. */
  static async open(keysDir: string): Promise<PayloadKeys> {
    const folder = payloadFolder(keysDir);
    const keys = (await openNumbered(folder, () => randomBytes(KEY_BYTES))).map(keyOf);
    const newest = keys.at(-1);
    if (newest === undefined) throw new Error(`No key can be read in ${folder}`);
    return new PayloadKeys(folder, keys, newest);
  }

  /** The key of this id. Throws UnknownPayloadKey. */
  async find(id: string): Promise<PayloadKey> {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    if (Date.now() - this.lookedAt >= LOOK_AGAIN_MS) {
      this.lookedAt = Date.now();
      this.learn((await readNumbered(this.folder)).map(keyOf));
    }
    const found = this.known.get(id);
    if (found === undefined) throw new UnknownPayloadKey(id, this.folder);
    return found;
  }

  private learn(keys: readonly PayloadKey[]): void {
    for (const key of keys) this.known.set(key.id, key);
  }
}

/** A payload is encrypted under a key that is not in the keys folder: it was lost, or not copied to this machine. */
export class UnknownPayloadKey extends Error {
  override readonly name = 'UnknownPayloadKey';

  readonly keyId: string;

  constructor(id: string, folder: string) {
    super(`A payload is encrypted under the key ${JSON.stringify(id.slice(0, 100))}, which is not in ${folder}: copy it there from another machine or a backup (ASSOCIA_KEYS).`);
    this.keyId = id.slice(0, 100);
  }
}

/** Whether the keys folder has any, before one is made. */
export async function hasPayloadKeys(keysDir: string): Promise<boolean> {
  return (await numbersIn(payloadFolder(keysDir))).length > 0;
}

/** Adds a key that is newer than all there are; answers its id. Processes that run go on with theirs until they are started again. */
export async function addPayloadKey(keysDir: string): Promise<string> {
  const secret = randomBytes(KEY_BYTES);
  return idOf(await addNumbered(payloadFolder(keysDir), secret), secret);
}

function payloadFolder(keysDir: string): string {
  return join(keysDir, 'payloads');
}

function keyOf({ number, path, content }: NumberedFile): PayloadKey {
  if (content.length !== KEY_BYTES) throw new Error(`${path} does not hold a key of ${KEY_BYTES} bytes`);
  return { id: idOf(number, content), secret: createSecretKey(content) };
}

function idOf(number: number, secret: Buffer): string {
  return `${number}-${createHash('sha256').update('payload key').update(secret).digest('hex').slice(0, 16)}`;
}
