import { refused, type Refused } from '../../../shared/process.ts';
import { REFERENT_ROLES } from '../../words.ts';
import type { ReferentRole } from '../terms.ts';

/** A service belongs to the referent of a service, and to no other role. */
export function serviceFault({ role, service }: { readonly role: ReferentRole; readonly service?: string | undefined }): Refused | null {
  if (role === 'SERVICE_REFERENT') {
    return service === undefined ? refused('INCOMPLETE', {
      it: 'Un referente di servizio si nomina per un servizio: il campo service dice quale.', en: 'A service referent is appointed for a service: the field service says which.',
    }, 'service') : null;
  }
  return service === undefined ? null : refused('SERVICE_NOT_EXPECTED', {
    it: `Il ruolo di ${REFERENT_ROLES[role].it} non riguarda un singolo servizio: si ometta il campo service.`,
    en: `The role of ${REFERENT_ROLES[role].en} is not for a single service: leave the field service out.`,
  }, 'service');
}
