import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adhesion, viewAdhesion } from '../../../domain/adhesion/index.ts';
import { addDays, startOfDay, type CivilDate } from '../../../domain/shared/civil-date.ts';
import { fold } from '../../../domain/shared/process.ts';
import { foldInForce } from '../../../domain/shared/two-times.ts';
import { adhesionCommands } from '../../support/arbitrary-adhesion.ts';
import { ADOPTED, by, corrected, history, knownAt, published, recorded, viewOn, type Recorded } from './recorded.ts';
import { MEMBER, OPERATOR, TEXT } from './scenario.ts';

/** Deliberation as known at the noon of a day, in force on another. */
const seen = (events: readonly Recorded[], asOf: CivilDate, validOn: CivilDate) => {
  const { deliberation: { state, firstDay, executivity, executiveOn, certifiedExecutiveOn } } = viewOn(knownAt(events, `${asOf}T12:00:00Z`), validOn);
  return { state, firstDay, executivity, executiveOn, certified: certifiedExecutiveOn };
};

describe('as known, as in force: a publication recorded on 2 July, corrected on 5 July to 3 July', () => {
  const events = history(...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'), corrected('2026-07-05T08:00:00Z', 9, { noticeBoardNo: '1/2026', firstDay: '2026-07-03' }),
    by(MEMBER, '2026-07-20T08:00:00Z', 'TransmitResolution', { deliveredAt: '2026-07-20T07:00:00Z' }));
  const approved = { state: 'APPROVED', firstDay: null, executivity: 'NONE', executiveOn: null, certified: null };
  const first = { state: 'PUBLISHED', firstDay: '2026-07-02', executivity: 'PENDING', executiveOn: '2026-07-13', certified: null };
  const right = { ...first, firstDay: '2026-07-03', executiveOn: '2026-07-14' };

  test.each<[string, CivilDate, CivilDate, object]>([
    ['the first reading before the correction was known', '2026-07-04', '2026-07-02', first],
    ['the first reading also of the day after', '2026-07-04', '2026-07-03', first],
    ['nothing on the board on 2 July once it was known', '2026-07-06', '2026-07-02', approved],
    ['the corrected day from 3 July on', '2026-07-06', '2026-07-03', right],
    ['nothing is foretold of a day to come', '2026-07-06', '2026-07-14', right],
    ['pending until the day before it ripened', '2026-07-20', '2026-07-13', right],
    ['executive from the very day', '2026-07-20', '2026-07-14', { ...right, executivity: 'EXECUTIVE' }],
    ['transmitted from the day of its delivery', '2026-07-20', '2026-07-20', { ...right, state: 'TRANSMITTED', executivity: 'EXECUTIVE' }],
    ['the day before the session', '2026-07-20', '2026-06-28', { ...approved, state: 'CONVENED' }],
    ['the session counts from its day, recorded the day after', '2026-07-20', '2026-06-29', approved],
    ['and was not known on the evening itself', '2026-06-29', '2026-06-29', { ...approved, state: 'CONVENED' }],
    ['the case is there on a day before anything', '2026-07-20', '2020-01-01', { ...approved, state: 'NOT_STARTED' }],
  ])('%s (known %s, in force %s)', (_name, asOf, validOn, expected) => {
    expect(seen(events, asOf, validOn)).toStrictEqual(expected);
  });

  test('the version is that of what was known, and a fact keeps its own', () => {
    const state = foldInForce(adhesion, knownAt(events, '2026-07-06T12:00:00Z'), '2026-06-04');
    expect([state.version, state.deliberation.opinions.map(({ version }) => version)]).toStrictEqual([10, [4, 5]]);
  });
});

