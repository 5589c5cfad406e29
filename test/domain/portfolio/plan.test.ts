import { describe, expect, test } from 'vitest';
import { planInTurn, planWaves, withPlan, type Plan } from '../../../domain/portfolio/plan.ts';
import type { Comune } from '../../../domain/portfolio/portfolio.ts';
import { comune, everyone, planned, TERMS } from './support.ts';

const MILANO = 'c_f205';
const FIBRE = planned('FIBRE');

/** Day on which each wave begins, with the comuni in it. */
const waves = ({ waves: all }: Plan) => all.map(({ window, comuni }) => [window.from.slice(0, 10), comuni.map(({ body }) => body)]);
const only = (plan: Plan) => ({ from: plan.waves[0]?.window.from, reasons: plan.waves[0]?.comuni[0]?.reasons ?? plan.unplaced[0]?.reasons });
const codes = (plan: Plan) => only(plan).reasons?.map(({ code }) => code);
const planOf = (one: Comune, from = TERMS.from, service = FIBRE) => planWaves([one], service, { ...TERMS, from });

describe('the windows of a plan', () => {
  test('are the first week-end, Friday 20:00 to Sunday 20:00 in Rome, when nothing stands in the way', () => {
    expect(planOf(comune('Abbiategrasso'))).toEqual({
      service: 'FIBRE', from: '2026-12-01', until: '2027-11-28', unplaced: [],
      waves: [{ wave: 1, window: { from: '2026-12-04T19:00:00Z', to: '2026-12-06T19:00:00Z' }, week: '2026-11-30', inWeek: 1, comuni: [{ body: 'c_a010', reasons: [] }] }],
    });
  });

  test('pass over the season of the budget, and the month-end that goes on after it', () => {
    const plan = planOf(comune('Abbiategrasso'), '2026-12-12');
    expect(only(plan)).toEqual({
      from: '2027-01-08T19:00:00Z',
      reasons: [
        { code: 'BUDGET_DAYS', message: { it: 'Chiusura del bilancio: da domenica 20 dicembre 2026 a mercoledì 6 gennaio 2027 compreso.', en: 'Budget days: from Sunday 20 December 2026 to Wednesday 6 January 2027, included.' } },
        { code: 'MONTH_END', message: { it: 'Chiusura del mese: da mercoledì 30 dicembre 2026 a lunedì 4 gennaio 2027 compreso.', en: 'Month-end: from Wednesday 30 December 2026 to Monday 4 January 2027, included.' } },
      ],
    });
  });

  test('pass over a month-end that touches a week-end', () => {
    expect(only(planOf(comune('Abbiategrasso'), '2026-11-23'))).toEqual({
      from: '2026-12-04T19:00:00Z',
      reasons: [{ code: 'MONTH_END', message: { it: 'Chiusura del mese: da venerdì 27 novembre 2026 a martedì 1º dicembre 2026 compreso.', en: 'Month-end: from Friday 27 November 2026 to Tuesday 1 December 2026, included.' } }],
    });
  });

  test('pass over a vote and its runoff', () => {
    const voting = comune('Rho', { place: { ...comune('Rho').place, elections: [{ firstDay: '2027-05-09', runoff: true }] } });
    expect(['2027-05-03', '2027-05-17'].map((from) => planOf(voting, from)).map((plan) => [only(plan).from, codes(plan)])).toEqual([
      ['2027-05-14T18:00:00Z', ['ELECTION_DAYS']], ['2027-06-04T18:00:00Z', ['ELECTION_DAYS', 'MONTH_END']],
    ]);
  });

  test('pass over tax days, for services of payments only', () => {
    // 14 June 2026 is a Sunday.
    expect(['PAGOPA', 'FIBRE'].map((service) => planOf(comune('Rho'), '2026-06-10', planned(service))).map((plan) => [only(plan).from, codes(plan)])).toEqual([
      ['2026-06-19T18:00:00Z', ['TAX_DAYS']], ['2026-06-12T18:00:00Z', []],
    ]);
  });

  test('pass over the eve of the patron: in Milano Sunday 6 December', () => {
    const plan = planOf(comune('Milano'));
    expect([only(plan).from, codes(plan)]).toEqual(['2026-12-11T19:00:00Z', ['PATRON_EVE']]);
  });

  test('a day that is a Saturday begins with the next Friday', () => {
    expect(only(planOf(comune('Rho'), '2026-12-05')).from).toBe('2026-12-11T19:00:00Z');
  });

  test('are looked for up to the horizon and no further', () => {
    const plan = planWaves([comune('Rho')], FIBRE, { ...TERMS, from: '2026-12-14', horizonWeeks: 3 });
    expect(plan).toMatchObject({ until: '2027-01-03', waves: [] });
    expect(plan.unplaced.map(({ body, reasons }) => [body, reasons.map(({ code }) => code)])).toEqual([['c_h264', ['NO_WINDOW', 'BUDGET_DAYS', 'MONTH_END']]]);
    expect(plan.unplaced[0]?.reasons[0]?.message.en).toBe('No free window until Sunday 3 January 2027.');
  });
});

