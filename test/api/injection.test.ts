import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ACCESS } from '../../api/auth/access.ts';
import { EXAMPLES } from '../../api/openapi/examples.ts';
import { openLogKeys } from '../../db/log/keys.ts';
import { sequence } from '../../db/log/sequence.ts';
import { BadBroker, PLAN_ID, SERVICE_ID } from '../brokers/bad-broker.ts';
import { abbiategrassoPath } from '../support/adhesion-path.ts';
import { walk } from './path.ts';
import { bodyAt, listOf, open, PROPOSAL, RECEIPT, startApi, tokenFor, type Answer, type Api, type As, type CallOptions, type Method } from './support.ts';

/** SQL and ids that look alike, in every place of every route: made from the table of routes, the document and a whole path of commands, so that none is left out. */
let api: Api;
let id: string;
let parameters: ReadonlyMap<string, readonly string[]>;
const broker = new BadBroker();

beforeAll(async () => {
  // By two persons, so that a change of the catalogue can wait for the second.
  api = await startApi({ twoPersons: true });
  id = await open(api, bodyAt(api, 0));
  const { paths } = JSON.parse((await api.call('GET', '/openapi.json', null)).text) as { paths: Record<string, { get?: { parameters?: { in?: string; name?: string }[] } }> };
  parameters = new Map(Object.entries(paths).map(([path, { get }]) => [path, (get?.parameters ?? []).filter((one) => one.in === 'query').map(({ name = '' }) => name)]));
});
afterAll(async () => { await Promise.all([api.stop(), broker.stop()]); });

const SQL = ["'; DROP TABLE events; --", "' OR '1'='1", '1); DELETE FROM events; --', String.raw`\'; SELECT pg_sleep(9) --`, "%' UNION SELECT record FROM events --"];

/** Queries without which a route refuses whatever stands beside them. */
const NEEDED: Readonly<Record<string, string>> = {
  '/v1/adhesions/:id/why': 'field=phase', '/v1/migrations/:id/why': 'field=state', '/v1/constitution/:id/why': 'field=threshold.met', '/v1/campaigns/:id/why': 'field=state', '/v1/searches': 'q=c_a010', '/v1/subjects': 'body=c_a010', '/v1/log/consistency': 'from=0&to=1',
  '/v1/calendar/publication': 'firstDay=2026-06-25', '/v1/calendar/term': 'kind=ACT_DAYS&from=2026-11-28&n=10', '/v1/calendar/majority': 'councillors=12&councillorsPresent=8&for=7&against=0',
};

/** Sends what is refused, or finds nothing: either way nothing is written, and a refusal is in the security log. */
async function harmless(method: Method, url: string, as: As, options: CallOptions = {}): Promise<Answer> {
  const [before, seen] = [await api.written(), api.security.entries.length];
  const answer = await api.call(method, url, as, options);
  expect(await api.written()).toEqual(before);
  const entries = api.security.entries.slice(seen).map(({ status, code, ground }) => [status, code, ground]);
  expect(entries).toEqual(answer.status < 400 ? [] : [[answer.status, answer.body['code'], answer.status === 404 ? 'NOT_THERE' : 'BAD_DATA']]);
  return answer;
}

