import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { answers, APPLICATION, RECOGNITION, SITE } from '../support/recognition.ts';
import { bodyAt, open, startApi, type Answer, type Api, type As, type MemberCode } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const send = (id: string, as: As, type: string, data: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => (
  api.call('POST', `/v1/adhesions/${id}/commands`, as, { body: { type, data }, headers })
);
const rtdOf = async (body: MemberCode): Promise<string> => String((await api.call('POST', '/v1/subjects', body, {
  body: { body, name: 'Responsabile Transizione', email: 'rtd@example.org' },
})).body['id']);

/** A case that is invited, with its RTD. */
async function invited(body: MemberCode): Promise<{ id: string; rtd: string }> {
  const id = await open(api, body);
  expect((await send(id, 'operator', 'InviteRecognition', { dueOn: '2100-03-31' })).status).toBe(200);
  return { id, rtd: await rtdOf(body) };
}

async function wholeDatabase(): Promise<string> {
  const tables = ['events', 'commands', 'cases', 'texts', 'documents'];
  const dumps = await Promise.all(tables.map((table) => sql<{ row: string }>`SELECT t::text AS row FROM ${sql.table(table)} t`.execute(api.stack.db)));
  const records = await sql<{ row: string }>`SELECT convert_from(record, 'UTF8') AS row FROM events UNION ALL SELECT convert_from(record, 'UTF8') FROM commands`.execute(api.stack.db);
  return [...dumps, records].flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
}

describe('a recognition', () => {
  let body: MemberCode;
  let id: string;
  let submission: object;
  let submitted: Answer;
  beforeAll(async () => {
    body = bodyAt(api, 0);
    const given = await invited(body);
    id = given.id;
    submission = { ...RECOGNITION, signedOffBy: given.rtd };
    submitted = await send(id, body, 'SubmitRecognition', submission, { 'idempotency-key': 'recognition-1' });
  });

  const inventory = (name: 'applications' | 'sites') => (
    `/v1/adhesions/${id}/inventories/${String(submitted.body['adhesion']?.['recognition']?.['inventories']?.[name]?.['documentId'])}`
  );

  test('is submitted: the event holds references, digests, counts and the score, never the inventories', async () => {
    expect([submitted.status, submitted.body['code']]).toEqual([200, undefined]);
    const data = submitted.body['events']?.[0]?.['data'];
    expect(data).toMatchObject({
      applications: { documentId: expect.stringMatching(/^inv-[0-9a-f]{32}$/), digest: expect.stringMatching(/^[0-9a-f]{64}$/), count: 2, byHosting: { SAAS: 1, UNKNOWN: 1 } },
      sites: { documentId: expect.stringMatching(/^inv-/), count: 2, byAccess: { FTTH: 1, DSL: 1 }, withBackupLine: 1 },
      dimensions: { PLATFORMS: { score: 2, evidence: { textId: expect.stringMatching(/^txt-/) } } },
      score: { scoringVersion: '2026.1', total: 26, max: 48 },
    });
    expect(submitted.body['adhesion']?.['recognition']).toMatchObject({ state: 'SUBMITTED', valid: false, dueOn: '2100-03-31', score: { total: 26 } });
    const database = await wholeDatabase();
    for (const secret of ['Fornitore Uno', 'Ufficio protocollo', 'Palazzo municipale', 'Prova per']) expect(database).not.toContain(secret);
  });

  test('its inventories are read back as they were sent, by the operator, auditors and the own body', async () => {
    for (const as of ['operator', 'auditor', body] as const) {
      const applications = await api.call('GET', inventory('applications'), as);
      expect([applications.status, applications.body]).toEqual([200, { id: inventory('applications').split('/').at(-1), inventory: 'applications', records: RECOGNITION.applications }]);
      expect((await api.call('GET', inventory('sites'), as)).body['records']).toEqual(RECOGNITION.sites);
    }
  });

  test('another body has no such inventory, another case neither, and it is no text', async () => {
    const other = bodyAt(api, 1);
    const otherCase = await open(api, other);
    expect((await api.call('GET', inventory('sites'), other)).status).toBe(404);
    expect((await api.call('GET', inventory('sites').replace(id, otherCase), 'operator')).status).toBe(404);
    expect((await api.call('GET', inventory('sites').replace('inventories', 'texts'), 'operator')).status).toBe(404);
    const textId = String(submitted.body['adhesion']?.['recognition']?.['dimensions']?.['PLATFORMS']?.['evidence']?.['textId']);
    expect((await api.call('GET', `/v1/adhesions/${id}/inventories/${textId}`, 'operator')).status).toBe(404);
    expect((await api.call('DELETE', `/v1/adhesions/${id}/inventories/${textId}`, 'operator')).status).toBe(404);
    expect((await api.call('GET', `/v1/adhesions/${id}/texts/${textId}`, body)).body).toEqual({ id: textId, text: 'Prova per PLATFORMS' });
  });

  test('the same command again names the same documents; with another inventory it is another', async () => {
    const again = await send(id, body, 'SubmitRecognition', submission, { 'idempotency-key': 'recognition-1' });
    expect([again.status, again.body]).toEqual([200, submitted.body]);
    const other = await send(id, body, 'SubmitRecognition', { ...submission, sites: [] }, { 'idempotency-key': 'recognition-1' });
    expect(other.body['code']).toBe('IDEMPOTENCY_MISMATCH');
  });

  test('what gave its points is said in the language of the caller; the event keeps the one it was written in', async () => {
    const because = async (language: string) => (await api.call('GET', `/v1/adhesions/${id}`, body, { headers: { 'accept-language': language } })).body['recognition']?.['score']?.['lines']?.[8]?.['because'];
    expect([await because('it'), await because('en')]).toEqual(['Applicativi in SaaS o nel PSN: 1 su 2.', '1 of 2 applications run as SaaS or in the PSN.']);
    expect(submitted.body['events']?.[0]?.['data']?.['score']?.['lines']?.[8]?.['because']).toBe('1 of 2 applications run as SaaS or in the PSN.');
  });

  test('is returned, submitted again and validated', async () => {
    const returned = await send(id, 'operator', 'ReturnRecognition', { reasons: 'Mancano i formati di uscita.' });
    expect(returned.body['adhesion']?.['recognition']).toMatchObject({ state: 'RETURNED', returned: { reasons: { textId: expect.stringMatching(/^txt-/) } } });
    expect((await send(id, body, 'SubmitRecognition', { ...submission, applications: [APPLICATION] })).body['adhesion']?.['recognition']).toMatchObject({ state: 'SUBMITTED', score: { total: 29 } });
    const validated = await send(id, 'operator', 'ValidateRecognition', {});
    expect(validated.body['adhesion']).toMatchObject({ recognition: { state: 'VALIDATED', valid: true, staleOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) } });
    expect(JSON.stringify(validated.body['adhesion']?.['timers'])).toContain('"recognition-stale"');
  });

  test('its inventories are erased for good by the operator, with a receipt; the record is what it was', async () => {
    const path = inventory('applications');
    const documentId = String(path.split('/').at(-1));
    for (const as of [body, 'auditor'] as const) expect((await api.call('DELETE', path, as)).status).toBe(403);
    expect((await api.call('DELETE', path, bodyAt(api, 1))).status).toBe(404);
    expect((await api.call('DELETE', path, 'operator')).status).toBe(204);
    expect((await api.call('GET', path, 'operator')).status).toBe(404);
    expect((await api.call('DELETE', path, 'operator')).status).toBe(404);
    expect(existsSync(join(api.keysDir, 'vault', 'texts', `${documentId}.key`))).toBe(false);
    const receipt = await api.stack.db.selectFrom('events').select(['data', 'recorded_at']).where('stream', '=', 'register').orderBy('version', 'desc').executeTakeFirstOrThrow();
    expect(receipt.data).toEqual({ text: documentId, stream: `adhesion/${id}`, backupsUntil: addDays(civilDateOf(receipt.recorded_at), 35) });
    expect((await send(id, body, 'SubmitRecognition', submission, { 'idempotency-key': 'recognition-1' })).body).toEqual(submitted.body);
  });

  test('500 applications with every field stay beside a small event', async () => {
    const own = bodyAt(api, 2);
    const { id: large, rtd } = await invited(own);
    const applications = Array.from({ length: 500 }, (_, index) => ({ ...APPLICATION, code: `APP-${index}` }));
    const answer = await send(large, own, 'SubmitRecognition', { ...RECOGNITION, applications, signedOffBy: rtd });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body['events']).length).toBeLessThan(20_000);
    const documentId = String(answer.body['adhesion']?.['recognition']?.['inventories']?.['applications']?.['documentId']);
    expect((await api.call('GET', `/v1/adhesions/${large}/inventories/${documentId}`, own)).body['records']).toEqual(applications);
  });

  test('as a fact that waits for no answer it is the same', async () => {
    const own = bodyAt(api, 3);
    const { id: later, rtd } = await invited(own);
    const taken = await send(later, own, 'SubmitRecognition', { ...RECOGNITION, signedOffBy: rtd }, { prefer: 'respond-async' });
    expect(taken.status).toBe(202);
    await expect.poll(async () => (await api.call('GET', `/v1/adhesions/${later}`, own)).body['recognition']?.['state'], { timeout: 10_000 }).toBe('SUBMITTED');
  });
});

