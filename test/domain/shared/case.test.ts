import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import { factRefused, MAX_PARKED, type ParkedFact } from '../../../domain/shared/case.ts';
import { accepted, fold, refused, tooEarly, type Decision } from '../../../domain/shared/process.ts';
import { REACHED, stages, tell, type AnyStagesCommand, type AnyStagesEvent, type StagesEvent, type StagesState } from './stages.ts';

const MEMBER: Actor = { subject: 's-1', role: 'member', body: 'c_a010' };
const NOW = '2026-07-10T10:00:00Z';

const reach = (stage: number, on: string): AnyStagesCommand => ({ type: 'Reach', data: { stage, on } });
const reached = (stage: number, on: string, at = NOW, by = 's-1'): StagesEvent => (
  { type: 'Reached', data: { stage, on, at, by }, effectiveOn: on }
);
const parkedFact = (commandId: string, stage: number, on: string, receivedAt = NOW, actor = MEMBER): ParkedFact => (
  { commandId, type: 'Reach', data: { stage, on }, actor, receivedAt, code: 'NOT_YET' }
);
const parked = (...of: Parameters<typeof parkedFact>): AnyStagesEvent => ({ type: 'FactParked', data: { fact: parkedFact(...of) } });
const applied = (commandId: string): AnyStagesEvent => ({ type: 'ParkedFactApplied', data: { commandId } });

const after = (...events: readonly AnyStagesEvent[]): StagesState => fold(stages, stages.initial(), events);
const decide = (state: StagesState, command: AnyStagesCommand, commandId = 'cmd', now = NOW): Decision<AnyStagesEvent> =>
  stages.decide(state, command, { actor: MEMBER, now, commandId });

