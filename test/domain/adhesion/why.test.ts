import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADHESION_COMPUTATIONS } from '../../../domain/adhesion/computations.ts';
import { adhesion, viewAdhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import { processOf } from '../../../domain/processes.ts';
import { namesAt, placeIn } from '../../../domain/shared/places.ts';
import { fold } from '../../../domain/shared/process.ts';
import { why, type AppliedRule, type CausedEvent, type Explained, type Why } from '../../../domain/shared/why.ts';
import { adhesionCommands, played } from '../../support/arbitrary-adhesion.ts';
import { ADOPTED, by, corrected, history, published, type Recorded } from './recorded.ts';
import { MEMBER, SESSION, TEXT } from './scenario.ts';

const NOW = '2199-01-01T00:00:00Z';
const view = (state: object) => ((state as AdhesionState).opening === null ? {} : viewAdhesion(state as AdhesionState, NOW));

/** Many fields of one case are asked about: each state is folded, and looked at, once. */
function remembering(process: Explained['process']): Pick<Explained, 'process' | 'view'> {
  const [initial, next, seen] = [process.initial(), new WeakMap<object, WeakMap<object, object>>(), new WeakMap<object, object>()];
  const known = <Value extends object>(map: WeakMap<object, Value>, key: object, make: () => Value): Value => {
    const value = map.get(key) ?? make();
    map.set(key, value);
    return value;
  };
  return {
    process: { ...process, initial: () => initial, evolve: (state, event) => known(known(next, state, () => new WeakMap<object, object>()), event, () => process.evolve(state, event)) },
    view: (state) => known(seen, state, () => view(state)),
  };
}
const EXPLAINED: Explained = { ...remembering(processOf('adhesion/c_a010-1')), computations: ADHESION_COMPUTATIONS };

type Event = Parameters<typeof adhesion.evolve>[1];
const caused = (events: readonly Event[]): readonly CausedEvent[] => events.map((event, index) => ({ ...event, version: index + 1, commandId: `c-${index}` }));
const viewAt = (events: readonly Event[], version: number) => view(fold(adhesion, adhesion.initial(), events.slice(0, version)));

/** With the ids that a shell gives: those of a timer name it. */
function causedBy(recorded: readonly Recorded[], ripening = 't/executivity-2/2026-07-13T22:00:00Z'): readonly CausedEvent[] {
  return recorded.map((event) => ({ ...event, commandId: event.type === 'ExecutivityRipened' ? ripening : `c-${event.recordedAt}` }));
}

const told = (rule: AppliedRule | null | undefined) => (rule === null || rule === undefined ? null : {
  rule: rule.computation.rule, law: rule.computation.law, value: rule.value, agrees: rule.agrees, inputs: rule.inputs.map(({ field, value, since }) => [field, value, since]),
});

/** Every place of a view. */
function fieldsOf(seen: unknown, path = ''): readonly string[] {
  const names = Array.isArray(seen) ? [] : Object.keys(seen as object);
  return names.flatMap((name) => {
    const field = path === '' ? name : `${path}.${name}`;
    const value = (seen as Readonly<Record<string, unknown>>)[name];
    return [field, ...(typeof value === 'object' && value !== null ? fieldsOf(value, field) : [])];
  });
}

function answer(events: readonly CausedEvent[], field: string): Why {
  const found = why(EXPLAINED, events, field);
  if ('names' in found) throw new Error(`${field} is not known`);
  return found;
}

const SEQUENCES = fc.oneof(adhesionCommands(), adhesionCommands({ live: true }), adhesionCommands({ live: true, minLength: 70, maxLength: 120 }));

describe('over random cases', () => {
  test('the newest link is the event after which the field has its value; before each link it has the one before', () => {
    fc.assert(fc.property(SEQUENCES, fc.nat(), fc.nat(), (sent, atVersion, atField) => {
      const { events } = played(sent);
      fc.pre(events.length > 0);
      const version = 1 + (atVersion % events.length);
      const fields = fieldsOf(viewAt(events, version));
      const field = fields[atField % fields.length] ?? '';
      const { value, chain } = answer(caused(events).slice(0, version), field);
      // Folded beside, one version at a time.
      let state = adhesion.initial();
      const seen = events.slice(0, version).map((event) => {
        state = adhesion.evolve(state, event);
        return placeIn(view(state), field)?.value ?? null;
      });
      expect(value).toStrictEqual(seen.at(-1));
      const changes = seen.flatMap((after, index) => {
        const before = index === 0 ? null : seen[index - 1];
        return JSON.stringify(after) === JSON.stringify(before) ? [] : [{ version: index + 1, before, after }];
      });
      expect(chain.map(({ version: at, before, after }) => ({ version: at, before, after }))).toStrictEqual(changes.toReversed());
    }), { numRuns: 60 });
  }, 180_000);

  test('each computation is met, and computed again from its inputs it gives what the event fixed', () => {
    const missing = new Set(ADHESION_COMPUTATIONS.map(({ field, rule }) => `${field} ${rule}`));
    const wrong: object[] = [];
    const look = (rule: AppliedRule | null): void => {
      if (rule === null) return;
      missing.delete(`${rule.computation.field} ${rule.computation.rule}`);
      if (!rule.agrees) wrong.push(rule);
      for (const input of rule.inputs) look(input.rule);
    };
    for (let seed = 1; seed <= 40 && missing.size > 0; seed += 1) {
      for (const sent of fc.sample(SEQUENCES, { numRuns: 10, seed })) {
        const { events } = played(sent);
        const known = caused(events);
        // At first all fields; later on those of computations that were not met yet.
        for (const field of computedFieldsOf(events).filter((one) => seed === 1 || [...missing].some((other) => other.startsWith(`${one.split('.')[0] ?? ''}.`)))) {
          const found = why(EXPLAINED, known, field);
          if ('chain' in found) for (const { rule } of found.chain) look(rule);
        }
      }
    }
    expect(wrong).toStrictEqual([]);
    expect([...missing]).toStrictEqual([]);
  }, 60_000);
});

describe('a publication recorded for 2 July, corrected on 5 July to 3 July, executive on 14 July', () => {
  const events = causedBy(history(
    ...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'), corrected('2026-07-05T08:00:00Z', 9, { noticeBoardNo: '1/2026', firstDay: '2026-07-03' }),
    by(MEMBER, '2026-07-20T08:00:00Z', 'TransmitResolution', { deliveredAt: '2026-07-20T07:00:00Z' }),
  ));
  const steps = (field: string) => answer(events, field).chain.map(({ version, before, after }) => [version, events[version - 1]?.type, before, after]);

  test('the executive day: first by the publication, then by its correction', () => {
    expect(steps('deliberation.executiveOn')).toStrictEqual([[10, 'FactCorrected', '2026-07-13', '2026-07-14'], [9, 'PublicationRecorded', null, '2026-07-13']]);
  });

  test('its rule, with what it was computed from, down to the first day on the board', () => {
    const [link] = answer(events, 'deliberation.executiveOn').chain;
    expect(told(link?.rule)).toStrictEqual({
      rule: 'EXECUTIVITY', law: 'art. 134 c.3 TUEL', value: '2026-07-14', agrees: true,
      inputs: [
        ['deliberation.firstDay', '2026-07-03', 10], ['deliberation.outages', [], 1], ['policies.publicationCount', 'INCLUDE_FIRST', 1], ['deliberation.publicationEndsOn', '2026-07-17', 10],
        ['policies.executivity', 'START_EXCLUSIVE', 1], ['policies.interruptionShifts', true, 1], ['policies.calendarVersion', '2026.1', 1],
      ],
    });
    const end = link?.rule?.inputs.find(({ field }) => field === 'deliberation.publicationEndsOn');
    expect(told(end?.rule)).toStrictEqual({
      rule: 'NOTICE_BOARD', law: 'art. 124 c.1 TUEL', value: '2026-07-17', agrees: true,
      inputs: [['deliberation.firstDay', '2026-07-03', 10], ['deliberation.outages', [], 1], ['policies.publicationCount', 'INCLUDE_FIRST', 1]],
    });
  });

  test('inputs are those of the link: of an older one those of then', () => {
    const older = answer(events, 'deliberation.executiveOn').chain[1];
    expect(told(older?.rule)?.inputs).toContainEqual(['deliberation.firstDay', '2026-07-02', 9]);
    expect(told(older?.rule)?.inputs).toContainEqual(['deliberation.publicationEndsOn', '2026-07-16', 9]);
  });

  test('the last day of a challenge rests on the end of the publication: 17 July and 60 days without August, rolled off a Saturday', () => {
    const [link] = answer(events, 'deliberation.challengeableUntil').chain;
    expect([link?.version, link?.after]).toStrictEqual([10, '2026-10-16']);
    expect(told(link?.rule)).toStrictEqual({
      rule: 'CHALLENGE', law: 'artt. 41, 52, 54 c.p.a.', value: '2026-10-16', agrees: true,
      inputs: [['deliberation.publicationEndsOn', '2026-07-17', 10], ['policies.calendarVersion', '2026.1', 1]],
    });
    expect(told(link?.rule?.inputs[0]?.rule)?.rule).toBe('NOTICE_BOARD');
  });

  test('what came by the day names the timer and the event that set it', () => {
    expect(answer(events, 'deliberation.executivity').chain.map(({ version, after, timer }) => [version, after, timer])).toStrictEqual([
      [11, 'EXECUTIVE', { key: 'executivity-2', at: '2026-07-13T22:00:00Z', setBy: 10 }], [9, 'PENDING', null], [1, 'NONE', null],
    ]);
  });

  test('a value that was said has no rule, one that never was has no chain', () => {
    expect(answer(events, 'deliberation.firstDay').chain.map(({ version, rule }) => [version, rule])).toStrictEqual([[10, null], [9, null]]);
    expect(answer(events, 'convention.endsOn')).toStrictEqual({ version: 12, value: null, chain: [] });
  });

  test('an earlier version tells what was known then', () => {
    const { version, value, chain } = answer(events.slice(0, 9), 'deliberation.executiveOn');
    expect([version, value, chain.map((link) => link.version)]).toStrictEqual([9, '2026-07-13', [9]]);
  });

  test.each<[string, string, readonly string[]]>([
    ['deliberation.executivOn', 'deliberation', ['state', 'executivity', 'executiveOn']],
    ['nothing', '', ['deliberation', 'convention', 'phase']],
    ['deliberation.votes.for.ever', 'deliberation.votes', ['for', 'against', 'abstained']],
    ['__proto__', '', ['deliberation']],
    ['deliberation.constructor', 'deliberation', ['state']],
    ['', '', ['deliberation']],
  ])('%s is no field: it is said which names there are', (field, within, some) => {
    const found = why(EXPLAINED, events, field);
    if ('chain' in found) throw new Error(`${field} is known`);
    expect(found.within).toBe(within);
    expect(found.names).toEqual(expect.arrayContaining([...some]));
  });
});

test('an immediate resolution is executive from the day of its adoption, by another rule', () => {
  const events = causedBy(history(...ADOPTED.slice(0, -1), by(MEMBER, '2026-06-30T07:00:00Z', 'RecordSession', {
    ...SESSION, heldOn: '2026-06-29', immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT },
  })));
  const [link, ...older] = answer(events, 'deliberation.executiveOn').chain;
  expect([link?.version, older]).toStrictEqual([8, []]);
  expect(told(link?.rule)).toStrictEqual({
    rule: 'IMMEDIATE', law: 'art. 134 c.4 TUEL', value: '2026-06-29', agrees: true, inputs: [['deliberation.executivity', 'IMMEDIATE', 8], ['deliberation.adoptedOn', '2026-06-29', 8]],
  });
});

