import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { campaign, viewCampaign, type CampaignState } from '../../../domain/campaign/index.ts';
import { compareInstants, instantOfMillis, millisOf, type Instant } from '../../../domain/shared/civil-date.ts';
import { fold } from '../../../domain/shared/process.ts';
import { DONE, ENGINE, FAILED, NOW, OPERATOR, senderOf, start, target, type AnyCommand, type AnyEvent } from './scenario.ts';

/** What comes next: a command by somebody, an outcome of what is under way, or nothing for a while; timers fire on the way. */
type Step =
  | { readonly kind: 'command'; readonly type: 'Pause' | 'Resume' | 'RetryFailed' | 'Cancel' }
  | { readonly kind: 'outcome'; readonly which: number; readonly ok: boolean }
  | { readonly kind: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('Pause', 'Resume', 'RetryFailed').map((type) => ({ kind: 'command' as const, type })) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('outcome' as const), which: fc.nat(20), ok: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'command' as const, type: 'Cancel' as const }) },
);

interface Course {
  readonly perMinute: number;
  readonly parallel: number;
  readonly stopAfter: number | null;
  readonly targets: number;
  readonly skipped: readonly number[];
  readonly steps: readonly Step[];
}

const course: fc.Arbitrary<Course> = fc.record({
  perMinute: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 6_000 })), parallel: fc.integer({ min: 1, max: 20 }),
  stopAfter: fc.option(fc.integer({ min: 1, max: 5 })), targets: fc.integer({ min: 1, max: 40 }), skipped: fc.array(fc.nat(39), { maxLength: 5 }),
  steps: fc.array(step, { maxLength: 120 }),
});

interface Stored {
  readonly events: readonly AnyEvent[];
  readonly states: readonly CampaignState[];
}

/** Lives a course as a shell does: due timers before whatever comes. */
function live({ perMinute, parallel, stopAfter, targets, skipped, steps }: Course): Stored {
  const events: AnyEvent[] = [];
  const states: CampaignState[] = [campaign.initial()];
  let now: Instant = NOW;
  const send = (command: AnyCommand): boolean => {
    const decision = campaign.decide(last(states), command, { actor: senderOf(command), now, commandId: 'cmd' });
    if (decision.kind === 'refused') return false;
    for (const event of decision.events) {
      events.push(event);
      states.push(campaign.evolve(last(states), event));
    }
    return decision.events.length > 0;
  };
  const pass = (ms: number): void => {
    const until = instantOfMillis(millisOf(now) + ms);
    for (;;) {
      const [timer] = campaign.timers(last(states));
      if (timer === undefined || compareInstants(timer.at, until) > 0) break;
      if (compareInstants(timer.at, now) > 0) now = timer.at;
      if (!send(timer.command)) throw new Error('The timer does nothing');
    }
    now = until;
  };
  send(start(Array.from({ length: targets }, (_one, number) => target(number, skipped.includes(number) ? 'OUT_OF_TURN' : null)), { pace: { perMinute, parallel }, stopAfter }));
  for (const one of steps) {
    pass(one.kind === 'wait' ? one.ms : 7);
    if (one.kind === 'command') send({ type: one.type, data: {} });
    if (one.kind === 'outcome') {
      const owed = campaign.effects(last(states));
      const effect = owed[one.which % Math.max(1, owed.length)];
      if (effect !== undefined) send({ type: 'ConcludeAct', data: { key: effect.key, outcome: one.ok ? DONE(0) : FAILED } });
    }
  }
  return { events, states };
}

function last(states: readonly CampaignState[]): CampaignState {
  const state = states.at(-1);
  if (state === undefined) throw new Error('no state');
  return state;
}

/** Plain JSON: writing and reading it changes nothing, not even a key that is undefined. */
const expectPlain = (value: unknown): void => { expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value); };
const begunIn = (events: readonly AnyEvent[]) => events.flatMap((event) => (event.type === 'ActsBegun' ? [event.data] : []));

