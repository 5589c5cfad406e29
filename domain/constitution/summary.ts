import type { Party } from '../shared/process.ts';
import { getConstitution, type ConstitutionState } from './state.ts';
import { stageOf, type ConstitutionStage } from './view.ts';
import { waiting } from './waiting.ts';

/** What lists and filters need of a constitution. */
export interface ConstitutionSummary {
  readonly id: string;
  readonly state: ConstitutionStage;
  readonly waitingFor: readonly Party[];
}

/** The row of a constitution in lists. Throws when it was never started. */
export function summarizeConstitution(state: ConstitutionState): ConstitutionSummary {
  const constitution = getConstitution(state);
  return { id: constitution.id, state: stageOf(constitution), waitingFor: [...new Set(waiting(state).map(({ who }) => who))] };
}