test('a timer names the event since which it stood, whatever came between', () => {
  const events = causedBy(history(
    ...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'), by(MEMBER, '2026-07-04T08:00:00Z', 'RecordBudgetCover', { covered: true }), by(MEMBER, '2026-07-05T08:00:00Z', 'RecordBudgetCover', { covered: false }),
    by(MEMBER, '2026-07-20T08:00:00Z', 'TransmitResolution', { deliveredAt: '2026-07-20T07:00:00Z' }),
  ), 't/executivity/2026-07-12T22:00:00Z');
  const [link] = answer(events, 'deliberation.executivity').chain;
  expect([link?.version, link?.timer]).toStrictEqual([12, { key: 'executivity', at: '2026-07-12T22:00:00Z', setBy: 9 }]);
});

test('an entry of a list is known by its name: where another comes before it, nothing changed of it', () => {
  const [technical, accounting] = ADOPTED.slice(3, 5);
  if (technical === undefined || accounting === undefined) throw new Error('These are the opinions of the offices');
  const events = causedBy(history(...ADOPTED.slice(0, 3), accounting, technical));
  expect(answer(events, 'deliberation.opinions').chain.map(({ version }) => version)).toStrictEqual([5, 4, 1]);
  expect(answer(events, 'deliberation.opinions.ACCOUNTING.outcome').chain.map(({ version, before, after }) => [version, before, after])).toStrictEqual([[4, null, 'FAVOURABLE']]);
});