describe('who comes first', () => {
  const three = [comune('Milano'), comune('Nosate'), comune('Rho')];

  test('is the smaller comune, where nobody asked', () => {
    expect(waves(planWaves(three, FIBRE, { ...TERMS, perWeekOfService: 1 }))).toEqual([['2026-12-04', ['c_f939']], ['2026-12-11', ['c_h264']], ['2027-01-08', [MILANO]]]);
  });

  test('is who asked, the earlier first, whatever its size', () => {
    const asked = three.map((one) => (one.body === 'c_f939' ? one : { ...one, services: new Map([['FIBRE', { state: 'REQUESTED', at: one.body === MILANO ? '2026-10-01T08:00:00Z' : '2026-10-02T08:00:00Z' } as const]]) }));
    expect(waves(planWaves(asked, FIBRE, { ...TERMS, from: '2027-01-04', perWeekOfService: 1 }))).toEqual([['2027-01-08', [MILANO]], ['2027-01-15', ['c_h264']], ['2027-01-22', ['c_f939']]]);
  });

  test('does not depend on the order in which comuni are given', () => {
    expect(planWaves(three.toReversed(), FIBRE, TERMS)).toEqual(planWaves(three, FIBRE, TERMS));
  });
});

describe('capacity', () => {
  const scheduled = (service: string) => new Map([[service, { state: 'SCHEDULED', window: { from: '2027-01-05T08:00:00Z', to: '2027-01-05T12:00:00Z' } } as const]]);

  test('of a service is filled by its own cutovers of that week, those scheduled already included', () => {
    const plan = planWaves([comune('Rho', { services: scheduled('FIBRE') }), comune('Nosate')], FIBRE, { ...TERMS, from: '2027-01-07', perWeekOfService: 1 });
    expect(only(plan)).toEqual({
      from: '2027-01-15T19:00:00Z',
      reasons: [{ code: 'SERVICE_CAPACITY', message: {
        it: 'Capacità del servizio esaurita nella settimana da lunedì 4 gennaio 2027 a domenica 10 gennaio 2027.',
        en: 'No capacity of the service left in the week from Monday 4 January 2027 to Sunday 10 January 2027.',
      } }],
    });
    expect(plan.unplaced.map(({ body, reasons }) => [body, reasons.map(({ message }) => message.en)])).toEqual([['c_h264', ['Its cutover is scheduled already: Tuesday 5 January 2027.']]]);
  });

  test('of all services is filled by those of other services too, and counted with them in the wave', () => {
    const others = [comune('Rho', { services: scheduled('PAGOPA') }), comune('Nosate')];
    const tight = planWaves(others, FIBRE, { ...TERMS, from: '2027-01-07', perWeek: 1 });
    expect(tight.waves.flatMap(({ week, comuni }) => comuni.map(({ body, reasons }) => [week, body, reasons.map(({ code }) => code)]))).toEqual([
      ['2027-01-11', 'c_f939', ['WEEK_CAPACITY']], ['2027-01-18', 'c_h264', ['WEEK_CAPACITY']],
    ]);
    expect(planWaves(others, FIBRE, { ...TERMS, from: '2027-01-07', perWeek: 3 }).waves.map(({ inWeek }) => inWeek)).toEqual([3]);
  });

  test('two services of one comune are not put into one window', () => {
    const busy = comune('Rho', { services: new Map([['PAGOPA', { state: 'SCHEDULED', window: { from: '2027-01-09T08:00:00Z', to: '2027-01-09T12:00:00Z' } } as const]]) });
    const plan = planOf(busy, '2027-01-07');
    expect(only(plan)).toEqual({
      from: '2027-01-15T19:00:00Z',
      reasons: [{ code: 'COMUNE_BUSY', message: { it: 'Nella stessa finestra il comune mette in esercizio PAGOPA.', en: 'In the same window the comune cuts over PAGOPA.' } }],
    });
  });
});

describe('comuni without a place', () => {
  const CASES: readonly (readonly [string, Partial<Comune>, string, string])[] = [
    ['not a member', { membership: 'NONE' }, 'NOT_MEMBER', 'Not a member: its convention is not in force.'],
    ['on its way out', { membership: 'LEAVING' }, 'LEAVING', 'On its way out: no new migration is begun.'],
    ['it has the service', { services: new Map([['VOIP_TELEPHONY', { state: 'OPERATING' }]]) }, 'ALREADY_OPERATING', 'The service operates already.'],
    ['nothing of what it depends on', {}, 'DEPENDENCY_MISSING', 'What the service depends on is missing: FIBRE (neither operating nor scheduled).'],
    ['what it depends on is only asked for', { services: new Map([['FIBRE', { state: 'REQUESTED', at: '2026-10-01T08:00:00Z' }]]) }, 'DEPENDENCY_MISSING', 'What the service depends on is missing: FIBRE (neither operating nor scheduled).'],
  ];

  test.each(CASES)('%s', (_name, other, code, en) => {
    expect(planOf(comune('Rho', other), TERMS.from, planned('VOIP_TELEPHONY'))).toMatchObject({ waves: [], unplaced: [{ body: 'c_h264', reasons: [{ code, message: { en } }] }] });
  });
});

