import { BrokerClient } from '../../brokers/client.ts';
import { Effects, type EffectEnd } from '../../brokers/effect.ts';
import type { BrokerPolicy } from '../../brokers/policy.ts';
import type { Course } from '../../brokers/progress.ts';
import { bindRequest, provisionRequest, removeRequest, updateRequest, type Offered } from '../../brokers/requests.ts';
import type { Operation } from '../../brokers/verdict.ts';
import { BindingAnswer, InstanceAnswer, RemovedAnswer } from '../../osb/answers.ts';
import { Catalog, findPlan } from '../../osb/catalog.ts';
import { bindingIdOf, instanceIdOf, pseudonymOf, requestIdentityOf } from '../../osb/ids.ts';
import { CATALOG, LARGE_PLAN_ID, PLAN_ID, SERVICE_ID, type BadBroker } from './bad-broker.ts';
import { QUICK } from './policy.ts';

const OWNER = { body: 'c_a010', adhesion: 'c_a010-1' } as const;
const MIGRATION = 'c_a010-1.APP_HOSTING';
export const INSTANCE_ID = instanceIdOf(MIGRATION, 1);
export const BINDING_ID = bindingIdOf(INSTANCE_ID, 1);

const SCHEMAS = { PROVISION: InstanceAnswer, UPDATE: InstanceAnswer, BIND: BindingAnswer, UNBIND: RemovedAnswer, DEPROVISION: RemovedAnswer } as const;

export function startedNow(): Course {
  return { signal: new AbortController().signal, isRepeated: false, progress: { startedAt: Date.now() }, note: () => undefined };
}

/** Asks a broker for one effect, with all that goes with it. */
export async function ask(broker: BadBroker, operation: Operation, policy: BrokerPolicy = QUICK, course: Course = startedNow(), client: BrokerClient = new BrokerClient(policy), renew?: () => Promise<void>): Promise<EffectEnd<(typeof SCHEMAS)[Operation]>> {
  const ids = { instanceId: INSTANCE_ID, serviceId: SERVICE_ID, planId: PLAN_ID };
  const isOfBinding = operation === 'BIND' || operation === 'UNBIND';
  const request = () => {
    switch (operation) {
      case 'PROVISION': return provisionRequest(ids, OWNER, { region: 'milano' }, offered(PLAN_ID));
      case 'UPDATE': return updateRequest(ids, OWNER, {}, offered(LARGE_PLAN_ID));
      case 'BIND': return bindRequest(ids, OWNER, { migration: MIGRATION, binding: 1, isFormerExpired: false }, offered(PLAN_ID));
      case 'UNBIND': return removeRequest(ids, BINDING_ID);
      case 'DEPROVISION': return removeRequest(ids, null);
    }
  };
  return new Effects(client, policy).run({
    ...ids, operation, target: broker.target, bindingId: isOfBinding ? BINDING_ID : null, requestIdentity: requestIdentityOf(operation, isOfBinding ? BINDING_ID : INSTANCE_ID), pseudonym: pseudonymOf(OWNER.adhesion), maximumPollingMs: () => Promise.resolve(undefined), request: () => Promise.resolve(request()), renew, schema: SCHEMAS[operation],
  }, course);
}

function offered(planId: string): Offered {
  const found = findPlan(Catalog.parse(CATALOG), SERVICE_ID, planId);
  if (found === undefined) throw new RangeError(`The catalogue has no plan ${planId}`);
  return found;
}
