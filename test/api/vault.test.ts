import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { bodyAt, open, PROPOSAL, RECEIPT, startApi, type Api } from './support.ts';

let api: Api;
let id: string;

beforeAll(async () => {
  api = await startApi();
  id = await open(api, bodyAt(api, 0));
});
afterAll(async () => { await api.stop(); });

const NAME = 'Zefirina Quadrifoglio';
const IN_35_DAYS = () => addDays(civilDateOf(new Date().toISOString()), 35);
const keyFile = (kind: string, name: string) => join(api.keysDir, 'vault', kind, `${name}.key`);

/** Every byte of every table, as text: what is not in here is nowhere in the database. */
async function wholeDatabase(): Promise<string> {
  const tables = ['events', 'commands', 'cases', 'subjects', 'texts', 'documents', 'alarms'];
  const dumps = await Promise.all(tables.map((table) => sql<{ row: string }>`SELECT t::text AS row FROM ${sql.table(table)} t`.execute(api.stack.db)));
  const records = await sql<{ row: string }>`SELECT convert_from(record, 'UTF8') AS row FROM events UNION ALL SELECT convert_from(record, 'UTF8') FROM commands`.execute(api.stack.db);
  return [...dumps, records].flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
}

async function receipts(): Promise<unknown[]> {
  const rows = await api.stack.db.selectFrom('events').select(['type', 'data']).where('stream', '=', 'register').orderBy('version').execute();
  return rows.map(({ type, data }) => ({ type, ...data }));
}

async function addSubject(body: string, as: Parameters<Api['call']>[2] = 'operator') {
  return api.call('POST', '/v1/subjects', as, { body: { body, name: NAME, email: 'zefirina@example.org', phone: '+39 02 1234567' } });
}

