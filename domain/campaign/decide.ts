import { accepted, refused, type Context, type Decision } from '../shared/process.ts';
import { obstacleTo } from './allowed.ts';
import type { CampaignCommand, StartCampaign } from './commands.ts';
import type { CampaignEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { turnAt } from './pace.ts';
import { countOf, getCampaign, type CampaignState } from './state.ts';
import { MAX_TARGETS, type ActOutcome } from './terms.ts';

/** Decides one command on the state; a refusal is a value with its code, and nothing is written. */
export function decide(state: CampaignState, command: CampaignCommand, context: Context): Decision<CampaignEvent> {
  const obstacle = obstacleTo(command.type, state, context.actor);
  if (obstacle !== undefined) return obstacle;
  const { now: at } = context;
  switch (command.type) {
    case 'StartCampaign': return start(state, command.data, context);
    case 'FreezeTargets': return freeze(state, command.data, at, []);
    case 'Pause': return accepted<CampaignEvent>({ type: 'CampaignPaused', data: { at } });
    case 'Resume': return goOn(state, [{ type: 'CampaignResumed', data: { at } }], at);
    case 'RetryFailed': return goOn(state, [{ type: 'FailedRetried', data: { count: countOf(getCampaign(state).items, 'FAILED'), at } }], at);
    case 'Cancel': return accepted<CampaignEvent>({ type: 'CampaignCancelled', data: { reasons: command.data.reasons ?? null, at } });
    case 'BeginActs': return goOn(state, [], at);
    case 'ConcludeAct': return conclude(state, command.data.key, command.data.outcome, at);
  }
}

function start(state: CampaignState, { targets, more, ...said }: StartCampaign, { actor, now: at }: Context): Decision<CampaignEvent> {
  return freeze(state, { targets, more }, at, [{ type: 'CampaignPrepared', data: { ...said, startedBy: actor, at } }]);
}

/** A part of the set; with the last one the set is whole for good, and the campaign begins. */
function freeze(state: CampaignState, { targets, more }: Pick<StartCampaign, 'targets' | 'more'>, at: string, before: readonly CampaignEvent[]): Decision<CampaignEvent> {
  const frozen = state.campaign?.items.bodies ?? [];
  const total = frozen.length + targets.length;
  if (new Set([...frozen, ...targets.map(({ body }) => body)]).size < total) {
    return refused('TARGET_TWICE', { it: 'Un ente è già fra i destinatari: ciascuno vi sta una volta sola.', en: 'A body is among the targets already: each is there once.' }, 'targets');
  }
  if (total > MAX_TARGETS) {
    return refused('TOO_MANY_TARGETS', { it: `Una campagna ha al massimo ${MAX_TARGETS} destinatari.`, en: `A campaign has ${MAX_TARGETS} targets at most.` }, 'targets');
  }
  const events: readonly CampaignEvent[] = [...before, { type: 'TargetsFrozen', data: { targets, at } }];
  return more ? accepted(...events) : goOn(state, [...events, { type: 'CampaignStarted', data: { total, at } }], at);
}

/** Known already, or given up: it changes nothing. */
function conclude(state: CampaignState, key: string, outcome: ActOutcome, at: string): Decision<CampaignEvent> {
  const target = targetOf(state, key);
  if (target === undefined) return accepted();
  const body = getCampaign(state).items.bodies[target] ?? '';
  return goOn(state, [outcome.outcome === 'DONE'
    ? { type: 'ActDone', data: { target, body, adhesion: outcome.adhesion, version: outcome.version, key, at } }
    : { type: 'ActFailed', data: { target, body, code: outcome.code, reasons: outcome.reasons, key, at } }], at);
}

/** What has happened, and what follows from it by itself: the end, the stop after so many failures, or the next acts. */
function goOn(state: CampaignState, happened: readonly CampaignEvent[], at: string): Decision<CampaignEvent> {
  const campaign = getCampaign(happened.reduce((current, event) => evolve({ ...current, version: current.version + 1 }, event), state));
  const { items, stopAfter, failures } = campaign;
  if (campaign.state === 'CANCELLED') return accepted(...happened);
  if (countOf(items, 'PENDING') + countOf(items, 'UNDER_WAY') === 0) return accepted<CampaignEvent>(...happened, { type: 'CampaignCompleted', data: { at } });
  if (campaign.state !== 'RUNNING') return accepted(...happened);
  if (stopAfter !== null && failures >= stopAfter) return accepted<CampaignEvent>(...happened, { type: 'CampaignStopped', data: { failures, at } });
  const turn = turnAt(campaign, at);
  return turn === null ? accepted(...happened) : accepted<CampaignEvent>(...happened, { type: 'ActsBegun', data: { ...turn, at } });
}

function targetOf({ owed }: CampaignState, key: string): number | undefined {
  const [, target] = /^act-(\d+)-\d+$/.exec(key) ?? [];
  return target !== undefined && owed.some((effect) => effect.key === key) ? Number(target) : undefined;
}