describe('a campaign, whatever comes', () => {
  test('the courses tried reach every state', () => {
    const seen = fc.sample(course, { numRuns: 500, seed: 7 }).flatMap((one) => live(one).states.map((state) => state.campaign?.state));
    expect(new Set(seen)).toStrictEqual(new Set([undefined, 'PREPARING', 'RUNNING', 'PAUSED', 'STOPPED', 'COMPLETED', 'CANCELLED']));
  });

  test('the counts add up, and no more are under way than the window holds', () => {
    fc.assert(fc.property(course, (one) => {
      for (const state of live(one).states.filter(({ campaign: own }) => own !== null)) {
        const { counts: { total, done, failed, skipped, pending }, items, underWay } = viewCampaign(state);
        expect(done + failed + skipped + pending).toBe(total);
        expect(items).toHaveLength(total);
        expect(underWay).toBeLessThanOrEqual(one.parallel);
        expect(campaign.effects(state).length).toBe(underWay);
      }
    }));
  });

  test('each target is acted on once, and again only after it failed and was retried', () => {
    fc.assert(fc.property(course, (one) => {
      const attempts = new Map<number, number>();
      const concluded: string[] = [];
      let retries = 0;
      for (const event of live(one).events) {
        if (event.type === 'FailedRetried') retries += 1;
        if (event.type === 'ActsBegun') for (const place of event.data.targets) attempts.set(place, (attempts.get(place) ?? 0) + 1);
        if (event.type === 'ActDone' || event.type === 'ActFailed') concluded.push(event.data.key);
        for (const [place, count] of attempts) expect([place, count <= 1 + retries]).toEqual([place, true]);
      }
      expect(new Set(concluded).size).toBe(concluded.length);
      for (const place of one.skipped) expect(attempts.has(place)).toBe(false);
    }));
  });

  test('in no sixty seconds more acts begin than the pace says', () => {
    fc.assert(fc.property(course, (one) => {
      const begun = begunIn(live(one).events).flatMap(({ targets, at }) => targets.map(() => millisOf(at)));
      for (const [index, at] of begun.entries()) expect(at - (begun[index - one.perMinute] ?? -Infinity)).toBeGreaterThanOrEqual(60_000);
    }));
  });

  test('paused, stopped or ended, nothing begins', () => {
    fc.assert(fc.property(course, (one) => {
      const { events, states } = live(one);
      const whileBegun = events.flatMap((event, index) => (event.type === 'ActsBegun' ? [states[index]?.campaign?.state] : []));
      expect(whileBegun.filter((state) => state !== 'RUNNING')).toEqual([]);
    }));
  });

  test('left alone it comes to its end: there is a timer whenever something is left to begin and there is room', () => {
    fc.assert(fc.property(course, ({ steps: _steps, ...one }) => {
      const { states } = live({ ...one, stopAfter: null, steps: Array.from({ length: 400 }, (_each, index): Step => (index % 2 === 0 ? { kind: 'wait', ms: 60_000 } : { kind: 'outcome', which: index, ok: true })) });
      expect(viewCampaign(last(states))).toMatchObject({ state: 'COMPLETED', counts: { pending: 0 } });
      expect(campaign.finished(last(states))).toBe(true);
    }), { numRuns: 50 });
  });

  test('fold(a ++ b) = fold b from a snapshot of fold a; events, states, views and effects are plain JSON', () => {
    fc.assert(fc.property(course, fc.nat(), (one, cut) => {
      const { events, states } = live(one);
      const at = cut % (events.length + 1);
      const snapshot = JSON.parse(JSON.stringify(states[at])) as CampaignState;
      expect(fold(campaign, snapshot, events.slice(at))).toStrictEqual(last(states));
      expectPlain(events);
      expectPlain(states[at]);
      expectPlain(campaign.effects(last(states)));
      expectPlain(viewCampaign(last(states)));
    }));
  });

  test('evolve takes what decide emits, in any order and any number of times', () => {
    fc.assert(fc.property(course.chain((one) => fc.array(fc.constantFrom(...live(one).events), { maxLength: 30 })), (events) => {
      const state = fold(campaign, campaign.initial(), events);
      expect(state.version).toBe(events.length);
      expectPlain(state);
    }));
  });

  test('allowed says what decide does, and waiting names what may be done or a timer', () => {
    fc.assert(fc.property(course, (one) => {
      const state = last(live(one).states);
      const context = { actor: OPERATOR, now: instantOfMillis(millisOf(NOW) + 10_000_000), commandId: 'x' };
      const allowed = campaign.allowed(state, context);
      for (const item of allowed) {
        const decision = campaign.decide(state, { type: item.command as 'Pause', data: {} }, context);
        expect(decision).toMatchObject(item.allowed ? { kind: 'accepted' } : { kind: 'refused', reasons: item.reasons });
      }
      const open = new Set([...allowed.filter((item) => item.allowed).map(({ command }) => `OPERATOR ${command}`), ...campaign.timers(state).map(({ key }) => `CLOCK ${key}`)]);
      for (const { who, what } of campaign.waiting(state, NOW)) expect(open).toContain(`${who} ${what}`);
    }));
  });

  test('what comes from the engine is answered once', () => {
    fc.assert(fc.property(course, (one) => {
      const state = last(live(one).states);
      for (const { key } of campaign.effects(state)) {
        const command = { type: 'ConcludeAct' as const, data: { key, outcome: FAILED } };
        const decision = campaign.decide(state, command, { actor: ENGINE, now: NOW, commandId: 'x' });
        if (decision.kind === 'refused') throw new Error('refused');
        expect(campaign.decide(fold(campaign, state, decision.events), command, { actor: ENGINE, now: NOW, commandId: 'x' })).toEqual({ kind: 'accepted', events: [] });
      }
    }));
  });
});

test('the state of a whole country stays small: it is written with every event', () => {
  const many = Array.from({ length: 7_900 }, (_one, number) => ({ ...target(number), body: `c_${String.fromCodePoint(97 + (number % 26))}${String(number % 1000).padStart(3, '0')}`, refused: null }))
    .map(({ body, ...one }, number) => ({ ...one, body: `${body}${number}`, adhesion: `${body}${number}-1` }));
  const state = [many.slice(0, 4_000), many.slice(4_000)].reduce((before, targets, part) => {
    const decision = campaign.decide(before, part === 0 ? start(targets, { more: true }) : { type: 'FreezeTargets', data: { targets, more: false } }, { actor: OPERATOR, now: NOW, commandId: 'x' });
    if (decision.kind === 'refused') throw new Error(decision.code);
    return fold(campaign, before, decision.events);
  }, campaign.initial());
  expect(viewCampaign(state).counts.total).toBe(7_900);
  expect(JSON.stringify(state).length).toBeLessThan(130_000);
});