describe('a case without parked facts', () => {
  test('decides, evolves and says by its own rules', () => {
    expect(decide(after(), reach(1, '2026-07-01'))).toStrictEqual(accepted(reached(1, '2026-07-01')));
    expect(after(reached(1, '2026-07-01')).reached).toStrictEqual(['2026-07-01']);
    expect(stages.stateSchema).toBe(3);
    expect(stages.name).toBe('stages');
    expect(stages.timers(after(reached(1, '2026-07-01')))).toHaveLength(1);
    expect(stages.allowed(after(), { actor: MEMBER, now: NOW, commandId: 'cmd' })).toStrictEqual([{ command: 'Reach', allowed: true, reasons: [] }]);
    expect(stages.waiting(after(), NOW)).toMatchObject([{ what: 'Reach 1', since: NOW }]);
  });

  test('a refusal that is not early stays a refusal', () => {
    expect(decide(after(reached(1, '2026-07-01')), reach(1, '2026-07-02')))
      .toStrictEqual(refused('REACHED', REACHED, 'stage'));
  });

  test('an early command that may not be parked stays a refusal', () => {
    expect(decide(after(), { type: 'Jump', data: { stage: 2 } })).toStrictEqual(tooEarly('NOT_YET', { it: 'Prima viene la tappa 1.', en: 'Stage 1 comes first.' }));
  });

  test('every event is one version, those of the wrapper too', () => {
    const events: AnyStagesEvent[] = [
      reached(1, '2026-07-01'), parked('a', 3, '2026-07-03'), { type: 'FactWithdrawn', data: { commandId: 'a' } },
      factRefused('b', 'Reach', refused('REACHED', REACHED)), { type: 'EffectCompleted', data: { key: 'told@1' } },
      { type: 'ParkedFactRefused', data: { commandId: 'a', type: 'Reach', code: 'REACHED', reasons: [] } }, applied('a'),
    ];
    expect(events.map((_, index) => after(...events.slice(0, index + 1)).version)).toStrictEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('a fact before its turn', () => {
  test('is parked with who sent it, when it came and what it waits for', () => {
    const decision = decide(after(), reach(2, '2026-07-02'), 'cmd-2', '2026-07-09T10:00:00Z');
    expect(decision).toStrictEqual(accepted(parked('cmd-2', 2, '2026-07-02', '2026-07-09T10:00:00Z')));
    const state = after(parked('cmd-2', 2, '2026-07-02', '2026-07-09T10:00:00Z'));
    expect(state.parked).toStrictEqual([parkedFact('cmd-2', 2, '2026-07-02', '2026-07-09T10:00:00Z')]);
    expect(state.reached).toStrictEqual([]);
  });

  test('is applied as received when its turn comes', () => {
    const other: Actor = { subject: 's-2', role: 'operator', body: 'agency' };
    const state = after(parked('two', 2, '2026-07-02', '2026-07-05T10:00:00Z', other));
    const decision = decide(state, reach(1, '2026-07-01'));
    expect(decision).toStrictEqual(accepted<AnyStagesEvent>(
      reached(1, '2026-07-01'), applied('two'), reached(2, '2026-07-02', '2026-07-05T10:00:00Z', 's-2'),
    ));
    expect(decision.kind === 'accepted' && fold(stages, state, decision.events).parked).toStrictEqual([]);
  });

  test('those in a chain settle one after the other, oldest first where several have their turn', () => {
    const state = after(parked('four', 4, '2026-07-04'), parked('two', 2, '2026-07-02'), parked('three', 3, '2026-07-03'));
    expect(decide(state, reach(1, '2026-07-01'))).toStrictEqual(accepted<AnyStagesEvent>(
      reached(1, '2026-07-01'), applied('two'), reached(2, '2026-07-02'), applied('three'), reached(3, '2026-07-03'), applied('four'),
      reached(4, '2026-07-04'),
    ));
    const rivals = after(parked('first', 2, '2026-07-02'), parked('second', 2, '2026-07-03'));
    expect(decide(rivals, reach(1, '2026-07-01'))).toStrictEqual(accepted<AnyStagesEvent>(
      reached(1, '2026-07-01'), applied('first'), reached(2, '2026-07-02'),
      {
        type: 'ParkedFactRefused',
        data: { commandId: 'second', type: 'Reach', code: 'REACHED', reasons: [{ code: 'REACHED', message: REACHED.it, messageEn: REACHED.en, path: 'stage' }] },
      },
    ));
  });

  test('one that waits for more stays parked while others settle', () => {
    const state = after(parked('four', 4, '2026-07-04'), parked('two', 2, '2026-07-02'));
    expect(decide(state, reach(1, '2026-07-01'))).toStrictEqual(accepted<AnyStagesEvent>(
      reached(1, '2026-07-01'), applied('two'), reached(2, '2026-07-02'),
    ));
  });

  test('is refused by an event of its own when its turn shows it to be wrong; the command that gave it its turn stands', () => {
    const state = after(parked('two', 2, '2026-06-30'));
    const decision = decide(state, reach(1, '2026-07-01'));
    expect(decision).toStrictEqual(accepted<AnyStagesEvent>(
      reached(1, '2026-07-01'),
      {
        type: 'ParkedFactRefused',
        data: {
          commandId: 'two', type: 'Reach', code: 'DATE_BEFORE_GROUND',
          reasons: [{ code: 'DATE_BEFORE_GROUND', message: 'La tappa precedente è del 2026-07-01.', messageEn: 'The stage before was reached on 2026-07-01.', path: 'on' }],
        },
      },
    ));
    expect(decision.kind === 'accepted' && fold(stages, state, decision.events)).toMatchObject({ parked: [], reached: ['2026-07-01'], version: 3 });
  });

  test('can be withdrawn, and then has no turn', () => {
    const state = after(parked('two', 2, '2026-07-02'), parked('three', 3, '2026-07-03'));
    const withdraw = (commandId: string): AnyStagesCommand => ({ type: 'WithdrawFact', data: { commandId } });
    expect(decide(state, withdraw('two'))).toStrictEqual(accepted({ type: 'FactWithdrawn', data: { commandId: 'two' } }));
    const without = fold(stages, state, [{ type: 'FactWithdrawn', data: { commandId: 'two' } }]);
    expect(without.parked).toStrictEqual([parkedFact('three', 3, '2026-07-03')]);
    expect(decide(without, reach(1, '2026-07-01'))).toStrictEqual(accepted(reached(1, '2026-07-01')));
    expect(decide(without, withdraw('two'))).toMatchObject({ kind: 'refused', code: 'NOT_PARKED', reasons: [{ path: 'commandId' }] });
  });

  test('is refused when too many wait already, until one of them is withdrawn', () => {
    const waiting = Array.from({ length: MAX_PARKED }, (_, n) => parked(`cmd-${n}`, n + 2, '2026-07-02'));
    expect(decide(after(...waiting.slice(1)), reach(99, '2026-07-02'))).toMatchObject({ kind: 'accepted' });
    const full = decide(after(...waiting), reach(99, '2026-07-02'));
    expect(full).toMatchObject({ kind: 'refused', code: 'TOO_MANY_PARKED' });
    expect(full).not.toHaveProperty('early');
    expect(decide(after(...waiting, { type: 'FactWithdrawn', data: { commandId: 'cmd-7' } }), reach(99, '2026-07-02'))).toMatchObject({ kind: 'accepted' });
  });

  test('does not take the turn of facts that are in time', () => {
    expect(decide(after(...Array.from({ length: MAX_PARKED }, (_, n) => parked(`cmd-${n}`, n + 3, '2026-07-02'))), reach(1, '2026-07-01')))
      .toStrictEqual(accepted(reached(1, '2026-07-01')));
  });
});

describe('what is owed', () => {
  const complete = (state: ReturnType<typeof after>, key: string, actor = ENGINE) =>
    stages.decide(state, { type: 'CompleteEffect', data: { key } }, { actor, now: NOW, commandId: 'cmd' });

  test('is owed until it is done, each by the version that owes it', () => {
    const state = after(reached(1, '2026-07-01'), reached(2, '2026-07-02'));
    expect(stages.effects(state)).toStrictEqual([tell(1), tell(2)]);
    expect(complete(state, 'told@1')).toStrictEqual(accepted({ type: 'EffectCompleted', data: { key: 'told@1' } }));
    expect(stages.effects(fold(stages, state, [{ type: 'EffectCompleted', data: { key: 'told@1' } }]))).toStrictEqual([tell(2)]);
  });

  test('is done once: a second completion, or one of nothing, changes nothing', () => {
    const state = after(reached(1, '2026-07-01'), { type: 'EffectCompleted', data: { key: 'told@1' } });
    expect(complete(state, 'told@1')).toStrictEqual(accepted());
    expect(complete(state, 'nothing')).toStrictEqual(accepted());
  });

  test('is completed by the engine only', () => {
    expect(complete(after(reached(1, '2026-07-01')), 'told@1', MEMBER)).toMatchObject({ kind: 'refused', code: 'FORBIDDEN' });
  });

  test('by a parked fact is keyed by the version that the fact has in the stream', () => {
    const state = after(parked('two', 2, '2026-07-02'));
    const decision = decide(state, reach(1, '2026-07-01'));
    expect(decision.kind === 'accepted' && stages.effects(fold(stages, state, decision.events))).toStrictEqual([tell(2), tell(4)]);
  });

  test('keeps the case from being finished', () => {
    const five = [1, 2, 3, 4, 5].map((stage) => reached(stage, '2026-07-01'));
    const told = [1, 2, 3, 4, 5].map((version): AnyStagesEvent => ({ type: 'EffectCompleted', data: { key: `told@${version}` } }));
    expect(stages.finished(after(...five))).toBe(false);
    expect(stages.finished(after(...five, ...told))).toBe(true);
    expect(stages.finished(after(...five.slice(1), ...told))).toBe(false);
  });
});

describe('a fact refused when nobody waited for the answer', () => {
  test('leaves an event that names it and changes nothing but the version', () => {
    const event = factRefused('cmd-9', 'Reach', refused('REACHED', REACHED, 'stage'));
    expect(event).toStrictEqual({
      type: 'FactRefused',
      data: { commandId: 'cmd-9', type: 'Reach', code: 'REACHED', reasons: [{ code: 'REACHED', message: REACHED.it, messageEn: REACHED.en, path: 'stage' }] },
    });
    const before = after(reached(1, '2026-07-01'), parked('three', 3, '2026-07-03'));
    expect(fold(stages, before, [event])).toStrictEqual({ ...before, version: 3 });
  });
});

describe('whatever the order in which facts come', () => {
  test('the same stages are reached in the end, and nothing stays parked', () => {
    const order = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5, maxLength: 5 });
    fc.assert(fc.property(order, (arrivals) => {
      const end = arrivals.reduce((state, stage) => {
        const decision = decide(state, reach(stage, `2026-07-0${stage}`), `cmd-${stage}`);
        return decision.kind === 'accepted' ? fold(stages, state, decision.events) : state;
      }, stages.initial());
      expect(end.reached).toStrictEqual(['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04', '2026-07-05']);
      expect(end.parked).toStrictEqual([]);
    }));
  });
});
