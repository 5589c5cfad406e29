import type { Timer, Waiting } from '../shared/process.ts';
import type { CampaignCommand } from './commands.ts';
import { nextTurnAt } from './pace.ts';
import { countOf, type CampaignState } from './state.ts';
import { campaignStage, failuresInWords } from './words.ts';

/** The pace is a timer of the campaign's own: durable, and gone while it is paused. */
export function timers({ campaign }: CampaignState): readonly Timer<CampaignCommand>[] {
  const at = campaign === null ? null : nextTurnAt(campaign);
  return at === null ? [] : [{ key: PACE, at, command: { type: 'BeginActs', data: {} } }];
}

const PACE = 'pace';

/** Whose turn it is: the operator's where it stands still, the clock's where only the pace holds it; nobody's while its acts are done. */
export function waiting({ campaign }: CampaignState): readonly Waiting[] {
  if (campaign === null) return [];
  const { state, since, items } = campaign;
  const { it, en } = campaignStage(state);
  switch (state) {
    case 'PREPARING':
      return [{ who: 'OPERATOR', what: 'Cancel', since, dueOn: null, reasons: [{ code: 'TARGETS_INCOMPLETE', message: {
        it: 'I destinatari non sono ancora tutti fissati: si invii di nuovo la stessa richiesta, o si annulli.', en: 'Not all its targets are frozen yet: send the same request again, or cancel it.',
      } }] }];
    case 'PAUSED':
      return [{ who: 'OPERATOR', what: 'Resume', since, dueOn: null, reasons: [{ code: 'PAUSED', message: { it: `La campagna è ${it}.`, en: `The campaign is ${en}.` } }] }];
    case 'STOPPED': {
      const failed = failuresInWords(countOf(items, 'FAILED'));
      return [{ who: 'OPERATOR', what: 'Resume', since, dueOn: null, reasons: [{ code: 'TOO_MANY_FAILURES', message: { it: `La campagna è ${it}: ${failed.it}.`, en: `The campaign is ${en}: ${failed.en}.` } }] }];
    }
    case 'RUNNING': {
      const next = nextTurnAt(campaign);
      return next === null ? [] : [{ who: 'CLOCK', what: PACE, since, dueOn: null, reasons: [{ code: 'PACE', message: {
        it: `Al massimo ${campaign.pace.perMinute} atti al minuto.`, en: `At most ${campaign.pace.perMinute} acts a minute.`,
      } }] }];
    }
    case 'COMPLETED':
    case 'CANCELLED': return [];
  }
}
