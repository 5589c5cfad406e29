import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyAt, listOf, open, startApi, type Answer, type Api, type Json } from './support.ts';
import { SHA256 } from './digest.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); }, 120_000);
afterAll(() => api.stop());

const bodies = (from: number, to: number) => Array.from({ length: to - from }, (_one, index) => bodyAt(api, from + index));
const post = (body: object, headers: Record<string, string> = {}) => api.call('POST', '/v1/campaigns', 'operator', { body, headers });
const command = (id: string, type: string, data: object = {}, headers: Record<string, string> = {}) => (
  api.call('POST', `/v1/campaigns/${id}/commands`, 'operator', { body: { type, data }, headers }));
const read = async (id: string): Promise<Json> => (await api.call('GET', `/v1/campaigns/${id}`, 'auditor')).body;
const OPENING = { name: 'Avvio delle adesioni', action: { kind: 'OPEN_ADHESION' } } as const;
const PROPOSAL = {
  name: 'Invio della proposta',
  action: { kind: 'COMMAND', command: { type: 'SendProposal', data: { template: { id: 'schema-delibera', version: 1, sha256: SHA256 }, sentAt: '2026-06-01T09:00:00+02:00' } } },
} as const;

async function until(id: string, reached: (view: Json) => boolean): Promise<Json> {
  for (const deadline = Date.now() + 40_000; ;) {
    const view = await read(id);
    if (reached(view)) return view;
    if (Date.now() > deadline) throw new Error(`The campaign stands at ${JSON.stringify(view)}`);
    await delay(50);
  }
}
const ended = (id: string) => until(id, (view) => String(view['state']) === 'COMPLETED');
const states = (view: Json) => listOf(view['items']).map((item) => [String(item['body']), String(item['state']), item['code'] === undefined ? null : String(item['code'])]);
const codesOf = ({ body }: Answer) => listOf(body['reasons']).map((reason) => [String(reason['code']), String(reason['path'])]);

describe('a campaign', () => {
  test('opens an adhesion of each comune, and sends each the proposal; who is refused in the preview is skipped', async () => {
    const [first, second, third] = bodies(0, 3);
    await open(api, String(third) as `c_${string}`);
    const opened = await post({ ...OPENING, select: { bodies: [first, second, third] } });
    expect(opened.status).toBe(201);
    expect(opened.headers['location']).toBe(`/v1/campaigns/${String(opened.body['id'])}`);
    expect(opened.body['preview']).toEqual([
      { body: first, allowed: true, reasons: [] }, { body: second, allowed: true, reasons: [] },
      { body: third, allowed: false, reasons: [{ code: 'ADHESION_OPEN', message: `L'adesione ${String(third)}-1 è aperta.`, path: 'body' }] },
    ]);
    const view = await ended(String(opened.body['id']));
    expect(view['counts']).toEqual({ total: 3, done: 2, failed: 0, skipped: 1, pending: 0 });
    expect(view['items']).toEqual([
      { body: first, state: 'DONE', adhesion: `${String(first)}-1` }, { body: second, state: 'DONE', adhesion: `${String(second)}-1` },
      { body: third, state: 'SKIPPED', code: 'ADHESION_OPEN' },
    ]);
    const sent = await post({ ...PROPOSAL, select: { bodies: [first, second] } });
    expect(sent.body['preview']).toEqual([{ body: first, allowed: true, reasons: [] }, { body: second, allowed: true, reasons: [] }]);
    expect((await ended(String(sent.body['id'])))['counts']).toEqual({ total: 2, done: 2, failed: 0, skipped: 0, pending: 0 });
    const events = listOf((await api.call('GET', `/v1/adhesions/${String(first)}-1/events`, 'operator')).body['items']);
    expect(events.filter(({ type }) => String(type) === 'ProposalSent').map(({ actor, commandId }) => [String(actor?.['role']), String(commandId)]))
      .toEqual([['operator', `campaign/${String(sent.body['id'])}/${String(first)}`]]);
    expect(String(events[0]?.['commandId'])).toBe(`open/campaign/${String(opened.body['id'])}/${String(first)}`);
  });
});

