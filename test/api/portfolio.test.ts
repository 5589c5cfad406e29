import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { MIGRATION_STAGES } from '../../domain/migration/stages.ts';
import { walk } from './path.ts';
import { expectRefused } from './refusal.ts';
import { listOf, open, startApi, type Answer, type Api, type As, type Json } from './support.ts';

let api: Api;

const MEMBER = 'c_y201';
const ASKING = 'c_y202';
const AWAY = 'c_y203';
const comune = (ipaCode: string, index: number, name: string, population: number) => ({ ipaCode, istatCode: String(15_700 + index).padStart(6, '0'), name, population });
const BODIES = new Bodies([comune(MEMBER, 0, 'Socio', 9_000), comune(ASKING, 1, 'Chiedente', 5_000), comune(AWAY, 2, 'Lontano', 700)]);

beforeAll(async () => {
  api = await startApi({ bodies: BODIES });
  await open(api, MEMBER);
  await walk(api, MEMBER);
  await open(api, ASKING);
  const asked = await api.call('POST', `/v1/adhesions/${MEMBER}-1/migrations`, MEMBER, { body: { service: 'TRAINING' } });
  if (asked.status !== 201) throw new Error(asked.text);
  await api.calm();
});
afterAll(async () => { await api.stop(); });

const get = (path: string, as: As = 'operator', lang = 'en'): Promise<Answer> => api.call('GET', path, as, { headers: { 'accept-language': lang } });
const rows = ({ body }: Answer) => listOf(body['items']).map((row) => [row['name'], row['phase'], listOf(row['cells']).map((cell) => `${String(cell['service'])} ${String(cell['state'])}`)]);
const told = async (path: string) => {
  const { body } = await get(path);
  return listOf(body['plans']).map((plan) => ({
    service: plan['service'],
    waves: listOf(plan['waves']).map((wave) => [wave['from'], listOf(wave['comuni']).map(({ name }) => name)]),
    unplaced: listOf(plan['unplaced']).map((one) => [one['name'], listOf(one['reasons']).map(({ code }) => code)]),
  }));
};

describe('GET /v1/portfolio', () => {
  test('and the list of migrations are filtered by any state of a migration', async () => {
    for (const state of MIGRATION_STAGES) {
      const found = state === 'PROVISIONING' ? 1 : 0;
      const counted = [listOf((await get(`/v1/migrations?phase=${state}`)).body['items']).length, rows(await get(`/v1/portfolio?state=${state}`)).length];
      expect([state, ...counted]).toEqual([state, found, found]);
    }
  });

  test('shows every comune with how its services stand', async () => {
    const answer = await get('/v1/portfolio', 'auditor');
    expect(rows(answer)).toEqual([['Socio', 'IMPLEMENTATION', ['TRAINING PROVISIONING']], ['Chiedente', 'RECOGNITION', []], ['Lontano', null, []]]);
    const first = answer.body['items']?.[0];
    expect({ ...first, cells: listOf(first?.['cells']).map(({ since: _since, ...cell }) => cell) }).toEqual({
      body: MEMBER, istatCode: '015700', name: 'Socio', population: 9_000, adhesion: `${MEMBER}-1`, phase: 'IMPLEMENTATION',
      cells: [{ service: 'TRAINING', migration: `${MEMBER}-1.TRAINING`, state: 'PROVISIONING', late: false }],
    });
    expect(String(first?.['cells']?.[0]?.['since'])).toBe(await sinceOf(`${MEMBER}-1.TRAINING`));
  });

  test.each([['2026-01-01', true], ['2199-01-01', false]])('shows a service that is late from %s as late: %s', async (from, late) => {
    const { late_from: before } = await api.stack.db.selectFrom('cases').select('late_from').where('id', '=', `${MEMBER}-1.TRAINING`).executeTakeFirstOrThrow();
    await api.stack.db.updateTable('cases').set({ late_from: from }).where('id', '=', `${MEMBER}-1.TRAINING`).execute();
    expect((await get('/v1/portfolio')).body['items']?.[0]?.['cells']?.[0]?.['late']).toBe(late);
    await api.stack.db.updateTable('cases').set({ late_from: before }).where('id', '=', `${MEMBER}-1.TRAINING`).execute();
  });

  test('is filtered by service, state and comune, and read page by page', async () => {
    expect(rows(await get('/v1/portfolio?service=TRAINING'))).toEqual([['Socio', 'IMPLEMENTATION', ['TRAINING PROVISIONING']]]);
    expect(rows(await get('/v1/portfolio?service=FIBRE'))).toEqual([]);
    expect(rows(await get('/v1/portfolio?state=PROVISIONING'))).toEqual([['Socio', 'IMPLEMENTATION', ['TRAINING PROVISIONING']]]);
    expect(rows(await get('/v1/portfolio?state=OPERATING'))).toEqual([]);
    expect(rows(await get(`/v1/portfolio?body=${AWAY}`))).toEqual([['Lontano', null, []]]);
    const page = await get('/v1/portfolio?limit=2');
    expect(rows(page).map(([name]) => name)).toEqual(['Socio', 'Chiedente']);
    expect(rows(await get(`/v1/portfolio?limit=2&cursor=${String(page.body['nextCursor'])}`)).map(([name]) => name)).toEqual(['Lontano']);
  });

  test('shows a member its own row and no other, whatever it asks for', async () => {
    expect(rows(await get('/v1/portfolio', ASKING))).toEqual([['Chiedente', 'RECOGNITION', []]]);
    expect(rows(await get(`/v1/portfolio?body=${MEMBER}`, ASKING))).toEqual([]);
    expect(rows(await get('/v1/portfolio?service=TRAINING', ASKING))).toEqual([]);
    expect(rows(await get('/v1/portfolio', MEMBER))).toEqual([['Socio', 'IMPLEMENTATION', ['TRAINING PROVISIONING']]]);
  });

  test('is a list that the comune hears of: whose cases were shown, adhesion and migrations', async () => {
    const before = await lists();
    await get(`/v1/portfolio?body=${MEMBER}`, 'auditor');
    await get('/v1/portfolio', MEMBER);
    expect((await lists()).slice(before.length)).toEqual([[`adhesion/${MEMBER}-1`, `migration/${MEMBER}-1.TRAINING`]]);
  });

  test.each([['service=fibre', 'service'], ['state=operating', 'state'], ['body=Socio', 'body'], ['limit=0', 'limit'], ['cursor=AAAA', 'cursor']])('refuses %s', async (query, path) => {
    const { body } = await expectRefused(api, () => get(`/v1/portfolio?${query}`), [400, 'VALIDATION', 'BAD_DATA']);
    expect(body['reasons']?.[0]?.['path']).toBe(path);
  });
});

