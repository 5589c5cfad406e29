import { isDeepStrictEqual } from 'node:util';
import { carryOut, requireAsync, stillRunning, type Answer, type Decision } from './answer.ts';
import { checkMaintenance, checkParameters, MAINTENANCE_VERSION, type Catalogue, type Plan, type Service } from './catalogue.ts';
import { BrokerError, badRequest, concurrency, conflict, gone, notFound } from './errors.ts';
import type { Instance, Ledger, LedgerView, Operation, Target } from './ledger.ts';
import type { Operations } from './operations.ts';
import type { Provider } from './provider.ts';
import type { DeleteQuery, ProvisionBody, UpdateBody } from './wire.ts';

/** Seconds after which a platform should ask again. */
export const RETRY_AFTER_S = 1;

export interface Parts {
  readonly catalogue: Catalogue;
  readonly ledger: Ledger;
  readonly operations: Operations;
  readonly providerOf: (serviceId: string) => Provider;
  /** Address of the page of an instance. */
  readonly dashboardOf: (instanceId: string) => string;
}

/** Service instances, as sections Provisioning to Deprovisioning of the specification say. */
export class Instances {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async provision(id: string, body: ProvisionBody, isAsync: boolean): Promise<Answer> {
    const { catalogue, ledger, operations, dashboardOf } = this.#parts;
    const plan = catalogue.plan(catalogue.service(body.service_id), body.plan_id);
    const wanted = {
      serviceId: body.service_id, planId: plan.id, organization: body.organization_guid, space: body.space_guid, parameters: checkParameters(plan, body.parameters ?? {}),
    };
    checkMaintenance(body.maintenance_info);
    requireAsync(plan.asyncOnly, isAsync);
    const extra = { dashboard_url: dashboardOf(id) };
    const decision = await ledger.on(id, async (view): Promise<Decision> => {
      const [present, underWay] = [await view.instance(), await view.underWay()];
      if (present !== null) {
        if (underWay !== null && underWay.kind !== 'provision') throw concurrency();
        if (!isSame(present, wanted)) throw conflict('instance');
        if (underWay !== null) return stillRunning(underWay, isAsync, extra);
        if (present.state === 'ready') return { status: 200, body: extra };
      }
      await view.putInstance(wanted);
      return { begun: await view.begin('provision') };
    });
    return carryOut(operations, decision, { isAsync, extra, done: async () => ({ status: 201, body: extra }) });
  }

  async fetch(id: string): Promise<Answer> {
    return this.#parts.ledger.on(id, async (view) => {
      const instance = await view.instance();
      if (instance?.state === 'updating') throw concurrency();
      if (instance?.state !== 'ready') throw notFound('service instance');
      const { serviceId: service_id, planId: plan_id, parameters } = instance;
      return { status: 200, body: { service_id, plan_id, dashboard_url: this.#parts.dashboardOf(id), parameters, maintenance_info: { version: MAINTENANCE_VERSION } } };
    });
  }

  async update(id: string, body: UpdateBody, isAsync: boolean): Promise<Answer> {
    const { catalogue, ledger, operations, providerOf, dashboardOf } = this.#parts;
    const service = catalogue.service(body.service_id);
    if (body.plan_id !== undefined) catalogue.plan(service, body.plan_id);
    const extra = { dashboard_url: dashboardOf(id) };
    const decision = await ledger.on(id, async (view): Promise<Decision> => {
      const [present, underWay] = [await view.instance(), await view.underWay()];
      if (present === null) throw notFound('service instance');
      if (present.serviceId !== service.id) throw badRequest('service_id is not that of the service instance.');
      const plan = catalogue.plan(service, body.plan_id ?? present.planId);
      const target = targetOf(present, plan, body);
      checkMaintenance(body.maintenance_info);
      requireAsync(plan.asyncOnly, isAsync);
      if (underWay?.kind === 'update' && isDeepStrictEqual(underWay.target, target)) return stillRunning(underWay, isAsync, extra);
      if (underWay !== null) throw concurrency();
      if (present.state !== 'ready') throw new BrokerError(422, 'InstanceNotReady', 'The service instance is not in a state to be updated.', { instance_usable: false, update_repeatable: false });
      if (isDeepStrictEqual(target, { planId: present.planId, parameters: present.parameters })) return { status: 200, body: {} };
      const refusal = await providerOf(service.id).refusal(present, target);
      if (refusal !== null) throw new BrokerError(422, 'UpdateRefused', refusal, { instance_usable: true, update_repeatable: true });
      await view.setInstance('updating');
      return { begun: await view.begin('update', null, target) };
    });
    return carryOut(operations, decision, { isAsync, extra, done: async () => ({ status: 200, body: {} }) });
  }

