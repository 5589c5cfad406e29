import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { destroyFile, namesIn, readIfPresent, readOrCreate, replaceFile } from './files.ts';

const KINDS = ['subjects', 'texts', 'documents', 'drafts', 'webhooks', 'brokers', 'credentials'] as const;
export type VaultKind = (typeof KINDS)[number];

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const SALT_BYTES = 16;
const ID = /^[A-Za-z0-9-]{1,100}$/;

/** A key is wrapped under another master key than this one, or its file was altered. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}

/**
 * Encrypts what must be erasable, each thing under a key of its own. The keys are files outside the database and its backups, wrapped by a master key: once a
 * key is destroyed, no copy of the row tells anything, and without the master key no copy of the keys does.
 */
export class Vault {
  private readonly folder: string;
  private readonly masterFile: string;
  private master: Buffer | null;

  /** `masterKey` null: file `master.key` of the keys folder, made where there is none. */
  constructor(keysDir: string, masterKey: Buffer | null) {
    this.folder = join(keysDir, 'vault');
    this.masterFile = join(keysDir, 'master.key');
    this.master = masterKey;
  }

  /** Encrypts under the key of this id, made now if it has none. */
  async seal(kind: VaultKind, id: string, content: Buffer): Promise<Buffer> {
    return encrypt(await this.keyOrNew(kind, id), `${kind}/${id}`, content);
  }

  /** A salt that is known as long as the key is: the same each time, and gone with the key. */
  async salt(kind: VaultKind, id: string): Promise<Buffer> {
    const key = await this.keyOrNew(kind, id);
    return createHmac('sha256', key).update('salt').digest().subarray(0, SALT_BYTES);
  }

  /** The content; null when its key was destroyed. Throws when the row was tampered with. */
  async open(kind: VaultKind, id: string, sealed: Buffer): Promise<Buffer | null> {
    const file = await readIfPresent(this.keyFile(kind, id));
    return file === null ? null : decrypt(await this.unwrapped(kind, id, file), `${kind}/${id}`, sealed);
  }

  /** Wraps the keys of before there was a master key, with nothing else at work; gives how many. */
  async wrapOlderKeys(): Promise<number> {
    let wrapped = 0;
    for (const kind of KINDS) {
      for (const name of await namesIn(join(this.folder, kind))) {
        const id = name.replace(/\.key$/, '');
        const file = await readIfPresent(this.keyFile(kind, id));
        if (file?.length !== KEY_BYTES) continue;
        await replaceFile(this.keyFile(kind, id), await this.wrapped(kind, id, file));
        wrapped += 1;
      }
    }
    return wrapped;
  }

  /** Destroys the key; what was sealed under it can't be read any more, wherever a copy of it is. */
  async destroy(kind: VaultKind, id: string): Promise<void> {
    await destroyFile(this.keyFile(kind, id));
  }

  private async keyOrNew(kind: VaultKind, id: string): Promise<Buffer> {
    return this.unwrapped(kind, id, await readOrCreate(this.keyFile(kind, id), () => this.wrapped(kind, id, randomBytes(KEY_BYTES))));
  }

  private async wrapped(kind: VaultKind, id: string, key: Buffer): Promise<Buffer> {
    return encrypt(await this.masterKey(), wrapName(kind, id), key);
  }

  /** A file of before there was a master key holds the key itself. */
  private async unwrapped(kind: VaultKind, id: string, file: Buffer): Promise<Buffer> {
    if (file.length === KEY_BYTES) return file;
    const master = await this.masterKey();
    try {
      return decrypt(master, wrapName(kind, id), file);
    } catch (cause) {
      throw new WrongMasterKey(`The key of ${kind}/${id} does not open under this master key: is ASSOCIA_MASTER_KEY that of this installation?`, { cause });
    }
  }

  private async masterKey(): Promise<Buffer> {
    return this.master ??= await readOrCreate(this.masterFile, () => randomBytes(KEY_BYTES));
  }

  private keyFile(kind: VaultKind, id: string): string {
    if (!ID.test(id)) throw new RangeError('Not an id of the vault');
    return join(this.folder, kind, `${id}.key`);
  }
}

function wrapName(kind: VaultKind, id: string): string {
  return `key of ${kind}/${id}`;
}

/** Bound to its name: what is moved under another does not open. */
function encrypt(key: Buffer, name: string, content: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, name: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
