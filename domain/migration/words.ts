import type { Bilingual } from '../shared/bilingual.ts';
import { refused, type Refused } from '../shared/process.ts';
import type { MigrationStage } from './stages.ts';

const STAGES: Readonly<Record<MigrationStage, Bilingual>> = {
  REQUESTED: { it: 'richiesta', en: 'requested' },
  FEASIBILITY: { it: 'in studio di fattibilità', en: 'in its feasibility study' },
  PLAN_DRAFTED: { it: 'con il piano proposto', en: 'with its plan proposed' },
  PLAN_APPROVED: { it: 'con il piano approvato', en: 'with its plan approved' },
  PROVISIONING: { it: 'in attivazione', en: 'being provisioned' },
  DATA_MIGRATION: { it: 'in migrazione dei dati', en: 'in its migration of data' },
  ACCEPTANCE: { it: 'in collaudo', en: 'in its acceptance test' },
  PARALLEL_RUN: { it: 'in esercizio parallelo', en: 'in its parallel run' },
  CUTOVER: { it: 'in messa in esercizio', en: 'being cut over' },
  HYPERCARE: { it: 'in presidio rafforzato', en: 'in hypercare' },
  OPERATING: { it: 'in esercizio', en: 'operating' },
  DECOMMISSIONING_OLD: { it: 'in dismissione del vecchio sistema', en: 'with its old system being decommissioned' },
  CLOSED: { it: 'chiusa', en: 'closed' },
  SUSPENDED: { it: 'sospesa', en: 'suspended' },
  ROLLING_BACK: { it: 'in annullamento dei passi svolti', en: 'being rolled back' },
  REJECTED: { it: 'respinta', en: 'rejected' },
  CANCELLED: { it: 'annullata', en: 'cancelled' },
  RETIRING: { it: "in uscita con l'ente", en: 'retiring with the member' },
};

/** How a service that has retired stands for what depends on it: it is closed, and does not go on. */
export const RETIRED = 'RETIRED';

/** The stage of a migration in words; one that an older or a later release tells of and nobody here knows stays as it is. */
export function migrationStage(stage: string): Bilingual {
  const known: Readonly<Record<string, Bilingual>> = { ...STAGES, [RETIRED]: { it: 'ritirata', en: 'retired' } };
  return known[stage] ?? { it: stage, en: stage };
}

/** That a migration is open already: what is asked for is there. */
export function alreadyOpen(id: string, stage: Bilingual): Bilingual {
  return { it: `${id} è già aperta (${stage.it}).`, en: `${id} is open already (${stage.en}).` };
}

export function unknownService(service: string): Refused {
  return refused('UNKNOWN_SERVICE', { it: `Il catalogo non ha il servizio ${service}.`, en: `The catalogue has no service ${service}.` }, 'service');
}

export function unknownPlan(service: string, plan: string): Refused {
  return refused('UNKNOWN_PLAN', { it: `${service} non ha il piano ${plan}.`, en: `${service} has no plan ${plan}.` }, 'plan');
}
