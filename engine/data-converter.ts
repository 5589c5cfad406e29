import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { DataConverter, Payload, SerializationContext } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { decode } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { CAME_OPEN } from './open-values.ts';
import { EncryptingCodec, isEncrypted } from './payload-codec.ts';
import { PayloadKeys } from './payload-keys.ts';

/** Where the bundle, the client and the worker find how failures are written. */
export const FAILURE_CONVERTER = fileURLToPath(new URL('failures.ts', import.meta.url));

/** Where they find how a value that came unencrypted is told from others. */
export const PAYLOAD_CONVERTER = fileURLToPath(new URL('open-values.ts', import.meta.url));

/** How everything that goes to Temporal is written and read; the same in client, worker and replay. */
export interface CaseConverter extends DataConverter {
  readonly failureConverterPath: string;
  readonly payloadConverterPath: string;
  readonly payloadCodecs: [EncryptingCodec];
}

/** Opens the keys of the payloads, made at the first start, and gives the converter that goes by them. */
export async function openConverter(keysDir: string): Promise<CaseConverter> {
  return { failureConverterPath: FAILURE_CONVERTER, payloadConverterPath: PAYLOAD_CONVERTER, payloadCodecs: [new EncryptingCodec(await PayloadKeys.open(keysDir))] };
}

/**
 * Decrypts every payload of a history of this workflow, in place: it then reads and replays without our keys. What came
 * unencrypted says so from now on: a case takes no orders from it, and a replay must not either.
 */
export async function decodeHistory(client: Client, workflowId: string, history: History): Promise<History> {
  const { namespace, loadedDataConverter: { payloadCodecs } } = client.options;
  const context: SerializationContext = { type: 'workflow', namespace, workflowId };
  for (const payload of openMessages(history)) payload.metadata = { ...payload.metadata, ...CAME_OPEN };
  for (const payload of payloadsIn(history)) Object.assign(payload, (await decode(payloadCodecs, [payload], context))[0]);
  return history;
}

/** Payloads of a run's input and of its signals that are not encrypted. */
function openMessages({ events }: History): Payload[] {
  const inputs = (events ?? []).flatMap(({ workflowExecutionStartedEventAttributes: started, workflowExecutionSignaledEventAttributes: signaled }) => [started?.input, signaled?.input]);
  return inputs.flatMap((input) => input?.payloads ?? []).filter((payload) => !isEncrypted(payload));
}

/** Wherever they stand: in inputs, results, failures, markers. */
function* payloadsIn(node: unknown): Generator<Payload> {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  if (isEncrypted(node)) yield node;
  else for (const child of Object.values(node)) yield* payloadsIn(child);
}
