import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent, readOrCreate } from '../db/vault/files.ts';

/** A key under which payloads are encrypted. */
export interface PayloadKey {
  /** Its number and a fingerprint of it, like `1-3fa9c2d104be77aa`: the same number in another installation is another key. */
  readonly id: string;
  /** 32 bytes, prepared once: from a buffer each use would cost five times as much. */
  readonly secret: KeyObject;
}

const KEY_BYTES = 32;
const KEY_FILE = /^([1-9]\d{0,8})\.key$/;
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
    if (!(await hasPayloadKeys(keysDir))) await readOrCreate(keyFile(folder, 1), () => randomBytes(KEY_BYTES));
    const keys = await readKeys(folder);
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
      this.learn(await readKeys(this.folder));
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
  const folder = payloadFolder(keysDir);
  for (;;) {
    const number = (await numbersIn(folder)).reduce((most, one) => Math.max(most, one), 0) + 1;
    const secret = randomBytes(KEY_BYTES);
    // Of two who add at the same time one finds the other's key under its number, and takes the next.
    const stored = await readOrCreate(keyFile(folder, number), () => secret);
    if (stored.equals(secret)) return idOf(number, secret);
  }
}

function payloadFolder(keysDir: string): string {
  return join(keysDir, 'payloads');
}

/** All keys, oldest first. */
async function readKeys(folder: string): Promise<PayloadKey[]> {
  const keys: PayloadKey[] = [];
  for (const number of await numbersIn(folder)) {
    const secret = await readIfPresent(keyFile(folder, number));
    if (secret === null) continue;
    if (secret.length !== KEY_BYTES) throw new Error(`${keyFile(folder, number)} does not hold a key of ${KEY_BYTES} bytes`);
    keys.push({ id: idOf(number, secret), secret: createSecretKey(secret) });
  }
  return keys;
}

async function numbersIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return names.map((name) => Number(KEY_FILE.exec(name)?.[1])).filter(Number.isInteger).toSorted((a, b) => a - b);
}

function keyFile(folder: string, number: number): string {
  return join(folder, `${number}.key`);
}

function idOf(number: number, secret: Buffer): string {
  return `${number}-${createHash('sha256').update('payload key').update(secret).digest('hex').slice(0, 16)}`;
}
