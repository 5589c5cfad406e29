import type { BrokerCall } from '../domain/migration/broker-call.ts';
import type { JsonObject } from '../domain/shared/json.ts';
import type { Plan, ServiceOffering } from '../osb/catalog.ts';
import { PLATFORM } from '../osb/headers.ts';
import { appGuidOf, bindingIdOf, organizationGuidOf, spaceGuidOf } from '../osb/ids.ts';
import { bindingPath, instancePath } from '../osb/paths.ts';
import type { BrokerRequest } from './client.ts';

/** An instance as a broker knows it. */
export interface InstanceIds {
  readonly instanceId: string;
  readonly serviceId: string;
  readonly planId: string;
}

/** What the catalogue says of a plan by now. */
export interface Offered {
  readonly service: ServiceOffering;
  readonly plan: Plan;
}

/** A request without what tells on whose behalf it is sent. */
export type Wire = Pick<BrokerRequest, 'method' | 'path' | 'body'>;
type Owner = Pick<BrokerCall, 'body' | 'adhesion'>;

const MAY_TAKE_LONG = { accepts_incomplete: 'true' } as const;

/** The body of the standard's PUT of an instance. */
export function provisionRequest(ids: InstanceIds, owner: Owner, parameters: JsonObject, { plan }: Offered): Wire {
  return {
    method: 'PUT', path: instancePath(ids.instanceId, MAY_TAKE_LONG),
    body: {
      service_id: ids.serviceId, plan_id: ids.planId, context: contextOf(owner), organization_guid: organizationGuidOf(owner.body), space_guid: spaceGuidOf(owner.adhesion),
      ...given(parameters), ...maintenanceOf(plan),
    },
  };
}

/**
 * The plan is named only where it changes: without a name it stays, by the standard, and so do parameters. So is its maintenance version, which would order
 * maintenance that nobody asked for. `next`: what the catalogue says of the plan after it.
 */
export function updateRequest(ids: InstanceIds, owner: Owner, parameters: JsonObject, next: Offered): Wire {
  const isOtherPlan = next.plan.id !== ids.planId;
  return {
    method: 'PATCH', path: instancePath(ids.instanceId, MAY_TAKE_LONG),
    body: {
      service_id: ids.serviceId, context: contextOf(owner), ...(isOtherPlan ? { plan_id: next.plan.id } : {}), ...given(parameters),
      previous_values: { service_id: ids.serviceId, plan_id: ids.planId, organization_id: organizationGuidOf(owner.body), space_id: spaceGuidOf(owner.adhesion) },
      ...(isOtherPlan ? maintenanceOf(next.plan) : {}),
    },
  };
}

/** A later binding names the one before it, where the plan lets bindings be rotated and that one has not expired; elsewhere it is another binding. */
export function bindRequest(ids: InstanceIds, owner: Owner, { migration, binding, isFormerExpired }: { readonly migration: string; readonly binding: number; readonly isFormerExpired: boolean }, { plan }: Offered): Wire {
  const rotates = binding > 1 && plan.binding_rotatable === true && !isFormerExpired;
  const app = appGuidOf(migration);
  return {
    method: 'PUT', path: bindingPath(ids.instanceId, bindingIdOf(ids.instanceId, binding), MAY_TAKE_LONG),
    body: {
      service_id: ids.serviceId, plan_id: ids.planId, context: contextOf(owner), app_guid: app, bind_resource: { app_guid: app },
      ...(rotates ? { predecessor_binding_id: bindingIdOf(ids.instanceId, binding - 1) } : {}),
    },
  };
}

/** Of a binding where one is named, else of the instance. */
export function removeRequest({ instanceId, serviceId, planId }: InstanceIds, bindingId: string | null): Wire {
  const query = { service_id: serviceId, plan_id: planId, ...MAY_TAKE_LONG };
  return { method: 'DELETE', path: bindingId === null ? instancePath(instanceId, query) : bindingPath(instanceId, bindingId, query) };
}

/** Fetches a binding where one is named, else the instance. */
export function fetchRequest({ instanceId, serviceId, planId }: InstanceIds, bindingId: string | null): Wire {
  const query = { service_id: serviceId, plan_id: planId };
  return { method: 'GET', path: bindingId === null ? instancePath(instanceId, query) : bindingPath(instanceId, bindingId, query) };
}

function contextOf({ body, adhesion }: Owner): object {
  return { platform: PLATFORM, organization_guid: organizationGuidOf(body), space_guid: spaceGuidOf(adhesion) };
}

function given(parameters: JsonObject): { readonly parameters?: JsonObject } {
  return Object.keys(parameters).length === 0 ? {} : { parameters };
}

function maintenanceOf({ maintenance_info: info }: Plan): { readonly maintenance_info?: { readonly version: string } } {
  return info === undefined ? {} : { maintenance_info: { version: info.version } };
}
