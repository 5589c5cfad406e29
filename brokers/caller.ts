import type { Logger } from 'pino';
import type { z } from 'zod';
import type { BrokerCall, BrokerOutcome } from '../domain/migration/broker-call.ts';
import { sameJson } from '../domain/shared/same-json.ts';
import { BindingAnswer, InstanceAnswer, InstanceFetched, RemovedAnswer } from '../osb/answers.ts';
import { bindingIdOf, instanceIdOf, pseudonymOf, requestIdentityOf } from '../osb/ids.ts';
import { Catalogs } from './catalogs.ts';
import type { BrokerClient, BrokerTarget } from './client.ts';
import { givenIn, type Credentials } from './credentials.ts';
import { Effects, type Done, type Effect, type Failed } from './effect.ts';
import type { Instances, InstanceRow } from './instances.ts';
import { Offer } from './offer.ts';
import type { BrokerPolicy } from './policy.ts';
import { backoff, pause, type Course } from './progress.ts';
import { brokerOf, type Registered } from './register.ts';
import { bindRequest, fetchRequest, provisionRequest, removeRequest, updateRequest, type InstanceIds } from './requests.ts';
import type { BrokerStore } from './store.ts';
import { failure, judge } from './verdict.ts';

/** What a call works with. */
export interface BrokerCallerParts {
  readonly brokers: BrokerStore;
  readonly instances: Instances;
  readonly credentials: Credentials;
  readonly client: BrokerClient;
  readonly policy: BrokerPolicy;
  readonly log: Logger;
}

type Ended =
  | { readonly kind: 'DONE' }
  | { readonly kind: 'FAILED'; readonly code: string; readonly status: number | null; readonly mayBeLeft: boolean };

/** A call under way: who is asked for what. */
interface Asking {
  readonly call: BrokerCall;
  readonly course: Course;
  readonly target: BrokerTarget;
  readonly ids: InstanceIds;
  readonly bindingId: string | null;
  /** What every request of the call says of itself: one identity, and on whose behalf. */
  readonly marks: { readonly requestIdentity: string; readonly pseudonym: string };
  /** The instance was asked for before, by a process that is no more or by a call that failed: it may be there. */
  readonly isAsked: boolean;
}

/** Brings calls to brokers to their end. A call made twice, in whichever process, is the same requests. */
export class BrokerCaller {
  private readonly parts: BrokerCallerParts;
  private readonly effects: Effects;
  private readonly catalogs: Catalogs;

  constructor(parts: BrokerCallerParts) {
    this.parts = parts;
    this.effects = new Effects(parts.client, parts.policy);
    this.catalogs = new Catalogs(parts.client, parts.policy);
  }

  /** Answers how it ended. Throws what the course's signal was aborted with, and the database's own error: then the call is made again. */
  async call(call: BrokerCall, course: Course): Promise<BrokerOutcome> {
    const { operation, migration, adhesion, service, attempt, binding } = call;
    const { brokers, instances, log } = this.parts;
    const instanceId = instanceIdOf(migration, attempt);
    const bindingId = operation === 'BIND' || operation === 'UNBIND' ? bindingIdOf(instanceId, binding ?? 1) : null;
    const asked = await instances.find(instanceId);
    const registered = await this.brokerFor(service, asked);
    if (registered === undefined) return this.unknown(asked);
    const { broker } = registered;
    const ids = idsOf(instanceId, registered, call, asked);
    if (ids === undefined) return this.unknown(asked);
    const marks = { requestIdentity: identityOf(call, bindingId ?? instanceId), pseudonym: pseudonymOf(adhesion) };
    const ended = await this.carryOut({ call, course, target: await brokers.target(registered), ids, bindingId, marks, isAsked: asked !== undefined && asked.state !== 'GONE' });
    log.info({ broker, migration, operation, attempt, binding, ...(ended.kind === 'DONE' ? { outcome: 'SUCCEEDED' } : { outcome: 'FAILED', code: ended.code, status: ended.status, mayBeLeft: ended.mayBeLeft }) }, 'a broker was asked');
    if (ended.kind === 'DONE') return { outcome: 'SUCCEEDED', broker, instanceId, bindingId };
    return { outcome: 'FAILED', broker, code: ended.code, status: ended.status, mayBeLeft: ended.mayBeLeft };
  }

  private carryOut(asking: Asking): Promise<Ended> {
    switch (asking.call.operation) {
      case 'PROVISION': return this.provision(asking);
      case 'UPDATE': return this.update(asking);
      case 'BIND': return this.bind(asking);
      case 'UNBIND': return this.unbind(asking);
      case 'DEPROVISION': return this.deprovision(asking);
    }
  }

