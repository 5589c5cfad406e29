import type { ParkedFact } from '../shared/case.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { Waiting } from '../shared/process.ts';
import { allItems, countOf, getCampaign, itemAt, type Campaign, type CampaignStage, type CampaignState } from './state.ts';
import type { CampaignAction, Item, ItemState, SaidData, Pace } from './terms.ts';
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
  /** Failures since it was started, resumed or tried again. */
  readonly failures: number;
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
  return { ...lineOfCampaign(state), items: allItems(getCampaign(state).items).map(itemOf) };
}

/** As far as a field of it goes: of its items the one that the field names (`items.c_a010.code`). Throws when it was never prepared. */
export function viewForField(state: CampaignState, field: string): CampaignLine & { readonly items?: readonly ItemView[] } {
  const line = lineOfCampaign(state);
  const [list, body = ''] = field.split('.');
  if (list !== 'items' || body === '') return line;
  const { items } = getCampaign(state);
  const item = itemAt(items, items.bodies.indexOf(body));
  return { ...line, items: item === undefined ? [] : [itemOf(item)] };
}

function itemOf({ body, state, code, adhesion }: Item): ItemView {
  return { body, state, ...(code === null ? {} : { code }), ...(adhesion === null ? {} : { adhesion }) };
}

/** The same without its items, of which there may be thousands. Throws when it was never prepared. */
export function lineOfCampaign(state: CampaignState): CampaignLine {
  const campaign = getCampaign(state);
  const { id, name, action, select, pace, stopAfter, failures, startedBy, preparedAt } = campaign;
  return {
    id, workflowId: `campaign/${id}`, name, state: campaign.state, version: state.version, action, select, pace, stopAfter, failures,
    startedBy: startedBy.subject, preparedAt, counts: countsOf(campaign), underWay: countOf(campaign.items, 'UNDER_WAY'), parked: state.parked,
    waitingFor: waiting(state), timers: timers(state).map(({ key, at }) => ({ key, at })), late: false,
  };
}

function countsOf({ items }: Campaign): Counts {
  const count = (state: ItemState) => countOf(items, state);
  return { total: items.bodies.length, done: count('DONE'), failed: count('FAILED'), skipped: count('SKIPPED'), pending: count('PENDING') + count('UNDER_WAY') };
}
