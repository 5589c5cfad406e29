import type { Reason } from '../domain/shared/reason.ts';
import type { Catalog } from '../osb/catalog.ts';
import type { Registration } from './register.ts';

/** What a registration names that the broker's own catalogue does not have, with its place. */
export function mismatches({ services }: Catalog, registration: Pick<Registration, 'services'>): readonly Reason[] {
  return Object.entries(registration.services).flatMap(([service, { serviceId, planIds }]) => {
    const offering = services.find(({ id }) => id === serviceId);
    if (offering === undefined) return [missing('serviceId', serviceId, `services.${service}.serviceId`)];
    return Object.entries(planIds).filter(([, planId]) => !offering.plans.some(({ id }) => id === planId)).map(([plan, planId]) => missing('planId', planId, `services.${service}.planIds.${plan}`));
  });
}

function missing(what: string, id: string, path: string): Reason {
  return { code: 'BROKER_CATALOGUE_MISMATCH', message: { it: `Il catalogo del broker non ha ${what} ${id}.`, en: `The broker's catalogue has no ${what} ${id}.` }, path };
}
