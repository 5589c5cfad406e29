import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GATES, PUBLISHED_PLAN } from '../../domain/constitution/plan.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { bodyAt, listOf, open, startApi, type Api, type Json } from './support.ts';
import { SHA256 } from './digest.ts';
import { walk } from './path.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); }, 120_000);
afterAll(() => api.stop());

const PATH = '/v1/constitution';
const post = (body: object, headers: Record<string, string> = {}) => api.call('POST', PATH, 'operator', { body, headers });
const command = (type: string, data: object, headers: Record<string, string> = {}) => api.call('POST', `${PATH}/agency-1/commands`, 'operator', { body: { type, data }, headers });
const read = async (): Promise<Json> => (await api.call('GET', `${PATH}/agency-1`, 'auditor')).body;
const eventsOf = async (type: string) => listOf((await api.call('GET', `${PATH}/agency-1/events?type=${type}`, 'auditor')).body['items']);
const gate = (view: Json, name: string) => listOf(view['gates']).find((one) => String(one['gate']) === name);
const codeOf = ({ status, body }: { status: number; body: Json }) => [status, String(body['code'])];

async function until(reached: (view: Json) => boolean): Promise<Json> {
  for (const deadline = Date.now() + 40_000; ;) {
    const view = await read();
    if (reached(view)) return view;
    if (Date.now() > deadline) throw new Error(`The constitution stands at ${JSON.stringify(view['threshold'])}`);
    await delay(100);
  }
}

describe('the start', () => {
  test('a threshold that all comuni together do not reach, and a plan out of order, are refused; nothing is started', async () => {
    expect(codeOf(await post({ threshold: { minMembers: 10_000, minPopulation: 0 } }))).toEqual([409, 'THRESHOLD_UNREACHABLE']);
    expect(codeOf(await post({ plan: { CMM_RESOLUTION: { from: '2026-06-01', to: '2026-06-30' } } }))).toEqual([409, 'PLAN_OUT_OF_ORDER']);
    expect(codeOf(await post({ threshold: 'HALF' }))).toEqual([400, 'VALIDATION']);
    expect(codeOf(await post({ threshold: { minMembers: { numerator: 3, denominator: 2 }, minPopulation: 0 } }))).toEqual([400, 'VALIDATION']);
    expect((await api.call('GET', PATH, 'operator')).body['items']).toEqual([]);
  });

  test('by the published programme, once: the same key answers the same, another start is refused', async () => {
    const key = { 'idempotency-key': 'avvio-1' };
    const asked = { threshold: { minMembers: 2, minPopulation: { numerator: 1, denominator: 1_000 } } };
    const started = await post(asked, key);
    expect([started.status, started.headers['location'], started.headers['etag']]).toEqual([201, `${PATH}/agency-1`, `"${String(started.body['version'])}"`]);
    expect(gate(started.body, 'CMM_RESOLUTION')).toMatchObject({ planned: { from: '2026-10-01', to: '2026-10-31' }, awaitedBy: '2026-10-31' });
    expect(started.body['threshold']).toMatchObject({ preset: null, met: false, executive: { members: 0 } });
    expect(listOf(started.body['members']).map(({ body, population }) => [String(body), Number(population)])).toEqual(api.bodies.map((code) => [code, 4_000]));
    expect(started.body['territory']).toMatchObject({ asOf: civilDateOf(new Date().toISOString()), members: api.bodies.length });
    expect((await post(asked, key)).body['id']).toBe('agency-1');
    expect(codeOf(await post({}, key))).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect(codeOf(await post({}))).toEqual([409, 'CONSTITUTION_OPEN']);
    const { body: { items } } = await api.call('GET', PATH, 'operator');
    expect(listOf(items).map(({ id, state }) => [String(id), String(state)])).toEqual([['agency-1', 'UNDER_WAY']]);
    expect(listOf(items)[0]?.['members']).toBeUndefined();
  });

  test('days of the programme that are past are said to be missed, each once; a missed gate moves nothing by itself', async () => {
    const past = GATES.filter((name) => PUBLISHED_PLAN[name].to < civilDateOf(new Date().toISOString()));
    expect(past).toContain('MUNICIPAL_RESOLUTIONS');
    const view = await until((found) => past.every((name) => String(gate(found, name)?.['state']) === 'MISSED'));
    expect(gate(view, 'MUNICIPAL_RESOLUTIONS')).toMatchObject({ inQuestion: true, planned: { to: '2026-07-31' }, awaitedBy: '2026-07-31' });
    const missed = await eventsOf('MilestoneMissed');
    expect(missed.map(({ data, actor }) => [String(data?.['gate']), String(data?.['to']), actor?.['role']])).toEqual(past.map((name) => [name, PUBLISHED_PLAN[name].to, 'engine']));
    expect(listOf(view['gates']).map(({ gate: name, planned, revised, awaitedBy }) => ({ name, planned, revised, awaitedBy }))).toEqual(GATES.map((name) => ({ name, planned: PUBLISHED_PLAN[name], revised: PUBLISHED_PLAN[name], awaitedBy: PUBLISHED_PLAN[name].to })));
    expect(gate(view, 'CONSTITUTED')).toMatchObject({ inDoubt: true, reachedOn: null });
    expect(view['revisions']).toBe(0);
    expect(codeOf(await command('RecordMetropolitanResolution', { resolutionNo: '40', adoptedOn: '2026-10-20', sha256: SHA256 }))).toEqual([409, 'THRESHOLD_NOT_MET']);
    expect(codeOf(await command('RecordConference', { heldOn: '2026-13-01', minutesNo: '3', sha256: SHA256 }))).toEqual([400, 'VALIDATION']);
    expect((await command('RecordConference', { heldOn: '2026-05-21', minutesNo: '3', sha256: SHA256 })).body).toMatchObject({ constitution: { id: 'agency-1' } });
  });
});