describe('subjects', () => {
  test('a referent of the Agency is told to the case as associated; nobody can say so himself', async () => {
    const [own, ofAgency] = [String((await addSubject(bodyAt(api, 0))).body['id']), String((await addSubject('agency')).body['id'])];
    const send = (type: string, data: object) => api.call('POST', `/v1/adhesions/${id}/commands`, bodyAt(api, 0), { body: { type, data } });
    const rtd = { role: 'RTD', actNo: '13/2026', actOn: '2026-03-03' };
    expect((await send('AppointReferent', { ...rtd, subject: own, associated: true })).status).toBe(400);
    const appointed = await send('AppointReferent', { ...rtd, subject: ofAgency });
    expect(appointed.body['adhesion']).toMatchObject({ referents: [{ appointmentId: 'ref-1', subject: ofAgency, associated: true }] });
    const corrected = await send('CorrectFact', { version: Number(appointed.body['version']), data: { ...rtd, actNo: '14/2026', subject: ofAgency } });
    expect(corrected.body['adhesion']).toMatchObject({ referents: [{ actNo: '14/2026', associated: true }] });
    const replaced = await send('ReplaceReferent', { appointmentId: 'ref-1', subject: own, actNo: '15/2026', actOn: '2026-04-01' });
    expect(replaced.body['adhesion']).toMatchObject({ referents: [{ state: 'REPLACED' }, { appointmentId: 'ref-2', subject: own, associated: false }] });
  });

  test('stand beside the records: readable by the operator and the own body, nowhere in the database in clear', async () => {
    const added = await addSubject(bodyAt(api, 0));
    expect(added.status).toBe(201);
    const subject = String(added.body['id']);
    expect(added.headers['location']).toBe(`/v1/subjects/${subject}`);
    const expected = { id: subject, body: bodyAt(api, 0), name: NAME, email: 'zefirina@example.org', phone: '+39 02 1234567' };
    expect((await api.call('GET', `/v1/subjects/${subject}`, 'operator')).body).toEqual(expected);
    expect((await api.call('GET', `/v1/subjects/${subject}`, bodyAt(api, 0))).body).toEqual(expected);
    expect((await api.call('GET', `/v1/subjects/${subject}`, bodyAt(api, 1))).status).toBe(404);
    expect((await api.call('GET', `/v1/subjects/${subject}`, 'auditor')).status).toBe(403);
    const database = await wholeDatabase();
    expect(database).toContain(subject);
    expect(database).not.toContain(NAME);
    expect(database).not.toContain('zefirina');
    expect(statSync(keyFile('subjects', subject)).mode & 0o777).toBe(0o600);
  });

  test('are erased by their key: 204, then 404, with a receipt', async () => {
    const subject = String((await addSubject(bodyAt(api, 0))).body['id']);
    const row = await api.stack.db.selectFrom('subjects').selectAll().where('id', '=', subject).executeTakeFirstOrThrow();
    expect((await api.call('DELETE', `/v1/subjects/${subject}`, bodyAt(api, 1))).status).toBe(404);
    expect((await api.call('DELETE', `/v1/subjects/${subject}`, bodyAt(api, 0))).status).toBe(204);
    expect(existsSync(keyFile('subjects', subject))).toBe(false);
    // Not even a copy of the row put back tells anything.
    await api.stack.db.insertInto('subjects').values(row).execute();
    expect((await api.call('GET', `/v1/subjects/${subject}`, 'operator')).status).toBe(404);
    await api.stack.db.deleteFrom('subjects').where('id', '=', subject).execute();
    expect((await api.call('DELETE', `/v1/subjects/${subject}`, 'operator')).status).toBe(404);
    expect(await receipts()).toContainEqual({ type: 'SubjectErased', subject, body: bodyAt(api, 0), backupsUntil: IN_35_DAYS() });
  });

  test('leave a receipt that the Agency, auditors and the own body may read, with the day on which the last backup falls out', async () => {
    const subject = String((await addSubject(bodyAt(api, 0))).body['id']);
    const path = `/v1/erasures/${subject}`;
    expect((await api.call('GET', path, 'operator')).status).toBe(404);
    expect((await api.call('DELETE', `/v1/subjects/${subject}`, bodyAt(api, 0))).headers['location']).toBe(path);
    for (const reader of ['operator', 'auditor', bodyAt(api, 0)] as const) {
      expect((await api.call('GET', path, reader)).body).toEqual({
        id: subject, kind: 'SUBJECT', body: bodyAt(api, 0), erasedAt: expect.stringMatching(/^20\d\d-.+Z$/), erasedBy: expect.objectContaining({ role: 'member', body: bodyAt(api, 0) }), backupsUntil: IN_35_DAYS(),
      });
    }
    expect((await api.call('GET', path, bodyAt(api, 1))).status).toBe(404);
    expect((await api.call('GET', path, null)).status).toBe(401);
  });

  test('an erasure that broke off can be made again and leaves one receipt', async () => {
    const subject = String((await addSubject(bodyAt(api, 0))).body['id']);
    const row = await api.stack.db.selectFrom('subjects').selectAll().where('id', '=', subject).executeTakeFirstOrThrow();
    expect((await api.call('DELETE', `/v1/subjects/${subject}`, 'operator')).status).toBe(204);
    await api.stack.db.insertInto('subjects').values(row).execute();
    expect((await api.call('DELETE', `/v1/subjects/${subject}`, 'operator')).status).toBe(204);
    expect((await receipts()).filter((receipt) => JSON.stringify(receipt).includes(subject))).toHaveLength(2);
  });

  test('many at once are all registered', async () => {
    const before = (await receipts()).length;
    const added = await Promise.all(Array.from({ length: 30 }, () => addSubject(bodyAt(api, 0))));
    expect(added.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 201));
    expect((await receipts()).length).toBe(before + 30);
  });

  test.each([
    ['a member for another body', 403, () => ({ body: bodyAt(api, 1), name: NAME, email: 'a@example.org' })],
    ['an unknown body', 400, () => ({ body: 'c_q999', name: NAME, email: 'a@example.org' })],
    ['a malformed address', 400, () => ({ body: bodyAt(api, 0), name: NAME, email: 'nobody' })],
    ['no name', 400, () => ({ body: bodyAt(api, 0), email: 'a@example.org' })],
  ])('%s: %d', async (name, status, given) => {
    const before = await api.written();
    const answer = await api.call('POST', '/v1/subjects', name.startsWith('a member') ? bodyAt(api, 0) : 'operator', { body: given() });
    expect(answer.status).toBe(status);
    expect(await api.written()).toEqual(before);
  });

  test('the Agency has subjects too', async () => {
    expect((await addSubject('agency')).status).toBe(201);
  });
});

