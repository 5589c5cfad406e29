import { lapsed } from '../plan/lapsed.ts';
import type { FullMigration } from '../state.ts';
import { conventionNeeds } from './convention.ts';
import { dependenciesPlanned } from './dependencies.ts';
import { need, type Need } from './need.ts';

/** To PLAN_APPROVED: a plan with dates, rollback and costs, the service's referent, cover of the costs, dependencies planned. */
export function planApprovedNeeds(state: FullMigration): readonly Need[] {
  const { migration: { pinned: { cost } }, grounds: { known }, planning: { proposal, lapsedAt } } = state;
  const convention = conventionNeeds(state);
  return [
    ...convention,
    ...(proposal === null ? [need('OPERATOR', 'ProposePlan', 'PLAN_MISSING', {
      it: 'Manca il piano con date, rientro e costi.', en: 'The plan with its dates, rollback and costs is missing.',
    })] : []),
    // Nothing is proposed anew while no new stage begins.
    ...(proposal === null || lapsedAt === undefined || convention.length > 0 ? [] : [{ who: 'OPERATOR' as const, what: 'ProposePlan', reason: lapsed(proposal.provisioningOn) }]),
    ...serviceReferentNeeds(state),
    ...(cost.kind === 'FREE' || known?.budgetCovered === true ? [] : [need('MEMBER', 'RecordBudgetCover', 'BUDGET_NOT_COVERED', {
      it: 'Il bilancio non copre nuove spese (esercizio provvisorio, art. 163 TUEL): si attende la copertura.', en: 'The budget covers no new costs (provisional budget, art. 163 TUEL): they must be covered first.',
    })]),
    ...dependenciesPlanned(state),
  ];
}

/** Somebody is active as the comune's referent for this service. */
export function serviceReferentNeeds({ grounds: { known } }: FullMigration): readonly Need[] {
  return known?.serviceReferent === true ? [] : [need('MEMBER', 'AppointReferent', 'SERVICE_REFERENT_MISSING', {
    it: 'Nessuno è attivo come referente del servizio.', en: 'Nobody is active as referent of the service.',
  })];
}