describe('GET /v1/portfolio/plan', () => {
  test('proposes a window for members and says why others have none, in the language of the caller', async () => {
    const { body } = await get('/v1/portfolio/plan?service=FIBRE&from=2026-12-14');
    expect(body['capacity']).toEqual({ perWeek: 10, perWeekOfService: 5, horizonWeeks: 104, policy: '2026.1' });
    expect(body['plans']).toEqual([{
      service: 'FIBRE',
      waves: [{
        wave: 1, from: '2027-01-08T19:00:00Z', to: '2027-01-10T19:00:00Z', week: '2027-01-04', inWeek: 1,
        comuni: [{ body: MEMBER, name: 'Socio', reasons: [
          { code: 'BUDGET_DAYS', message: 'Budget days: from Sunday 20 December 2026 to Wednesday 6 January 2027, included.' },
          { code: 'MONTH_END', message: 'Month-end: from Wednesday 30 December 2026 to Monday 4 January 2027, included.' },
        ] }],
      }],
      unplaced: [
        { body: AWAY, name: 'Lontano', reasons: [{ code: 'NOT_MEMBER', message: 'Not a member: its convention is not in force.' }] },
        { body: ASKING, name: 'Chiedente', reasons: [{ code: 'NOT_MEMBER', message: 'Not a member: its convention is not in force.' }] },
      ],
    }]);
    const italian = await get('/v1/portfolio/plan?service=FIBRE&from=2026-12-14', 'operator', 'it');
    expect(italian.body['plans']?.[0]?.['unplaced']?.[0]?.['reasons']?.[0]?.['message']).toBe('Non è associato: la convenzione non è in vigore.');
    expect([String(body['order']).slice(0, 18), String(italian.body['order']).slice(0, 16)]).toEqual(['First who asked fo', 'Prima chi ha chi']);
  });

  test('tries another capacity, and all comuni as members: the smallest first', async () => {
    expect(await told('/v1/portfolio/plan?service=FIBRE&from=2027-01-04&everyone=true&perWeekOfService=1')).toEqual([{
      service: 'FIBRE', unplaced: [], waves: [['2027-01-08T19:00:00Z', ['Lontano']], ['2027-01-15T19:00:00Z', ['Chiedente']], ['2027-01-22T19:00:00Z', ['Socio']]],
    }]);
    expect((await told('/v1/portfolio/plan?service=FIBRE&from=2027-01-04&everyone=true&perWeek=2'))[0]?.waves).toEqual([['2027-01-08T19:00:00Z', ['Lontano', 'Chiedente']], ['2027-01-15T19:00:00Z', ['Socio']]]);
  });

  test('names the dependency that is missing, or plans it first', async () => {
    expect(await told('/v1/portfolio/plan?service=VOIP_TELEPHONY&from=2027-01-04')).toMatchObject([{ service: 'VOIP_TELEPHONY', waves: [], unplaced: [['Lontano', ['NOT_MEMBER']], ['Chiedente', ['NOT_MEMBER']], ['Socio', ['DEPENDENCY_MISSING']]] }]);
    const both = await told('/v1/portfolio/plan?service=VOIP_TELEPHONY&from=2027-01-04&withDependencies=true');
    expect(both.map(({ service, waves }) => [service, waves])).toEqual([['FIBRE', [['2027-01-08T19:00:00Z', ['Socio']]]], ['VOIP_TELEPHONY', [['2027-03-05T19:00:00Z', ['Socio']]]]]);
  });

  test('begins after the days that a migration takes, where no day is said', async () => {
    const { body } = await get('/v1/portfolio/plan?service=FIBRE');
    const days = (Date.parse(String(body['from'])) - Date.parse(new Date().toLocaleDateString('sv', { timeZone: 'Europe/Rome' }))) / 86_400_000;
    expect(days).toBe(42);
  });

  test('is for the Agency and auditors, and what it looked at is recorded', async () => {
    await expectRefused(api, () => get('/v1/portfolio/plan?service=FIBRE', MEMBER), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
    const before = await lists();
    expect((await get('/v1/portfolio/plan?service=FIBRE', 'auditor')).status).toBe(200);
    expect((await lists()).slice(before.length)).toEqual([[`adhesion/${MEMBER}-1`, `adhesion/${ASKING}-1`]]);
  });

  test.each([
    ['service=TRAINING', 'NO_CUTOVER'], ['service=NOTHING', 'UNKNOWN_SERVICE'],
  ])('refuses %s by its reason', async (query, code) => {
    const { status, body } = await get(`/v1/portfolio/plan?${query}`);
    expect([status, body['code'], body['reasons']?.[0]?.['code'], body['reasons']?.[0]?.['path']]).toEqual([400, 'VALIDATION', code, 'service']);
  });

  test.each([['', 'service'], ['service=FIBRE&from=2026-02-30', 'from'], ['service=FIBRE&perWeek=0', 'perWeek'], ['service=FIBRE&everyone=yes', 'everyone']])('refuses the query "%s"', async (query, path) => {
    const { body } = await expectRefused(api, () => get(`/v1/portfolio/plan?${query}`), [400, 'VALIDATION', 'BAD_DATA']);
    expect(body['reasons']?.[0]?.['path']).toBe(path);
  });
});

describe('GET /v1/cutovers', () => {
  test('is empty while none is planned, for the Agency and for a member', async () => {
    for (const as of ['auditor', MEMBER] as const) expect((await get('/v1/cutovers?from=2026-01-01&to=2027-12-31', as)).body).toEqual({ items: [], nextCursor: null });
  });

  test.each([['from=today', 'from'], ['to=2027-02-29', 'to'], ['cursor=MjAyNw', 'cursor']])('refuses the query "%s"', async (query, path) => {
    const { body } = await expectRefused(api, () => get(`/v1/cutovers?${query}`), [400, 'VALIDATION', 'BAD_DATA']);
    expect(body['reasons']?.[0]?.['path']).toBe(path);
  });
});

async function lists(): Promise<readonly unknown[]> {
  const entries = await api.stack.db.selectFrom('events').select('data').where('stream', '=', 'access/territory').orderBy('version').execute();
  return entries.map(({ data }) => Reflect.get(data, 'cases'));
}

async function sinceOf(id: string): Promise<string> {
  const { body } = await api.call('GET', `/v1/migrations/${id}/events?type=ProvisioningStarted`, MEMBER);
  const [event]: readonly Json[] = listOf(body['items']);
  return String(event?.['data']?.['at']);
}
