import { createHash, createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isBodyCode } from '../domain/shared/body-code.ts';
import { readIfPresent, readOrCreate } from './vault/files.ts';

/** The tenant of operators, auditors, worker and audit tools: every body, and the journals. */
export const WHOLE_TERRITORY = '*';

const FILE = 'tenant.key';
const KEY_BYTES = 32;
const BLOCK_BYTES = 64;

/** What proves to the database on whose behalf a session asks; its rows are shown to nobody without. */
export interface TenantKey {
  /** The keys folder it was read from, for messages. */
  readonly folder: string;
  /**
   * Names a tenant (an IPA code, or the whole territory) to one session of the database, for some seconds: a proof that
   * is read off a log or another session's statement opens nothing. Throws RangeError for what is no tenant.
   */
  proof(tenant: string, backendPid: number, seconds: number): string;
  /** What the database keeps to verify proofs: the key as HMAC's two padded blocks, since SQL has sha256 and no HMAC. */
  readonly verifier: { readonly id: string; readonly innerPad: Buffer; readonly outerPad: Buffer };
}

/** The keys folder has no key of the tenants: without it nobody sees a row. */
export class TenantKeyMissing extends Error {
  override readonly name = 'TenantKeyMissing';

  constructor(folder: string) {
    super(`The keys folder ${folder} holds no ${FILE}, without which the database shows nothing: set ASSOCIA_KEYS to the folder of this installation (migrate makes the key).`);
  }
}

/** The key in a keys folder. Throws TenantKeyMissing. */
export async function openTenantKey(folder: string): Promise<TenantKey> {
  const key = await readIfPresent(join(folder, FILE));
  if (key === null) throw new TenantKeyMissing(folder);
  return tenantKey(folder, key);
}

/** The key in a keys folder, made if there is none; for migrations, which tell it to the database. */
export async function createTenantKey(folder: string): Promise<TenantKey> {
  return tenantKey(folder, await readOrCreate(join(folder, FILE), () => randomBytes(KEY_BYTES)));
}

function tenantKey(folder: string, key: Buffer): TenantKey {
  if (key.length !== KEY_BYTES) throw new Error(`${join(folder, FILE)} does not hold a key of ${KEY_BYTES} bytes`);
  const id = createHash('sha256').update('tenant-key-id').update(key).digest('hex').slice(0, 16);
  return {
    folder,
    proof(tenant, backendPid, seconds) {
      if (tenant !== WHOLE_TERRITORY && !isBodyCode(tenant)) throw new RangeError('Not a tenant');
      const expires = Math.floor(Date.now() / 1000) + seconds;
      const mac = createHmac('sha256', key).update(`${tenant}|${expires}|${backendPid}`).digest('hex');
      return `${tenant}|${expires}|${id}|${mac}`;
    },
    verifier: { id, innerPad: padded(key, 0x36), outerPad: padded(key, 0x5c) },
  };
}

/** RFC 2104. */
function padded(key: Buffer, pad: number): Buffer {
  return Buffer.from(Buffer.concat([key], BLOCK_BYTES).map((byte) => byte ^ pad));
}
