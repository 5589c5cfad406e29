import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what the ledger must not show: AES-256-GCM, bound to the row it stands in. */
export class Seal {
  readonly #key: Buffer;

  /** A key of 32 bytes. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  close(row: string, value: Secret): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(row));
    return Buffer.concat([nonce, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws when it was closed with another key or for another row. */
  open(row: string, sealed: Buffer): Secret {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(row));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(plain.toString('utf8')) as Secret;
  }
}

export type Secret = Readonly<Record<string, string>>;
