import type { Bilingual } from '../shared/bilingual.ts';
import { refused, type Refused } from '../shared/process.ts';
import type { MigrationStage } from './state.ts';

const STAGES: Readonly<Record<MigrationStage, Bilingual>> = {
  REQUESTED: { it: 'richiesta', en: 'requested' },
  PROVISIONING: { it: 'in attivazione', en: 'being provisioned' },
  OPERATING: { it: 'in esercizio', en: 'operating' },
  CLOSED: { it: 'chiusa', en: 'closed' },
  CANCELLED: { it: 'annullata', en: 'cancelled' },
};

/** The stage of a migration in words; one that an older or a later release tells of and nobody here knows stays as it is. */
export function migrationStage(stage: string): Bilingual {
  const known: Readonly<Record<string, Bilingual>> = STAGES;
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
