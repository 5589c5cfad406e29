import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Keys } from './keys.ts';

/** A sign-on under way: what is compared when the browser comes back, and where it wanted to go. */
export type Attempt = z.infer<typeof Attempt>;
const Attempt = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

const MINUTES = 10;

/** The attempt for a cookie: sealed, so that the browser keeps what it can neither read nor make. Strangers write nothing into the database. */
export function sealAttempt(keys: Keys, attempt: Attempt): Promise<string> {
  return new EncryptJWT({ ...attempt }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setIssuedAt().setExpirationTime(`${MINUTES}m`).encrypt(keyOf(keys));
}

/** The attempt of a cookie; undefined when it is none of ours, or too old. */
export async function openAttempt(keys: Keys, sealed: string): Promise<Attempt | undefined> {
  try {
    const { payload } = await jwtDecrypt(sealed, keyOf(keys), { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], requiredClaims: ['exp'] });
    return Attempt.parse(payload);
  } catch {
    return undefined;
  }
}

function keyOf(keys: Keys): Uint8Array {
  return Buffer.from(keys.digest('sign-on'), 'hex');
}
