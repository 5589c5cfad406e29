import type { z } from 'zod';
import { isRefusal } from '../domain/migration/changes/refusals.ts';
import { RemovedAnswer } from '../osb/answers.ts';
import type { BrokerClient, BrokerTarget } from './client.ts';
import { follow, type Followed } from './poll.ts';
import type { BrokerPolicy } from './policy.ts';
import { advance, backoff, pause, type Course, type Polling } from './progress.ts';
import { removeRequest, type Wire } from './requests.ts';
import { creates, failedOperation, failure, judge, leaves, removes, type Failure, type Operation } from './verdict.ts';

/** What is asked of a broker, once. */
export interface Effect<Schema extends z.ZodType> {
  readonly operation: Operation;
  readonly target: BrokerTarget;
  readonly instanceId: string;
  /** Of bindings; null: the instance itself. */
  readonly bindingId: string | null;
  readonly serviceId: string;
  /** Of an update: the plan before it. */
  readonly planId: string;
  /** The same for every request of the effect, in whichever process it is made. */
  readonly requestIdentity: string;
  readonly pseudonym: string;
  /** Of the plan, in milliseconds; undefined: it says nothing. Asked for once the broker works at it. */
  readonly maximumPollingMs: () => Promise<number | undefined>;
  /** The request by the catalogue as it is known by now, or why there is none: asked for only where it is sent. */
  readonly request: () => Promise<Wire | Failure>;
  readonly schema: Schema;
  /** Fetches the catalogue anew, where the broker says that it has changed. */
  readonly renew?: (() => Promise<void>) | undefined;
  /** What is left to do when the broker has done it; undefined `body`: it was done by and by. */
  readonly complete?: ((done: { readonly status: number; readonly body: z.infer<Schema> | undefined }) => Promise<Done<Schema> | Failed>) | undefined;
}

export interface Done<Schema extends z.ZodType> {
  readonly kind: 'DONE';
  readonly body: z.infer<Schema> | undefined;
}
export interface Failed {
  readonly kind: 'FAILED';
  readonly failure: Failure;
}

export type EffectEnd<Schema extends z.ZodType> =
  | Done<Schema>
  | { readonly kind: 'FAILED'; readonly code: string; readonly status: number | null; readonly mayBeLeft: boolean };

/** Brings effects to their end: repeats what was not received, follows what takes long, removes what a failure may have left. */
export class Effects {
  private readonly client: BrokerClient;
  private readonly policy: BrokerPolicy;

  constructor(client: BrokerClient, policy: BrokerPolicy) {
    this.client = client;
    this.policy = policy;
  }

  /** Throws what the course's signal was aborted with; everything else is an end. */
  async run<Schema extends z.ZodType>(effect: Effect<Schema>, course: Course): Promise<EffectEnd<Schema>> {
    const end = course.progress.mitigating === undefined ? await this.reach(effect, course) : undefined;
    if (end?.kind === 'DONE') return end;
    if (end !== undefined && !end.failure.mitigate) {
      const { code, status, isThere } = end.failure;
      return { kind: 'FAILED', code, status, mayBeLeft: removes(effect.operation) || isThere };
    }
    if (end !== undefined) this.beginMitigation(end.failure, course);
    const { code = '', status = null } = course.progress.mitigating ?? {};
    const isSure = await this.mitigate(effect, course);
    // To remove what a removal left is the removal.
    return isSure && removes(effect.operation) ? { kind: 'DONE', body: undefined } : { kind: 'FAILED', code, status, mayBeLeft: !isSure };
  }

  private async reach<Schema extends z.ZodType>(effect: Effect<Schema>, course: Course): Promise<Done<Schema> | Failed> {
    const done = course.progress.polling === undefined ? await this.send(effect, course) : await this.follow(effect, course, course.progress.polling, undefined);
    return done.kind === 'FAILED' || effect.complete === undefined ? done : effect.complete(done);
  }

  /** Sends the request until it is heard, at most for the time that repetitions have. */
  private async send<Schema extends z.ZodType>(effect: Effect<Schema>, course: Course): Promise<(Done<Schema> & { readonly status: number }) | Failed> {
    const { operation, target, requestIdentity, pseudonym, schema, renew } = effect;
    const until = course.progress.startedAt + this.policy.retryForMs;
    let heard: Doubts = { mitigate: false, unsure: course.isRepeated, isThere: false };
    let isRenewed = false;
    for (let tries = 0; ; tries += 1) {
      const wire = await effect.request();
      if ('code' in wire) return { kind: 'FAILED', failure: afterAll(operation, wire, heard) };
      const reply = await this.client.send(target, { ...wire, requestIdentity, pseudonym }, course.signal);
      const verdict = judge(operation, reply, schema);
      if (verdict.kind === 'DONE') return verdict;
      if (verdict.kind === 'ASYNC') {
        const polling = { operation: verdict.operation, until: Date.now() + await this.operationMs(effect) };
        advance(course, { polling });
        return this.follow(effect, course, polling, verdict.afterMs);
      }
      if (verdict.kind === 'OTHER_MAINTENANCE' && !isRenewed && renew !== undefined) {
        isRenewed = true;
        await renew();
        continue;
      }
      const found = verdict.kind === 'FAILED' ? verdict.failure : failure({ code: 'BROKER_MAINTENANCE_CONFLICT', status: 422 });
      heard = { mitigate: heard.mitigate || found.mitigate, unsure: heard.unsure || found.unsure, isThere: heard.isThere || found.isThere };
      const wait = backoff(tries, this.policy, found.afterMs);
      if (!found.again || Date.now() + wait > until) return { kind: 'FAILED', failure: afterAll(operation, found, heard) };
      await pause(wait, course.signal);
    }
  }

