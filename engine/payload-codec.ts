import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { CAME_OPEN } from './open-values.ts';
import type { PayloadKey, PayloadKeys } from './payload-keys.ts';

/** What Temporal's own encrypting codecs call themselves: its tools show such payloads as encrypted. */
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const WORKFLOW_ID = 'workflow-id';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** An encrypted payload does not open: it was changed, or it belongs to another case. */
export class BrokenPayload extends Error {
  override readonly name = 'BrokenPayload';
}

/**
 * Encrypts what Temporal stores of our cases, outside the sandbox: the whole payload with its metadata, by AES-256-GCM
 * under a fresh nonce, bound to its key and to the workflow it is of. What is not encrypted is read as it is, so that
 * histories from before go on (docs/adr/0016), and said to be so: cases take no orders from it (workflows/shell.ts).
 */
export class EncryptingCodec implements PayloadCodec {
  private readonly keys: PayloadKeys;

  constructor(keys: PayloadKeys) {
    this.keys = keys;
  }

  async encode(payloads: Payload[], context?: { readonly workflowId?: string }): Promise<Payload[]> {
    return payloads.map((payload) => seal(payload, this.keys.newest, context?.workflowId));
  }

  /** Throws UnknownPayloadKey, or BrokenPayload when a payload was changed or is of another workflow than the context's. */
  async decode(payloads: Payload[], context?: { readonly workflowId?: string }): Promise<Payload[]> {
    return Promise.all(payloads.map(async (payload) => {
      if (isEncrypted(payload)) return this.open(payload, context?.workflowId);
      // Who asks without a context only looks; a workflow is told what no key stands behind.
      return context === undefined ? payload : { ...payload, metadata: { ...payload.metadata, ...CAME_OPEN } };
    }));
  }

  private async open(payload: Payload, expected: string | undefined): Promise<Payload> {
    const keyId = metadataOf(payload, KEY_ID);
    const workflowId = metadataOf(payload, WORKFLOW_ID);
    if (keyId === undefined) throw new BrokenPayload('An encrypted payload does not name its key');
    if (workflowId !== undefined && expected !== undefined && !isSame(workflowId, expected)) {
      throw new BrokenPayload(`A payload of ${workflowId} stands in ${expected}`);
    }
    return unseal(payload.data ?? new Uint8Array(), await this.keys.find(keyId), workflowId);
  }
}

/** What Temporal adds to the id of a workflow that a schedule starts. */
const SCHEDULED_AT = /-\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** The runs of a schedule are one workflow here: each is handed what became of the one before, and could never begin if it was not let read it. */
function isSame(workflowId: string, expected: string): boolean {
  return workflowId === expected || (SCHEDULED_AT.test(workflowId) && SCHEDULED_AT.test(expected) && workflowId.replace(SCHEDULED_AT, '') === expected.replace(SCHEDULED_AT, ''));
}

/** True for a payload that this codec made. */
export function isEncrypted(payload: Payload): boolean {
  return metadataOf(payload, 'encoding') === ENCODING;
}

function seal(payload: Payload, key: PayloadKey, workflowId: string | undefined): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(binding(key.id, workflowId));
  const data = Buffer.concat([nonce, cipher.update(PayloadMessage.encode(payload).finish()), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: bytes(ENCODING), [KEY_ID]: bytes(key.id), ...(workflowId === undefined ? {} : { [WORKFLOW_ID]: bytes(workflowId) }) }, data };
}

function unseal(data: Uint8Array, key: PayloadKey, workflowId: string | undefined): Payload {
  if (data.length < NONCE_BYTES + TAG_BYTES) throw new BrokenPayload('An encrypted payload is too short');
  const decipher = createDecipheriv(CIPHER, key.secret, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(binding(key.id, workflowId));
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    const { metadata, data: inner } = PayloadMessage.decode(plain);
    return { metadata, data: inner };
  } catch (cause) {
    throw new BrokenPayload(`A payload encrypted under the key ${key.id} was changed`, { cause });
  }
}

/** Authenticated beside the content: an encrypted payload can be given neither another key's name nor another case. */
function binding(keyId: string, workflowId: string | undefined): Buffer {
  return Buffer.from(JSON.stringify([ENCODING, keyId, workflowId ?? null]));
}

function metadataOf(payload: Payload, name: string): string | undefined {
  const value = payload.metadata?.[name];
  return value === undefined || value === null ? undefined : Buffer.from(value).toString('utf8');
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text);
}
