import { describe, expect, test } from 'vitest';
import { campaign, viewCampaign } from '../../../domain/campaign/index.ts';
import { after, AUDITOR, conclude, DONE, ENGINE, FAILED, ID, MEMBER, NOW, OPERATOR, reached, SAID, start, target, when, type AnyEvent } from './scenario.ts';

const { id: _id, ...said } = SAID;
const PREPARED = { type: 'CampaignPrepared', data: { id: ID, ...said, startedBy: OPERATOR, at: NOW } } as const;
const SEVEN = [0, 1, 2, 3, 4, 5, 6].map((number) => target(number));
const running = reached([start(SEVEN), 0]);
const act = (place: number) => ({ campaign: ID, body: target(place).body, adhesion: target(place).adhesion, action: SAID.action, actor: OPERATOR });

describe('the start', () => {
  test('freezes the targets, and the first act begins', () => {
    const begun: readonly AnyEvent[] = [
      PREPARED,
      { type: 'TargetsFrozen', data: { targets: [target(0), target(1, 'OUT_OF_TURN'), target(2)], at: NOW } },
      { type: 'CampaignStarted', data: { total: 3, at: NOW } },
      { type: 'ActsBegun', data: { targets: [0], nextAt: after(1), at: NOW } },
    ];
    when(campaign.initial(), start([target(0), target(1, 'OUT_OF_TURN'), target(2)])).then(...begun);
    expect(viewCampaign(reached([start([target(0), target(1, 'OUT_OF_TURN'), target(2)]), 0]))).toMatchObject({
      state: 'RUNNING', counts: { total: 3, done: 0, failed: 0, skipped: 1, pending: 2 }, underWay: 1,
      items: [{ state: 'UNDER_WAY' }, { state: 'SKIPPED', code: 'OUT_OF_TURN' }, { state: 'PENDING' }],
    });
  });

  test('in parts begins with the last of them', () => {
    const prepared = reached([start([target(0)], { more: true }), 0]);
    expect(viewCampaign(prepared)).toMatchObject({ state: 'PREPARING', waitingFor: [{ who: 'OPERATOR', what: 'Cancel' }], timers: [] });
    expect(campaign.effects(prepared)).toEqual([]);
    const begun: readonly AnyEvent[] = [
      { type: 'TargetsFrozen', data: { targets: [target(1)], at: after(3) } },
      { type: 'CampaignStarted', data: { total: 2, at: after(3) } },
      { type: 'ActsBegun', data: { targets: [0], nextAt: after(4), at: after(3) } },
    ];
    when(prepared, { type: 'FreezeTargets', data: { targets: [target(1)], more: false } }, 3).then(...begun);
    when(prepared, { type: 'FreezeTargets', data: { targets: [target(0)], more: false } }).refused('TARGET_TWICE', 'targets');
    when(running, { type: 'FreezeTargets', data: { targets: [target(9)], more: false } }).refused('OUT_OF_TURN');
  });

  test('is refused twice, with a body twice, and with more targets than a country has', () => {
    when(running, start([target(0)])).refused('ALREADY_STARTED');
    when(campaign.initial(), start([target(0), target(0)])).refused('TARGET_TWICE', 'targets');
    const many = Array.from({ length: 10_001 }, (_one, number) => ({ ...target(0), body: `c_${number}` }));
    when(campaign.initial(), start(many)).refused('TOO_MANY_TARGETS', 'targets');
  });

  test('where every target is refused is its end', () => {
    const skipped = reached([start([target(0, 'OUT_OF_TURN')]), 0]);
    expect(viewCampaign(skipped)).toMatchObject({ state: 'COMPLETED', counts: { total: 1, skipped: 1, pending: 0 } });
    expect(campaign.finished(skipped)).toBe(true);
  });

  test('is for the Agency alone', () => {
    for (const actor of [MEMBER, AUDITOR, ENGINE]) when(campaign.initial(), start([target(0)]), 0, { actor }).refused('FORBIDDEN');
    for (const type of ['Pause', 'Resume', 'RetryFailed', 'Cancel'] as const) when(running, { type, data: {} }, 0, { actor: AUDITOR }).refused('FORBIDDEN');
    when(running, { type: 'BeginActs', data: {} }, 1, { actor: OPERATOR }).refused('FORBIDDEN');
    when(running, conclude(0, DONE(0)), 1, { actor: OPERATOR }).refused('FORBIDDEN');
    when(campaign.initial(), { type: 'Pause', data: {} }).refused('NOT_OPEN');
  });
});

