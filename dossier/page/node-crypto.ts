import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Buffer } from 'buffer/index.js';

/**
 * `node:crypto` in the page of a dossier, as far as the code that verifies asks for it. A browser's own is not always there for a file that is
 * opened from disk, and answers late; this one is of audited libraries.
 */

/** SHA-256, in hex or as bytes. */
export function hash(_algorithm: 'sha256', content: Uint8Array | string, encoding: 'hex' | 'buffer' = 'hex'): string | Buffer {
  const bytes = Buffer.from(sha256(typeof content === 'string' ? Buffer.from(content) : content));
  return encoding === 'buffer' ? bytes : bytes.toString('hex');
}

/** What stands before the bytes of a public key in DER (RFC 8410). */
const PUBLIC_DER_BYTES = 12;

/** The bytes of a public key, of its DER. */
export function createPublicKey({ key }: { readonly key: Uint8Array }): Uint8Array {
  return key.subarray(PUBLIC_DER_BYTES);
}

/** Whether an Ed25519 signature holds, by the strict rules of RFC 8032, as Node has it. */
export function verify(_algorithm: null, content: Uint8Array, key: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, content, key, { zip215: false });
  } catch {
    return false; // of another length
  }
}

/** The page signs nothing. */
export function createPrivateKey(): never {
  throw new TypeError('There is no private key here');
}

export function sign(): never {
  throw new TypeError('There is no private key here');
}
