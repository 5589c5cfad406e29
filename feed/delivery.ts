import { Webhook } from 'standardwebhooks';
import { exchange } from '../outgoing/exchange.ts';
import type { CloudEvent } from './cloud-event.ts';

export interface Target {
  readonly url: string;
  /** `whsec_…`: shared with who receives, never shown again. */
  readonly secret: string;
  /** Permits addresses of private networks and plain http; for receivers of the Agency itself. */
  readonly local: boolean;
}

/** What became of one attempt: the receiver's status, or why there is none. */
export type Attempt = { readonly status: number } | { readonly error: 'UNREACHABLE' | 'TIMEOUT' | 'ADDRESS_REFUSED' };

const TIMEOUT_MS = 10_000;

/**
 * Sends one event, signed by Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature). `hash` of the event's record makes
 * the id: the same at each attempt. What a receiver says beyond its status is nobody's concern.
 */
export async function deliver({ url, secret, local }: Target, event: CloudEvent, hash: string): Promise<Attempt> {
  const body = JSON.stringify(event);
  const id = `evt_${hash}`;
  const now = new Date();
  const answer = await exchange({
    method: 'POST', url, body, local, timeoutMs: TIMEOUT_MS, mostBytes: 0,
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'associa-webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    },
  });
  if (!('fault' in answer)) return { status: answer.status };
  return { error: answer.fault === 'TIMEOUT' || answer.fault === 'ADDRESS_REFUSED' ? answer.fault : 'UNREACHABLE' };
}
