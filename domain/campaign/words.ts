import type { Bilingual } from '../shared/bilingual.ts';
import type { CampaignStage } from './state.ts';
import type { ItemState } from './terms.ts';

const STAGES: Readonly<Record<CampaignStage, Bilingual>> = {
  PREPARING: { it: 'in preparazione', en: 'being prepared' },
  RUNNING: { it: 'in corso', en: 'running' },
  PAUSED: { it: 'in pausa', en: 'paused' },
  STOPPED: { it: 'fermata dagli errori', en: 'stopped by its failures' },
  COMPLETED: { it: 'conclusa', en: 'completed' },
  CANCELLED: { it: 'annullata', en: 'cancelled' },
};

const ITEMS: Readonly<Record<ItemState, Bilingual>> = {
  PENDING: { it: 'da fare', en: 'pending' },
  UNDER_WAY: { it: 'in corso', en: 'under way' },
  DONE: { it: 'fatto', en: 'done' },
  FAILED: { it: 'non riuscito', en: 'failed' },
  SKIPPED: { it: 'saltato', en: 'skipped' },
};

export function campaignStage(stage: CampaignStage): Bilingual {
  return STAGES[stage];
}

export function itemState(state: ItemState): Bilingual {
  return ITEMS[state];
}

/** How many failed, in words. */
export function failuresInWords(count: number): Bilingual {
  return {
    it: count === 1 ? 'un atto non riuscito' : `${count} atti non riusciti`,
    en: count === 1 ? 'one act that failed' : `${count} acts that failed`,
  };
}