  async deprovision(id: string, query: DeleteQuery, isAsync: boolean): Promise<Answer> {
    const { catalogue, ledger, operations } = this.#parts;
    const service = catalogue.service(query.service_id);
    const plan = catalogue.plan(service, query.plan_id);
    const decision = await ledger.on(id, async (view): Promise<Decision> => {
      const [present, underWay] = [await view.instance(), await view.underWay()];
      if (present === null) throw gone('instance');
      // The plan is not held against the request: after an update whose answer was lost a platform knows another than we do.
      if (present.serviceId !== service.id) throw badRequest('service_id is not that of the service instance.');
      requireAsync(isAsyncOnly(service, present, plan), isAsync);
      if (underWay?.kind === 'deprovision') return stillRunning(underWay, isAsync);
      if (underWay !== null && underWay.kind !== 'provision') throw concurrency();
      if (underWay !== null) await view.end(underWay.id, 'failed', 'Halted: the service instance is being deleted.');
      await view.setInstance('deleting');
      return { begun: await view.begin('deprovision'), halted: underWay ?? undefined };
    });
    return carryOut(operations, decision, { isAsync, done: async () => ({ status: 200, body: {} }) });
  }

  /** Of the instance, or of a binding of it. Without an `operation`, a deletion that is done answers 410; any other operation on what is deleted answers 404. */
  async lastOperation(id: string, bindingId: string | null, operation: string | undefined): Promise<Answer> {
    return this.#parts.ledger.on(id, async (view) => {
      const found = await view.operation(operation, bindingId);
      if (found === null) throw await unknownOperation(view, bindingId, operation);
      const isDeletion = found.kind === 'deprovision' || found.kind === 'unbind';
      if (!isDeletion && !(await exists(view, bindingId))) throw notFound(bindingId === null ? 'service instance' : 'service binding');
      if (isDeletion && found.state === 'succeeded' && operation === undefined) throw gone(bindingId === null ? 'instance' : 'binding');
      return { status: 200, body: said(found) };
    });
  }
}

function said({ state, description, kind, flags }: Operation): object {
  return { state, description: description ?? `The ${kind} is under way.`, ...flags };
}

async function exists(view: LedgerView, bindingId: string | null): Promise<boolean> {
  return (bindingId === null ? await view.instance() : await view.binding(bindingId)) !== null;
}

async function unknownOperation(view: LedgerView, bindingId: string | null, operation: string | undefined): Promise<BrokerError> {
  return operation !== undefined && await exists(view, bindingId) ? badRequest('operation is none of this resource.') : notFound(bindingId === null ? 'service instance' : 'service binding');
}

/** Only what a platform chooses counts; its context (names, for example) may change at any time. */
function isSame(present: Instance, wanted: Omit<Instance, 'id' | 'state' | 'secret'>): boolean {
  const { serviceId, planId, organization, space, parameters } = present;
  return isDeepStrictEqual({ serviceId, planId, organization, space, parameters }, wanted);
}

/** Parameters that are not said stay as they are. */
function targetOf({ planId, parameters }: Instance, plan: Plan, body: UpdateBody): Target {
  if (body.parameters === undefined && plan.id === planId) return { planId, parameters };
  return { planId: plan.id, parameters: checkParameters(plan, { ...parameters, ...body.parameters }) };
}

function isAsyncOnly({ plans }: Service, { planId }: Instance, named: Plan): boolean {
  return (plans.find(({ id }) => id === planId) ?? named).asyncOnly;
}
