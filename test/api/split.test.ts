import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { expectWhole } from '../support/invariants.ts';
import { walk } from './path.ts';
import { listOf, startApi, type Answer, type Api, type Json, type MemberCode } from './support.ts';

const WHOLE = 'c_y301';
const UPPER = 'c_y311';
const LOWER = 'c_y312';
const NEIGHBOUR = 'c_y302';
const ID = `2026-11-01.${UPPER}`;
const PATH = '/v1/territory/changes';
const COMUNI = new Bodies([
  { ipaCode: WHOLE, istatCode: '015801', name: 'Alto e Basso', population: 4_600 }, { ipaCode: NEIGHBOUR, istatCode: '015802', name: 'Vicino', population: 4_000 },
]);
const CHANGE = {
  type: 'BodySplit', on: '2026-11-01', act: { title: 'Legge regionale Lombardia 7/2026' }, predecessors: [WHOLE],
  successors: [{ ipaCode: UPPER, istatCode: '015811', name: 'Alto', population: 3_400 }, { ipaCode: LOWER, istatCode: '015812', name: 'Basso', population: 1_200 }],
} as const;

let api: Api;
beforeAll(async () => { api = await startApi({ bodies: COMUNI }); }, 120_000);
afterAll(() => api.stop());

const get = (as: 'operator' | 'auditor' | MemberCode, url: string): Promise<Answer> => api.call('GET', url, as);
const send = (as: 'operator' | MemberCode, id: string, type: string, data: object) => api.call('POST', `/v1/${id.includes('.') ? 'migrations' : 'adhesions'}/${id}/commands`, as, { body: { type, data } });
const eventsOf = async (id: string): Promise<readonly Json[]> => listOf((await get('operator', `/v1/adhesions/${id}/events?limit=100`)).body['items']);
const codesOf = ({ body }: Answer) => listOf(body['items']).map(({ ipaCode }) => String(ipaCode));
const countOf = async () => api.stack.db.selectFrom('events').where('stream', 'like', 'adhesion/%').select(({ fn }) => fn.countAll<string>().as('n')).executeTakeFirstOrThrow();

