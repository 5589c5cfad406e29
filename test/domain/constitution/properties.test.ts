import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constitution, viewConstitution } from '../../../domain/constitution/index.ts';
import { fold } from '../../../domain/shared/process.ts';
import { runs } from './arbitrary.ts';
import { ENGINE, on, OPERATOR, type AnyCommand } from './scenario.ts';

test('the state is the fold of its events, plain JSON, and is shown', () => {
  fc.assert(fc.property(runs, ({ state, events }) => {
    expect(fold(constitution, constitution.initial(), events)).toEqual(state);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    expect(viewConstitution(state, on('2027-06-01')).gates.length).toBe(7);
  }), { numRuns: 150 });
});

test('the published plan is never rewritten; a missed milestone moves no day', () => {
  fc.assert(fc.property(runs, ({ events }) => {
    let state = constitution.initial();
    for (const event of events) {
      const before = state.constitution;
      state = fold(constitution, state, [event]);
      const after = state.constitution;
      if (before === null || after === null) continue;
      expect(after.policies).toEqual(before.policies);
      expect(event.type === 'PlanRevised' ? before.plan : after.plan).toEqual(before.plan);
      expect(['MilestoneDecided', 'PlanRevised'].includes(event.type) ? before.extended : after.extended).toEqual(before.extended);
    }
  }), { numRuns: 150 });
});

test('the threshold on record is that of the comuni, met and lost in turns; whose turn it is may be done', () => {
  fc.assert(fc.property(runs, ({ state, events }) => {
    const turns = events.flatMap(({ type }) => (type === 'ThresholdMet' || type === 'ThresholdLost' ? [type] : []));
    expect(turns).toEqual(turns.map((_turn, place) => (place % 2 === 0 ? 'ThresholdMet' : 'ThresholdLost')));
    const view = viewConstitution(state, on('2027-06-01'));
    const { executive, required, met } = view.threshold;
    expect(view.state === 'STOPPED' || met === (executive.members >= required.members && executive.population >= required.population)).toBe(true);
    const may = new Set(constitution.allowed(state, { actor: OPERATOR, now: on('2027-06-01'), commandId: 'x' }).filter(({ allowed }) => allowed).map(({ command }) => command));
    const keys = new Set(view.timers.map(({ key }) => key));
    for (const { who, what } of view.waitingFor) expect(who === 'MEMBER' || (who === 'CLOCK' ? keys.has(what) : may.has(what)), `${who} ${what}`).toBe(true);
    // Never stuck: until it is over somebody has something to do, or a day runs.
    expect(constitution.finished(state) || view.waitingFor.length + view.timers.length > 0).toBe(true);
  }), { numRuns: 150 });
});

test('what is refused whatever the data is what allowed says', () => {
  fc.assert(fc.property(runs, ({ state }) => {
    for (const { command, allowed, reasons } of constitution.allowed(state, { actor: OPERATOR, now: on('2027-06-01'), commandId: 'x' })) {
      if (allowed) continue;
      const decision = constitution.decide(state, { type: command, data: {} } as AnyCommand, { actor: OPERATOR, now: on('2027-06-01'), commandId: 'x' });
      expect(decision).toMatchObject({ kind: 'refused', reasons });
    }
    expect(constitution.allowed(state, { actor: ENGINE, now: on('2027-06-01'), commandId: 'x' })).toEqual([]);
  }), { numRuns: 100 });
});