describe('dependencies', () => {
  const VOIP = planned('VOIP_TELEPHONY');

  test('that operate hold nothing up', () => {
    const ready = comune('Rho', { services: new Map([['FIBRE', { state: 'OPERATING' }]]) });
    expect(only(planOf(ready, TERMS.from, VOIP))).toEqual({ from: '2026-12-04T19:00:00Z', reasons: [] });
  });

  test('that are scheduled are waited for: hypercare of 20 working days, parallel run of 10', () => {
    const window = { from: '2027-01-08T19:00:00Z', to: '2027-01-10T19:00:00Z' };
    const waits = comune('Rho', { services: new Map([['FIBRE', { state: 'SCHEDULED', window }]]) });
    // 30 working days after Sunday 10 January end on Friday 19 February; the week-end after the next is month-end.
    expect(only(planOf(waits, '2027-01-04', VOIP))).toEqual({
      from: '2027-03-05T19:00:00Z',
      reasons: [
        { code: 'DEPENDENCY_PLANNED', message: {
          it: 'Viene dopo FIBRE, messo in esercizio da venerdì 8 gennaio 2027: fino a venerdì 19 febbraio 2027 durano la sua assistenza intensiva e il funzionamento in parallelo.',
          en: 'It follows FIBRE, cut over from Friday 8 January 2027: its hypercare and the parallel run last until Friday 19 February 2027.',
        } },
        { code: 'MONTH_END', message: {
          it: 'Chiusura del mese: da giovedì 25 febbraio 2027 a lunedì 1º marzo 2027 compreso.',
          en: 'Month-end: from Thursday 25 February 2027 to Monday 1 March 2027, included.',
        } },
      ],
    });
  });

  test('are named each, where several are waited for, with the window of each', () => {
    const on = (from: string, to: string) => ({ state: 'SCHEDULED', window: { from, to } } as const);
    const waits = comune('Rho', { services: new Map([['PEC_PROTOCOL', on('2027-01-08T19:00:00Z', '2027-01-10T19:00:00Z')], ['PAGOPA', on('2027-01-15T19:00:00Z', '2027-01-17T19:00:00Z')]]) });
    expect(only(planOf(waits, '2027-01-11', planned('SUAP_SUE'))).reasons?.map(({ code, message }) => [code, message.en])).toEqual([
      ['DEPENDENCY_PLANNED', 'It follows PEC_PROTOCOL, cut over from Friday 8 January 2027: its hypercare and the parallel run last until Friday 19 February 2027.'],
      ['DEPENDENCY_PLANNED', 'It follows PAGOPA, cut over from Friday 15 January 2027: its hypercare and the parallel run last until Friday 26 February 2027.'],
    ]);
  });

  test('are planned with it, one after the other, each on what was planned before', () => {
    const [fibre, voip] = planInTurn([comune('Rho')], [FIBRE, VOIP], { ...TERMS, from: '2027-01-04' });
    expect([fibre, voip].map((plan) => (plan === undefined ? [] : waves(plan)))).toEqual([[['2027-01-08', ['c_h264']]], [['2027-03-05', ['c_h264']]]]);
  });

  test('a plan that is scheduled is what the next one finds', () => {
    const before = [comune('Rho'), comune('Nosate', { membership: 'NONE' })];
    const plan = planWaves(before, FIBRE, TERMS);
    expect(withPlan(before, plan).map(({ services }) => [...services])).toEqual([[['FIBRE', { state: 'SCHEDULED', window: plan.waves[0]?.window }]], []]);
  });
});

test('all 133 comuni have fibre within capacity in 27 waves, the capital last, and the same again', () => {
  const terms = { ...TERMS, perWeek: 10, perWeekOfService: 5, horizonWeeks: 104 };
  const plan = planWaves(everyone(), FIBRE, terms);
  expect(plan.waves.map(({ comuni }) => comuni.length)).toEqual([...Array.from({ length: 26 }, () => 5), 3]);
  expect(plan.unplaced).toEqual([]);
  expect(plan.waves.at(-1)?.comuni.at(-1)?.body).toBe(MILANO);
  expect(planWaves(everyone(), FIBRE, terms)).toEqual(plan);
});
