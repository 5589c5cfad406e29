import type { CloudLevel, DataClass } from '../plan/terms.ts';
import type { FullMigration } from '../state.ts';
import { conventionNeeds } from './convention.ts';
import { dependenciesOperating } from './dependencies.ts';
import { need, type Need } from './need.ts';

/** Lowest qualification of a cloud that may hold data of the class (ACN). */
const LOWEST: Readonly<Record<DataClass, readonly CloudLevel[]>> = {
  ORDINARY: ['QC1', 'QC2', 'QC3', 'QC4'], CRITICAL: ['QC2', 'QC3', 'QC4'], STRATEGIC: ['QC3', 'QC4'],
};

/**
 * To PROVISIONING: the spending committed, the security contact; where personal data are handled a DPO, the agreement of art. 28 GDPR, no
 * impact assessment open, and a cloud qualified for the class of the data. Of a service that moves no data, the dependencies.
 */
export function provisioningNeeds(state: FullMigration): readonly Need[] {
  const { migration: { pinned }, grounds: { known }, planning: { approval, commitment } } = state;
  return [
    ...conventionNeeds(state),
    ...(approval !== null ? [] : [need('MEMBER', 'ApprovePlan', 'PLAN_NOT_APPROVED', { it: 'Il comune non ha ancora approvato il piano.', en: 'The comune has not approved the plan yet.' })]),
    ...(pinned.cost.kind === 'FREE' || commitment !== null ? [] : [need('MEMBER', 'CommitSpending', 'SPENDING_NOT_COMMITTED', { it: "Manca l'impegno di spesa.", en: 'The spending is not committed.' })]),
    ...(known?.securityContact === true ? [] : [need('MEMBER', 'AppointReferent', 'SECURITY_CONTACT_MISSING', {
      it: 'Nessuno è attivo come referente per la sicurezza.', en: 'Nobody is active as security contact.',
    })]),
    ...(pinned.personalData === 'NONE' ? [] : personalDataNeeds(state)),
    ...(pinned.gates.includes('DATA_MIGRATION') ? [] : dependenciesOperating(state)),
  ];
}

function personalDataNeeds({ grounds: { known }, planning: { proposal } }: FullMigration): readonly Need[] {
  const { dataClass = null, cloudLevel = null } = proposal ?? {};
  const isQualified = dataClass !== null && cloudLevel !== null && LOWEST[dataClass].includes(cloudLevel);
  return [
    ...(known?.dpo === true ? [] : [need('MEMBER', 'AppointReferent', 'DPO_MISSING', {
      it: 'Nessuno è attivo come DPO: nessun passo con dati personali.', en: 'Nobody is active as DPO: no step with personal data.',
    })]),
    ...(known?.dpaInForce === true ? [] : [need('OPERATOR', 'CountersignDpa', 'DPA_NOT_IN_FORCE', {
      it: "L'accordo sul trattamento dei dati (art. 28 GDPR) non è in vigore.", en: 'The data processing agreement (art. 28 GDPR) is not in force.',
    })]),
    ...(known?.dpiaOpen === true ? [need('MEMBER', 'RecordDpia', 'DPIA_OPEN', {
      it: "Manca la valutazione di impatto (art. 35 GDPR), o ha trovato un rischio elevato.", en: 'The impact assessment (art. 35 GDPR) is missing, or found a high risk.',
    })] : []),
    ...(isQualified ? [] : [need('OPERATOR', 'RollBack', 'CLOUD_NOT_QUALIFIED', {
      it: 'Il piano non indica un cloud qualificato ACN per la classe dei dati.', en: "The plan names no cloud that the ACN has qualified for the class of the data.",
    })]),
  ];
}