  private async provision(asking: Asking): Promise<Ended> {
    const { call, course, ids, target, isAsked } = asking;
    const { instances } = this.parts;
    const offer = this.offer(asking, ids.planId);
    const end = await this.effects.run(this.effect(asking, offer, {
      schema: InstanceAnswer, request: async () => {
        const offered = await offer.get();
        if ('code' in offered) return offered;
        const row = await instances.ask({ id: ids.instanceId, migration: call.migration, body: call.body, broker: target.name, service_id: ids.serviceId, plan_id: ids.planId });
        return provisionRequest({ instanceId: row.id, serviceId: row.service_id, planId: row.plan_id }, call, call.parameters, offered);
      },
    }), { ...course, isRepeated: isAsked });
    const isOurs = end.kind === 'FAILED' && end.code === 'BROKER_CONFLICT' && await this.isThere(asking, offer);
    if (end.kind === 'DONE' || isOurs) {
      await instances.change(ids.instanceId, { state: 'THERE' });
      return { kind: 'DONE' };
    }
    if (!end.mayBeLeft) await instances.change(ids.instanceId, { state: 'GONE' });
    return end;
  }

  private async update(asking: Asking): Promise<Ended> {
    const { call, course, ids } = asking;
    const nextId = await this.planIdOf(asking, call.plan);
    // Who went before may have written the new plan down already: the request stays as it was.
    const beforeId = (call.previousPlan === undefined ? undefined : await this.planIdOf(asking, call.previousPlan)) ?? ids.planId;
    const idsBefore = { ...ids, planId: beforeId };
    const [offerBefore, offerNext] = [this.offer(asking, beforeId), this.offer(asking, nextId ?? beforeId)];
    const end = await this.effects.run(this.effect({ ...asking, ids: idsBefore }, offerBefore, {
      schema: InstanceAnswer, renew: () => offerNext.renew(), request: async () => {
        if (nextId === undefined) return failure({ code: 'BROKER_UNKNOWN', status: null });
        const [before, next] = [await offerBefore.get(), await offerNext.get()];
        if ('code' in before) return before;
        if ('code' in next) return next;
        if (nextId !== beforeId && (before.plan.plan_updateable ?? before.service.plan_updateable) !== true) return failure({ code: 'BROKER_PLAN_NOT_UPDATEABLE', status: null });
        return updateRequest(idsBefore, call, call.parameters, next);
      },
    }), course);
    if (end.kind === 'DONE' && nextId !== undefined) await this.parts.instances.change(ids.instanceId, { plan_id: nextId });
    return end;
  }

  private async bind(asking: Asking): Promise<Ended> {
    const { call, course, ids, bindingId } = asking;
    const { credentials, policy } = this.parts;
    if (bindingId === null) return failedWith('BROKER_UNKNOWN');
    const offer = this.offer(asking, ids.planId);
    const binding = call.binding ?? 1;
    const end = await this.effects.run(this.effect(asking, offer, {
      schema: BindingAnswer, request: async () => {
        const offered = await offer.get();
        if ('code' in offered) return offered;
        if (!(offered.plan.bindable ?? offered.service.bindable)) return failure({ code: 'BROKER_NOT_BINDABLE', status: null });
        // As of when the call began: a repetition is the same request.
        const isFormerExpired = binding > 1 && await credentials.hasExpired(bindingIdOf(ids.instanceId, binding - 1), course.progress.startedAt);
        return bindRequest(ids, call, { migration: call.migration, binding, isFormerExpired }, offered);
      },
      complete: (done) => this.completeBinding(asking, bindingId, done, offer),
    }), course);
    // Who went before may have kept what a binding gave that is no more; of one that may be there still it is of use.
    if (end.kind === 'FAILED' && !end.mayBeLeft) await credentials.forget(bindingId);
    const given = end.kind === 'DONE' ? givenIn(end.body) : undefined;
    if (end.kind === 'FAILED' || given === undefined) return end;
    // A broker may tell them only once: they are not let go because the store is away for a moment.
    for (let tries = 0; ; tries += 1) {
      try {
        await credentials.keep({ binding_id: bindingId, instance_id: ids.instanceId, migration: call.migration, body: call.body, binding }, given);
        return end;
      } catch (error) {
        const wait = backoff(tries, policy);
        if (Date.now() + wait > course.progress.startedAt + policy.retryForMs) throw error;
        await pause(wait, course.signal);
      }
    }
  }

  /** A binding is of use by what it gives: said at once, or fetched; or kept already, by who went before. */
  private async completeBinding(asking: Asking, bindingId: string, done: { readonly status: number; readonly body: BindingAnswer | undefined }, offer: Offer): Promise<Done<typeof BindingAnswer> | Failed> {
    const { course, ids, marks, target } = asking;
    const { client, credentials, policy } = this.parts;
    if (givenIn(done.body) !== undefined || await credentials.holds(bindingId)) return { kind: 'DONE', body: done.body };
    // By a 200 it was there before, and the standard removes nothing then; what was made by and by, or just now, gives nothing and goes.
    const wasThere = done.status === 200 && done.body !== undefined;
    const givesNothing = (facts: { readonly code: string; readonly status: number | null }): Failed => ({ kind: 'FAILED', failure: failure({ ...facts, mitigate: !wasThere, isThere: wasThere }) });
    const offered = await offer.get();
    if ('code' in offered) return givesNothing(offered);
    const until = Math.max(course.progress.startedAt + policy.retryForMs, Date.now() + policy.requestMs);
    let status: number | null = done.status;
    for (let tries = 0; offered.service.bindings_retrievable === true; tries += 1) {
      const reply = await client.send(target, { ...fetchRequest(ids, bindingId), ...marks }, course.signal);
      const verdict = judge('READ', reply, BindingAnswer);
      const body = verdict.kind === 'DONE' ? verdict.body : undefined;
      if (givenIn(body) !== undefined) return { kind: 'DONE', body };
      status = reply.kind === 'ANSWER' ? reply.status : null;
      const wait = backoff(tries, policy);
      if (verdict.kind === 'DONE' || Date.now() + wait > until) break;
      await pause(wait, course.signal);
    }
    return givesNothing({ code: 'BROKER_RESPONSE_INVALID', status });
  }

