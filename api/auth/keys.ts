import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { readOrCreate } from '../../db/vault/files.ts';

export const SIGNING_ALGORITHM = 'EdDSA';

/** The keys of an installation: files of its keys folder, made at the first start, readable by their owner only. */
export interface Keys {
  readonly folder: string;
  /** Wraps the keys of the vault; null: the one of the folder. */
  readonly master: Buffer | null;
  /** Signs the tokens of the embedded issuer. */
  readonly signing: SigningKey;
  /** A keyed digest of some parts, for one purpose: nobody without the key can confirm a guess by it. */
  digest(purpose: DigestPurpose, ...parts: readonly string[]): string;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** With the private part: for the trial provider, which signs by itself. */
  readonly privateJwk: JWK;
  /** As published: without the private part. */
  readonly publicJwk: JWK;
}

export type DigestPurpose = 'catalogue' | 'territory' | 'brokers' | 'request' | 'text' | 'open' | 'subject' | 'register' | 'form' | 'sign-on' | 'trial' | 'calendar';

/** Opens the keys folder and makes what is missing in it. Several processes may do so at once. */
export async function openKeys(folder: string, master: Buffer | null = null): Promise<Keys> {
  const signing = await readSigningKey(join(folder, 'token-signing.jwk.json'));
  const secret = await readOrCreate(join(folder, 'digest.key'), () => randomBytes(32));
  return {
    folder,
    master,
    signing,
    digest(purpose, ...parts) {
      const hmac = createHmac('sha256', secret).update(purpose);
      for (const part of parts) hmac.update(`\u0000${Buffer.byteLength(part)}\u0000`).update(part);
      return hmac.digest('hex');
    },
  };
}

async function readSigningKey(path: string): Promise<SigningKey> {
  const file = await readOrCreate(path, async () => {
    const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { crv: 'Ed25519', extractable: true });
    return Buffer.from(`${JSON.stringify(await exportJWK(privateKey))}\n`);
  });
  const jwk = JSON.parse(file.toString('utf8')) as JWK;
  const { d: _private, ...publicPart } = jwk;
  const kid = await calculateJwkThumbprint(publicPart);
  const privateKey = await importJWK(jwk, SIGNING_ALGORITHM);
  if (privateKey instanceof Uint8Array) throw new Error(`${path} does not hold an Ed25519 key`);
  const named = { kid, alg: SIGNING_ALGORITHM, use: 'sig' };
  return { kid, privateKey, privateJwk: { ...jwk, ...named }, publicJwk: { ...publicPart, ...named } };
}
