import { LastOperation } from '../osb/answers.ts';
import { lastOperationPath } from '../osb/paths.ts';
import type { BrokerClient, BrokerTarget } from './client.ts';
import type { BrokerPolicy } from './policy.ts';
import { pause, type Polling } from './progress.ts';

/** How an asynchronous operation ended. LOST: the broker does not know it any more. */
export type Ended =
  | { readonly kind: 'SUCCEEDED' }
  | { readonly kind: 'FAILED'; readonly answer: LastOperation }
  | { readonly kind: 'EXPIRED' }
  | { readonly kind: 'LOST' };

export interface Followed {
  readonly target: BrokerTarget;
  readonly instanceId: string;
  readonly bindingId: string | null;
  readonly serviceId: string;
  /** Of an update: the plan before it. */
  readonly planId: string;
  readonly isRemoval: boolean;
  readonly requestIdentity: string;
  readonly pseudonym: string | undefined;
}

/** Times in a row that a broker says "there is none" before it is believed to have lost what it was doing. */
const TIMES_MISSING = 3;

/**
 * Asks for the last operation until it ended or its time is up; replies that say nothing of it are passed over, as the standard wants. `afterMs`: what the
 * broker asked for when it accepted. Throws what the signal was aborted with.
 */
export async function follow(client: BrokerClient, policy: BrokerPolicy, followed: Followed, { operation, until }: Polling, afterMs: number | undefined, signal: AbortSignal): Promise<Ended> {
  const { target, instanceId, bindingId, serviceId, planId, isRemoval, requestIdentity, pseudonym } = followed;
  const path = lastOperationPath(instanceId, bindingId, { service_id: serviceId, plan_id: planId, operation: operation ?? undefined });
  let asked = afterMs;
  let missing = 0;
  for (;;) {
    const left = until - Date.now();
    if (left <= 0) return { kind: 'EXPIRED' };
    await pause(Math.min(left, waitOf(policy, asked)), signal);
    const reply = await client.send(target, { method: 'GET', path, requestIdentity, pseudonym }, signal);
    asked = reply.kind === 'ANSWER' ? reply.retryAfterMs : undefined;
    if (reply.kind !== 'ANSWER') continue;
    if (reply.status === 410 && isRemoval) return { kind: 'SUCCEEDED' };
    missing = reply.status === 404 ? missing + 1 : 0;
    if (missing === TIMES_MISSING) return { kind: 'LOST' };
    const answer = reply.status === 200 ? LastOperation.safeParse(reply.body).data : undefined;
    if (answer?.state === 'succeeded') return { kind: 'SUCCEEDED' };
    if (answer?.state === 'failed') return { kind: 'FAILED', answer };
  }
}

function waitOf({ pollEveryMs: { unsaid, least, most } }: BrokerPolicy, asked: number | undefined): number {
  return Math.min(most, Math.max(least, asked ?? unsaid));
}
