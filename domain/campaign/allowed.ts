import type { Actor } from '../shared/actor.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import { refused, type AllowedItem, type Context, type Refused } from '../shared/process.ts';
import { onlyFor } from '../shared/roles.ts';
import { COMMAND_ROLES, STEERING, type CommandType } from './roles.ts';
import { countOf, type CampaignStage, type CampaignState } from './state.ts';
import { campaignStage } from './words.ts';

/** What the actor may do with a campaign now and, if not, why. */
export function allowed(state: CampaignState, { actor }: Context): readonly AllowedItem[] {
  return STEERING.filter((command) => isFor(command, actor)).map((command) => {
    const obstacle = obstacleTo(command, state, actor);
    return { command, allowed: obstacle === undefined, reasons: obstacle?.reasons ?? [] };
  });
}

/** What stands in the way of a command whatever its data; `decide` asks the same before it looks at the data. */
export function obstacleTo(command: CommandType, { campaign }: CampaignState, actor: Actor): Refused | undefined {
  if (!isFor(command, actor)) return refused('FORBIDDEN', onlyFor(command, COMMAND_ROLES[command]));
  if (command === 'StartCampaign') {
    return campaign === null ? undefined : refused('ALREADY_STARTED', { it: `La campagna ${campaign.id} è già iniziata.`, en: `The campaign ${campaign.id} has begun already.` });
  }
  if (campaign === null) return refused('NOT_OPEN', { it: 'La campagna non è mai stata preparata.', en: 'This campaign was never prepared.' });
  if (command === 'BeginActs' || command === 'ConcludeAct') return undefined;
  const { from, otherwise } = STATES[command];
  if (!from.includes(campaign.state)) {
    const { it, en } = campaignStage(campaign.state);
    return refused('OUT_OF_TURN', { it: `La campagna è ${it}; ${otherwise.it}`, en: `The campaign is ${en}; ${otherwise.en}` });
  }
  if (command === 'RetryFailed' && countOf(campaign.items, 'FAILED') === 0) {
    return refused('NOTHING_FAILED', { it: 'Nessun atto di questa campagna è da ritentare.', en: 'No act of this campaign has failed.' });
  }
  return undefined;
}

type Steered = Exclude<CommandType, 'StartCampaign' | 'BeginActs' | 'ConcludeAct'>;

const STATES: Readonly<Record<Steered, { readonly from: readonly CampaignStage[]; readonly otherwise: Bilingual }>> = {
  FreezeTargets: { from: ['PREPARING'], otherwise: { it: 'i destinatari si fissano prima che inizi.', en: 'its targets are frozen before it begins.' } },
  Pause: { from: ['RUNNING'], otherwise: { it: 'si mette in pausa quando è in corso.', en: 'it can be paused while it runs.' } },
  Resume: { from: ['PAUSED', 'STOPPED'], otherwise: { it: 'si riprende quando è in pausa, o fermata dagli errori.', en: 'it can be resumed when it is paused, or stopped by its failures.' } },
  RetryFailed: {
    from: ['RUNNING', 'PAUSED', 'STOPPED', 'COMPLETED'],
    otherwise: { it: 'si ritenta ciò che non è riuscito solo dopo il suo inizio, e se non è annullata.', en: 'what failed is tried again only after it began, and unless it is cancelled.' },
  },
  Cancel: { from: ['PREPARING', 'RUNNING', 'PAUSED', 'STOPPED'], otherwise: { it: 'si annulla solo prima della sua conclusione.', en: 'it can be cancelled only before it is completed.' } },
};

function isFor(command: CommandType, { role }: Actor): boolean {
  const roles: readonly string[] = COMMAND_ROLES[command];
  return roles.includes(role);
}
