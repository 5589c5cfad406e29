import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { DataConverter, Payload, SerializationContext } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { decode } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { EncryptingCodec, isEncrypted } from './payload-codec.ts';
import { PayloadKeys } from './payload-keys.ts';

/** Where the bundle, the client and the worker find how failures are written. */
export const FAILURE_CONVERTER = fileURLToPath(new URL('failures.ts', import.meta.url));

/** How everything that goes to Temporal is written and read; the same in client, worker and replay. */
export interface CaseConverter extends DataConverter {
  readonly failureConverterPath: string;
  readonly payloadCodecs: [EncryptingCodec];
}

/** Opens the keys of the payloads, made at the first start, and gives the converter that goes by them. */
export async function openConverter(keysDir: string): Promise<CaseConverter> {
  return { failureConverterPath: FAILURE_CONVERTER, payloadCodecs: [new EncryptingCodec(await PayloadKeys.open(keysDir))] };
}

/** Decrypts every payload of a history of this workflow, in place: it then reads and replays without our keys. */
export async function decodeHistory(client: Client, workflowId: string, history: History): Promise<History> {
  const { namespace, loadedDataConverter: { payloadCodecs } } = client.options;
  const context: SerializationContext = { type: 'workflow', namespace, workflowId };
  for (const payload of payloadsIn(history)) Object.assign(payload, (await decode(payloadCodecs, [payload], context))[0]);
  return history;
}

/** Wherever they stand: in inputs, results, failures, markers. */
function* payloadsIn(node: unknown): Generator<Payload> {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  if (isEncrypted(node)) yield node;
  else for (const child of Object.values(node)) yield* payloadsIn(child);
}
