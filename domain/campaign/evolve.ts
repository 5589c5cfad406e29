import type { Effect } from '../shared/process.ts';
import type { CampaignEvent } from './events.ts';
import { itemAt, NO_ITEMS, withEach, withItem, withMore, type Campaign, type CampaignState } from './state.ts';

/** `state.version` is already the version of this event. Total: an event without its ground changes nothing. */
export function evolve(state: CampaignState, event: CampaignEvent): CampaignState {
  if (event.type === 'CampaignPrepared') {
    const { at, ...said } = event.data;
    return { ...state, campaign: { ...said, preparedAt: at, state: 'PREPARING', since: at, items: NO_ITEMS, failures: 0, nextAt: null } };
  }
  const { campaign } = state;
  if (campaign === null) return state;
  const { items } = campaign;
  switch (event.type) {
    case 'TargetsFrozen':
      return changed(state, campaign, {
        items: withMore(items, event.data.targets.map(({ body, adhesion, refused }) => (
          { body, adhesion, state: refused === null ? 'PENDING' : 'SKIPPED', code: refused?.code ?? null }))),
      });
    case 'CampaignStarted': return at('RUNNING', event.data.at);
    case 'ActsBegun': return begun(state, campaign, event.data.targets, event.data.nextAt);
    case 'ActDone': {
      const { target, adhesion, key } = event.data;
      return without(changed(state, campaign, { items: withItem(items, target, { state: 'DONE', adhesion }) }), key);
    }
    case 'ActFailed': {
      const { target, code, key } = event.data;
      return without(changed(state, campaign, { items: withItem(items, target, { state: 'FAILED', code }), failures: campaign.failures + 1 }), key);
    }
    case 'CampaignPaused': return at('PAUSED', event.data.at);
    case 'CampaignResumed': return at('RUNNING', event.data.at, { failures: 0 });
    case 'CampaignStopped': return at('STOPPED', event.data.at);
    case 'FailedRetried':
      // Who has paused it resumes it; what ended or stopped goes on.
      return campaign.state === 'PAUSED'
        ? changed(state, campaign, { items: withEach(items, 'FAILED', 'PENDING') })
        : at('RUNNING', event.data.at, { items: withEach(items, 'FAILED', 'PENDING'), failures: 0 });
    case 'CampaignCancelled': return at('CANCELLED', event.data.at, { items: withEach(items, 'PENDING', 'SKIPPED', 'CANCELLED') });
    case 'CampaignCompleted': return at('COMPLETED', event.data.at);
  }

  function at(stage: Campaign['state'], since: string, more: Partial<Campaign> = {}): CampaignState {
    return campaign === null ? state : changed(state, campaign, { ...more, state: stage, since });
  }
}

function changed(state: CampaignState, campaign: Campaign, more: Partial<Campaign>): CampaignState {
  return { ...state, campaign: { ...campaign, ...more } };
}

function without(state: CampaignState, key: string): CampaignState {
  return { ...state, owed: state.owed.filter((effect) => effect.key !== key) };
}

/** Each is owed once: its key holds the place and how often it was tried. */
function begun(state: CampaignState, campaign: Campaign, targets: readonly number[], nextAt: string): CampaignState {
  const owed = targets.flatMap((place) => actOn(campaign, place) ?? []);
  const items = targets.reduce((current, place) => withItem(current, place, { state: 'UNDER_WAY' }), campaign.items);
  return { ...changed(state, campaign, { items, nextAt }), owed: [...state.owed, ...owed] };
}

function actOn({ id, items, action, startedBy }: Campaign, place: number): Effect | undefined {
  const item = itemAt(items, place);
  if (item === undefined) return undefined;
  const { body, adhesion } = item;
  return { key: `act-${place}-${(items.retries[place] ?? 0) + 1}`, kind: 'act', input: { campaign: id, body, adhesion, action, actor: startedBy } };
}
