import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Archive } from '../../db/archive.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { testBundle } from '../support/bundle.ts';
import { walk } from './path.ts';
import { bodyAt, listOf, open, PROPOSAL, RECEIPT, startApi, tokenFor, type Answer, type Api, type As, type MemberCode } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const send = (id: string, as: As, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => (
  api.call('POST', `/v1/adhesions/${id}/commands`, as, { body, headers })
);
const openAs = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => api.call('POST', '/v1/adhesions', 'operator', { body, headers });

describe('opening', () => {
  test('201 with the view, its place and its version; the event pins the comune and the policies', async () => {
    const body = bodyAt(api, 0);
    const answer = await openAs({ body, policies: { executivity: 'END', maxAttempts: 2 } });
    expect([answer.status, answer.headers['location'], answer.headers['etag']]).toEqual([201, `/v1/adhesions/${body}-1`, '"1"']);
    expect(answer.body).toMatchObject({ id: `${body}-1`, workflowId: `adhesion/${body}-1`, body, version: 1, phase: 'RECOGNITION', policies: { executivity: 'END', maxAttempts: 2 } });
    expect((await api.call('GET', `/v1/adhesions/${body}-1`, body)).body).toEqual(answer.body);
  });

  test('the same key gives the same answer, also much later; with other content 409', async () => {
    const body = bodyAt(api, 1);
    const key = { 'idempotency-key': 'open-1' };
    const first = await openAs({ body }, key);
    await send(`${body}-1`, 'operator', PROPOSAL);
    const again = await openAs({ body }, key);
    expect([again.status, again.body, again.headers['location']]).toEqual([201, first.body, first.headers['location']]);
    expect((await openAs({ body, policies: { maxAttempts: 2 } }, key)).body['code']).toBe('IDEMPOTENCY_MISMATCH');
    expect((await openAs({ body: bodyAt(api, 2) }, key)).body['code']).toBe('IDEMPOTENCY_MISMATCH');
    expect((await openAs({ body })).body['code']).toBe('ADHESION_OPEN');
  });

  test('the key counts for each caller', async () => {
    const body = bodyAt(api, 3);
    const token = await tokenFor(api.keys, 'operator', 'another');
    const headers = { 'idempotency-key': 'open-1', authorization: `Bearer ${token}` };
    expect((await api.call('POST', '/v1/adhesions', null, { body: { body }, headers })).status).toBe(201);
  });

  test('one key for two bodies at once opens one; the same request ten times at once opens one and answers all alike', async () => {
    const [one, two] = [bodyAt(api, 4), bodyAt(api, 5)];
    const answers = await Promise.all([one, two].map((body) => openAs({ body }, { 'idempotency-key': 'race' })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body['code']).toBe('IDEMPOTENCY_MISMATCH');

    const many = await Promise.all(Array.from({ length: 10 }, () => openAs({ body: bodyAt(api, 6) }, { 'idempotency-key': 'same' })));
    expect(new Set(many.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(many[0]?.status).toBe(201);
  });

  test('without a key, many at once open one', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => openAs({ body: bodyAt(api, 7) })));
    expect(answers.map(({ status, body }) => `${status} ${status === 409 ? String(body['code']) : ''}`).toSorted()).toEqual(
      ['201 ', ...Array.from({ length: 5 }, () => '409 ADHESION_OPEN')],
    );
  });

  test('after a closed one comes the next number', async () => {
    const body = bodyAt(api, 8);
    await open(api, body);
    const closed = await send(`${body}-1`, 'operator', { type: 'CloseAdhesion', data: { reasons: 'Aperta per errore.' } });
    expect(closed.body['adhesion']?.['phase']).toBe('CLOSED');
    expect((await openAs({ body })).headers['location']).toBe(`/v1/adhesions/${body}-2`);
  });

  test('and after one whose convention has ended, every service closed', async () => {
    const body = bodyAt(api, 13);
    await open(api, body);
    await walk(api, body);
    expect((await openAs({ body })).body['code']).toBe('ADHESION_OPEN');
    const annulled = await send(`${body}-1`, 'operator', { type: 'AnnulResolution', data: { actNo: '2400/2026', on: '2026-03-02', by: 'COURT' } });
    expect(annulled.body['adhesion']).toMatchObject({ phase: 'CLOSED', convention: { state: 'TERMINATED', termination: { code: 'NO_MANDATE', on: '2026-03-02' } }, timers: [] });
    expect((await openAs({ body })).headers['location']).toBe(`/v1/adhesions/${body}-2`);
    expect((await api.call('GET', '/v1/adhesions?phase=CLOSED', body)).body['items']).toMatchObject([{ id: `${body}-1` }]);
    expect((await send(`${body}-1`, 'operator', { type: 'RecordMandateChange', data: { kind: 'MAYOR_CHANGED', on: '2026-03-03' } })).body['code']).toBe('CASE_CLOSED');
  });
});

describe('a command', () => {
  let body: MemberCode;
  let id: string;
  beforeAll(async () => {
    body = bodyAt(api, 9);
    id = await open(api, body);
  });

  test('answers with its events and the view after it; a refused one leaves its key free', async () => {
    const early = await send(id, 'operator', { type: 'AcceptResolution', data: {} }, { 'idempotency-key': 'k' });
    expect([early.status, early.body['reasons']?.[0]?.['code']]).toEqual([409, early.body['code']]);
    const sent = await send(id, 'operator', PROPOSAL, { 'idempotency-key': 'k' });
    expect([sent.status, sent.headers['etag']]).toEqual([200, '"2"']);
    expect(sent.body).toMatchObject({ commandId: 'k', version: 2, events: [{ version: 2, type: 'ProposalSent', commandId: 'k' }], adhesion: { version: 2, deliberation: { state: 'PROPOSAL_SENT' } } });
    expect(await api.call('GET', `/v1/adhesions/${id}`, body)).toMatchObject({ body: sent.body['adhesion'], headers: { etag: '"2"' } });
  });

  test('again is the same answer, however often and late', async () => {
    const first = await send(id, 'operator', PROPOSAL, { 'idempotency-key': 'k' });
    await send(id, body, RECEIPT, { 'idempotency-key': 'receipt' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(id, 'operator', PROPOSAL, { 'idempotency-key': 'k', 'if-match': '"1"' })));
    for (const answer of answers) expect([answer.status, answer.body]).toEqual([200, first.body]);
  });

  test('at once with itself is one', async () => {
    const opinion = { type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-03-04' } };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(id, body, opinion, { 'idempotency-key': 'opinion' })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const { body: page } = await api.call('GET', `/v1/adhesions/${id}/events`, body);
    expect(listOf(page['items']).filter((event) => String(event['type']) === 'OpinionRecorded')).toHaveLength(1);
  });

  test('If-Match lets one of many pass', async () => {
    const { headers } = await api.call('GET', `/v1/adhesions/${id}`, body);
    const seen = String(headers['etag']);
    const opinions = ['ACCOUNTING', 'AUDITORS'].map((kind) => ({ type: 'RecordOpinion', data: { kind, outcome: 'FAVOURABLE', givenOn: '2026-03-05' } }));
    const answers = await Promise.all(opinions.map((opinion) => send(id, body, opinion, { 'if-match': seen })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({ code: 'VERSION_CONFLICT', version: expect.any(Number) });
  });

  test('the state of a command can be asked, by who may see the case', async () => {
    expect((await api.call('GET', `/v1/adhesions/${id}/commands/k`, body)).body).toMatchObject({ commandId: 'k', state: 'DONE', version: 2, events: [{ type: 'ProposalSent' }] });
    expect((await api.call('GET', `/v1/adhesions/${id}/commands/never-sent`, body)).status).toBe(404);
    expect((await api.call('GET', `/v1/adhesions/${id}/commands/k`, bodyAt(api, 0))).status).toBe(404);
  });
});

describe('Prefer: respond-async', () => {
  const later = { prefer: 'respond-async' };
  const stateOf = async (id: string, key: string) => (await api.call('GET', `/v1/adhesions/${id}/commands/${key}`, 'operator')).body;

  test('202 with a place that tells what became of it; a refusal becomes an event', async () => {
    const id = await open(api, bodyAt(api, 10));
    const taken = await send(id, 'operator', PROPOSAL, { ...later, 'idempotency-key': 'p' });
    expect([taken.status, taken.headers['location'], taken.headers['preference-applied'], taken.body]).toEqual(
      [202, `/v1/adhesions/${id}/commands/p`, 'respond-async', { commandId: 'p', state: 'PENDING' }],
    );
    await vi.waitFor(async () => { expect(await stateOf(id, 'p')).toMatchObject({ state: 'DONE', version: 2 }); }, 5_000);
    expect((await send(id, 'operator', PROPOSAL, { ...later, 'idempotency-key': 'p' })).status).toBe(202);
    expect((await send(id, 'operator', RECEIPT, { ...later, 'idempotency-key': 'p' })).body['code']).toBe('IDEMPOTENCY_MISMATCH');

    expect((await send(id, 'operator', { type: 'AcceptResolution', data: {} }, { ...later, 'idempotency-key': 'early' })).status).toBe(202);
    await vi.waitFor(async () => { expect(await stateOf(id, 'early')).toMatchObject({ state: 'REFUSED', code: expect.any(String), events: [{ type: 'FactRefused' }] }); }, 5_000);
    // Who asks for the decision under the same key hears the refusal.
    const repeated = await send(id, 'operator', { type: 'AcceptResolution', data: {} }, { 'idempotency-key': 'early' });
    expect([repeated.status, repeated.body['code']]).toEqual([409, 'OUT_OF_TURN']);
  });

  test('400, 401, 403 and 404 are said at once', async () => {
    const id = `${bodyAt(api, 10)}-1`;
    expect((await send(id, 'operator', { type: 'SendProposal', data: {} }, later)).status).toBe(400);
    expect((await send(id, 'auditor', PROPOSAL, later)).status).toBe(403);
    expect((await send(id, bodyAt(api, 10), PROPOSAL, later)).status).toBe(403);
    expect((await send(id, bodyAt(api, 11), RECEIPT, later)).status).toBe(404);
    expect((await send(`${bodyAt(api, 19)}-1`, 'operator', PROPOSAL, later)).status).toBe(404);
    expect((await api.call('POST', `/v1/adhesions/${id}/commands`, null, { body: PROPOSAL, headers: later })).status).toBe(401);
  });
});

describe('a whole case', () => {
  let body: MemberCode;
  let id: string;
  let inForce: Answer;
  beforeAll(async () => {
    body = bodyAt(api, 12);
    id = await open(api, body);
    inForce = await walk(api, body);
  });

  test('is read at every version and moment', async () => {
    expect(inForce.body['adhesion']).toMatchObject({ convention: { state: 'IN_FORCE' } });
    const events = listOf((await api.call('GET', `/v1/adhesions/${id}/events?limit=100`, body)).body['items']);
    const second = events[1];
    expect((await api.call('GET', `/v1/adhesions/${id}?asOfVersion=2`, body)).body).toMatchObject({ version: 2, deliberation: { state: 'PROPOSAL_SENT' } });
    expect((await api.call('GET', `/v1/adhesions/${id}?asOf=${encodeURIComponent(String(second?.['recordedAt']))}`, body)).body).toMatchObject({ version: 2 });
    expect((await api.call('GET', `/v1/adhesions/${id}?asOf=2020-01-01T00:00:00Z`, body)).status).toBe(404);
    expect((await api.call('HEAD', `/v1/adhesions/${id}`, body)).headers['etag']).toBe(inForce.headers['etag']);
  });

  test('its events chain by the bytes of their records, in pages and as a stream', async () => {
    const all: Answer['body'][] = [];
    for (let cursor = ''; ;) {
      const { body: page } = await api.call('GET', `/v1/adhesions/${id}/events?limit=5${cursor}`, 'auditor');
      all.push(...listOf(page['items']));
      const next: unknown = page['nextCursor'];
      if (typeof next !== 'string') break;
      cursor = `&cursor=${next}`;
    }
    const stream = await api.call('GET', `/v1/adhesions/${id}/events`, 'auditor', { headers: { accept: 'application/x-ndjson' } });
    expect(stream.headers['content-type']).toContain('application/x-ndjson');
    expect(stream.text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(all);
    let previous: string | null = null;
    for (const [index, event] of all.entries()) {
      const record = Buffer.from(String(event['record']), 'base64');
      expect(event['version']).toBe(index + 1);
      expect(event['hash']).toBe(createHash('sha256').update(record).digest('hex'));
      expect(event['prevHash']).toBe(previous);
      expect(JSON.parse(record.toString())).toMatchObject({ stream: `adhesion/${id}`, version: index + 1, type: event['type'], data: event['data'], actor: event['actor'], prevHash: previous });
      previous = String(event['hash']);
    }
    expect((await api.call('GET', `/v1/adhesions/${id}/events?after=3`, body)).body['items']?.[0]?.['version']).toBe(4);
  });

  test('its runs and their histories are for operators and auditors', async () => {
    const { body: runs } = await api.call('GET', `/v1/adhesions/${id}/runs`, 'auditor');
    expect(runs['items']?.[0]).toMatchObject({ runId: expect.any(String), startedAt: expect.any(String), state: 'RUNNING', archived: false });
    const history = await api.call('GET', `/v1/adhesions/${id}/runs/${String(runs['items']?.[0]?.['runId'])}/history`, 'operator');
    expect(history.body['events']?.[0]).toMatchObject({ eventId: '1', eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED' });
    expect((await api.call('GET', `/v1/adhesions/${id}/runs/${crypto.randomUUID()}/history`, 'operator')).status).toBe(404);
    expect((await api.call('GET', `/v1/adhesions/${id}/runs/nothing/history`, 'operator')).status).toBe(404);
    expect((await api.call('GET', `/v1/adhesions/${id}/runs`, body)).status).toBe(403);
  });

  test('a run that is archived says so; one that Temporal has no more is there all the same', async () => {
    await new Archiver(api.stack.client, api.stack.db, async () => undefined, 0).sweep();
    const archive = new Archive(api.stack.db);
    const [run] = await archive.runsOf(`adhesion/${id}`);
    if (run === undefined) throw new Error('nothing archived');
    const runId = crypto.randomUUID();
    await archive.keepHistory({ ...run, runId, startedAt: '2026-01-01T00:00:00.000Z', state: 'CONTINUED_AS_NEW', closedAt: '2026-01-02T00:00:00.000Z', bytes: await archive.bytesOf(run) });
    const { body: runs } = await api.call('GET', `/v1/adhesions/${id}/runs`, 'auditor');
    expect(runs['items']).toMatchObject([
      { runId, state: 'CONTINUED_AS_NEW', archived: true, closedAt: '2026-01-02T00:00:00.000Z', bundleHash: testBundle().hash },
      { runId: run.runId, state: 'RUNNING', archived: true, bundleHash: testBundle().hash },
    ]);
    const [gone, kept] = await Promise.all([runId, run.runId].map((one) => api.call('GET', `/v1/adhesions/${id}/runs/${one}/history`, 'operator')));
    expect(gone?.status).toBe(200);
    expect(gone?.body).toEqual(kept?.body);
  });

  test('is found by what it waits for, by phase, by name and by service', async () => {
    const found = async (query: string) => {
      const { status, body: page } = await api.call('GET', `/v1/adhesions?${query}`, 'operator');
      expect(status).toBe(200);
      return listOf(page['items']).map((item) => String(item['id']));
    };
    const { body: view } = await api.call('GET', `/v1/adhesions/${id}`, 'operator');
    expect(await found(`phase=${String(view['phase'])}&limit=100`)).toContain(id);
    expect(await found('phase=CLOSED&limit=100')).not.toContain(id);
    expect(await found(`q=${body}`)).toEqual([id]);
    expect(await found('late=true')).toEqual([]);
    expect(await found('service=TRAINING')).toEqual([]);
    const waiting = listOf(view['waitingFor']).map(({ who }) => String(who));
    expect(await found(`waitingFor=${String(waiting[0])}&limit=100`)).toContain(id);
  });

  test('pages of a list hold every case once', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body: page } = await api.call('GET', `/v1/adhesions?limit=3${cursor}`, 'operator');
      seen.push(...listOf(page['items']).map((item) => String(item['id'])));
      const next: unknown = page['nextCursor'];
      if (typeof next !== 'string') break;
      cursor = `&cursor=${next}`;
    }
    const rows = await api.stack.db.selectFrom('cases').select('id').where('process', '=', 'adhesion').execute();
    expect(seen.toSorted()).toEqual(rows.map((row) => row.id).toSorted());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a service is requested, delivered and closed; a second request while it is open is refused', async () => {
    const requested = await api.call('POST', `/v1/adhesions/${id}/migrations`, body, { body: { service: 'TRAINING' }, headers: { 'idempotency-key': 'training' } });
    const migration = `${id}.TRAINING`;
    expect([requested.status, requested.headers['location']]).toEqual([201, `/v1/migrations/${migration}`]);
    expect(requested.body).toMatchObject({ id: migration, adhesion: id, body, service: 'TRAINING', plan: 'standard' });
    expect((await api.call('POST', `/v1/adhesions/${id}/migrations`, body, { body: { service: 'TRAINING' } })).body['code']).toBe('MIGRATION_OPEN');
    expect((await api.call('POST', `/v1/adhesions/${id}/migrations`, body, { body: { service: 'TRAINING' }, headers: { 'idempotency-key': 'training' } })).status).toBe(201);

    const sendTo = (type: string, data: object) => api.call('POST', `/v1/migrations/${migration}/commands`, 'operator', { body: { type, data } });
    for (const workItemId of ['analyse-needs', 'plan-courses', 'first-course']) {
      const done = await sendTo('CompleteWorkItem', { workItemId, completedOn: '2026-09-01', note: 'Fatto con la segreteria.' });
      expect([workItemId, done.status, done.text.includes('segreteria')]).toEqual([workItemId, 200, false]);
    }
    const { body: view, headers } = await api.call('GET', `/v1/migrations/${migration}`, body);
    expect([view['state'], headers['etag']]).toEqual(['OPERATING', `"${String(view['version'])}"`]);
    const note = String(view['workItems']?.[0]?.['note']?.['textId']);
    expect((await api.call('GET', `/v1/migrations/${migration}/texts/${note}`, body)).body['text']).toBe('Fatto con la segreteria.');
    for (const path of ['allowed', 'events', 'runs']) expect((await api.call('GET', `/v1/migrations/${migration}/${path}`, 'operator')).status).toBe(200);
    expect((await api.call('GET', `/v1/migrations/${migration}`, bodyAt(api, 0))).status).toBe(404);
    expect((await api.call('GET', '/v1/migrations?service=TRAINING&phase=OPERATING', body)).body['items']?.[0]?.['id']).toBe(migration);
    await vi.waitFor(async () => {
      expect((await api.call('GET', `/v1/adhesions/${id}`, body)).body['migrations']?.[0]).toMatchObject({ id: migration, state: 'OPERATING' });
    }, 5_000);
    expect((await api.call('GET', '/v1/adhesions?service=TRAINING', 'operator')).body['items']?.[0]?.['id']).toBe(id);
  });

  test('a fact is corrected by the schema and the texts of its own command', async () => {
    const events = listOf((await api.call('GET', `/v1/adhesions/${id}/events?limit=100`, body)).body['items']);
    const version = Number(events.find((event) => String(event['type']) === 'ConventionRegistered')?.['version']);
    const broken = await send(id, 'operator', { type: 'CorrectFact', data: { version, data: { repertoryNo: 5 } } });
    expect([broken.status, broken.body['reasons']?.[0]?.['path']]).toEqual([400, 'data.repertoryNo']);
    const notAFact = await send(id, 'operator', { type: 'CorrectFact', data: { version: 1, data: {} } });
    expect([notAFact.status, notAFact.body['code']]).toEqual([409, 'NOT_CORRECTABLE']);
  });
});