describe('the acts', () => {
  test('are owed once each, by the operator who started it', () => {
    expect(campaign.effects(running)).toEqual([{ key: 'act-0-1', kind: 'act', input: act(0) }]);
    const two = reached([start(SEVEN), 0], [{ type: 'BeginActs', data: {} }, 1]);
    expect(campaign.effects(two)).toEqual([{ key: 'act-0-1', kind: 'act', input: act(0) }, { key: 'act-1-1', kind: 'act', input: act(1) }]);
  });

  test('begin one a second, two at once: the pace is a timer, which rests while the window is full', () => {
    expect(campaign.timers(running)).toEqual([{ key: 'pace', at: after(1), command: { type: 'BeginActs', data: {} } }]);
    when(running, { type: 'BeginActs', data: {} }, 1).then({ type: 'ActsBegun', data: { targets: [1], nextAt: after(2), at: after(1) } });
    const full = reached([start(SEVEN), 0], [{ type: 'BeginActs', data: {} }, 1]);
    expect(campaign.timers(full)).toEqual([]);
    when(full, { type: 'BeginActs', data: {} }, 5).nothing();
    // Room made before the pace lets the next begin: its moment is waited for.
    when(full, conclude(0, DONE(0)), 1.5).then({ type: 'ActDone', data: { target: 0, body: 'c_a000', adhesion: 'c_a000-1', version: 7, key: 'act-0-1', at: after(1.5) } });
    // And room made later is taken at once.
    when(full, conclude(0, DONE(0)), 9).then(
      { type: 'ActDone', data: { target: 0, body: 'c_a000', adhesion: 'c_a000-1', version: 7, key: 'act-0-1', at: after(9) } },
      { type: 'ActsBegun', data: { targets: [2], nextAt: after(10), at: after(9) } },
    );
  });

  test('of a fast pace begin several together, and in no sixty seconds more than it says', () => {
    const fast = reached([start(SEVEN, { pace: { perMinute: 180, parallel: 20 } }), 0]);
    // 60,000 / (180 - 3 + 1) ms for each of the three.
    expect(campaign.timers(fast)).toEqual([{ key: 'pace', at: after(1.014), command: { type: 'BeginActs', data: {} } }]);
    expect(campaign.effects(fast).map(({ key }) => key)).toEqual(['act-0-1', 'act-1-1', 'act-2-1']);
  });

  test('an outcome counts once, and one that nobody asked for not at all', () => {
    const done = reached([start(SEVEN), 0], [conclude(0, DONE(0)), 0.1]);
    when(done, conclude(0, FAILED), 0.2).nothing();
    when(done, conclude(3, DONE(3)), 0.2).nothing();
    when(done, { type: 'ConcludeAct', data: { key: 'nothing', outcome: FAILED } }, 0.2).nothing();
  });

  test('with the last of them it is completed, and finished when nothing is owed', () => {
    const last = reached([start([target(0), target(1)]), 0], [{ type: 'BeginActs', data: {} }, 1], [conclude(0, DONE(0)), 2]);
    when(last, conclude(1, FAILED), 3).then(
      { type: 'ActFailed', data: { target: 1, body: 'c_a001', code: 'ALREADY_SENT', reasons: [], key: 'act-1-1', at: after(3) } },
      { type: 'CampaignCompleted', data: { at: after(3) } },
    );
    const completed = reached([start([target(0)]), 0], [conclude(0, DONE(0)), 2]);
    expect(campaign.finished(completed)).toBe(true);
    expect(campaign.finished(last)).toBe(false);
  });
});

describe('failures', () => {
  const failedTwice = reached([start(SEVEN), 0], [conclude(0, FAILED), 1], [conclude(1, FAILED), 2]);

  test('stop it after as many as was said; resumed, it counts anew', () => {
    expect(viewCampaign(failedTwice)).toMatchObject({
      state: 'STOPPED', counts: { failed: 2, pending: 5 }, timers: [],
      waitingFor: [{ who: 'OPERATOR', what: 'Resume', since: after(2), reasons: [{ code: 'TOO_MANY_FAILURES', message: { it: 'La campagna è fermata dagli errori: 2 atti non riusciti.', en: 'The campaign is stopped by its failures: 2 acts that failed.' } }] }],
    });
    when(failedTwice, { type: 'Resume', data: {} }, 60).then(
      { type: 'CampaignResumed', data: { at: after(60) } }, { type: 'ActsBegun', data: { targets: [2], nextAt: after(61), at: after(60) } },
    );
    const again = reached([start(SEVEN), 0], [conclude(0, FAILED), 1], [conclude(1, FAILED), 2], [{ type: 'Resume', data: {} }, 60], [conclude(2, FAILED), 61]);
    expect(viewCampaign(again)).toMatchObject({ state: 'RUNNING', counts: { failed: 3 } });
  });

  test('are tried again, each under a key of its own', () => {
    when(failedTwice, { type: 'RetryFailed', data: {} }, 60).then(
      { type: 'FailedRetried', data: { count: 2, at: after(60) } }, { type: 'ActsBegun', data: { targets: [0], nextAt: after(61), at: after(60) } },
    );
    const retried = reached([start(SEVEN), 0], [conclude(0, FAILED), 1], [conclude(1, FAILED), 2], [{ type: 'RetryFailed', data: {} }, 60]);
    expect(campaign.effects(retried).map(({ key }) => key)).toEqual(['act-0-2']);
    expect(viewCampaign(retried)).toMatchObject({ state: 'RUNNING', counts: { failed: 0, pending: 7 } });
    expect(viewCampaign(retried).items.slice(0, 2)).toEqual([{ body: 'c_a000', state: 'UNDER_WAY', adhesion: 'c_a000-1' }, { body: 'c_a001', state: 'PENDING', adhesion: 'c_a001-1' }]);
    when(running, { type: 'RetryFailed', data: {} }).refused('NOTHING_FAILED');
  });

  test('of a campaign that ended are tried again: it goes on', () => {
    const ended = reached([start([target(0)]), 0], [conclude(0, FAILED), 1]);
    expect(viewCampaign(ended)).toMatchObject({ state: 'COMPLETED', counts: { failed: 1 } });
    expect(viewCampaign(reached([start([target(0)]), 0], [conclude(0, FAILED), 1], [{ type: 'RetryFailed', data: {} }, 9]))).toMatchObject({ state: 'RUNNING', underWay: 1 });
  });
});