describe('a recognition that is not right is refused with its code and place, and nothing is written', () => {
  let body: MemberCode;
  let id: string;
  let right: typeof RECOGNITION;
  beforeAll(async () => {
    body = bodyAt(api, 4);
    const given = await invited(body);
    id = given.id;
    right = { ...RECOGNITION, signedOffBy: given.rtd };
  });

  const { PLATFORMS: _left, ...seven } = answers();
  const application = (changes: object) => ({ applications: [{ ...APPLICATION, ...changes }] });

  test.each<[string, object, number, string, string]>([
    ['seven answers', { dimensions: seven }, 409, 'RECOGNITION_INCOMPLETE', 'dimensions.PLATFORMS'],
    ['no application', { applications: [] }, 409, 'RECOGNITION_INCOMPLETE', 'applications'],
    ['no sign-off', { signedOffBy: undefined }, 409, 'RECOGNITION_INCOMPLETE', 'signedOffBy'],
    ['an assessment still to come', { dimensions: { ...answers(), PLATFORMS: { score: 1, evidence: 'x', assessedOn: '2199-01-01' } } }, 409, 'FACT_IN_FUTURE', 'dimensions.PLATFORMS.assessedOn'],
    ['a name for the RTD', { signedOffBy: 'Mario.Rossi' }, 400, 'VALIDATION', 'signedOffBy'],
    ['a name for who assessed', { dimensions: { ...answers(), PLATFORMS: { score: 1, evidence: 'x', assessedBy: 'Mario.Rossi' } } }, 400, 'VALIDATION', 'dimensions.PLATFORMS.assessedBy'],
    ['a dimension that there is not', { dimensions: { ...answers(), MOOD: { score: 1, evidence: 'x' } } }, 400, 'VALIDATION', 'dimensions'],
    ['an answer of 5', { dimensions: { ...answers(), PLATFORMS: { score: 5, evidence: 'x' } } }, 400, 'VALIDATION', 'dimensions.PLATFORMS.score'],
    ['an answer without evidence', { dimensions: { ...answers(), PLATFORMS: { score: 1 } } }, 400, 'VALIDATION', 'dimensions.PLATFORMS.evidence'],
    ['an unknown hosting', application({ hosting: 'CELLAR' }), 400, 'VALIDATION', 'applications.0.hosting'],
    ['an unknown field of an application', application({ colour: 'red' }), 400, 'VALIDATION', 'applications.0'],
    ['notice after the end of the contract', application({ noticeOn: '2030-01-01' }), 400, 'VALIDATION', 'applications.0.noticeOn'],
    ['an AOO code that is none', application({ protocolSystem: { agidAligned: true, aooCode: 'Ufficio Protocollo' } }), 400, 'VALIDATION', 'applications.0.protocolSystem.aooCode'],
    ['one code for two applications', { applications: [APPLICATION, APPLICATION] }, 400, 'VALIDATION', 'applications.1.code'],
    ['a site without access', { sites: [SITE, { code: 'B' }] }, 400, 'VALIDATION', 'sites.1.access'],
    ['sites that are no list', { sites: {} }, 400, 'VALIDATION', 'sites'],
    ['501 applications', { applications: Array.from({ length: 501 }, (_, index) => ({ code: `A${index}`, area: 'x' })) }, 400, 'VALIDATION', 'applications'],
  ])('%s', async (_name, changes, status, code, path) => {
    const [before, keysBefore] = [await api.written(), keyCount()];
    const answer = await send(id, body, 'SubmitRecognition', { ...right, ...changes });
    expect([answer.status, answer.body['code'], answer.body['reasons']?.[0]?.['path']]).toEqual([status, code, path]);
    expect([await api.written(), keyCount()]).toEqual([before, keysBefore]);
  });

  test('before the invitation, by the operator, of another body: 409, 403, 404', async () => {
    const uninvited = bodyAt(api, 5);
    const early = await open(api, uninvited);
    const before = await api.written();
    const { signedOffBy: _unsigned, ...unsigned } = RECOGNITION;
    expect((await send(early, uninvited, 'SubmitRecognition', unsigned)).body['code']).toBe('OUT_OF_TURN');
    expect((await send(id, 'operator', 'SubmitRecognition', right)).status).toBe(403);
    expect((await send(id, uninvited, 'SubmitRecognition', right)).status).toBe(404);
    expect((await send(id, body, 'ValidateRecognition', {})).status).toBe(403);
    expect(await api.written()).toEqual(before);
  });

  const keyCount = (): number => readdirSync(join(api.keysDir, 'vault', 'texts')).length;
});
