import type { ParkedFact } from '../shared/case.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { Waiting } from '../shared/process.ts';
import { allItems, countOf, getCampaign, type Campaign, type CampaignStage, type CampaignState } from './state.ts';
import type { CampaignAction, ItemState, SaidData, Pace } from './terms.ts';
import { timers, waiting } from './waiting.ts';

/** `pending`: not done, failed or skipped yet, whether under way or not. They add up to `total`. */
export interface Counts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
}

export interface ItemView {
  readonly body: string;
  readonly state: ItemState;
  /** Why it was skipped, or failed. */
  readonly code?: string;
  readonly adhesion?: string;
}

/** A campaign as lists show it. */
export interface CampaignLine {
  readonly id: string;
  readonly workflowId: string;
  readonly name: string;
  readonly state: CampaignStage;
  readonly version: number;
  readonly action: CampaignAction;
  readonly select: SaidData;
  readonly pace: Pace;
  readonly stopAfter: number | null;
  readonly startedBy: string;
  readonly preparedAt: Instant;
  readonly counts: Counts;
  readonly underWay: number;
  readonly parked: readonly ParkedFact[];
  readonly waitingFor: readonly Waiting[];
  readonly timers: readonly { readonly key: string; readonly at: Instant }[];
  readonly late: boolean;
}

export interface CampaignView extends CampaignLine {
  readonly items: readonly ItemView[];
}

/** The campaign as readers see it. Throws when it was never prepared. */
export function viewCampaign(state: CampaignState): CampaignView {
  const items = allItems(getCampaign(state).items).map(({ body, state: item, code, adhesion }): ItemView => (
    { body, state: item, ...(code === null ? {} : { code }), ...(adhesion === null ? {} : { adhesion }) }));
  return { ...lineOfCampaign(state), items };
}

/** The same without its items, of which there may be thousands. Throws when it was never prepared. */
export function lineOfCampaign(state: CampaignState): CampaignLine {
  const campaign = getCampaign(state);
  const { id, name, action, select, pace, stopAfter, startedBy, preparedAt } = campaign;
  return {
    id, workflowId: `campaign/${id}`, name, state: campaign.state, version: state.version, action, select, pace, stopAfter,
    startedBy: startedBy.subject, preparedAt, counts: countsOf(campaign), underWay: countOf(campaign.items, 'UNDER_WAY'), parked: state.parked,
    waitingFor: waiting(state), timers: timers(state).map(({ key, at }) => ({ key, at })), late: false,
  };
}

function countsOf({ items }: Campaign): Counts {
  const count = (state: ItemState) => countOf(items, state);
  return { total: items.bodies.length, done: count('DONE'), failed: count('FAILED'), skipped: count('SKIPPED'), pending: count('PENDING') + count('UNDER_WAY') };
}