describe('pause and cancel', () => {
  const paused = reached([start(SEVEN), 0], [{ type: 'Pause', data: {} }, 0.5]);

  test('paused, nothing new begins, and what is under way comes to its end', () => {
    expect(campaign.timers(paused)).toEqual([]);
    when(paused, conclude(0, DONE(0)), 30).then({ type: 'ActDone', data: { target: 0, body: 'c_a000', adhesion: 'c_a000-1', version: 7, key: 'act-0-1', at: after(30) } });
    when(paused, { type: 'Resume', data: {} }, 60).then(
      { type: 'CampaignResumed', data: { at: after(60) } }, { type: 'ActsBegun', data: { targets: [1], nextAt: after(61), at: after(60) } },
    );
    when(paused, { type: 'Pause', data: {} }).refused('OUT_OF_TURN');
    when(running, { type: 'Resume', data: {} }).refused('OUT_OF_TURN');
  });

  test('paused, what failed is put back and waits for the resumption', () => {
    const state = reached([start(SEVEN), 0], [conclude(0, FAILED), 1], [{ type: 'Pause', data: {} }, 1.1], [{ type: 'RetryFailed', data: {} }, 2]);
    expect(viewCampaign(state)).toMatchObject({ state: 'PAUSED', counts: { failed: 0, pending: 7 }, timers: [] });
  });

  test('cancelled, what has not begun is skipped for good, and what is under way is heard to its end', () => {
    const cancelled = reached([start(SEVEN), 0], [{ type: 'Cancel', data: {} }, 0.5]);
    expect(viewCampaign(cancelled)).toMatchObject({ state: 'CANCELLED', counts: { skipped: 6, pending: 1 } });
    expect(viewCampaign(cancelled).items.slice(0, 2)).toEqual([{ body: 'c_a000', state: 'UNDER_WAY', adhesion: 'c_a000-1' }, { body: 'c_a001', state: 'SKIPPED', code: 'CANCELLED', adhesion: 'c_a001-1' }]);
    expect(campaign.finished(cancelled)).toBe(false);
    const heard = reached([start(SEVEN), 0], [{ type: 'Cancel', data: {} }, 0.5], [conclude(0, FAILED), 1]);
    expect(viewCampaign(heard)).toMatchObject({ state: 'CANCELLED', counts: { total: 7, failed: 1, skipped: 6, pending: 0 } });
    expect(campaign.finished(heard)).toBe(true);
    for (const type of ['Pause', 'Resume', 'RetryFailed', 'Cancel'] as const) when(heard, { type, data: {} }).refused('OUT_OF_TURN');
  });
});

test('allowed says it in words', () => {
  expect(campaign.allowed(paused(), { actor: OPERATOR, now: NOW, commandId: 'x' }).map(({ command, allowed, reasons }) => [command, allowed, reasons[0]?.message.it])).toEqual([
    ['Pause', false, 'La campagna è in pausa; si mette in pausa quando è in corso.'],
    ['Resume', true, undefined],
    ['RetryFailed', false, 'Nessun atto di questa campagna è da ritentare.'],
    ['Cancel', true, undefined],
  ]);
  expect(campaign.allowed(running, { actor: AUDITOR, now: NOW, commandId: 'x' })).toEqual([]);
});

const paused = () => reached([start(SEVEN), 0], [{ type: 'Pause', data: {} }, 0.5]);