describe('the course of a campaign', () => {
  test('paused, nothing new begins; resumed it goes on, each comune once', async () => {
    const own = bodies(3, 8);
    const { body: { id } } = await post({ ...OPENING, select: { bodies: own }, pace: { perMinute: 120, parallel: 1 } });
    const paused = await command(String(id), 'Pause', {}, { 'idempotency-key': 'pause-1' });
    expect(paused.status).toBe(200);
    expect(paused.body).toMatchObject({ commandId: 'pause-1', campaign: { id, state: 'PAUSED' } });
    expect((await command(String(id), 'Pause', {}, { 'idempotency-key': 'pause-1' })).body['version']).toEqual(paused.body['version']);
    const before = await until(String(id), (view) => Number(view['underWay']) === 0);
    await delay(1_200);
    const after = await read(String(id));
    expect(after['counts']).toEqual(before['counts']);
    expect(Number(after['counts']?.['pending'])).toBeGreaterThan(0);
    expect(await command(String(id), 'Pause')).toMatchObject({ status: 409, body: { code: 'OUT_OF_TURN' } });
    expect(await command(String(id), 'Resume', {}, { 'if-match': '"1"' })).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect((await command(String(id), 'Resume', {}, { 'if-match': `"${String(after['version'])}"` })).status).toBe(200);
    expect((await ended(String(id)))['counts']).toEqual({ total: 5, done: 5, failed: 0, skipped: 0, pending: 0 });
    for (const body of own) {
      const { body: { items } } = await api.call('GET', `/v1/adhesions/${body}-1/events`, 'operator');
      expect(listOf(items).filter(({ type }) => String(type) === 'AdhesionOpened').length).toBe(1);
    }
  });

  test('a target that changed since the preview fails with the code of its refusal; so many failures stop it; what failed is tried again', async () => {
    const own = bodies(8, 11);
    const { body: { id } } = await post({ ...OPENING, select: { bodies: own }, pace: { perMinute: 30, parallel: 1 }, stopAfter: 1 });
    // The first has begun; the second is opened by hand before its turn.
    await open(api, bodyAt(api, 9));
    const stopped = await until(String(id), (view) => String(view['state']) === 'STOPPED');
    expect(states(stopped)).toEqual([[own[0], 'DONE', null], [own[1], 'FAILED', 'ADHESION_OPEN'], [own[2], 'PENDING', null]]);
    expect(stopped['waitingFor']).toMatchObject([{ who: 'OPERATOR', what: 'Resume' }]);
    const why = async (field: string) => listOf((await api.call('GET', `/v1/campaigns/${String(id)}/why?field=${field}`, 'auditor', { headers: { 'accept-language': 'en' } })).body['chain'])[0];
    expect(await why('state')).toMatchObject({ after: 'STOPPED', event: { type: 'CampaignStopped' }, rule: { code: 'STOP_AFTER', agrees: true, inputs: [{ field: 'stopAfter', value: 1 }, { field: 'failures', value: 1 }] } });
    const failure = await why(`items.${String(own[1])}.code`);
    expect(failure).toMatchObject({ after: 'ADHESION_OPEN', event: { type: 'ActFailed' }, rule: null, reasons: [{ code: 'ADHESION_OPEN' }] });
    expect(String(failure?.['reasons']?.[0]?.['message'])).toMatch(/is open/);
    // One item is asked of, never all of them at each version.
    for (const field of ['items.c_z999.code', 'items']) expect((await api.call('GET', `/v1/campaigns/${String(id)}/why?field=${field}`, 'operator')).body['reasons']).toMatchObject([{ code: 'FIELD_UNKNOWN' }]);
    const allowed = listOf((await api.call('GET', `/v1/campaigns/${String(id)}/allowed`, 'operator')).body['items']);
    expect(allowed.map((item) => [String(item['command']), String(item['allowed'])])).toEqual([['Pause', 'false'], ['Resume', 'true'], ['RetryFailed', 'true'], ['Cancel', 'true']]);
    expect((await command(String(id), 'Resume')).status).toBe(200);
    await ended(String(id));
    await api.call('POST', `/v1/adhesions/${String(own[1])}-1/commands`, 'operator', { body: { type: 'CloseAdhesion', data: { reasons: 'Aperta per errore.' } } });
    expect((await command(String(id), 'RetryFailed')).body['campaign']).toMatchObject({ state: 'RUNNING' });
    const retried = await ended(String(id));
    expect(states(retried)).toEqual(own.map((body) => [body, 'DONE', null]));
    expect(listOf(retried['items']).map(({ adhesion }) => String(adhesion))).toEqual([`${String(own[0])}-1`, `${String(own[1])}-2`, `${String(own[2])}-1`]);
  });

  test('cancelled, what had not begun is skipped', async () => {
    const own = bodies(11, 14);
    const { body: { id } } = await post({ ...OPENING, select: { bodies: own }, pace: { perMinute: 1, parallel: 1 } });
    const cancelled = await command(String(id), 'Cancel', { reasons: 'Elenco sbagliato.' });
    expect(cancelled.body['campaign']).toMatchObject({ state: 'CANCELLED' });
    const view = await until(String(id), ({ underWay }) => Number(underWay) === 0);
    expect(states(view).slice(1)).toEqual([[own[1], 'SKIPPED', 'CANCELLED'], [own[2], 'SKIPPED', 'CANCELLED']]);
    const events = listOf((await api.call('GET', `/v1/campaigns/${String(id)}/events`, 'auditor')).body['items']);
    const { reasons } = events.find(({ type }) => String(type) === 'CampaignCancelled')?.['data'] ?? {};
    expect(JSON.stringify(events)).not.toContain('Elenco sbagliato');
    expect((await api.call('GET', `/v1/campaigns/${String(id)}/texts/${String(reasons?.['textId'])}`, 'operator')).body['text']).toBe('Elenco sbagliato.');
  });

  test('the free texts of its command stand beside, and each case gets its own', async () => {
    const body = bodyAt(api, 14);
    const adhesion = await open(api, body);
    const action = { kind: 'COMMAND', command: { type: 'CloseAdhesion', data: { reasons: 'Il comune non aderisce più.' } } };
    const { body: started } = await post({ name: 'Chiusura', select: { filter: { q: body } }, action });
    expect((await ended(String(started['id'])))['items']).toEqual([{ body, state: 'DONE', adhesion }]);
    expect(JSON.stringify(await read(String(started['id'])))).not.toContain('non aderisce');
    const events = listOf((await api.call('GET', `/v1/adhesions/${adhesion}/events`, 'operator')).body['items']);
    const reasons = events.find(({ type }) => String(type) === 'AdhesionClosed')?.['data']?.['reasons'];
    expect((await api.call('GET', `/v1/adhesions/${adhesion}/texts/${String(reasons?.['textId'])}`, body)).body['text']).toBe('Il comune non aderisce più.');
  });
});

