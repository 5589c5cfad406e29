import { refused, type Refused } from '../shared/process.ts';
import type { Service } from './schemas.ts';

/** What a request keeps of the catalogue as it stood: the process that is begun by it looks nowhere else. */
export interface Offer extends Pick<Service, 'version' | 'track' | 'fulfilment' | 'active'> {
  /** Ids, the first is meant when a request names none. */
  readonly plans: readonly string[];
  /** Of the full track only. */
  readonly full?: FullOffer;
}

/** What the full track needs to know of a service. */
export interface FullOffer extends Pick<Service, 'dependsOn' | 'gates' | 'windows' | 'personalData' | 'cost'> {
  /** That the service has retired is told to what depends on it; absent: of a request from before it was. */
  readonly tellsRetired?: true;
}

export function offerOf({ version, track, fulfilment, active, plans, dependsOn, gates, windows, personalData, cost }: Service): Offer {
  const offer = { version, track, fulfilment, active, plans: plans.map(({ id }) => id) };
  return track === 'FULL' ? { ...offer, full: { dependsOn, gates, windows, personalData, cost, tellsRetired: true } } : offer;
}

/** That nothing can carry a service out: the light track has no broker, whose provisioning is a stage of the full one. Null where something can. */
export function cannotDeliver({ track, fulfilment }: Pick<Service, 'track' | 'fulfilment'>, path: string): Refused | null {
  return track === 'LIGHT' && fulfilment.kind === 'BROKER' ? refused('PROCESS_UNAVAILABLE', {
    it: 'Il percorso leggero è svolto da persone: un servizio attivato da un broker segue il percorso completo.',
    en: 'The light track is carried out by people: a service that a broker provisions is on the full one.',
  }, path) : null;
}
