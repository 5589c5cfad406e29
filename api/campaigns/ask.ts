import { findCase } from '../../db/queries/cases.ts';
import type { CampaignStage, CampaignState, Target } from '../../domain/campaign/index.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { ADHESION, CAMPAIGN, streamOf } from '../cases/kinds.ts';
import { openingId } from '../cases/opened.ts';
import type { Context } from '../context.ts';
import { parseData } from '../http/validation.ts';
import { previewOf } from './preview.ts';
import { CampaignRequest, checkAction, paceOf } from './request.ts';
import { selectAsKept, selectBodies } from './selection.ts';
import { findStarted, frozenTargets, goOnStarting, isPreparing, startCampaign } from './starting.ts';

/** A reading of so many cases at once is one entry. */
const LISTED_AT_ONCE = 1_000;

/** What became of a request: its targets, and the campaign that was started; null: a dry run, which starts none. */
export interface Asked {
  readonly targets: readonly Target[];
  readonly campaign: { readonly id: string; readonly state: CampaignStage; readonly version: number } | null;
}

/** Previews a campaign and, unless it is a dry run, starts it; the same request under the same key is the same campaign. Throws Problem. */
export async function askCampaign(context: Context, received: unknown, caller: Caller, key: string | undefined): Promise<Asked> {
  const asked = parseData(CampaignRequest, received);
  const checked = checkAction(asked.action, caller);
  const now = new Date().toISOString();
  const preview = async (): Promise<readonly Target[]> => {
    const targets = await previewOf(context, await selectBodies(context, asked, now), checked, caller, now);
    await enterLooked(context, targets, caller);
    return targets;
  };
  if (asked.dryRun === true) return { targets: await preview(), campaign: null };
  const commandId = openingId(context, caller, key, 'campaign');
  const known = key === undefined ? undefined : await findStarted(context, commandId, received);
  const said = { name: asked.name, pace: paceOf(asked), stopAfter: asked.stopAfter ?? null, select: selectAsKept(asked.select) };
  if (known !== undefined && await isPreparing(context, known)) await goOnStarting(context, known, await preview(), caller);
  const id = known ?? await startCampaign(context, commandId, { said, checked, targets: await preview(), received, caller, now });
  return { targets: await frozenTargets(context, id), campaign: { id, ...await standing(context, id) } };
}

async function standing({ whole: { db } }: Context, id: string): Promise<{ readonly state: CampaignStage; readonly version: number }> {
  const found = await findCase(db, streamOf(CAMPAIGN, id));
  // States come from the fold of that very process.
  const campaign = (found?.state as CampaignState | undefined)?.campaign;
  if (found === undefined || campaign === null || campaign === undefined) throw new Error(`The campaign ${id} was started and is not there`);
  return { state: campaign.state, version: found.version };
}

/** Who starts a campaign looks into each of its cases. */
async function enterLooked({ reads }: Context, targets: readonly Target[], caller: Caller): Promise<void> {
  const streams = targets.flatMap(({ adhesion }) => (adhesion === null ? [] : [streamOf(ADHESION, adhesion)]));
  for (let from = 0; from < streams.length; from += LISTED_AT_ONCE) await reads.enterList(streams.slice(from, from + LISTED_AT_ONCE), actorOf(caller));
}
