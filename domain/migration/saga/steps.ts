import type { Undo } from './state.ts';

/** The steps of the provisioning, and how each is undone. */
export const PROVISIONED_AT_BROKER: Undo = { step: 'provisioned', how: { kind: 'BROKER', operation: 'DEPROVISION' } };
export const BOUND: Undo = { step: 'bound', how: { kind: 'BROKER', operation: 'UNBIND' } };
export const PROVISIONED_BY_HAND: Undo = {
  step: 'provisioned-by-hand', how: { kind: 'WORK', title: { it: 'Rimuovere ciò che è stato attivato a mano', en: 'Remove what was provisioned by hand' } },
};
export const BOUND_BY_HAND: Undo = {
  step: 'bound-by-hand', how: { kind: 'WORK', title: { it: "Revocare l'accesso dato a mano", en: 'Revoke the access that was given by hand' } },
};