  private async unbind(asking: Asking): Promise<Ended> {
    const { course, ids, bindingId } = asking;
    if (bindingId === null) return failedWith('BROKER_UNKNOWN');
    const end = await this.effects.run(this.effect(asking, this.offer(asking, ids.planId), { schema: RemovedAnswer, request: () => Promise.resolve(removeRequest(ids, bindingId)) }), course);
    if (end.kind === 'DONE') await this.parts.credentials.forget(bindingId);
    return end;
  }

  private async deprovision(asking: Asking): Promise<Ended> {
    const { course, ids } = asking;
    const end = await this.effects.run(this.effect(asking, this.offer(asking, ids.planId), { schema: RemovedAnswer, request: () => Promise.resolve(removeRequest(ids, null)) }), course);
    if (end.kind === 'DONE') {
      await this.parts.credentials.forgetAll(ids.instanceId);
      await this.parts.instances.change(ids.instanceId, { state: 'GONE' });
    }
    return end;
  }

  /** What all effects have in common. */
  private effect<Schema extends z.ZodType>({ call, target, ids, bindingId, marks }: Asking, offer: Offer, own: Pick<Effect<Schema>, 'schema' | 'request' | 'renew' | 'complete'>): Effect<Schema> {
    return {
      operation: call.operation, target, ...ids, ...marks, bindingId, maximumPollingMs: () => offer.maximumPollingMs(), renew: () => offer.renew(), ...own,
    };
  }

  private offer({ course, target, ids: { serviceId } }: Asking, planId: string): Offer {
    return new Offer({ catalogs: this.catalogs, policy: this.parts.policy, target, course, ids: { serviceId, planId } });
  }

  /** A 409 of what is as it was asked for: the broker's way of saying that it is there. */
  private async isThere({ call, course, target, ids, marks }: Asking, offer: Offer): Promise<boolean> {
    const offered = await offer.get();
    if ('code' in offered || offered.service.instances_retrievable !== true) return false;
    const verdict = judge('READ', await this.parts.client.send(target, { ...fetchRequest(ids, null), ...marks }, course.signal), InstanceFetched);
    if (verdict.kind !== 'DONE' || verdict.body === undefined) return false;
    const { service_id: serviceId, plan_id: planId, parameters = call.parameters } = verdict.body;
    return serviceId === ids.serviceId && planId === ids.planId && sameJson(parameters, call.parameters);
  }

  /** The broker that the instance was asked of, or that has the service. */
  private async brokerFor(service: string, asked: InstanceRow | undefined): Promise<Registered | undefined> {
    const register = await this.parts.brokers.current();
    return asked === undefined || asked.state === 'GONE' ? brokerOf(register, service) : register.brokers.get(asked.broker);
  }

  /** What the broker calls a plan. */
  private async planIdOf({ call: { service }, target }: Asking, plan: string): Promise<string | undefined> {
    return (await this.parts.brokers.current()).brokers.get(target.name)?.services[service]?.planIds[plan];
  }

  private unknown(asked: InstanceRow | undefined): BrokerOutcome {
    return { outcome: 'FAILED', broker: asked?.broker ?? null, code: 'BROKER_UNKNOWN', status: null, mayBeLeft: asked !== undefined && asked.state !== 'GONE' };
  }
}

/** What an instance was asked for as, or is to be asked for as. */
function idsOf(instanceId: string, { services }: Registered, { service, plan }: BrokerCall, asked: InstanceRow | undefined): InstanceIds | undefined {
  if (asked !== undefined && asked.state !== 'GONE') return { instanceId, serviceId: asked.service_id, planId: asked.plan_id };
  const named = services[service];
  const planId = named?.planIds[plan];
  return named === undefined || planId === undefined ? undefined : { instanceId, serviceId: named.serviceId, planId };
}

/** The same for every request of a call, in whichever process it is made; each update is a request of its own. */
function identityOf({ operation, update }: BrokerCall, subject: string): string {
  return requestIdentityOf(update === undefined ? operation : `${operation}/${update}`, subject);
}

function failedWith(code: string): Ended {
  return { kind: 'FAILED', code, status: null, mayBeLeft: false };
}
