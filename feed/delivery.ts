import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { useAgent } from 'request-filtering-agent';
import { Webhook } from 'standardwebhooks';
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
 * Sends one event, signed by Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature). The address is judged as it
 * is connected to, after the name was resolved, so that a name that changes its address in between gains nothing; redirects are
 * answers like others and are not followed. `hash` of the event's record makes the id: the same at each attempt.
 */
export function deliver({ url, secret, local }: Target, event: CloudEvent, hash: string): Promise<Attempt> {
  const body = JSON.stringify(event);
  const id = `evt_${hash}`;
  const now = new Date();
  const options: RequestOptions = {
    method: 'POST',
    agent: useAgent(url, { allowPrivateIPAddress: local, allowMetaIPAddress: local }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'associa-webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    },
  };
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(url, options, (response) => {
      resolve({ status: response.statusCode ?? 0 });
      // What a receiver says beyond its status is nobody's concern.
      response.destroy();
    });
    request.on('error', (error) => { resolve({ error: faultOf(error) }); });
    request.end(body);
  });
}

function faultOf(error: Error): 'UNREACHABLE' | 'TIMEOUT' | 'ADDRESS_REFUSED' {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'TIMEOUT';
  return / is not allowed\. /.test(error.message) ? 'ADDRESS_REFUSED' : 'UNREACHABLE';
}
