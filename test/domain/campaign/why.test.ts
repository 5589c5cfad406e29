import { expect, test } from 'vitest';
import { CAMPAIGN_COMPUTATIONS } from '../../../domain/campaign/computations.ts';
import { campaign, refusalsIn, viewCampaign, viewForField, type CampaignState } from '../../../domain/campaign/index.ts';
import { fold } from '../../../domain/shared/process.ts';
import { why, type Explained } from '../../../domain/shared/why.ts';
import { after, conclude, DONE, FAILED, senderOf, start, target, type AnyCommand, type AnyEvent } from './scenario.ts';

function eventsOf(...steps: readonly (readonly [command: AnyCommand, seconds: number])[]): readonly AnyEvent[] {
  let state = campaign.initial();
  return steps.flatMap(([command, seconds]) => {
    const decision = campaign.decide(state, command, { actor: senderOf(command), now: after(seconds), commandId: 'cmd' });
    if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.reasons));
    state = fold(campaign, state, decision.events);
    return decision.events;
  });
}

function chainOf(events: readonly AnyEvent[], field: string) {
  const view = (state: object) => ((state as CampaignState).campaign === null ? {} : viewForField(state as CampaignState, field));
  const explained = { process: campaign, view, computations: CAMPAIGN_COMPUTATIONS } as unknown as Explained;
  const found = why(explained, events.map((event, index) => ({ ...event, version: index + 1, commandId: `c-${index}` })), field);
  if ('names' in found) throw new Error(`${field} is not known: ${found.names.join(', ')}`);
  return found.chain.map(({ version, after: value, rule }) => [events[version - 1]?.type, value, ...(rule === null ? [] : [rule.computation.rule, rule.agrees, rule.inputs.map((input) => input.value)])]);
}

const targets = [target(0), target(1, 'OUT_OF_TURN'), target(2), target(3)];
const stopped = eventsOf([start(targets), 0], [conclude(0, FAILED), 1], [conclude(2, FAILED), 2]);

test('why it stands still: stopped by as many failures as were said; completed when nothing is left', () => {
  expect(chainOf(stopped, 'state')).toEqual([['CampaignStopped', 'STOPPED', 'STOP_AFTER', true, [2, 2]], ['CampaignStarted', 'RUNNING'], ['CampaignPrepared', 'PREPARING']]);
  const ended = eventsOf([start(targets.slice(0, 2)), 0], [conclude(0, DONE(0)), 1]);
  expect(chainOf(ended, 'state')[0]).toEqual(['CampaignCompleted', 'COMPLETED', 'NOTHING_LEFT', true, [0]]);
  const paused = eventsOf([start(targets), 0], [{ type: 'Pause', data: {} }, 0.5]);
  expect(chainOf(paused, 'state')[0]).toEqual(['CampaignPaused', 'PAUSED']);
});

test('why an item was skipped or failed: by which event, with which code; of its items a view for a field has that one alone', () => {
  expect(chainOf(stopped, 'items.c_a001.code')).toEqual([['TargetsFrozen', 'OUT_OF_TURN']]);
  expect(chainOf(stopped, 'items.c_a000.state')).toEqual([['ActFailed', 'FAILED'], ['ActsBegun', 'UNDER_WAY'], ['TargetsFrozen', 'PENDING']]);
  expect(chainOf(stopped, 'items.c_a000.code')).toEqual([['ActFailed', 'ALREADY_SENT']]);
  const state = fold(campaign, campaign.initial(), stopped);
  expect(viewForField(state, 'items.c_a002.code').items).toEqual([viewCampaign(state).items[2]]);
  expect(viewForField(state, 'items.c_z999.code').items).toEqual([]);
  expect('items' in viewForField(state, 'state')).toBe(false);
  expect(() => chainOf(stopped, 'items.c_z999.code')).toThrow('is not known');
});

test('what acts were refused with is in the events: the preview that was frozen, and each failure', () => {
  expect(stopped.filter((event) => refusalsIn(event).size > 0).map((event) => [event.type, [...refusalsIn(event).keys()]])).toEqual([['TargetsFrozen', ['c_a001']], ['ActFailed', ['c_a000']], ['ActFailed', ['c_a002']]]);
  const [frozen] = stopped.filter(({ type }) => type === 'TargetsFrozen');
  expect(frozen === undefined ? [] : refusalsIn(frozen).get('c_a001')).toEqual([{ code: 'OUT_OF_TURN', message: 'No.', messageEn: 'No.' }]);
});