describe('in a path', () => {
  const CYRILLIC: Readonly<Record<string, string>> = { a: 'а', c: 'с', o: 'о', p: 'р', e: 'е', x: 'х', A: 'А', E: 'Е', I: 'І', T: 'Т' };
  /** What is there, said so that only a careless reader takes it for that; and what nobody has. */
  const DISGUISES: Readonly<Record<string, (value: string) => string>> = {
    'full width': (value) => value.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint(0xfee0 + (letter.codePointAt(0) ?? 0))),
    'Cyrillic letters': (value) => value.replaceAll(/[a-zA-Z]/g, (letter) => CYRILLIC[letter] ?? letter),
    'Arabic digits': (value) => value.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
    'the other case': (value) => (value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()),
    'O for 0': (value) => value.replace('0', 'O'),
    'a letter that is not seen': (value) => `${value}\u200b`,
    'a mark on a letter': (value) => `${value}\u0301`,
    'a space behind': (value) => `${value} `,
    'a space before': (value) => ` ${value}`,
    'a dot behind': (value) => `${value}.`,
    'a zero more': (value) => value.replace(/(\d+)$/, '0$1'),
    ...Object.fromEntries(['__proto__', 'constructor', ...SQL].map((text) => [text, () => text])),
  };
  const SEND: Readonly<Record<string, object>> = {
    'PUT /v1/webhooks/:id/state': { state: 'PAUSED' }, 'POST /v1/webhooks/:id/replays': {}, 'PUT /v1/catalogue/:service': EXAMPLES['catalogue-put'] as object,
    'POST /v1/territory/changes/:id/corrections': EXAMPLES['territory-change-correct'] as object, 'POST /v1/territory/changes/:id/withdrawals': EXAMPLES['territory-change-withdraw'] as object,
  };
  // A person names its own views as it likes, within the form of a name (views.test.ts).
  const routes = Object.keys(ACCESS).filter((route) => route.includes(' /v1/') && route.includes('/:') && route !== 'PUT /v1/views/:name');
  const places = routes.flatMap((route) => [...route.matchAll(/:(\w+)/g)].map(([place]) => [route, place] as const));

  /** What is there in each place of the routes of a kind: nothing can be taken for what is not. */
  const there = new Map<string, string>();
  const valueOf = (route: string, place: string): string => there.get(`${route.split('/')[2] ?? ''}${route.includes('/inventories/') ? '/inventories' : ''} ${place}`) ?? 'none-0';
  const filled = (route: string): string => route.slice(route.indexOf(' ') + 1).replaceAll(/:\w+/g, (place) => valueOf(route, place));

  beforeAll(async () => {
    const [body, joined] = [bodyAt(api, 1), bodyAt(api, 2)];
    const caseId = await open(api, body);
    const send = async (url: string, as: As, sent: unknown, headers: Record<string, string> = {}): Promise<Answer['body']> => {
      const answer = await api.call('POST', url, as, { body: sent, headers });
      if (answer.status >= 300) throw new Error(answer.text);
      return answer.body;
    };
    for (const command of [PROPOSAL, RECEIPT]) await send(`/v1/adhesions/${caseId}/commands`, 'operator', command, { 'idempotency-key': `${command.type}-1` });
    const opinion = await send(`/v1/adhesions/${caseId}/commands`, body, { type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-03-03', reasons: 'No' } });
    const document = await send(`/v1/adhesions/${caseId}/documents`, body, Buffer.from('%PDF-1.7'), { 'content-type': 'application/pdf' });
    const subject = await send('/v1/subjects', 'operator', { body: 'agency', name: 'Ada', email: 'a@example.org' });
    const erased = await send('/v1/subjects', 'operator', { body: 'agency', name: 'Eva', email: 'e@example.org' });
    await api.call('DELETE', `/v1/subjects/${String(erased['id'])}`, 'operator');
    const webhook = await send('/v1/webhooks', 'operator', { url: 'https://uno.example.org/x' });
    const prepared = await api.call('PUT', '/v1/catalogue/TRAINING', 'operator', { body: EXAMPLES['catalogue-put'] });
    if (prepared.status !== 202) throw new Error(prepared.text);
    const { url, username, password } = (await broker.start()).target;
    const hosting = { name: 'hosting', url, username, password, local: true, services: { APP_HOSTING: { serviceId: SERVICE_ID, planIds: { small: PLAN_ID } } } };
    await send('/v1/brokers', 'operator', hosting);
    await send('/v1/brokers', 'operator', hosting, { authorization: `Bearer ${await tokenFor(api.keys, 'operator', 'the second')}` });
    // One is there, and its removal waits.
    await api.call('DELETE', '/v1/brokers/hosting', 'operator');
    await open(api, joined);
    await walk(api, joined);
    await send(`/v1/adhesions/${joined}-1/migrations`, joined, { service: 'TRAINING' });
    const runOf = async (path: string) => String(listOf((await api.call('GET', `${path}/runs`, 'operator')).body['items'])[0]?.['runId']);
    const migration = `${joined}-1.TRAINING`;
    // Refused in its preview, and so at its end.
    const campaign = String((await send('/v1/campaigns', 'operator', { name: 'Prova', select: { bodies: [body] }, action: { kind: 'OPEN_ADHESION' } }))['id']);
    const constitution = String((await send('/v1/constitution', 'operator', {}))['id']);
    for (const [place, value] of Object.entries({
      'adhesions :id': caseId, 'adhesions :commandId': 'SendProposal-1', 'adhesions :runId': await runOf(`/v1/adhesions/${caseId}`), 'adhesions :version': '1', 'migrations :version': '1',
      'adhesions :textId': String(opinion['events']?.[0]?.['data']?.['reasons']?.['textId']), 'adhesions :documentId': String(document['id']), 'adhesions/inventories :id': caseId,
      'constitution :id': constitution, 'constitution :version': '1', 'constitution :runId': await runOf(`/v1/constitution/${constitution}`),
      'campaigns :id': campaign, 'campaigns :version': '1', 'campaigns :runId': await runOf(`/v1/campaigns/${campaign}`),
      'migrations :id': migration, 'migrations :runId': await runOf(`/v1/migrations/${migration}`),
      'subjects :id': String(subject['id']), 'erasures :id': String(erased['id']), 'webhooks :id': String(webhook['id']), 'bodies :ipaCode': body, 'catalogue :service': 'TRAINING', 'catalogue-preparations :service': 'TRAINING', 'brokers :name': 'hosting', 'broker-preparations :name': 'hosting', 'calendar :date': '2026-10-04',
    })) there.set(place, value);
    await vi.waitFor(async () => {
      await sequence(api.stack.db, await openLogKeys(api.keysDir, 'associa.example/log'));
      if ((await api.call('GET', filled('GET /v1/migrations/:id/events/:version/proof'), 'operator')).status !== 200) throw new Error('not in the log yet');
    }, { timeout: 30_000 });
    await api.calm();
  });

  test('there are all places', () => {
    expect(new Set(places.map(([, place]) => place))).toEqual(new Set([':ipaCode', ':date', ':service', ':id', ':commandId', ':runId', ':documentId', ':textId', ':command', ':name', ':version']));
  });

  // An open answer does not end: changes.test.ts.
  test.each(routes.filter((route) => route.startsWith('GET ') && !route.endsWith('/changes')))('%s finds what is there', async (route) => {
    expect((await api.call('GET', `${filled(route)}?${NEEDED[route.slice(4)] ?? ''}`, 'operator')).status).toBe(filled(route).includes('none-0') ? 404 : 200);
  });

  test.each(places.flatMap(([route, place]) => Object.keys(DISGUISES).map((disguise) => [route, place, disguise] as const)))('%s: %s in disguise (%s)', async (route, place, disguise) => {
    const value = valueOf(route, place);
    const other = DISGUISES[disguise]?.(value) ?? value;
    if (other === value) return;
    const [method = '', path = ''] = route.split(' ');
    const url = filled(`${method} ${path.replace(place, '{}')}`).replace('{}', encodeURIComponent(other));
    const body = method === 'GET' || method === 'DELETE' ? undefined : SEND[route] ?? {};
    const { status, body: { code } } = await harmless(method as Method, url, 'operator', body === undefined ? {} : { body });
    expect([status, code], other).toEqual(path.includes('/days/') || place === ':version' ? [400, 'VALIDATION'] : [404, 'NOT_FOUND']);
  });
});

describe('in a query', () => {
  const READS = Object.keys(ACCESS).filter((route) => route.startsWith('GET /v1/')).map((route) => route.slice(4));
  test.each(READS)('GET %s: every parameter', async (path) => {
    const documented = path.replaceAll(/:(\w+)/g, '{$1}');
    const names = parameters.get(documented);
    expect(names, documented).toBeDefined();
    const url = path.replace(':id', id).replace(':date', '2026-10-04').replace(':ipaCode', bodyAt(api, 0)).replace(':service', 'TRAINING').replace(/:\w+/, 'none');
    // And what the document knows nothing of.
    for (const name of [...names ?? [], 'sort', 'order', 'fields', 'body']) {
      for (const value of SQL) {
        const query = new URLSearchParams(NEEDED[path]);
        query.set(name, value);
        const { status, body } = await harmless('GET', `${url}?${query.toString()}`, 'operator');
        const found: unknown[] = [path, name, status, name === 'q' && status === 200 ? body : body['code']];
        const isSearch = name === 'q' && names?.includes('q') === true;
        // What is asked for is not there: said before or after the query is judged.
        const isMissing = url.endsWith('none') || url.includes('/none/') || /^\/v1\/(?:migrations|campaigns|constitution|subjects)\//.test(path);
        const nothing = path === '/v1/searches' ? { items: [], more: [] } : { items: [], nextCursor: null };
        const expected: readonly unknown[] = isSearch ? [[200, nothing]] : [[400, 'VALIDATION'], ...(isMissing ? [[404, 'NOT_FOUND']] : [])];
        expect(found.slice(2), `${path} ${name}`).toBeOneOf([...expected]);
      }
    }
  });
});

describe('in a command', () => {
  /** Every way to put `text` in the place of one text of `data`. */
  function* replaced(data: unknown, text: string): Generator {
    if (typeof data === 'string') yield text;
    else if (Array.isArray(data)) for (const [index, one] of data.entries()) for (const other of replaced(one, text)) yield data.with(index, other);
    else if (typeof data === 'object' && data !== null) for (const [key, one] of Object.entries(data)) for (const other of replaced(one, text)) yield { ...data, [key]: other };
  }

  test.each(abbiategrassoPath().slice(1).filter(({ type }, index, all) => all.findIndex((one) => one.type === type) === index))('in every text of $type', async ({ by, type, data }) => {
    for (const text of SQL) {
      for (const hostile of replaced(data, text)) {
        const [before, seen] = [await api.written(), api.security.entries.length];
        const { status, body } = await api.call('POST', `/v1/adhesions/${id}/commands`, by === 'operator' ? 'operator' : bodyAt(api, 0), { body: { type, data: hostile } });
        // Refused by its form or by the process, which has no turn for it; or a text of no form, like the number of an act: kept letter by letter.
        const kept = status === 200 && JSON.stringify(body['events']).includes(JSON.stringify(text));
        expect([status, String(body['code']), kept], JSON.stringify(hostile)).toEqual([expect.toBeOneOf([200, 400, 409]), expect.stringMatching(status === 400 ? /^VALIDATION$/ : /^(?:[A-Z_]+|undefined)$/), status === 200]);
        const isAsBefore = JSON.stringify(await api.written()) === JSON.stringify(before);
        expect(isAsBefore).toBe(status !== 200);
        expect(api.security.entries.slice(seen).map(({ ground }) => ground)).toEqual(status === 400 ? ['BAD_DATA'] : []);
      }
    }
  });
});

test('after it all everything is there', async () => {
  expect((await api.call('GET', `/v1/adhesions/${id}`, 'operator')).status).toBe(200);
  const { body } = await api.call('GET', `/v1/adhesions/${id}/events`, 'operator');
  expect(listOf(body['items']).map(({ type }) => String(type))).toContain('AdhesionOpened');
});
