import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyRecords } from '../../audit/records.ts';
import { LIGHT_ENTRY } from '../domain/catalogue/entries.ts';
import { walk } from './path.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, listOf, open, startApi, tokenFor, type Answer, type Api, type As } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const [STANDARD] = LIGHT_ENTRY.plans;
const FULL = { ...LIGHT_ENTRY, track: 'FULL', gates: ['FEASIBILITY'], active: false } as const;
const titled = (title: string) => ({ ...LIGHT_ENTRY, title: { it: title, en: title } });
const put = (service: string, body: unknown, headers: Readonly<Record<string, string>> = {}, as: As = 'operator', at = api): Promise<Answer> => at.call('PUT', `/v1/catalogue/${service}`, as, { body, headers });
const get = (service: string, as: As = 'auditor') => api.call('GET', `/v1/catalogue/${service}`, as);
const told = ({ status, headers, body }: Answer) => [status, headers['etag'], body['code'] ?? body['version']];

describe('reading', () => {
  test('everyone sees every service, page by page, and hears when nothing has changed', async () => {
    const services: string[] = [];
    for (let cursor = '', pages = 0; pages < 10; pages += 1) {
      const { status, body } = await api.call('GET', `/v1/catalogue?limit=15${cursor}`, bodyAt(api, 0));
      expect(status).toBe(200);
      services.push(...listOf(body['items']).map((one) => String(one['service'])));
      if (body['nextCursor'] === null) break;
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
    expect(services).toEqual(services.toSorted());
    expect(new Set(services).size).toBe(services.length);
    expect(services).toEqual(expect.arrayContaining(['ACCESSIBILITY', 'FIBRE', 'TRAINING', 'VPN_MFA']));
    const list = await api.call('GET', '/v1/catalogue', 'auditor');
    const again = await api.call('GET', '/v1/catalogue', 'auditor', { headers: { 'if-none-match': String(list.headers['etag']) } });
    expect([again.status, again.text]).toEqual([304, '']);
    const one = await get('FIBRE');
    expect([...told(one), one.body['track'], one.body['active'], one.body['dependsOn']]).toEqual([200, '"1"', 1, 'FULL', true, []]);
    expect((await api.call('GET', '/v1/catalogue/FIBRE', 'auditor', { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
  });
});

describe('a change by one person', () => {
  test('is the next version; every version stays readable, and the journal says who made it', async () => {
    const added = await put('DESK', titled('Uno'));
    expect([...told(added), added.headers['location']]).toEqual([201, '"1"', 1, '/v1/catalogue/DESK']);
    const changed = await put('DESK', titled('Due'), { 'if-match': '"1"' });
    expect([...told(changed), changed.headers['location'], changed.body]).toEqual([200, '"2"', 2, undefined, { service: 'DESK', version: 2, ...titled('Due') }]);
    const at = async (version: number) => (await api.call('GET', `/v1/catalogue/DESK?version=${version}`, 'auditor')).body['title']?.['it'];
    expect([await at(1), await at(2), await at(3), (await get('DESK')).body['title']?.['it']]).toEqual(['Uno', 'Due', undefined, 'Due']);
    const rows = await api.stack.db.selectFrom('events').select(['version', 'type', 'actor', 'data', 'recorded_at']).where('stream', '=', 'catalogue').orderBy('version').execute();
    const [first, second] = rows;
    const madeBy = async (path: string, as: As = 'auditor') => { const { changedAt, changedBy, preparedBy } = (await api.call('GET', `/v1/catalogue/${path}`, as)).body; return { changedAt, changedBy, preparedBy }; };
    const made = (row: typeof first) => ({ changedAt: row?.recorded_at, changedBy: row?.actor.subject, preparedBy: null });
    // As events say their actor, to everyone.
    for (const as of ['auditor', bodyAt(api, 0)] as const) expect([await madeBy('DESK?version=1', as), await madeBy('DESK', as)]).toEqual([made(first), made(second)]);
    expect([first?.actor.subject, first?.recorded_at]).toEqual([expect.stringMatching(/./), expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/)]);
    expect(await madeBy('FIBRE')).toEqual({ changedAt: null, changedBy: null, preparedBy: null });
    expect(rows.map(({ type, actor, data }) => [type, actor.role, actor.body, Reflect.get(data, 'version')])).toEqual([['ServiceRevised', 'operator', 'agency', 1], ['ServiceRevised', 'operator', 'agency', 2]]);
    expect((await verifyRecords(api.stack.db)).findings).toEqual([]);
  });

  test('the same content is no version, one key is one change, and a key with another content is refused', async () => {
    expect(told(await put('SAME', titled('Uno'), { 'idempotency-key': 'same-1' }))).toEqual([201, '"1"', 1]);
    const before = await api.written();
    expect(told(await put('SAME', titled('Uno')))).toEqual([200, '"1"', 1]);
    expect(await api.written()).toEqual(before);
    expect(told(await put('SAME', titled('Due')))).toEqual([200, '"2"', 2]);
    // As it was answered then, whatever came since, and whatever If-Match says.
    expect(told(await put('SAME', titled('Uno'), { 'idempotency-key': 'same-1', 'if-match': '"7"' }))).toEqual([201, '"1"', 1]);
    await expectRefused(api, () => put('SAME', titled('Tre'), { 'idempotency-key': 'same-1' }), [409, 'IDEMPOTENCY_MISMATCH', 'OTHER_CONTENT']);
    await expectRefused(api, () => put('OTHER', titled('Uno'), { 'idempotency-key': 'same-1' }), [409, 'IDEMPOTENCY_MISMATCH', 'OTHER_CONTENT']);
  });

  test('of many at once on one version one wins, also when two go round in a circle together', async () => {
    expect(told(await put('RACE', titled('0')))).toEqual([201, '"1"', 1]);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => put('RACE', titled(String(index + 1)), { 'if-match': '"1"' })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
    expect((await get('RACE')).body['version']).toBe(2);
    for (const service of ['LEFT', 'RIGHT']) expect((await put(service, FULL)).status).toBe(201);
    const both = await Promise.all([put('LEFT', { ...FULL, dependsOn: ['RIGHT'] }), put('RIGHT', { ...FULL, dependsOn: ['LEFT'] })]);
    expect(both.map(({ status, body }) => `${status} ${String(body['code'])}`).toSorted()).toEqual(['200 undefined', '409 DEPENDENCY_CYCLE']);
    const same = await Promise.all(Array.from({ length: 8 }, () => put('ONCE', titled('Uno'), { 'idempotency-key': 'once-1' })));
    expect(same.map(told)).toEqual(Array.from({ length: 8 }, () => [201, '"1"', 1]));
    expect((await verifyRecords(api.stack.db)).findings).toEqual([]);
  });

  test('is an operator\'s, and nobody else\'s', async () => {
    for (const as of ['auditor', bodyAt(api, 0)] as const) await expectRefused(api, () => put('DESK', titled('x'), {}, as), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
    await expectRefused(api, () => api.call('PUT', '/v1/catalogue/DESK', null, { body: titled('x') }), [401, 'UNAUTHENTICATED', 'NO_TOKEN']);
  });
});

describe('a change that does not hold', () => {
  test.each([
    ['a way round', 'FIBRE', { ...FULL, dependsOn: ['APP_HOSTING'] }, 409, 'DEPENDENCY_CYCLE', null, 'dependsOn', 'FIBRE → APP_HOSTING → CLOUD_MIGRATION → FIBRE'],
    ['a dependency that there is not', 'FIBRE', { ...FULL, dependsOn: ['TELEPORT'] }, 409, 'UNKNOWN_DEPENDENCY', null, 'dependsOn.0', 'TELEPORT'],
    ['a broker made active', 'DESK', { ...LIGHT_ENTRY, fulfilment: { kind: 'BROKER' } }, 409, 'PROCESS_UNAVAILABLE', null, 'active', 'broker'],
    ['a version of its own', 'DESK', { ...LIGHT_ENTRY, version: 9 }, 400, 'VALIDATION', 'BAD_DATA', undefined, 'version'],
    ['a name of its own', 'DESK', { ...LIGHT_ENTRY, service: 'DESK' }, 400, 'VALIDATION', 'BAD_DATA', undefined, 'service'],
    ['no title in English', 'DESK', { ...LIGHT_ENTRY, title: { it: 'x' } }, 400, 'VALIDATION', 'BAD_DATA', 'title.en', ''],
    ['a pattern in the parameters', 'DESK', { ...LIGHT_ENTRY, plans: [{ ...STANDARD, parameters: { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } }, additionalProperties: false } }] }, 400, 'VALIDATION', 'BAD_DATA', 'plans.0.parameters.properties.a', 'free text'],
    ['a list of what is no list', 'DESK', [], 400, 'VALIDATION', 'BAD_DATA', undefined, ''],
    ['too much in all', 'DESK', { ...LIGHT_ENTRY, plans: Array.from({ length: 20 }, (_, index) => ({ ...STANDARD, id: `p${index}`, parameters: { type: 'object', properties: { a: { type: 'string', enum: Array.from({ length: 20 }, (_one, at) => `${at} ${'x'.repeat(150)}`) } }, additionalProperties: false } })) }, 409, 'RECORD_TOO_LARGE', null, undefined, '40000'],
  ] as const)('%s is refused, and nothing written', async (_name, service, body, status, code, ground, path, says) => {
    const refused = await expectRefused(api, () => put(service, body, { 'accept-language': 'en' }), [status, code, ground]);
    const [reason] = listOf(refused.body['reasons']);
    expect(reason?.['path']).toBe(path);
    expect(String(reason?.['message'])).toContain(says);
  });

  test('a name that no service can have is nowhere; a version that is not there any more is not replaced', async () => {
    for (const name of ['desk', 'D', '__proto__', 'constructor', 'DESK%20', 'X'.repeat(51)]) await expectRefused(api, () => put(name, LIGHT_ENTRY), [404, 'NOT_FOUND', 'NOT_THERE']);
    await expectRefused(api, () => put('TRAINING', titled('x'), { 'if-match': '"4"' }), [412, 'CATALOGUE_CONFLICT', null]);
    await expectRefused(api, () => put('NOT_THERE', titled('x'), { 'if-match': '"1"' }), [412, 'CATALOGUE_CONFLICT', null]);
    await expectRefused(api, () => put('TRAINING', titled('x'), { 'if-match': 'one' }), [400, 'VALIDATION', 'BAD_DATA']);
    await expectRefused(api, () => api.call('GET', '/v1/catalogue/TRAINING?version=0', 'auditor'), [400, 'VALIDATION', 'BAD_DATA']);
    await expectRefused(api, () => api.call('GET', '/v1/catalogue/TRAINING?version=99', 'auditor'), [404, 'NOT_FOUND', 'NOT_THERE']);
  });
});

describe('a request of a service', () => {
  const request = (body: As & `${string}_${string}`, data: object) => api.call('POST', `/v1/adhesions/${body}-1/migrations`, body, { body: data });

  test('is of the catalogue as it stands, and keeps to that version whatever comes after', async () => {
    const [first, second] = [bodyAt(api, 1), bodyAt(api, 2)];
    for (const body of [first, second]) {
      await open(api, body);
      await walk(api, body);
    }
    await put('PINNED', titled('Uno'));
    const asked = await request(first, { service: 'PINNED', plan: 'sized', parameters: { seats: 3, topics: ['AI'] } });
    expect([asked.status, asked.body['catalogueVersion'], asked.body['plan']]).toEqual([201, 1, 'sized']);
    const workItems = [{ id: 'other-work', title: { it: 'Altro', en: 'Other' }, after: [] }];
    expect(told(await put('PINNED', { ...LIGHT_ENTRY, plans: [STANDARD], fulfilment: { kind: 'MANUAL', workItems } }))).toEqual([200, '"2"', 2]);
    const items = async (id: string) => listOf((await api.call('GET', `/v1/migrations/${id}`, 'operator')).body['workItems']).map((one) => String(one['id']));
    expect(await items(`${first}-1.PINNED`)).toEqual(['open-desk', 'close-desk']);
    const done = await api.call('POST', `/v1/migrations/${first}-1.PINNED/commands`, 'operator', { body: { type: 'CompleteWorkItem', data: { workItemId: 'open-desk', completedOn: '2026-11-20' } } });
    expect(done.status).toBe(200);
    expect((await request(second, { service: 'PINNED', plan: 'sized', parameters: { seats: 3 } })).body['code']).toBe('UNKNOWN_PLAN');
    expect((await request(second, { service: 'PINNED' })).body['catalogueVersion']).toBe(2);
    expect(await items(`${second}-1.PINNED`)).toEqual(['other-work']);

    await put('PINNED', { ...LIGHT_ENTRY, active: false });
    const commands = `/v1/adhesions/${second}-1/commands`;
    await api.calm();
    const refusals: readonly (readonly [object, number, string])[] = [
      [{ service: 'PINNED' }, 409, 'SERVICE_NOT_ACTIVE'], [{ service: 'TELEPORT' }, 409, 'UNKNOWN_SERVICE'],
      [{ service: 'FIBRE', parameters: { sites: 0 } }, 400, 'PARAMETERS_INVALID'], [{ service: 'TRAINING', offered: {} }, 400, 'VALIDATION'],
    ];
    for (const [data, status, code] of refusals) {
      const ground = status === 400 ? 'BAD_DATA' : null;
      await expectRefused(api, () => request(second, data), [status, code, ground]);
      await expectRefused(api, () => api.call('POST', commands, second, { body: { type: 'RequestMigration', data } }), [status, code, ground]);
    }
    const sent = await api.call('POST', commands, second, { body: { type: 'RequestMigration', data: { service: 'ACCESSIBILITY' } }, headers: { 'idempotency-key': 'access-1' } });
    const again = await api.call('POST', commands, second, { body: { type: 'RequestMigration', data: { service: 'ACCESSIBILITY' } }, headers: { 'idempotency-key': 'access-1' } });
    expect([sent.status, again.status, again.body['version']]).toEqual([200, 200, sent.body['version']]);
  });
});

describe('where it takes two persons', () => {
  let two: Api;
  let second: Readonly<Record<string, string>>;
  beforeAll(async () => {
    two = await startApi({ twoPersons: true });
    second = { authorization: `Bearer ${await tokenFor(two.keys, 'operator', 'the second')}` };
  });
  afterAll(async () => { await two.stop(); });

  const send = (entry: unknown, headers: Readonly<Record<string, string>> = {}, service = 'RTD_COMMUNITY') => put(service, entry, headers, 'operator', two);
  const waiting = (service = 'RTD_COMMUNITY') => two.call('GET', `/v1/catalogue-preparations/${service}`, 'operator');
  const version = async (service = 'RTD_COMMUNITY') => (await two.call('GET', `/v1/catalogue/${service}`, 'auditor')).body['version'];

  test('who prepares a change does not approve it; another who sends the same does', async () => {
    const prepared = await send(titled('Preparata'), { 'if-match': '"1"', 'idempotency-key': 'prepare-1' });
    expect([prepared.status, prepared.headers['location'], prepared.body['service'], prepared.body['entry']]).toEqual([202, '/v1/catalogue-preparations/RTD_COMMUNITY', 'RTD_COMMUNITY', titled('Preparata')]);
    expect([await version(), (await waiting()).body]).toEqual([1, prepared.body]);
    expect((await send(titled('Preparata'), { 'if-match': '"1"', 'idempotency-key': 'prepare-1' })).body).toEqual(prepared.body);
    await expectRefused(two, () => send(titled('Preparata')), [409, 'TWO_PERSON_REQUIRED', 'SAME_PERSON']);
    // The same key of another person is another key.
    const approved = await send(titled('Preparata'), { ...second, 'idempotency-key': 'prepare-1' });
    expect([approved.status, approved.body['version'], await version(), (await waiting()).status]).toEqual([200, 2, 2, 404]);
    const rows = await two.stack.db.selectFrom('events').select(['type', 'actor', 'data']).where('stream', '=', 'catalogue').orderBy('version').execute();
    expect(rows.map(({ type, data }) => [type, Reflect.get(data, 'preparedAt')])).toEqual([['RevisionPrepared', undefined], ['ServiceRevised', 1]]);
    expect(new Set(rows.map(({ actor }) => actor.subject)).size).toBe(2);
    const [one, other] = rows.map(({ actor }) => actor.subject);
    expect((await two.call('GET', '/v1/catalogue/RTD_COMMUNITY', 'auditor')).body).toMatchObject({ changedBy: other, preparedBy: one });
    expect((await two.call('GET', '/v1/catalogue/RTD_COMMUNITY?version=1', 'auditor')).body).toMatchObject({ changedAt: null, changedBy: null, preparedBy: null });
  });

  test('another content takes the place of what waits; what waits is seen by the Agency, and taken back', async () => {
    await send(titled('A'));
    const other = await send(titled('B'), second);
    expect([other.status, (await waiting()).body['entry']?.['title']?.['it']]).toEqual([202, 'B']);
    await expectRefused(two, () => send(titled('B'), second), [409, 'TWO_PERSON_REQUIRED', 'SAME_PERSON']);
    await send(titled('Nuovo'), {}, 'NEW_DESK');
    expect(await version('NEW_DESK')).toBeUndefined();
    const list = await two.call('GET', '/v1/catalogue-preparations', 'auditor');
    expect(listOf(list.body['items']).map((one) => String(one['service']))).toEqual(['NEW_DESK', 'RTD_COMMUNITY']);
    for (const url of ['/v1/catalogue-preparations', '/v1/catalogue-preparations/RTD_COMMUNITY']) await expectRefused(two, () => two.call('GET', url, bodyAt(two, 0)), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
    const remove = (headers: Readonly<Record<string, string>> = {}) => two.call('DELETE', '/v1/catalogue-preparations/RTD_COMMUNITY', 'operator', { headers });
    await expectRefused(two, () => remove({ 'if-match': '"1"' }), [412, 'CATALOGUE_CONFLICT', null]);
    const tag = String((await waiting()).headers['etag']);
    expect([(await remove({ 'if-match': tag })).status, (await waiting()).status]).toEqual([204, 404]);
    await expectRefused(two, remove, [404, 'NOT_FOUND', 'NOT_THERE']);
    expect((await send(titled('B'), {})).status).toBe(202);
  });

  test('of two who approve at once one makes the version, the other finds it made', async () => {
    await send(titled('Insieme'), {}, 'TOGETHER');
    const third = { authorization: `Bearer ${await tokenFor(two.keys, 'operator', 'the third')}` };
    const answers = await Promise.all([send(titled('Insieme'), second, 'TOGETHER'), send(titled('Insieme'), third, 'TOGETHER')]);
    expect(answers.map(({ status, body }) => `${status} ${String(body['version'])}`).toSorted()).toEqual(['200 1', '201 1']);
    expect((await verifyRecords(two.stack.db)).findings).toEqual([]);
  });
});