describe('a correction takes back what had followed from the fact by itself', () => {
  const wrong = [...ADOPTED, published('2026-07-01T08:00:00Z', '2026-07-01'), by(MEMBER, '2026-07-12T08:00:00Z', 'CertifyExecutivity', { executiveOn: '2026-07-12', certifiedOn: '2026-07-12' })];
  const events = history(...wrong, corrected('2026-07-20T08:00:00Z', 9, { noticeBoardNo: '1/2026', firstDay: '2026-07-10' }));

  test('executive and certified as long as the mistake was not known', () => {
    expect(seen(events, '2026-07-19', '2026-07-12')).toStrictEqual({
      state: 'PUBLISHED', firstDay: '2026-07-01', executivity: 'EXECUTIVE', executiveOn: '2026-07-12', certified: '2026-07-12',
    });
  });
  test('executive no more, once it was; certified all the same, which is a fact of its own', () => {
    expect(seen(events, '2026-07-20', '2026-07-12')).toStrictEqual({
      state: 'PUBLISHED', firstDay: '2026-07-10', executivity: 'PENDING', executiveOn: '2026-07-21', certified: '2026-07-12',
    });
    expect(seen(events, '2026-07-20', '2026-07-09')).toStrictEqual({ state: 'APPROVED', firstDay: null, executivity: 'NONE', executiveOn: null, certified: null });
  });
  test('a correction of the correction counts alone', () => {
    const again = history(...wrong, corrected('2026-07-20T08:00:00Z', 9, { noticeBoardNo: '1/2026', firstDay: '2026-07-10' }), corrected('2026-07-21T13:00:00Z', 12, { noticeBoardNo: '1/2026', firstDay: '2026-07-02' }));
    expect(again.map(({ version, type }) => `${version} ${type}`).slice(8)).toStrictEqual([
      '9 PublicationRecorded', '10 ExecutivityRipened', '11 ExecutivityCertified', '12 FactCorrected', '13 ExecutivityRipened', '14 FactCorrected', '15 ExecutivityRipened',
    ]);
    expect(['2026-07-01', '2026-07-02', '2026-07-12', '2026-07-13'].map((validOn) => {
      const { firstDay, executivity } = seen(again, '2026-07-22', validOn);
      return [firstDay, executivity];
    })).toStrictEqual([[null, 'NONE'], ['2026-07-02', 'PENDING'], ['2026-07-02', 'PENDING'], ['2026-07-02', 'EXECUTIVE']]);
  });
});

test('an act without a day of its own counts from the day, in Rome, on which it was said', () => {
  const events = history(...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'),
    by(MEMBER, '2026-07-16T08:00:00Z', 'TransmitResolution', { deliveredAt: '2026-07-16T07:00:00Z' }), by(OPERATOR, '2026-07-20T22:30:00Z', 'AcceptResolution', { overrideReason: TEXT }));
  expect(events.at(-1)).toMatchObject({ type: 'ResolutionAccepted', recordedAt: '2026-07-20T22:30:00Z' });
  expect([viewOn(events, '2026-07-20').deliberation.state, viewOn(events, '2026-07-21').deliberation.state]).toStrictEqual(['TRANSMITTED', 'ACCEPTED']);
  // Received before midnight and recorded after it: what counts is when it was said.
  const late = events.map((event) => (event.type === 'ResolutionAccepted' ? { ...event, recordedAt: '2026-07-22T00:00:00Z' } : event));
  expect(viewOn(late, '2026-07-21').deliberation.state).toBe('ACCEPTED');
});

describe('whatever was recorded', () => {
  const histories = fc.oneof(adhesionCommands(), adhesionCommands({ live: true })).map((sent) => recorded(sent));

  test('a day after all facts gives what is known', () => {
    fc.assert(fc.property(histories, (events) => {
      expect(foldInForce(adhesion, events, '9999-12-31')).toStrictEqual(fold(adhesion, adhesion.initial(), events));
    }), { numRuns: 60 });
  });

  test('every day can be shown, as known at every version, and shows no event of a later day', () => {
    fc.assert(fc.property(histories, fc.nat(400), fc.nat(60), (events, days, count) => {
      const known = events.slice(0, 1 + (count % Math.max(1, events.length)));
      if (known[0]?.type !== 'AdhesionOpened') return;
      const validOn = addDays('2026-02-20', days);
      const state = foldInForce(adhesion, known, validOn);
      expect(JSON.parse(JSON.stringify(viewAdhesion(state, startOfDay(validOn))))).toBeDefined();
      expect(state.version).toBe(known.length);
      const { deliberation: { firstDay, adoptedOn, lastSession, outages }, referents, mandates } = viewAdhesion(state, startOfDay(validOn));
      const shown = [firstDay, adoptedOn, lastSession?.heldOn ?? null, ...outages.map(({ day }) => day), ...referents.map(({ actOn }) => actOn), ...mandates.map(({ on }) => on)];
      for (const day of shown) expect(day === null || day <= validOn).toBe(true);
      adhesion.allowed(state, { actor: OPERATOR, now: startOfDay(validOn), commandId: 'a' });
    }), { numRuns: 150 });
  });
});
