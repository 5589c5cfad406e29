import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBodies } from '../../api/bodies.ts';
import { listOf, startApi, type Api } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi({ bodies: loadBodies() }); });
afterAll(async () => { await api.stop(); });

const IN_ENGLISH = { 'accept-language': 'en' };
const ask = (path: string, headers: Readonly<Record<string, string>> = {}) => api.call('GET', `/v1/calendar/${path}`, 'operator', { headers });

describe('days', () => {
  test('E09: 4 October is a holiday from 2026 on', async () => {
    const days = await Promise.all(['2025-10-04', '2026-10-04', '2027-10-04'].map((date) => ask(`days/${date}`)));
    expect(days.map(({ status, body }) => [status, body['legalHoliday'], body['holidayName']])).toEqual([
      [200, false, null], [200, true, "San Francesco d'Assisi"], [200, true, "San Francesco d'Assisi"],
    ]);
  });

  test("Sant'Ambrogio shuts the offices of Milano and is no legal holiday", async () => {
    expect((await ask('days/2026-12-07?istat=015146')).body).toEqual({
      date: '2026-12-07', legalHoliday: false, holidayName: null, workingDay: false,
      patron: { known: true, date: '2026-12-07', name: "Sant'Ambrogio" },
      rule: expect.stringContaining('L. 260/1949'), calendarVersion: '2026.1',
      steps: [{ date: '2026-12-07', code: 'IS_PATRON', why: "Festa patronale (Sant'Ambrogio): uffici chiusi, ma non è festivo per i termini" }],
    });
  });

  test('a comune whose patron nobody verified says so', async () => {
    const { body } = await ask('days/2026-12-07?istat=015002&lang=en');
    expect(body).toMatchObject({ workingDay: true, patron: { known: false, date: null, name: null } });
    expect(listOf(body['steps']).map((step) => step['why'])).toEqual(['A working day', "This comune's patron is not known: no day is left out for it"]);
  });

  test('any role may ask, also for another comune; nobody without a token', async () => {
    const url = '/v1/calendar/days/2026-12-07?istat=015146';
    const statuses = await Promise.all((['operator', 'auditor', 'c_a010', null] as const).map(async (as) => (await api.call('GET', url, as)).status));
    expect(statuses).toEqual([200, 200, 200, 401]);
  });
});

describe('publication', () => {
  test('E01, E02, E03 with their gates', async () => {
    const { status, body, headers } = await ask('publication?firstDay=2026-06-25');
    expect([status, headers['content-language']]).toEqual([200, 'it']);
    expect(body).toMatchObject({
      firstDay: '2026-06-25', count: 'INCLUDE_FIRST', endsOn: '2026-07-09', removalOn: '2026-07-10', challengeableUntil: '2026-10-08',
      executiveOn: { START_EXCLUSIVE: '2026-07-06', START_INCLUSIVE: '2026-07-05', END: '2026-07-20' },
      gateOpensAt: { START_EXCLUSIVE: '2026-07-05T22:00:00Z', START_INCLUSIVE: '2026-07-04T22:00:00Z', END: '2026-07-19T22:00:00Z' }, calendarVersion: '2026.1',
    });
    expect(listOf(body['steps'])).toContainEqual({
      date: '2026-07-05', code: 'HOLIDAY_STANDS', policy: 'START_INCLUSIVE', why: 'È festivo (Domenica), ma non si sposta: gli effetti maturano anche nei festivi',
    });
  });

  test('E03: with the first day left out', async () => {
    expect((await ask('publication?firstDay=2026-06-25&count=EXCLUDE_FIRST')).body).toMatchObject({ endsOn: '2026-07-10', executiveOn: { END: '2026-07-21' } });
  });

  test('outages extend it and move the executive day, unless policy says otherwise', async () => {
    const url = 'publication?firstDay=2026-06-25&outages=2026-07-08,2026-06-26,2026-08-01';
    expect((await ask(url)).body).toMatchObject({ endsOn: '2026-07-11', executiveOn: { START_EXCLUSIVE: '2026-07-07', END: '2026-07-22' }, interruptedOn: ['2026-06-26', '2026-07-08'] });
    expect((await ask(`${url}&interruptionShifts=false`)).body).toMatchObject({ endsOn: '2026-07-11', executiveOn: { START_EXCLUSIVE: '2026-07-06', END: '2026-07-22' } });
    expect((await ask('publication?firstDay=2026-06-25&outages=')).body).toMatchObject({ endsOn: '2026-07-09', interruptedOn: [] });
  });
});

