import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { destroyFile, readIfPresent, readOrCreate } from './files.ts';

export type VaultKind = 'subjects' | 'texts' | 'documents' | 'drafts' | 'webhooks';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const SALT_BYTES = 16;
const ID = /^[A-Za-z0-9-]{1,100}$/;

/**
 * Encrypts what must be erasable, each thing under a key of its own. The keys are files outside the database and its
 * backups: once a key is destroyed, no copy of the row tells anything.
 */
export class Vault {
  private readonly folder: string;

  constructor(keysDir: string) {
    this.folder = join(keysDir, 'vault');
  }

  /** Encrypts under the key of this id, made now if it has none. */
  async seal(kind: VaultKind, id: string, content: Buffer): Promise<Buffer> {
    const key = await readOrCreate(this.keyFile(kind, id), () => randomBytes(KEY_BYTES));
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    // Bound to its id: a row moved under another id does not open.
    cipher.setAAD(Buffer.from(`${kind}/${id}`));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** A salt that is known as long as the key is: the same each time, and gone with the key. */
  async salt(kind: VaultKind, id: string): Promise<Buffer> {
    const key = await readOrCreate(this.keyFile(kind, id), () => randomBytes(KEY_BYTES));
    return createHmac('sha256', key).update('salt').digest().subarray(0, SALT_BYTES);
  }

  /** The content; null when its key was destroyed. Throws when the row was tampered with. */
  async open(kind: VaultKind, id: string, sealed: Buffer): Promise<Buffer | null> {
    const key = await readIfPresent(this.keyFile(kind, id));
    if (key === null) return null;
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(`${kind}/${id}`));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }

  /** Destroys the key; what was sealed under it can't be read any more, wherever a copy of it is. */
  async destroy(kind: VaultKind, id: string): Promise<void> {
    await destroyFile(this.keyFile(kind, id));
  }

  private keyFile(kind: VaultKind, id: string): string {
    if (!ID.test(id)) throw new RangeError('Not an id of the vault');
    return join(this.folder, kind, `${id}.key`);
  }
}