  /** How long the broker may take for an operation. */
  private async operationMs<Schema extends z.ZodType>(effect: Effect<Schema>): Promise<number> {
    const { unsaid, most } = this.policy.pollForMs;
    return Math.min(await effect.maximumPollingMs() ?? unsaid, most);
  }

  private async follow<Schema extends z.ZodType>(effect: Effect<Schema>, course: Course, polling: Polling, afterMs: number | undefined): Promise<(Done<Schema> & { readonly status: number }) | Failed> {
    const { operation } = effect;
    const ended = await follow(this.client, this.policy, followed(effect), polling, afterMs, course.signal);
    switch (ended.kind) {
      case 'SUCCEEDED': return { kind: 'DONE', status: 200, body: undefined };
      case 'FAILED': return { kind: 'FAILED', failure: failedOperation(operation, ended.answer) };
      case 'EXPIRED': return { kind: 'FAILED', failure: failure({ code: 'BROKER_TIMEOUT', status: null, mitigate: leaves(operation), unsure: true }) };
      case 'LOST': return { kind: 'FAILED', failure: failure({ code: 'BROKER_STATE_LOST', status: 404, mitigate: leaves(operation) }) };
    }
  }

  private beginMitigation({ code, status, unsure }: Failure, course: Course): void {
    const now = Date.now();
    advance(course, { polling: undefined, mitigating: { code, status, believeFrom: unsure ? now + this.policy.settleMs : now, until: now + this.policy.mitigateForMs } });
  }

  /** Removes what may be left; true when it is sure that nothing is. */
  private async mitigate<Schema extends z.ZodType>(effect: Effect<Schema>, course: Course): Promise<boolean> {
    const { target, requestIdentity } = effect;
    const { believeFrom = 0, until = 0 } = course.progress.mitigating ?? {};
    const removal = effect.bindingId === null ? 'DEPROVISION' : 'UNBIND';
    for (let tries = 0; ; tries += 1) {
      // No person asks for this.
      const reply = await this.client.send(target, { ...removeRequest(effect, effect.bindingId), requestIdentity }, course.signal);
      const verdict = judge(removal, reply, RemovedAnswer);
      // "There is none", too early: the request that was not answered may make it yet.
      const isEarly = verdict.kind === 'DONE' && verdict.status === 410 && Date.now() < believeFrom;
      if (verdict.kind === 'DONE' && !isEarly) return true;
      if (verdict.kind === 'ASYNC') {
        // A broker that works at it has the time of an operation: `until` is for beginning again.
        const polling = { operation: verdict.operation, until: Date.now() + await this.operationMs(effect) };
        const ended = await follow(this.client, this.policy, { ...followed(effect), isRemoval: true, pseudonym: undefined }, polling, verdict.afterMs, course.signal);
        if (ended.kind === 'SUCCEEDED') return true;
      }
      const wait = backoff(tries, this.policy, verdict.kind === 'FAILED' ? verdict.failure.afterMs : undefined);
      if (Date.now() + wait > until) return false;
      await pause(wait, course.signal);
    }
  }
}

/** What the replies to all tries leave open, whatever the last one says. */
type Doubts = Pick<Failure, 'mitigate' | 'unsure' | 'isThere'>;

/** The last failure with what all tries leave open: a refusal does not undo what an earlier try may have made or changed. */
function afterAll(operation: Operation, last: Failure, { mitigate, unsure, isThere }: Doubts): Failure {
  const code = operation === 'UPDATE' && unsure && isRefusal(last.code) ? 'BROKER_UPDATE_UNCERTAIN' : last.code;
  return { ...last, code, unsure, isThere, mitigate: last.mitigate || (creates(operation) && (mitigate || unsure) && !isThere) };
}

function followed<Schema extends z.ZodType>(effect: Effect<Schema>): Followed {
  const { operation, target, instanceId, bindingId, serviceId, planId, requestIdentity, pseudonym } = effect;
  return { target, instanceId, bindingId, serviceId, planId, requestIdentity, pseudonym, isRemoval: removes(operation) };
}