test('a fact that waited for its turn names the event that parked it', () => {
  const session = by(MEMBER, '2026-07-03T07:00:00Z', 'RecordSession', { ...SESSION, heldOn: '2026-06-29' });
  const transmitted = by(MEMBER, '2026-07-20T08:00:00Z', 'TransmitResolution', { deliveredAt: '2026-07-20T07:00:00Z' });
  const events = causedBy(history(...ADOPTED.slice(0, -1), published('2026-07-02T08:00:00Z', '2026-07-01'), session, transmitted));
  expect(events.slice(7, 11).map(({ type }) => type)).toStrictEqual(['FactParked', 'ResolutionAdopted', 'ParkedFactApplied', 'PublicationRecorded']);
  expect(answer(events, 'deliberation.firstDay').chain.map(({ version, parkedAt }) => [version, parkedAt])).toStrictEqual([[11, 8]]);
  expect(answer(events, 'deliberation.adoptedOn').chain.map(({ version, parkedAt }) => [version, parkedAt])).toStrictEqual([[9, null]]);
  // What another command brings later has nothing to do with it.
  expect(answer(events, 'deliberation.transmittedAt').chain.map(({ version, parkedAt }) => [version, parkedAt])).toStrictEqual([[13, null]]);
});

test('a date that its inputs do not give is told apart from one that they give', () => {
  const stored = causedBy(history(...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02')));
  const changed = stored.map((event) => (event.type === 'PublicationRecorded' ? { ...event, data: { ...event.data, executiveOn: '2026-07-12' } } : event));
  const [link] = answer(changed, 'deliberation.executiveOn').chain;
  expect([link?.after, link?.rule?.value, link?.rule?.agrees]).toStrictEqual(['2026-07-12', '2026-07-13', false]);
});

/** The places of computed fields, those in entries of lists too. Of a place that is there no more, the whole is asked. */
function computedFieldsOf(events: readonly Event[]): readonly string[] {
  const seen = viewAt(events, events.length);
  return ADHESION_COMPUTATIONS.flatMap(({ field }) => {
    const [list = '', rest] = field.split('.*.');
    if (rest === undefined) return [field];
    const { names } = namesAt(seen, `${list}.?`);
    return names.map((name) => `${list}.${name}.${rest}`);
  });
}