describe('the wait over the adhesions', () => {
  test('resolutions that become executive in their own cases are counted; the threshold is met as an event, on its day', async () => {
    for (const place of [0, 1]) {
      await open(api, bodyAt(api, place));
      await walk(api, bodyAt(api, place));
    }
    const view = await until((found) => String(found['threshold']?.['met']) === 'true');
    expect(view['threshold']).toMatchObject({ met: true, executive: { members: 2 } });
    const counted = listOf(view['members']).filter(({ counting }) => String(counting) === 'COUNTED').map(({ body }) => String(body)).toSorted();
    expect(counted).toEqual([bodyAt(api, 0), bodyAt(api, 1)].toSorted());
    const [met] = await eventsOf('ThresholdMet');
    expect(met?.['actor']).toMatchObject({ role: 'engine' });
    const told = await eventsOf('AdhesionTold');
    expect(new Set(told.map(({ commandId }) => String(commandId).replace(/@\d+$/, '')))).toEqual(new Set([0, 1].map((place) => `adhesion/${bodyAt(api, place)}-1`)));
    expect(new Set(told.map(({ commandId }) => String(commandId))).size).toBe(told.length);
  });

  test('a resolution annulled after the threshold was met opens the question again, as an event, and moves no day; the operator goes on with another threshold', async () => {
    const annulled = bodyAt(api, 1);
    const { status, text } = await api.call('POST', `/v1/adhesions/${annulled}-1/commands`, 'operator', { body: { type: 'AnnulResolution', data: { actNo: 'TAR 7/2026', on: '2026-11-20', by: 'COURT' } } });
    expect(status, text).toBe(200);
    const view = await until((found) => String(found['threshold']?.['met']) === 'false');
    expect(gate(view, 'MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'REOPENED', inQuestion: true });
    expect((await eventsOf('ThresholdLost')).map(({ actor, commandId, data }) => [String(actor?.['role']), String(commandId).replace(/@\d+$/, ''), Number(data?.['members'])])).toEqual([['engine', `adhesion/${annulled}-1`, 1]]);
    expect(listOf(view['gates']).map(({ awaitedBy }) => String(awaitedBy))).toEqual(GATES.map((name) => PUBLISHED_PLAN[name].to));
    const { body: { items } } = await api.call('GET', `${PATH}/agency-1/allowed`, 'operator');
    expect(listOf(items).find(({ command: name }) => String(name) === 'DecideMilestone')).toMatchObject({ allowed: true });
    const decision = { gate: 'MUNICIPAL_RESOLUTIONS', decision: 'PROCEED_WITH_THRESHOLD', threshold: { minMembers: 1, minPopulation: 1 }, reasons: 'Si procede con chi vi è.' };
    expect((await command('DecideMilestone', decision)).status).toBe(200);
    expect((await read())['threshold']).toMatchObject({ met: true, required: { members: 1, population: 1 } });
    expect((await eventsOf('MilestoneDecided')).map(({ data }) => data?.['reasons'])).toEqual([expect.objectContaining({ textId: expect.any(String) as string })]);
  });

  test('why: the date by its rule and the resolutions that count, the state by the day that passed, what was told by the adhesion that told it', async () => {
    const why = async (field: string, as: 'auditor' | 'operator' = 'auditor') => (await api.call('GET', `${PATH}/agency-1/why?field=${field}`, as, { headers: { 'accept-language': 'en' } })).body;
    const met = await why('threshold.metOn');
    const first = listOf(met['chain']).at(-1);
    expect(first).toMatchObject({ event: { type: 'ThresholdMet' }, actor: { role: 'engine' }, rule: { code: 'FIRST_DAY', agrees: true } });
    expect(String(first?.['toldBy'])).toMatch(/^adhesion\/c_[a-z]\d{3}-1@\d+$/);
    const resolutions = listOf(first?.['rule']?.['inputs']).find(({ field }) => String(field) === 'resolutions');
    expect(listOf(resolutions?.['value']).map(({ body, counting }) => `${String(body)} ${String(counting)}`).toSorted()).toEqual([0, 1].map((place) => `${bodyAt(api, place)} COUNTED`).toSorted());
    const state = listOf((await why('gates.MUNICIPAL_RESOLUTIONS.state'))['chain']);
    expect(state.map(({ after, rule }) => [String(after), rule?.['code'], rule?.['agrees']])).toEqual([
      // Adopted in January: in time, though its day passed before anybody knew. Between two events of one command it is missed for a moment.
      ['MET', 'ADOPTED_IN_TIME', true], ['MISSED', 'DAY_PASSED', true], ['REOPENED', 'LOST_AGAIN', true], ['MET', 'ADOPTED_IN_TIME', true], ['MISSED', 'DAY_PASSED', true], ['NOT_YET', 'STILL_AWAITED', true],
    ]);
    expect(state.findLast(({ after }) => String(after) === 'MISSED')).toMatchObject({ timer: { key: 'gate/MUNICIPAL_RESOLUTIONS/2026-07-31', setBy: 1 }, command: { type: 'EndGate' } });
    expect(listOf((await why(`members.${bodyAt(api, 1)}.counting`, 'operator'))['chain']).map(({ after }) => String(after)).slice(0, 2)).toEqual(['LOST', 'COUNTED']);
    const unknown = await api.call('GET', `${PATH}/agency-1/why?field=gates.CMM.state`, 'operator');
    expect([unknown.status, unknown.body['reasons']?.[0]?.['code'], unknown.text.includes('CMM_RESOLUTION')]).toEqual([400, 'FIELD_UNKNOWN', true]);
    expect((await api.call('GET', `${PATH}/agency-1/why?field=state`, bodyAt(api, 0))).status).toBe(403);
  });

  test('of a comune the case of the Agency is none: a municipal secretary does not see it, an auditor sends nothing', async () => {
    expect((await api.call('GET', `${PATH}/agency-1`, bodyAt(api, 0))).status).toBe(403);
    expect(codeOf(await api.call('POST', `${PATH}/agency-1/commands`, 'auditor', { body: { type: 'Replan', data: {} } }))).toEqual([403, 'FORBIDDEN']);
    expect((await api.call('GET', `${PATH}/agency-2`, 'operator')).status).toBe(404);
    expect((await api.call('GET', `${PATH}/c_a010-1`, 'operator')).status).toBe(404);
  });
});

describe('the next path', () => {
  test('begins where the one before was given up; of two starts at once one is it, and one key gives one answer', async () => {
    expect(codeOf(await post({}))).toEqual([409, 'CONSTITUTION_OPEN']);
    expect((await command('DecideMilestone', { gate: 'CMM_RESOLUTION', decision: 'STOP' })).body['constitution']).toMatchObject({ state: 'STOPPED' });
    const answers = await Promise.all([post({}), post({ threshold: 'CONFERENCE_RULE' })]);
    expect(answers.map((answer) => codeOf(answer).join(' ')).toSorted()).toEqual(['201 undefined', '409 CONSTITUTION_OPEN']);
    expect(answers.find(({ status }) => status === 201)?.body['id']).toBe('agency-2');
    const { body: { items } } = await api.call('GET', PATH, 'auditor');
    expect(listOf(items).map(({ id, state }) => [String(id), String(state)])).toEqual([['agency-2', 'UNDER_WAY'], ['agency-1', 'STOPPED']]);
    // It hears of the comuni from the beginning, the one that was given up of nothing more.
    const heard = async (id: string) => listOf((await api.call('GET', `${PATH}/${id}/events?type=AdhesionTold`, 'auditor')).body['items']).length;
    const before = await heard('agency-1');
    for (const deadline = Date.now() + 20_000; await heard('agency-2') === 0 && Date.now() < deadline;) await delay(100);
    expect([await heard('agency-2') > 0, await heard('agency-1')]).toEqual([true, before]);
  });

  test('one key sent twice at once starts one path, with the legal form and the plan that were asked for', async () => {
    await api.call('POST', `${PATH}/agency-2/commands`, 'operator', { body: { type: 'DecideMilestone', data: { gate: 'CMM_RESOLUTION', decision: 'STOP' } } });
    const key = { 'idempotency-key': 'due-volte' };
    const asked = { agencyLegalForm: 'IN_HOUSE_COMPANY', plan: { CONSTITUTED: { from: '2030-11-01', to: '2030-11-30' }, BOARD_APPOINTED: { from: '2030-12-01', to: '2030-12-31' }, FIRST_BUDGET_PREPARED: { from: '2031-01-01', to: '2031-01-31' } } };
    const answers = await Promise.all([post(asked, key), post(asked, key)]);
    expect(answers.map(({ status, body }) => [status, String(body['id'])])).toEqual([[201, 'agency-3'], [201, 'agency-3']]);
    expect(answers[0]?.body['legalForm']).toEqual({ form: 'IN_HOUSE_COMPANY', majority: 'SIMPLE_OF_VOTERS', authorities: ['COURT_OF_AUDITORS', 'COMPETITION_AUTHORITY'] });
    expect(gate(answers[0]?.body ?? {}, 'CONSTITUTED')).toMatchObject({ planned: asked.plan.CONSTITUTED, awaitedBy: '2030-11-30' });
    expect(gate(answers[0]?.body ?? {}, 'CMM_RESOLUTION')).toMatchObject({ planned: { to: '2026-10-31' } });
  });
});
