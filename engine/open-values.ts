import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { markOpen } from '../workflows/open-payloads.ts';

const NAME = 'associa-open';
/** Metadata of a payload that came unencrypted, given to it when it is read. */
export const CAME_OPEN: Readonly<Record<string, Uint8Array>> = { [NAME]: new Uint8Array([1]) };

/** The default converter, which tells of a value that its payload came unencrypted. Named by path, as `failures.ts` is. */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload<Value>(payload: Payload): Value {
    const value = defaultPayloadConverter.fromPayload<Value>(payload);
    if (payload.metadata?.[NAME] !== undefined) markOpen(value);
    return value;
  },
};
