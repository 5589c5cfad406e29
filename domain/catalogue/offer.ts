import { refused, type Refused } from '../shared/process.ts';
import type { Service } from './schemas.ts';

/** What a request keeps of the catalogue as it stood: the process that is begun by it looks nowhere else. */
export interface Offer extends Pick<Service, 'version' | 'track' | 'fulfilment' | 'active'> {
  /** Ids, the first is meant when a request names none. */
  readonly plans: readonly string[];
}

export function offerOf({ version, track, fulfilment, active, plans }: Service): Offer {
  return { version, track, fulfilment, active, plans: plans.map(({ id }) => id) };
}

/** That nothing here can carry a service out yet; null where something can. */
export function cannotDeliver({ track, fulfilment }: Pick<Service, 'track' | 'fulfilment'>, path: string): Refused | null {
  if (track === 'FULL') {
    return refused('PROCESS_UNAVAILABLE', {
      it: 'Il percorso completo (piano, migrazione dei dati, messa in esercizio) non è ancora disponibile: per ora si erogano i servizi del percorso leggero.',
      en: 'The full track (plan, migration of data, cutover) is not there yet: for now services of the light track are delivered.',
    }, path);
  }
  return fulfilment.kind === 'BROKER' ? refused('PROCESS_UNAVAILABLE', {
    it: 'I servizi attivati da un broker non sono ancora disponibili: per ora si erogano quelli svolti da persone.',
    en: 'Services that a broker provisions are not there yet: for now those that people carry out are delivered.',
  }, path) : null;
}