/** The comune with a convention in force, a referent in office and a service under way. */
async function begun(): Promise<void> {
  expect((await api.call('POST', '/v1/adhesions', 'operator', { body: { body: WHOLE } })).status).toBe(201);
  await walk(api, WHOLE);
  const { body: subject } = await api.call('POST', '/v1/subjects', WHOLE, { body: { body: WHOLE, name: 'Rina Ferente', email: 'rtd@example.org' } });
  expect((await send(WHOLE, `${WHOLE}-1`, 'AppointReferent', { role: 'RTD', subject: String(subject['id']), actNo: '4/2026', actOn: '2026-03-02' })).status).toBe(200);
  expect((await send(WHOLE, `${WHOLE}-1`, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-03-03T09:00:00+01:00' })).status).toBe(200);
  expect((await api.call('POST', `/v1/adhesions/${WHOLE}-1/migrations`, 'operator', { body: { service: 'TRAINING' } })).status).toBe(201);
  await expect.poll(async () => (await get('operator', `/v1/migrations/${WHOLE}-1.TRAINING`)).status, { timeout: 10_000 }).toBe(200);
  await api.calm();
}

describe('E61: a comune with a convention in force becomes two', () => {
  test('it is shown before it is recorded: one comune more, one case that ends', async () => {
    await begun();
    const before = await api.written();
    const { status, body } = await api.call('POST', PATH, 'operator', { body: { ...CHANGE, dryRun: true } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ comuniBefore: 2, comuniAfter: 3, cases: [{ adhesion: `${WHOLE}-1`, body: WHOLE, phase: 'IMPLEMENTATION', migrations: [{ id: `${WHOLE}-1.TRAINING` }] }] });
    expect(await api.written()).toEqual(before);
  });

  test('each of the two has a case of its own, with the same acts on the same days, and its own council', async () => {
    const { status, text, body } = await api.call('POST', PATH, 'operator', { body: CHANGE });
    expect(status, text).toBe(201);
    expect(body['cases']).toEqual([{ adhesion: `${WHOLE}-1`, body: WHOLE, state: 'JOINED', successors: [{ body: UPPER, adhesion: `${UPPER}-1` }, { body: LOWER, adhesion: `${LOWER}-1` }] }]);
    const former = (await get('operator', `/v1/adhesions/${WHOLE}-1`)).body;
    expect(former).toMatchObject({ phase: 'CLOSED', lineage: { succeededBy: { change: ID, on: '2026-11-01', cases: [{ body: UPPER, adhesion: `${UPPER}-1` }, { body: LOWER, adhesion: `${LOWER}-1` }] } } });
    for (const [code, name, population, councillors] of [[UPPER, 'Alto', 3_400, 12], [LOWER, 'Basso', 1_200, 10]] as const) {
      expect((await get(code, `/v1/adhesions/${code}-1`)).body, code).toMatchObject({
        body: code, name, population, phase: 'IMPLEMENTATION', policies: { councillors },
        deliberation: { resolutionNo: '3/2026', adoptedOn: '2026-01-26', state: 'ACCEPTED' }, convention: { state: 'IN_FORCE', concludedOn: '2026-02-13', inForceOn: '2026-02-17', endsOn: former['convention']?.['endsOn'] },
        referents: [{ appointmentId: 'ref-1', role: 'RTD', state: 'ACTIVE' }],
        lineage: { succeededBy: null, inheritedFrom: [{ change: ID, cases: [{ adhesion: `${WHOLE}-1`, base: true, migrations: [{ id: `${WHOLE}-1.TRAINING`, service: 'TRAINING' }] }] }] },
      });
    }
  });

  test('the acts of both name the very same records of the case of before', async () => {
    const [before, upper, lower] = await Promise.all([WHOLE, UPPER, LOWER].map((code) => eventsOf(`${code}-1`)));
    const takenIn = (events: readonly Json[] | undefined) => (events ?? []).filter((event) => event['data']?.['origin'] !== undefined)
      .map(({ type, effectiveOn, data }) => [String(type), String(effectiveOn), Number(data?.['origin']?.['version'])] as const);
    expect(takenIn(upper)).toEqual(takenIn(lower));
    expect(takenIn(upper).map(([type, , version]) => [type, String(before?.[version - 1]?.['type'])])).toEqual(takenIn(upper).map(([type]) => [type, type]));
    expect(takenIn(upper).map(([type]) => type)).toEqual(expect.arrayContaining(['ResolutionAdopted', 'ConventionEnteredIntoForce', 'ReferentAppointed', 'AppointmentAccepted']));
    const hashes = [upper, lower].map((events) => events?.find(({ type }) => String(type) === 'AdhesionInherited')?.['data']?.['from']?.[0]);
    const last = before?.[(before.findIndex(({ type }) => String(type) === 'AdhesionSucceeded')) - 1];
    expect(hashes.map((from) => [Number(from?.['version']), String(from?.['hash'])])).toEqual([1, 2].map(() => [Number(last?.['version']), String(last?.['hash'])]));
  });

  test('the old code leads nowhere by itself: it names both, as it was on its days, and a search finds both', async () => {
    const comuni = async (at: string) => Number((await get('auditor', `/v1/territory?at=${at}`)).body['comuni']);
    expect([await comuni('2026-10-31'), await comuni('2026-11-01')]).toEqual([2, 3]);
    const old = await get('auditor', `/v1/bodies/${WHOLE}`);
    expect([old.status, old.headers['location']]).toEqual([200, undefined]);
    expect(old.body).toMatchObject({ ipaCode: WHOLE, name: 'Alto e Basso', until: '2026-10-31', succeededBy: [UPPER, LOWER] });
    expect([codesOf(await get('auditor', '/v1/bodies?at=2026-10-31')), codesOf(await get('auditor', '/v1/bodies?at=2026-11-01')), codesOf(await get('auditor', '/v1/bodies'))])
      .toEqual([[WHOLE, NEIGHBOUR], [NEIGHBOUR, UPPER, LOWER], [NEIGHBOUR, UPPER, LOWER]]);
    expect([codesOf(await get('auditor', `/v1/bodies?q=${WHOLE}`)), codesOf(await get('auditor', '/v1/bodies?q=Alto%20e%20Basso'))]).toEqual([[UPPER, LOWER], [UPPER, LOWER]]);
    const refused = await api.call('POST', '/v1/adhesions', 'operator', { body: { body: WHOLE } });
    expect([refused.status, String(refused.body['code']), String(refused.body['reasons']?.[0]?.['message'])]).toEqual([409, 'BODY_SUCCEEDED', `A ${WHOLE} è succeduto ${UPPER}, ${LOWER}: l'adesione si apre per l'ente che esiste oggi.`]);
  });

  test('both secretaries read what was, each goes on in its own case, and with the service of before; the old one only reads', async () => {
    for (const code of [UPPER, LOWER] as const) {
      expect([(await get(code, `/v1/adhesions/${WHOLE}-1`)).status, (await get(code, `/v1/migrations/${WHOLE}-1.TRAINING`)).status]).toEqual([200, 200]);
      expect((await send(code, `${code}-1`, 'RecordBudgetCover', { covered: true })).status).toBe(200);
      expect((await send(code, `${WHOLE}-1`, 'RecordBudgetCover', { covered: true })).status).toBe(404);
    }
    expect([(await get(UPPER, `/v1/adhesions/${LOWER}-1`)).status, (await get(NEIGHBOUR, `/v1/adhesions/${WHOLE}-1`)).status, (await get(WHOLE, `/v1/adhesions/${UPPER}-1`)).status]).toEqual([404, 404, 404]);
    const late = await send(WHOLE, `${WHOLE}-1`, 'RecordBudgetCover', { covered: true });
    expect([late.status, String(late.body['code'])]).toEqual([403, 'BODY_ENDED']);
    const cancelled = await send(LOWER, `${WHOLE}-1.TRAINING`, 'Cancel', { reasons: 'Il nuovo comune non ne ha bisogno' });
    expect(cancelled.status, cancelled.text).toBe(200);
    expect((await get(UPPER, `/v1/migrations/${WHOLE}-1.TRAINING`)).body).toMatchObject({ state: 'CANCELLED' });
    expect((await send(UPPER, `${WHOLE}-1.TRAINING`, 'Cancel', { reasons: 'Ancora' })).status).toBe(409);
    await expect.poll(async () => (await get('auditor', `/v1/adhesions/${WHOLE}-1`)).body['migrations']?.[0]?.['state'], { timeout: 10_000 }).toBe('CANCELLED');
  });

  test('joining again changes nothing, and every history is provable: chain, read models, replay', async () => {
    await api.calm();
    const before = await countOf();
    expect((await api.call('POST', `${PATH}/${ID}/joinings`, 'operator', { body: {} })).status).toBe(200);
    expect(await countOf()).toEqual(before);
    await expectWhole(api.stack, [UPPER, LOWER].map((code) => ({ stream: `adhesion/${code}-1`, commandId: `territory/${ID}/${code}-1` })));
  }, 120_000);
});
