import { loadCatalogue } from '../../api/catalogue.ts';
import { currentServices, findService, type Catalogue } from '../../domain/catalogue/catalogue.ts';
import type { WorkItemTemplate } from '../../domain/migration/services.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';

const SHIPPED = loadCatalogue();

/** The name of a service; its code where the catalogue does not know it. Without a catalogue: by what this release ships, for words in which a service is only named. */
export function serviceTitle(service: string, catalogue: Catalogue = SHIPPED): Bilingual {
  return findService(catalogue, service)?.title ?? { it: service, en: service };
}

/** What a plan was called at a version of its service; its id where the catalogue does not know it. */
export function planTitle(catalogue: Catalogue, { service, plan, catalogueVersion }: { readonly service: string; readonly plan: string; readonly catalogueVersion: number }): Bilingual {
  return findService(catalogue, service, catalogueVersion)?.plans.find(({ id }) => id === plan)?.title ?? { it: plan, en: plan };
}

/** Names of the services that this release ships. */
export function shippedTitles(): readonly (readonly [string, Bilingual])[] {
  return currentServices(SHIPPED).map(({ service, title }) => [service, title]);
}

/** Work items of the services that this release ships, by their ids. */
export function shippedWorkItems(): readonly WorkItemTemplate[] {
  return currentServices(SHIPPED).flatMap(({ fulfilment }) => (fulfilment.kind === 'MANUAL' ? fulfilment.workItems : []));
}

/** Words of the services of a case and of the page of a migration. */
export const SERVICES = {
  title: { it: 'Servizi', en: 'Services' },
  service: { it: 'Servizio', en: 'Service' },
  state: { it: 'Stato', en: 'State' },
  turn: { it: 'A chi tocca', en: 'Whose turn' },
  nobody: { it: 'Nessuno', en: 'Nobody' },
  beginning: { it: 'In avvio: si vede tra poco', en: 'Beginning: it can be seen shortly' },
  none: { it: 'Nessun servizio è stato ancora richiesto.', en: 'No service has been requested yet.' },
  request: { it: 'Richiedi un servizio', en: 'Request a service' },
  notNow: { it: 'Ora non si può richiedere un servizio:', en: 'No service can be requested now:' },
  offered: { it: 'Che cosa offre il catalogo', en: 'What the catalogue offers' },
  adhesion: { it: 'Pratica di adesione', en: 'Adhesion' },
  comune: { it: 'Comune', en: 'Comune' },
  plan: { it: 'Piano', en: 'Plan' },
  way: { it: 'Il percorso del servizio', en: 'The way of the service' },
  goesOn: { it: 'La migrazione è chiusa: non vi è più nulla da fare. Il servizio resta in esercizio.', en: 'The migration is closed: there is nothing left to do. The service goes on operating.' },
  ended: { it: 'Il servizio è chiuso: non vi è più nulla da fare.', en: 'The service is closed: there is nothing left to do.' },
} as const satisfies Readonly<Record<string, Bilingual>>;
