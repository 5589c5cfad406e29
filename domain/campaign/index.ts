import { caseProcess, type CaseProcess } from '../shared/case.ts';
import { allowed } from './allowed.ts';
import type { CampaignCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { CampaignEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { CAMPAIGN_STATE_SCHEMA, initialCampaign, type CampaignState } from './state.ts';
import { timers, waiting } from './waiting.ts';

export type { CampaignCommand, StartCampaign } from './commands.ts';
export type { CampaignEvent } from './events.ts';
export type { CampaignStage, CampaignState } from './state.ts';
export { refusalsIn } from './refusals.ts';
export { summarizeCampaign, type CampaignSummary } from './summary.ts';
export type { ActInput, ActOutcome, CampaignAction, Pace, Target } from './terms.ts';
export { lineOfCampaign, viewCampaign, viewForField, type CampaignLine, type CampaignView, type Counts, type ItemView } from './view.ts';

/** One act on many cases: the targets are frozen when it starts, its acts begin by its pace, each target is acted on once. */
export const campaign: CaseProcess<CampaignState, CampaignCommand, CampaignEvent> = caseProcess({
  name: 'campaign',
  stateSchema: CAMPAIGN_STATE_SCHEMA,
  restore: (kept, stateSchema) => (stateSchema === CAMPAIGN_STATE_SCHEMA ? (kept as CampaignState) : null),
  // It is steered by hand or by the engine: nothing is kept for later.
  parkable: new Set<string>(),
  initial: initialCampaign,
  decide,
  evolve,
  timers,
  allowed,
  waiting: (state) => waiting(state),
  finished: ({ campaign: own }) => own !== null && (own.state === 'COMPLETED' || own.state === 'CANCELLED'),
});