describe('free texts', () => {
  const SECRET = 'Il consigliere Tizio Caio ha chiesto riservatezza.';

  test('stand beside the event, which holds id and digest; the same command again names the same text', async () => {
    const body = bodyAt(api, 2);
    const own = await open(api, body);
    const post = (given: object, as: Parameters<Api['call']>[2], key?: string) => api.call('POST', `/v1/adhesions/${own}/commands`, as, {
      body: given, ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
    await post(PROPOSAL, 'operator');
    await post(RECEIPT, body);
    const opinion = { type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-03-04', reasons: SECRET } };
    const first = await post(opinion, body, 'opinion-1');
    expect(first.status).toBe(200);
    const reasons = first.body['events']?.[0]?.['data']?.['reasons'];
    expect(reasons).toEqual({ textId: expect.stringMatching(/^txt-[0-9a-f]{32}$/), digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const again = await post(opinion, body, 'opinion-1');
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await post({ ...opinion, data: { ...opinion.data, reasons: 'Altro.' } }, body, 'opinion-1')).body['code']).toBe('IDEMPOTENCY_MISMATCH');

    const path = `/v1/adhesions/${own}/texts/${String(reasons?.['textId'])}`;
    expect((await api.call('GET', path, 'auditor')).body).toEqual({ id: String(reasons?.['textId']), text: SECRET });
    expect((await api.call('GET', path, bodyAt(api, 1))).status).toBe(404);
    expect((await api.call('GET', path.replace(own, id), 'operator')).status).toBe(404);
    expect(await wholeDatabase()).not.toContain('Tizio');

    expect((await api.call('DELETE', path, body)).status).toBe(403);
    expect((await api.call('DELETE', path, 'operator')).status).toBe(204);
    expect((await api.call('GET', path, 'operator')).status).toBe(404);
    expect(existsSync(keyFile('texts', String(reasons?.['textId'])))).toBe(false);
    expect((await api.call('GET', `/v1/erasures/${String(reasons?.['textId'])}`, body)).body).toMatchObject({ kind: 'TEXT', body, erasedBy: { role: 'operator' }, backupsUntil: IN_35_DAYS() });
    expect((await api.call('GET', `/v1/erasures/${String(reasons?.['textId'])}`, bodyAt(api, 1))).status).toBe(404);
    // The record is what it was, and the same command is still known.
    expect((await post(opinion, body, 'opinion-1')).body).toEqual(first.body);
  });

  test('of a refused command are not kept', async () => {
    const keys = () => (existsSync(join(api.keysDir, 'vault', 'texts')) ? readdirSync(join(api.keysDir, 'vault', 'texts')).length : 0);
    const [rows, files] = [await api.written(), keys()];
    const refused = await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: { type: 'ReturnResolution', data: { reasons: SECRET } } });
    expect(refused.status).toBe(409);
    expect([await api.written(), keys()]).toEqual([rows, files]);
  });
});

describe('documents', () => {
  const PDF = Buffer.from('%PDF-1.7 convenzione di prova');
  const pdf = { 'content-type': 'application/pdf' };
  const documents = () => `/v1/adhesions/${id}/documents`;

  test('come back byte for byte, once for the same bytes, and are erased for good', async () => {
    const added = await api.call('POST', documents(), bodyAt(api, 0), { body: PDF, headers: pdf });
    expect(added.status).toBe(201);
    expect(added.body).toEqual({ id: expect.stringMatching(/^doc-/), sha256: expect.stringMatching(/^[0-9a-f]{64}$/), mediaType: 'application/pdf', size: PDF.length });
    const path = String(added.headers['location']);
    expect((await api.call('POST', documents(), 'operator', { body: PDF, headers: pdf })).body).toEqual(added.body);
    const read = await api.call('GET', path, 'auditor');
    expect([read.text, read.headers['content-type'], read.headers['content-disposition']]).toEqual([PDF.toString(), 'application/pdf', `attachment; filename="${String(added.body['id'])}"`]);
    expect((await api.call('GET', path, bodyAt(api, 1))).status).toBe(404);
    expect(await wholeDatabase()).not.toContain('convenzione di prova');
    expect((await api.call('DELETE', path, 'auditor')).status).toBe(403);
    expect((await api.call('DELETE', path, bodyAt(api, 0))).status).toBe(204);
    expect((await api.call('GET', path, 'operator')).status).toBe(404);
    expect(existsSync(keyFile('documents', String(added.body['id'])))).toBe(false);
    expect(await receipts()).toContainEqual({ type: 'DocumentErased', document: String(added.body['id']), backupsUntil: IN_35_DAYS(), stream: `adhesion/${id}` });
  });

  test.each([
    ['over 5 MB', 413, Buffer.alloc(5 * 1024 * 1024 + 1), pdf],
    ['without bytes', 400, Buffer.alloc(0), pdf],
    ['that a browser would run', 415, PDF, { 'content-type': 'text/html' }],
    ['that is JSON', 415, Buffer.from('{}'), { 'content-type': 'application/json' }],
  ])('%s: %d', async (_name, status, body, headers) => {
    const before = await api.written();
    expect((await api.call('POST', documents(), 'operator', { body, headers })).status).toBe(status);
    expect(await api.written()).toEqual(before);
  });
});