describe('a campaign that archives', () => {
  const runs = async (id: string) => listOf((await api.call('GET', `/v1/adhesions/${id}/runs`, 'auditor')).body['items']).map(({ state, archived }) => [String(state), String(archived)]);

  test('brings the histories of closed adhesions into the archive; an open one, and a comune without any, are skipped', async () => {
    const [closed, opened, none] = [bodyAt(api, 14), bodyAt(api, 0), bodyAt(api, 18)];
    expect(await runs(`${closed}-1`)).toEqual([['COMPLETED', 'false']]);
    const { body } = await post({ name: 'Archiviazione', select: { bodies: [closed, opened, none] }, action: { kind: 'ARCHIVE' } });
    expect(listOf(body['preview']).map((item) => [String(item['body']), String(item['allowed']), String(item['reasons']?.[0]?.['code'])]))
      .toEqual([[closed, 'true', 'undefined'], [opened, 'false', 'CASE_OPEN'], [none, 'false', 'NO_ADHESION']]);
    expect((await ended(String(body['id'])))['items']).toEqual([
      { body: closed, state: 'DONE', adhesion: `${closed}-1` }, { body: opened, state: 'SKIPPED', code: 'CASE_OPEN', adhesion: `${opened}-1` }, { body: none, state: 'SKIPPED', code: 'NO_ADHESION' },
    ]);
    expect(await runs(`${closed}-1`)).toEqual([['COMPLETED', 'true']]);
    expect((await runs(`${opened}-1`)).map(([, archived]) => archived)).toEqual(['false']);
  });

  test('of several adhesions of a comune takes the last that is closed', async () => {
    const { body } = await post({ name: 'Archiviazione', select: { bodies: [bodyAt(api, 9)] }, action: { kind: 'ARCHIVE' } });
    expect((await ended(String(body['id'])))['items']).toEqual([{ body: bodyAt(api, 9), state: 'DONE', adhesion: `${bodyAt(api, 9)}-1` }]);
  });
});

