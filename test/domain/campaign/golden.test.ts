import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { viewCampaign, type CampaignEvent } from '../../../domain/campaign/index.ts';
import { OPERATOR, stateAfter, type AnyEvent } from './scenario.ts';

type Stored = { readonly [Type in CampaignEvent['type']]: Extract<CampaignEvent, { type: Type }> };

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: Stored = JSON.parse(readFileSync(new URL('../../golden/events/campaign.v1.json', import.meta.url), 'utf8'));

const { CampaignPrepared, TargetsFrozen, CampaignStarted, ActsBegun, ActFailed } = stored;
const running: readonly AnyEvent[] = [CampaignPrepared, TargetsFrozen, CampaignStarted, ActsBegun];
const skipped = { body: 'c_f205', adhesion: 'c_f205-2', state: 'SKIPPED', code: 'OUT_OF_TURN' };
const waiting = { body: 'c_b110', state: 'PENDING' };
const first = { body: 'c_a010', adhesion: 'c_a010-1' };

/** What each stored event makes of the campaign that the ones before it left. */
const EXPECTED: { readonly [Type in CampaignEvent['type']]: readonly [before: readonly AnyEvent[], after: object] } = {
  CampaignPrepared: [[], {
    id: '20260701-0a1b2c3d', name: 'Invio della proposta', state: 'PREPARING', action: CampaignPrepared.data.action, pace: { perMinute: 60, parallel: 2 }, stopAfter: 2,
    select: { filter: { phase: 'RECOGNITION' } }, startedBy: OPERATOR.subject, preparedAt: '2026-07-01T08:00:00Z', items: [],
  }],
  TargetsFrozen: [[CampaignPrepared], { items: [{ ...first, state: 'PENDING' }, skipped, waiting] }],
  CampaignStarted: [[CampaignPrepared, TargetsFrozen], { state: 'RUNNING', timers: [{ key: 'pace', at: '2026-07-01T08:00:00Z' }] }],
  ActsBegun: [running.slice(0, 3), { underWay: 1, items: [{ ...first, state: 'UNDER_WAY' }, skipped, waiting], timers: [{ key: 'pace', at: '2026-07-01T08:00:01Z' }] }],
  ActDone: [running, { underWay: 0, items: [{ ...first, state: 'DONE' }, skipped, waiting] }],
  ActFailed: [running, { underWay: 0, items: [{ ...first, state: 'FAILED', code: 'OUT_OF_TURN' }, skipped, waiting] }],
  CampaignPaused: [running, { state: 'PAUSED', timers: [] }],
  CampaignResumed: [[...running, stored.CampaignPaused], { state: 'RUNNING' }],
  CampaignStopped: [running, { state: 'STOPPED' }],
  FailedRetried: [[...running, ActFailed, stored.CampaignStopped], { state: 'RUNNING', items: [{ ...first, state: 'PENDING' }, skipped, waiting] }],
  CampaignCancelled: [running, { state: 'CANCELLED', items: [{ ...first, state: 'UNDER_WAY' }, skipped, { ...waiting, state: 'SKIPPED', code: 'CANCELLED' }] }],
  CampaignCompleted: [running, { state: 'COMPLETED' }],
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const [before, after] = EXPECTED[event.type];
  expect(viewCampaign(stateAfter(...before, event))).toMatchObject(after);
});
