import type { Instant } from '../../../shared/civil-date.ts';
import { refused, type Refused } from '../../../shared/process.ts';
import type { AdhesionState } from '../../state.ts';

/** From when the agreement of art. 28 GDPR is in force; it counts up to the end of the case, so that what was done under it can be recorded. */
export function agreementInForce({ dpa: { countersignature, inForce } }: AdhesionState): { readonly inForceFrom: Instant } | Refused {
  return countersignature === null || !inForce
    ? refused('DPA_NOT_IN_FORCE', {
      it: "Prima che l'atto di nomina (art. 28 GDPR) sia in vigore l'Agenzia non tratta dati personali dell'ente.",
      en: 'Before the data processing agreement (art. 28 GDPR) is in force the Agency processes no personal data of the member.',
    })
    : { inForceFrom: countersignature.inForceFrom };
}

export const ENTRY_INTO_FORCE = { it: "l'entrata in vigore dell'atto di nomina", en: 'the entry into force of the agreement' } as const;
