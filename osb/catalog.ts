import { z } from 'zod';

const text = z.string().min(1);

const MaintenanceInfo = z.looseObject({ version: text, description: z.string().optional() });

const Plan = z.looseObject({
  id: text, name: text, description: text,
  metadata: z.looseObject({}).optional(),
  free: z.boolean().optional(),
  bindable: z.boolean().optional(),
  binding_rotatable: z.boolean().optional(),
  plan_updateable: z.boolean().optional(),
  schemas: z.looseObject({}).optional(),
  /** Seconds. */
  maximum_polling_duration: z.int().min(0).optional(),
  maintenance_info: MaintenanceInfo.optional(),
});
export type Plan = z.infer<typeof Plan>;

const ServiceOffering = z.looseObject({
  id: text, name: text, description: text,
  tags: z.array(z.string()).optional(),
  requires: z.array(z.string()).optional(),
  bindable: z.boolean(),
  instances_retrievable: z.boolean().optional(),
  bindings_retrievable: z.boolean().optional(),
  allow_context_updates: z.boolean().optional(),
  metadata: z.looseObject({}).optional(),
  plan_updateable: z.boolean().optional(),
  plans: z.array(Plan).min(1).refine((plans) => areUnique(plans.map(({ name }) => name)), 'two plans of a service have one name'),
});
export type ServiceOffering = z.infer<typeof ServiceOffering>;

/** Answer of GET /v2/catalog. What it does not know it lets through, as the standard wants. */
export const Catalog = z.looseObject({
  services: z.array(ServiceOffering)
    .refine((services) => areUnique(services.map(({ name }) => name)), 'two services have one name')
    .refine((services) => areUnique(services.flatMap(({ id, plans }) => [id, ...plans.map((plan) => plan.id)])), 'an id stands for two things'),
});
export type Catalog = z.infer<typeof Catalog>;

/** A plan with its service; undefined: the catalogue does not have it. */
export function findPlan({ services }: Catalog, serviceId: string, planId: string): { readonly service: ServiceOffering; readonly plan: Plan } | undefined {
  const service = services.find(({ id }) => id === serviceId);
  const plan = service?.plans.find(({ id }) => id === planId);
  return service === undefined || plan === undefined ? undefined : { service, plan };
}

function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
