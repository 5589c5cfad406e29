import { refused, type Refused } from '../../../shared/process.ts';
import type { ReferentRole } from '../terms.ts';

/** A service belongs to the referent of a service, and to no other role. */
export function serviceFault({ role, service }: { readonly role: ReferentRole; readonly service?: string | undefined }): Refused | null {
  if (role === 'SERVICE_REFERENT') {
    return service === undefined ? refused('INCOMPLETE', 'A SERVICE_REFERENT is appointed for a service: its field says which.', 'service') : null;
  }
  return service === undefined ? null : refused('SERVICE_NOT_EXPECTED', `${role} is not appointed for a service: leave the field out.`, 'service');
}