describe('terms', () => {
  test.each([
    ['E10', 'kind=ACT_DAYS&from=2026-11-27&n=10&istat=015146', { dueOn: '2026-12-07' }],
    ['E11', 'kind=ACT_DAYS&from=2026-11-28&n=10', { dueOn: '2026-12-09', rolledFrom: '2026-12-08' }],
    ['E13', 'kind=ACT_DAYS&from=2027-03-19&n=10', { dueOn: '2027-03-30', rolledFrom: '2027-03-29' }],
    ['E13', 'kind=ACT_DAYS&from=2026-03-27&n=10', { dueOn: '2026-04-07', rolledFrom: '2026-04-06' }],
    ['E14', 'kind=ACT_DAYS&from=2026-11-11&n=10&saturdayRolls=false', { dueOn: '2026-11-21' }],
    ['E14', 'kind=ACT_DAYS&from=2026-11-11&n=10&saturdayRolls=true', { dueOn: '2026-11-23', rolledFrom: '2026-11-21' }],
    ['E24', 'kind=CLEAR_DAYS&from=2026-06-24&n=5', { dueOn: '2026-06-30' }],
    ['E24 backwards', 'kind=CLEAR_DAYS_BACK&from=2026-06-30&n=5', { dueOn: '2026-06-24' }],
    ['working days at Milano', 'kind=WORKING_DAYS&from=2026-12-04&n=2&istat=015146', { dueOn: '2026-12-10' }],
    ['an effect on a holiday', 'kind=EFFECT_DAYS&from=2026-11-28&n=10', { dueOn: '2026-12-08' }],
    ['months of an effect', 'kind=EFFECT_MONTHS&from=2026-08-31&n=6', { dueOn: '2027-02-28' }],
    ['months of an act', 'kind=ACT_MONTHS&from=2026-08-31&n=6', { dueOn: '2027-03-01', rolledFrom: '2027-02-28' }],
    ['hours, plus encoded', 'kind=HOURS&from=2026-10-24T20:00:00%2B02:00&n=24', { dueAt: '2026-10-25T18:00:00Z' }],
    ['hours, plus not encoded', 'kind=HOURS&from=2026-10-24T20:00:00+02:00&n=24', { dueAt: '2026-10-25T18:00:00Z' }],
  ])('%s: %s', async (_case, query, due) => {
    const { status, body } = await ask(`term?${query}`);
    expect([status, Object.fromEntries(['dueOn', 'dueAt', 'rolledFrom'].flatMap((name) => (name in body ? [[name, body[name]]] : [])))]).toEqual([200, due]);
    expect(body).toMatchObject({ calendarVersion: '2026.1', rule: expect.any(String) });
    expect(listOf(body['steps']).length).toBeGreaterThan(1);
  });

  test('steps speak the language asked for, by the query before the header', async () => {
    const url = 'term?kind=ACT_DAYS&from=2026-11-28&n=10';
    const last = async (path: string, accept?: string) => {
      const { body, headers } = await ask(path, accept === undefined ? {} : { 'accept-language': accept });
      return [headers['content-language'], listOf(body['steps']).at(-1)?.['why']];
    };
    const italian = ['it', 'È festivo (Immacolata Concezione): si passa al giorno dopo (art. 2963 c.3 c.c.)'];
    const english = ['en', 'A holiday (Immaculate Conception): it moves to the next day (art. 2963 c.3 c.c.)'];
    expect([await last(url), await last(url, 'en-GB'), await last(`${url}&lang=it`, 'en-GB'), await last(`${url}&lang=en`)]).toEqual([italian, english, italian, english]);
  });
});

describe('majority', () => {
  const vote = (query: string) => ask(`majority?councillors=12&councillorsPresent=8&${query}`);

  test('E30: 7 yes and 1 abstained are enough of 13 members, 6 yes and 2 no are not', async () => {
    expect((await vote('for=7&against=0&abstained=1&rule=ABSOLUTE_OF_MEMBERS&abstentions=NOT_VOTERS')).body).toEqual({
      members: 13, quorumFloor: 4, quorum: true, needed: 7, approved: true, reasons: [],
      steps: expect.arrayContaining([{ why: 'Maggioranza assoluta dei componenti: 7 voti favorevoli su 13' }]),
    });
    const { status, body } = await vote('for=6&against=2&abstained=0&lang=en');
    expect([status, body['approved'], body['reasons']]).toEqual([200, false, [{ code: 'MAJORITY_NOT_REACHED', message: 'Majority not reached: 6 votes in favour, 7 are needed.' }]]);
  });

  test('a quorum that is missing is an answer, counts that cannot be are refused', async () => {
    const { status, body } = await ask('majority?councillors=12&councillorsPresent=3&mayorPresent=true&for=4&against=0&rule=SIMPLE_OF_VOTERS');
    expect([status, body['quorum'], body['approved']]).toEqual([200, false, false]);
    const many = await vote('for=8&against=1');
    expect([many.status, many.body['code'], many.body['reasons']]).toEqual([409, 'VOTES_INCONSISTENT', [
      { code: 'VOTES_INCONSISTENT', message: 'I voti sono 9, ma i presenti sono 8: i voti non possono superare i presenti.', path: 'for' },
    ]]);
    const crowd = await ask('majority?councillors=12&councillorsPresent=13&for=1&against=1&lang=en');
    expect([crowd.status, crowd.body['code'], crowd.body['detail']]).toEqual([409, 'VOTES_INCONSISTENT', '13 councillors are present, but the council has 12.']);
    expect((await vote('for=8&against=1&mayorPresent=true')).status).toBe(200);
  });
});