describe('the start of a campaign', () => {
  test('with the same key is the same campaign, with another content a refusal', async () => {
    const own = bodies(15, 17);
    const headers = { 'idempotency-key': 'campagna-1' };
    const body = { ...OPENING, select: { bodies: own } };
    const first = await post(body, headers);
    await ended(String(first.body['id']));
    const again = await post(body, headers);
    expect([again.status, again.body['id'], again.body['preview']]).toEqual([201, first.body['id'], first.body['preview']]);
    expect(await post({ ...body, name: 'Altra' }, headers)).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  test('a dry run starts nothing: the preview, and no event, command or text more', async () => {
    const before = await api.counts();
    const dry = await post({ ...PROPOSAL, select: { bodies: [bodyAt(api, 0), bodyAt(api, 18)] }, dryRun: true });
    expect(dry.status).toBe(200);
    expect(dry.body['counts']).toEqual({ total: 2, done: 0, failed: 0, skipped: 2, pending: 0 });
    expect(listOf(dry.body['preview']).map((item) => [String(item['body']), String(item['allowed']), String(item['reasons']?.[0]?.['code'])]))
      .toEqual([[bodyAt(api, 0), 'false', 'OUT_OF_TURN'], [bodyAt(api, 18), 'false', 'NO_ADHESION']]);
    expect(await api.counts()).toEqual(before);
  });

  test('by a filter it is for the adhesions that the list would show; to open adhesions for all comuni', async () => {
    const preview = async (filter: object, action: object = PROPOSAL.action) => listOf((await post({ name: 'Prova', select: { filter }, action, dryRun: true })).body['preview']);
    expect((await preview({ phase: 'DESIGN' })).map(({ body }) => String(body)).toSorted()).toEqual(bodies(0, 2).toSorted());
    expect(await preview({}, OPENING.action)).toHaveLength(api.bodies.length);
    expect((await preview({ q: bodyAt(api, 19) }, OPENING.action)).map(({ body }) => String(body))).toEqual([bodyAt(api, 19)]);
    // Two adhesions of one comune are closed and open: the closed one was asked for.
    expect(new Map((await preview({ phase: 'CLOSED' })).map(({ body, allowed }) => [String(body), String(allowed)])))
      .toEqual(new Map([[bodyAt(api, 9), 'false'], [bodyAt(api, 14), 'false']]));
  });

  test('is for operators; auditors read, members do not', async () => {
    const body = { ...OPENING, select: { bodies: bodies(19, 20) }, dryRun: true };
    expect((await api.call('POST', '/v1/campaigns', 'auditor', { body })).status).toBe(403);
    expect((await api.call('POST', '/v1/campaigns', bodyAt(api, 0), { body })).status).toBe(403);
    const list = await api.call('GET', '/v1/campaigns?limit=2', 'auditor');
    expect(listOf(list.body['items'])).toHaveLength(2);
    expect(listOf(list.body['items'])[0]?.['items']).toBeUndefined();
    const [id = ''] = listOf(list.body['items']).map((item) => String(item['id']));
    expect((await api.call('GET', `/v1/campaigns/${id}`, bodyAt(api, 0))).status).toBe(403);
    expect((await api.call('POST', `/v1/campaigns/${id}/commands`, 'auditor', { body: { type: 'Pause', data: {} } })).status).toBe(403);
    expect((await api.call('GET', '/v1/campaigns/20260101-00000000', 'operator')).status).toBe(404);
  });
});

describe('a wrong request writes nothing', () => {
  const table = (...rows: string[]) => ({ select: { csv: ['body', ...rows].join('\n') } });
  const cases: readonly (readonly [name: string, body: () => object, reasons: readonly (readonly [code: string, path: string])[]])[] = [
    ['a wrong header', () => ({ select: { csv: 'comune\nc_a010' } }), [['CSV_HEADER', 'select.csv:1']]],
    ['a header twice', () => ({ select: { csv: 'body,body\nc_a010,c_a010' } }), [['CSV_HEADER', 'select.csv:1']]],
    ['an empty table', () => table(), [['NO_TARGETS', 'select']]],
    ['an unknown comune and a formula', () => table('c_x999', '"=HYPERLINK(""http://x"")"', bodyAt(api, 0)), [['UNKNOWN_BODY', 'select.csv:2'], ['FORMULA', 'select.csv:3']]],
    ['a formula in the column beside', () => ({ select: { csv: `\uFEFFbody;name\r\n${bodyAt(api, 0)};@SUM(A1)\r\n` } }), [['FORMULA', 'select.csv:2']]],
    ['a comune twice', () => table(bodyAt(api, 0), bodyAt(api, 1), bodyAt(api, 0)), [['BODY_TWICE', 'select.csv:4']]],
    ['a row of other cells', () => ({ select: { csv: `body\n${bodyAt(api, 0)},x` } }), [['CSV_MALFORMED', 'select.csv:2']]],
    ['a quote that is not closed', () => table('"c_a010'), [['CSV_MALFORMED', 'select.csv:2']]],
    ['100,000 rows of one comune', () => table(...Array.from({ length: 100_000 }, () => bodyAt(api, 0))), Array.from({ length: 100 }, (_row, index) => ['BODY_TWICE', `select.csv:${index + 3}`] as const)],
    ['100,001 rows', () => table(...Array.from({ length: 100_001 }, () => 'c_a010')), [['TOO_MANY_ROWS', 'select']]],
    ['an unknown comune in a list', () => ({ select: { bodies: [bodyAt(api, 0), 'c_x999'] } }), [['UNKNOWN_BODY', 'select.bodies.1']]],
    ['no comune', () => ({ select: { bodies: [] } }), [['NO_TARGETS', 'select']]],
    ['two ways to select', () => ({ select: { bodies: [bodyAt(api, 0)], filter: {} } }), [['NOT_VALID', 'select']]],
    ['a filter that finds nothing', () => ({ select: { filter: { q: 'nessuno' } } }), [['NO_TARGETS', 'select.filter']]],
    ['a pace of nothing', () => ({ select: { filter: {} }, pace: { perMinute: 0 } }), [['TOO_SMALL', 'pace.perMinute']]],
    ['a command with an opening', () => ({ select: { filter: {} }, action: { kind: 'OPEN_ADHESION', command: { type: 'SendProposal', data: {} } } }), [['NOT_VALID', 'action.command']]],
    ['no command', () => ({ select: { filter: {} }, action: { kind: 'COMMAND' } }), [['NOT_VALID', 'action.command']]],
    ['no service', () => ({ select: { filter: {} }, action: { kind: 'REQUEST_MIGRATION' } }), [['NOT_VALID', 'action.service']]],
    ['an unknown command', () => ({ select: { filter: {} }, action: { kind: 'COMMAND', command: { type: 'Nothing', data: {} } } }), [['UNKNOWN_COMMAND', 'type']]],
    ['a command of one case', () => ({ select: { filter: {} }, action: { kind: 'COMMAND', command: { type: 'CorrectFact', data: {} } } }), [['NOT_VALID', 'action.command.type']]],
    ['data that break the schema', () => ({ select: { filter: {} }, action: { kind: 'COMMAND', command: { type: 'CloseAdhesion', data: {} } } }), [['INVALID_TYPE', 'action.command.data.reasons']]],
  ];
  test.each(cases)('%s', async (_name, body, reasons) => {
    const before = await api.counts();
    const answer = await post({ ...OPENING, ...body() });
    expect([answer.status, String(answer.body['code']), codesOf(answer)]).toEqual([400, 'VALIDATION', reasons]);
    expect(await api.counts()).toEqual(before);
  });

  test('a command that is for members is refused as such', async () => {
    const answer = await post({ name: 'Prova', select: { filter: {} }, action: { kind: 'COMMAND', command: { type: 'SignConvention', data: {} } } });
    expect([answer.status, String(answer.body['code'])]).toEqual([403, 'FORBIDDEN']);
  });
});
