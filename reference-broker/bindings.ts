import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { carryOut, stillRunning, type Answer, type Decision } from './answer.ts';
import { BINDING_PARAMETERS, checkParameters } from './catalogue.ts';
import { badRequest, BrokerError, concurrency, conflict, gone, notFound } from './errors.ts';
import type { Parts } from './instances.ts';
import type { Binding, Instance, LedgerView } from './ledger.ts';
import type { BindBody, DeleteQuery } from './wire.ts';

/** Service bindings, as sections Binding to Unbinding of the specification say. */
export class Bindings {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async bind(instanceId: string, id: string, body: BindBody, isAsync: boolean): Promise<Answer> {
    const { ledger, operations } = this.#parts;
    const decision = await ledger.on(instanceId, async (view): Promise<Decision> => {
      const [instance, present, underWay] = [await view.instance(), await view.binding(id), await view.underWay()];
      if (instance === null) throw notFound('service instance');
      this.#checkIds(instance, body);
      const wanted = await this.#wanted(view, instance, { id, present }, body);
      if (present !== null) {
        if (!isSame(present, wanted)) throw conflict('binding');
        if (underWay?.kind === 'bind' && underWay.bindingId === id) return stillRunning(underWay, isAsync);
        if (underWay === null && present.state === 'ready') return { status: 200, body: this.#access(instance, present) };
      }
      if (underWay !== null) throw concurrency();
      if (instance.state !== 'ready') throw new BrokerError(422, 'InstanceNotReady', 'The service instance is not in a state to be bound.');
      await view.putBinding({ ...wanted, secret: { password: randomBytes(24).toString('base64url') } });
      return { begun: await view.begin('bind', id) };
    });
    return carryOut(operations, decision, { isAsync, done: async () => ({ status: 201, body: await this.#fetched(instanceId, id) }) });
  }

  async fetch(instanceId: string, id: string): Promise<Answer> {
    return { status: 200, body: await this.#fetched(instanceId, id) };
  }

  async unbind(instanceId: string, id: string, query: DeleteQuery, isAsync: boolean): Promise<Answer> {
    const { ledger, operations } = this.#parts;
    const decision = await ledger.on(instanceId, async (view): Promise<Decision> => {
      const [instance, present, underWay] = [await view.instance(), await view.binding(id), await view.underWay()];
      if (instance === null || present === null) throw gone('binding');
      this.#checkIds(instance, query);
      const isOurs = underWay?.bindingId === id;
      if (isOurs && underWay.kind === 'unbind') return stillRunning(underWay, isAsync);
      if (underWay !== null && !isOurs) throw concurrency();
      if (underWay !== null) await view.end(underWay.id, 'failed', 'Halted: the service binding is being deleted.');
      await view.setBinding(id, 'deleting');
      return { begun: await view.begin('unbind', id), halted: underWay ?? undefined };
    });
    return carryOut(operations, decision, { isAsync, done: async () => ({ status: 200, body: {} }) });
  }

  async #fetched(instanceId: string, id: string): Promise<object> {
    return this.#parts.ledger.on(instanceId, async (view) => {
      const [instance, binding] = [await view.instance(), await view.binding(id)];
      if (instance === null || binding?.state !== 'ready') throw notFound('service binding');
      return { ...this.#access(instance, binding), parameters: binding.parameters };
    });
  }

  #access(instance: Instance, binding: Binding): object {
    return this.#parts.providerOf(instance.serviceId).access(instance, binding);
  }

  #checkIds(instance: Instance, { service_id: serviceId, plan_id: planId }: { service_id?: string | undefined; plan_id?: string | undefined }): void {
    const { catalogue } = this.#parts;
    if (serviceId !== undefined && catalogue.service(serviceId).id !== instance.serviceId) throw badRequest('service_id is not that of the service instance.');
    if (planId !== undefined) catalogue.plan(catalogue.service(instance.serviceId), planId);
  }

  async #wanted(view: LedgerView, instance: Instance, { id, present }: { readonly id: string; readonly present: Binding | null }, body: BindBody): Promise<Omit<Binding, 'instanceId' | 'state' | 'secret'>> {
    if (body.predecessor_binding_id === undefined) {
      const bindResource = { ...body.bind_resource, ...(body.app_guid === undefined ? {} : { app_guid: body.app_guid }) };
      return { id, predecessor: null, parameters: checkParameters(BINDING_PARAMETERS, body.parameters ?? {}), bindResource };
    }
    // Of a successor that was made already the predecessor may be unbound by now.
    if (present !== null && present.state !== 'failed' && present.predecessor === body.predecessor_binding_id) return present;
    if (!this.#parts.catalogue.plan(this.#parts.catalogue.service(instance.serviceId), instance.planId).isRotatable) throw badRequest('Bindings of this plan are not rotatable.');
    const predecessor = await view.binding(body.predecessor_binding_id);
    if (predecessor === null || predecessor.id === id || predecessor.state !== 'ready') throw badRequest('predecessor_binding_id is no binding of this service instance.');
    return { id, predecessor: predecessor.id, parameters: predecessor.parameters, bindResource: predecessor.bindResource };
  }
}

function isSame({ predecessor, parameters, bindResource }: Binding, wanted: Pick<Binding, 'predecessor' | 'parameters' | 'bindResource'>): boolean {
  return isDeepStrictEqual({ predecessor, parameters, bindResource }, { predecessor: wanted.predecessor, parameters: wanted.parameters, bindResource: wanted.bindResource });
}
