import { defaultPayloadConverter, type DefaultEncodedFailureAttributes, type Payload, type PayloadCodec, type SerializationContext } from '@temporalio/common';

/**
 * Hears what workflows fail with: it is in the payload of a failure, and the verdict of a replay shows the ends of it only.
 * Changes nothing.
 */
export class FailureListener implements PayloadCodec {
  private readonly heard = new Map<string, string>();

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    for (const payload of payloads) {
      const { message } = attributesOf(payload);
      if (message !== undefined) this.heard.set(context?.workflowId ?? '', message);
    }
    return payloads;
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads;
  }

  /** What the replay of this workflow said, with the failure's own words in place of bytes. */
  legible(workflowId: string, verdict: string): string {
    const message = this.heard.get(workflowId);
    return message === undefined || !verdict.includes('Encoded failure') ? verdict : message;
  }
}

function attributesOf(payload: Payload): Partial<DefaultEncodedFailureAttributes> {
  const value = defaultPayloadConverter.fromPayload<unknown>(payload);
  return typeof value === 'object' && value !== null && 'stack_trace' in value ? (value as Partial<DefaultEncodedFailureAttributes>) : {};
}
