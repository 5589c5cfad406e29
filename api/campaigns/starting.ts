import { getCaseAt, findCase } from '../../db/queries/cases.ts';
import { allEventsAfter } from '../../db/queries/events.ts';
import type { CampaignState, StartCampaign, Target } from '../../domain/campaign/index.ts';
import { caseId } from '../../domain/processes.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Caller } from '../auth/verify.ts';
import type { CommandAnswer } from '../cases/command-way.ts';
import { CAMPAIGN, streamOf } from '../cases/kinds.ts';
import { findOpened } from '../cases/opened.ts';
import type { Context } from '../context.ts';
import { textsOfAction, type CheckedAction } from './request.ts';

/** A part of the frozen set is one event: well below the bound of a record, whatever the reasons in it. */
const PART_BYTES = 30_000;
const TYPE = 'StartCampaign';

export interface Start {
  readonly said: Pick<StartCampaign, 'name' | 'pace' | 'stopAfter' | 'select'>;
  readonly checked: CheckedAction;
  readonly targets: readonly Target[];
  /** As received: what the digest of the request is made of. */
  readonly received: unknown;
  readonly caller: Caller;
  readonly now: string;
}

/** The campaign that this very request started before; undefined for a new one. Throws Problem for a key used with another content. */
export async function findStarted(context: Context, commandId: string, received: unknown): Promise<string | undefined> {
  const message = { it: 'Con questa Idempotency-Key è stata avviata un\'altra campagna; se ne usi una nuova.', en: 'This Idempotency-Key started another campaign; use a new one.' };
  const known = await findOpened(context, { commandId, type: TYPE, received, other: { message } });
  return known === undefined ? undefined : caseId(known.stream);
}

/**
 * Starts a campaign: its first command freezes the first part of the targets, others follow where they are many, and with the last
 * one it begins. Broken off in between it has acted on nothing, and the same request goes on. Throws Problem. Answers its id.
 */
export async function startCampaign(context: Context, commandId: string, { said, checked, targets, received, caller, now }: Start): Promise<string> {
  const id = `${civilDateOf(now).replaceAll('-', '')}-${context.keys.digest('open', 'campaign', commandId).slice(0, 8)}`;
  const [first = [], ...others] = partsOf(targets);
  const data = { id, ...said, action: checked.action, targets: first, more: others.length > 0 };
  await context.whole.way.execute({ kind: CAMPAIGN, id, commandId, type: TYPE, spec: { freeText: textsOfAction(checked) }, data, received, caller });
  if (others.length > 0) await freeze(context, id, others, first.length, caller);
  return id;
}

/** Freezes what a request that was broken off did not, of the targets as they are chosen now. */
export async function goOnStarting(context: Context, id: string, targets: readonly Target[], caller: Caller): Promise<void> {
  const frozen = (await stateOf(context, id)).campaign?.items.bodies ?? [];
  const known = new Set(frozen);
  const left = partsOf(targets.filter(({ body }) => !known.has(body)));
  await freeze(context, id, left.length === 0 ? [[]] : left, frozen.length, caller);
}

export async function isPreparing(context: Context, id: string): Promise<boolean> {
  return (await stateOf(context, id)).campaign?.state === 'PREPARING';
}

/** The targets as they were frozen, each with what stood in its way then. */
export async function frozenTargets({ whole: { db } }: Context, id: string): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for await (const { data } of allEventsAfter(db, streamOf(CAMPAIGN, id), 0, 'TargetsFrozen')) targets.push(...(data as { readonly targets: readonly Target[] }).targets);
  return targets;
}

async function stateOf({ whole: { db } }: Context, id: string): Promise<CampaignState> {
  const stream = streamOf(CAMPAIGN, id);
  // States come from the fold of that very process.
  return ((await findCase(db, stream)) ?? (await getCaseAt(db, stream, 0))).state as CampaignState;
}

async function freeze({ whole: { way } }: Context, id: string, parts: readonly (readonly Target[])[], from: number, caller: Caller): Promise<CommandAnswer | undefined> {
  let answer: CommandAnswer | undefined;
  let at = from;
  for (const [index, targets] of parts.entries()) {
    const data = { targets, more: index < parts.length - 1 };
    // By its place: who sends it twice at once freezes it once.
    answer = await way.execute({ kind: CAMPAIGN, id, commandId: `freeze/${at}`, type: 'FreezeTargets', spec: { freeText: [] }, data, received: data, caller });
    at += targets.length;
  }
  return answer;
}

function partsOf(targets: readonly Target[]): readonly (readonly Target[])[] {
  const parts: Target[][] = [];
  let bytes = PART_BYTES;
  for (const target of targets) {
    const own = Buffer.byteLength(JSON.stringify(target));
    if (bytes + own > PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(target);
    bytes += own;
  }
  return parts;
}
