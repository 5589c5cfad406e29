import type { CloudLevel, DataClass } from '../plan/terms.ts';
import type { FullMigration } from '../state.ts';
import { conventionNeeds } from './convention.ts';
import { dependenciesOperating } from './dependencies.ts';
import { need, type Need } from './need.ts';
import { personalDataNeeds, securityNeeds } from './personal-data.ts';

/** Lowest qualification of a cloud that may hold data of the class (ACN). */
const LOWEST: Readonly<Record<DataClass, readonly CloudLevel[]>> = {
  ORDINARY: ['QC1', 'QC2', 'QC3', 'QC4'], CRITICAL: ['QC2', 'QC3', 'QC4'], STRATEGIC: ['QC3', 'QC4'],
};

/**
 * To PROVISIONING: the spending committed, the security contact; where personal data are handled a DPO, the agreement of art. 28 GDPR, no
 * impact assessment open, and a cloud qualified for the class of the data. Of a service that moves no data, the dependencies.
 */
export function provisioningNeeds(state: FullMigration): readonly Need[] {
  const { migration: { pinned }, planning: { approval, commitment } } = state;
  return [
    ...conventionNeeds(state),
    ...(approval !== null ? [] : [need('MEMBER', 'ApprovePlan', 'PLAN_NOT_APPROVED', { it: 'Il comune non ha ancora approvato il piano.', en: 'The comune has not approved the plan yet.' })]),
    ...(pinned.cost.kind === 'FREE' || commitment !== null ? [] : [need('MEMBER', 'CommitSpending', 'SPENDING_NOT_COMMITTED', { it: "Manca l'impegno di spesa.", en: 'The spending is not committed.' })]),
    ...(pinned.personalData === 'NONE' ? securityNeeds(state) : [...personalDataNeeds(state), ...cloudNeeds(state)]),
    ...(pinned.gates.includes('DATA_MIGRATION') ? [] : dependenciesOperating(state)),
  ];
}

function cloudNeeds({ planning: { proposal } }: FullMigration): readonly Need[] {
  const { dataClass = null, cloudLevel = null } = proposal ?? {};
  const isQualified = dataClass !== null && cloudLevel !== null && LOWEST[dataClass].includes(cloudLevel);
  return isQualified ? [] : [need('OPERATOR', 'RollBack', 'CLOUD_NOT_QUALIFIED', {
    it: 'Il piano non indica un cloud qualificato ACN per la classe dei dati.', en: "The plan names no cloud that the ACN has qualified for the class of the data.",
  })];
}
