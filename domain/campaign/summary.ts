import type { Party } from '../shared/process.ts';
import { getCampaign, type CampaignStage, type CampaignState } from './state.ts';
import { waiting } from './waiting.ts';

/** What lists and filters need of a campaign. */
export interface CampaignSummary {
  readonly id: string;
  readonly state: CampaignStage;
  readonly waitingFor: readonly Party[];
}

/** The row of a campaign in lists. Throws when it was never prepared. */
export function summarizeCampaign(state: CampaignState): CampaignSummary {
  const { id, state: stage } = getCampaign(state);
  return { id, state: stage, waitingFor: [...new Set(waiting(state).map(({ who }) => who))] };
}
