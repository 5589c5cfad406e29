import type { FullMigration } from '../state.ts';
import { need, type Need } from './need.ts';

/** What every step with personal data needs (a vacancy blocks it at once): somebody in the security role, a DPO, the agreement of art. 28 GDPR, no impact assessment open. Nothing of a service that handles none. */
export function personalDataNeeds(state: FullMigration): readonly Need[] {
  const { migration: { pinned }, grounds: { known } } = state;
  return pinned.personalData === 'NONE' ? [] : [
    ...securityNeeds(state),
    ...(known?.dpo === true ? [] : [need('MEMBER', 'AppointReferent', 'DPO_MISSING', {
      it: 'Nessuno è attivo come DPO: nessun passo con dati personali.', en: 'Nobody is active as DPO: no step with personal data.',
    })]),
    ...(known?.dpaInForce === true ? [] : [need('OPERATOR', 'CountersignDpa', 'DPA_NOT_IN_FORCE', {
      it: "L'accordo sul trattamento dei dati (art. 28 GDPR) non è in vigore.", en: 'The data processing agreement (art. 28 GDPR) is not in force.',
    })]),
    ...(known?.dpiaOpen === true ? [need('MEMBER', 'RecordDpia', 'DPIA_OPEN', {
      it: "Manca la valutazione di impatto (art. 35 GDPR), o ha trovato un rischio elevato.", en: 'The impact assessment (art. 35 GDPR) is missing, or found a high risk.',
    })] : []),
  ];
}

/** Somebody, or a deputy, in the security role of the member. */
export function securityNeeds({ grounds: { known } }: FullMigration): readonly Need[] {
  return known?.securityContact === true ? [] : [need('MEMBER', 'AppointReferent', 'SECURITY_CONTACT_MISSING', {
    it: 'Nessuno è attivo come referente per la sicurezza.', en: 'Nobody is active as security contact.',
  })];
}