describe('what cannot be computed is refused with its place and what would be right', () => {
  const DATE = /civil date from 1990 to 2199(, or for HOURS an instant with offset from 1990 to 2199)?, like 2026-\d\d-\d\d\.$/;
  test.each<readonly [path: string, where: string, sentence: RegExp | string]>([
    ['days/2026-02-30', 'date', DATE], ['days/today', 'date', DATE], ['days/1989-12-31', 'date', DATE], ['days/2200-01-01', 'date', DATE], ['days/2026-10-04?istat=15146', 'istat', /six digits/],
    ['days/2026-10-04?istat=', 'istat', /six digits/], ['days/2026-10-04?lang=fr', 'lang', 'must be one of it, en'], ['days/2026-10-04?calendarVersion=2025.1', 'calendarVersion', /2026\.1/],
    ['publication', 'firstDay', DATE], ['publication?firstDay=2026-06-31', 'firstDay', DATE], ['publication?firstDay=2026-06-25&count=ALL', 'count', /INCLUDE_FIRST/],
    ['publication?firstDay=2026-06-25&outages=2026-06-26,', 'outages', /separated by commas/], ['publication?firstDay=2026-06-25&outages=2026-06-31', 'outages', /separated by commas/],
    ['publication?firstDay=2026-06-25&interruptionShifts=1', 'interruptionShifts', 'must be one of true, false'],
    [`publication?firstDay=2026-06-25&outages=${Array.from({ length: 101 }, () => '2026-06-26').join(',')}`, 'outages', /100 dates at most/],
    ['term?kind=DAYS&from=2026-06-25&n=1', 'kind', /ACT_DAYS/], ['term?kind=ACT_DAYS&from=2026-06-25', 'n', /whole number/], ['term?kind=ACT_DAYS&n=1', 'from', DATE],
    ...['-1', '1.5', '1e3', '99999', '99999999999', 'ten', ''].map((n) => [`term?kind=ACT_DAYS&from=2026-06-25&n=${n}`, 'n', /^The field n must be a whole number from 0 to 8784\.$/] as const),
    ['term?kind=ACT_DAYS&from=2026-06-25&n=3661', 'n', 'ACT_DAYS takes a whole number from 0 to 3660.'], ['term?kind=CLEAR_DAYS&from=2026-06-25&n=366', 'n', 'CLEAR_DAYS takes a whole number from 0 to 365.'],
    ['term?kind=WORKING_DAYS&from=2026-06-25&n=1001', 'n', 'WORKING_DAYS takes a whole number from 0 to 1000.'],
    ['term?kind=ACT_DAYS&from=2026-06-25T10:00:00Z&n=1', 'from', DATE], ['term?kind=HOURS&from=2026-06-25&n=1', 'from', /instant with offset/],
    ['term?kind=HOURS&from=2026-06-25T10:00:00&n=1', 'from', /instant with offset/], ['term?kind=ACT_DAYS&from=2200-01-01&n=1', 'from', DATE],
    ['term?kind=ACT_DAYS&from=2026-06-25&n=1&saturdayRolls=yes', 'saturdayRolls', 'must be one of true, false'],
    ['majority?councillorsPresent=8&for=7&against=0', 'councillors', /from 1 to 100/], ['majority?councillors=0&councillorsPresent=0&for=0&against=0', 'councillors', /from 1 to 100/],
    ['majority?councillors=101&councillorsPresent=8&for=7&against=0', 'councillors', /from 1 to 100/], ['majority?councillors=12&councillorsPresent=8&for=-1&against=0', 'for', /from 0 to 101/],
    ['majority?councillors=12&councillorsPresent=8&for=7&against=0&rule=HALF', 'rule', /ABSOLUTE_OF_MEMBERS/],
  ])('%s', async (path, where, sentence) => {
    const { status, body } = await ask(path, IN_ENGLISH);
    expect([status, body['code'], listOf(body['reasons']).map((reason) => reason['path'])]).toEqual([400, 'VALIDATION', [where]]);
    expect(String(listOf(body['reasons'])[0]?.['message'])).toMatch(sentence);
  });

  test.each(['days/2026-10-04', 'publication?firstDay=2026-06-25', 'term?kind=ACT_DAYS&from=2026-06-25&n=1', 'majority?councillors=12&councillorsPresent=8&for=7&against=0'])(
    'an unknown or repeated query parameter: %s', async (path) => {
      const more = (text: string) => ask(`${path}${path.includes('?') ? '&' : '?'}${text}`);
      const answers = await Promise.all([more('nope=1'), more('lang=it&lang=en')]);
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([[400, 'VALIDATION'], [400, 'VALIDATION']]);
    },
  );

  test.each(['days/2026-10-04?istat=999999', 'term?kind=WORKING_DAYS&from=2026-06-25&n=1&istat=000000'])('a comune that there is not: %s', async (path) => {
    const { status, body } = await ask(path, IN_ENGLISH);
    expect([status, body['code'], body['detail']]).toEqual([404, 'NOT_FOUND', expect.stringContaining('No comune of the territory has the ISTAT code')]);
  });

  test('another method', async () => {
    expect((await api.call('POST', '/v1/calendar/term', 'operator', { body: {} })).status).toBe(405);
  });
});
