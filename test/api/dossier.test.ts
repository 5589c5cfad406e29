import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Archive } from '../../db/archive.ts';
import { addLogKey, openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { checkArchive } from '../../dossier/check.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { testBundle } from '../support/bundle.ts';
import { asOwner } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { filesIn, sequenceAll } from '../support/dossier.ts';
import { cli, emptyHome } from '../unit/cli/support.ts';
import { walk } from './path.ts';
import { bodyAt, listOf, open, startApi, tokenFor, type Api, type As, type MemberCode, type Method } from './support.ts';

/** A case in force, some of whose runs are archived, with a migration; all of it in the log. */
const ORIGIN = 'associa.example/log';
const TEXT = 'il canarino del sindaco canta';
const FREE_TEXT = { type: 'Cancel', data: { reasons: TEXT } };
const ELECTION = { type: 'RecordMandateChange', data: { kind: 'COUNCIL_ELECTED', on: '2026-03-01' } };

let api: Api;
let logKeys: LogKeys;
let body: MemberCode;
let id: string;
let size: number;
let document: string;

const ask = async (query = '', as: As | null = 'auditor', of = id) => {
  const headers = as === null ? {} : { authorization: `Bearer ${await tokenFor(api.keys, as)}` };
  const { statusCode: status, headers: answered, rawPayload: bytes } = await api.app.inject({ method: 'GET', url: `/v1/adhesions/${of}/dossier${query}`, headers });
  return { status, headers: answered, bytes, code: status === 200 ? null : (JSON.parse(bytes.toString()) as { code: string }).code };
};
const dossier = async (query = '') => {
  const { status, bytes } = await ask(query);
  expect([query, status, status === 200 ? '' : bytes.toString()]).toEqual([query, 200, '']);
  return bytes;
};

const ok = async (method: Method, url: string, as: As, sent?: unknown, headers: Record<string, string> = {}) => {
  const { status, text, body: answer } = await api.call(method, url, as, { ...(sent === undefined ? {} : { body: sent }), headers });
  if (status >= 300) throw new Error(text);
  return answer;
};

beforeAll(async () => {
  // The log is written by hand here: nobody is to wait for it.
  api = await startApi({ continueAfter: 4, patience: { sequencedMs: 0 } });
  logKeys = await openLogKeys(api.keysDir, ORIGIN);
  await keepRunningBundle(api.stack.db, testBundle());
  body = bodyAt(api, 0);
  id = await open(api, body);
  await walk(api, body);
  ({ id: document } = await ok('POST', `/v1/adhesions/${id}/documents`, body, Buffer.from(TEXT), { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="canarino.pdf"' }) as unknown as { id: string });
  await ok('POST', `/v1/adhesions/${id}/migrations`, body, { service: 'TRAINING' });
  await vi.waitFor(async () => { await ok('POST', `/v1/migrations/${id}.TRAINING/commands`, 'operator', FREE_TEXT); }, { timeout: 15_000 });
  const archive = new Archive(api.stack.db);
  await vi.waitFor(async () => { if ((await archive.runsOf(`adhesion/${id}`)).length < 3) throw new Error('not yet'); }, { timeout: 15_000 });
  await api.calm();
  // Archives the runs that are open.
  await ask();
  size = await sequenceAll(api.stack.db, logKeys);
});
afterAll(async () => { await api.stop(); });

describe('GET /v1/adhesions/{id}/dossier', () => {
  test('is a zip of the events in the order of the log, their commands, proofs, the archived runs and the bundle that ran them', async () => {
    const { bytes, headers } = await ask();
    expect([headers['content-type'], headers['content-disposition'], headers['cache-control']]).toEqual(['application/zip', `attachment; filename="${id}-${size}.zip"`, 'no-store']);
    const files = filesIn(bytes);
    expect(Object.keys(unzipSync(bytes))).toEqual([...files.keys()]);
    const runs = await new Archive(api.stack.db).newest([`adhesion/${id}`, `migration/${id}.TRAINING`]);
    const names = ['manifest.json', 'checkpoint', 'proofs.json', 'events.ndjson', 'commands.ndjson', 'documents.json', 'index.html'];
    expect([...files.keys()].slice(0, names.length)).toEqual(names);
    expect([...files.keys()].filter((name) => name.includes('/')).toSorted()).toEqual([`bundles/${testBundle().hash}.js`, ...runs.map(({ runId }) => `histories/${runId}.pb`).toSorted()]);
    const { body: stored } = await api.call('GET', `/v1/adhesions/${id}/events?limit=100`, 'auditor');
    const records = String(files.get('events.ndjson')).trimEnd().split('\n');
    const own = records.filter((record) => record.includes(`"stream":"adhesion/${id}"`));
    expect(own.map((record) => Buffer.from(record).toString('base64'))).toEqual(listOf(stored['items']).map((event) => String(event['record'])));
    expect([...new Set(records.map((record) => (JSON.parse(record) as { stream: string }).stream))].toSorted()).toEqual(['archive/bundles', `adhesion/${id}`, `archive/${id}`, `migration/${id}.TRAINING`].toSorted());
    const { checkpoint } = (await api.call('GET', `/v1/adhesions/${id}/events/1/proof`, 'auditor')).body;
    expect(String(files.get('checkpoint'))).toBe(String(checkpoint));
    expect(JSON.parse(String(files.get('manifest.json')))).toMatchObject({ format: 'associa-dossier/1', case: id, log: { origin: ORIGIN, treeSize: size, keys: [logKeys.verifiers[0]?.text] } });
  });

  test('has the same bytes again: at once, after more events of the case, after erasures, after another key signs', async () => {
    const first = await dossier(`?treeSize=${size}`);
    expect((await dossier(`?treeSize=${size}`)).equals(first)).toBe(true);
    await ok('POST', `/v1/adhesions/${id}/commands`, body, ELECTION);
    expect((await dossier(`?treeSize=${size}`)).equals(first)).toBe(true);
    const { items } = await ok('GET', `/v1/subjects?body=${body}`, 'operator');
    expect(listOf(items).map(({ id: subject }) => String(first.includes(String(subject))))).toEqual(['true']);
    await ok('DELETE', `/v1/subjects/${String(items?.[0]?.['id'])}`, body);
    await ok('DELETE', `/v1/adhesions/${id}/documents/${document}`, body);
    expect((await dossier(`?treeSize=${size}`)).equals(first)).toBe(true);
    await addLogKey(api.keysDir, ORIGIN);
    logKeys = await openLogKeys(api.keysDir, ORIGIN);
    const grown = await sequenceAll(api.stack.db, logKeys);
    expect(grown).toBeGreaterThan(size);
    // A tree that is signed anew, by one key more, has the dossier of its first signature.
    const signedBy = logKeys.verifiers.map(({ text }) => text);
    await addLogKey(api.keysDir, ORIGIN);
    logKeys = await openLogKeys(api.keysDir, ORIGIN);
    expect(await sequenceAll(api.stack.db, logKeys)).toBe(grown);
    const later = await dossier(`?treeSize=${grown}`);
    expect((JSON.parse(String(filesIn(later).get('manifest.json'))) as { log: { keys: string[] } }).log.keys).toEqual(signedBy);
    expect((await dossier(`?treeSize=${size}`)).equals(first)).toBe(true);
    expect(String(filesIn(later).get('events.ndjson'))).toContain('MandateChanged');
  });

  test('proves itself, before and after what it names was erased', async () => {
    for (const bytes of [await dossier(`?treeSize=${size}`), await dossier()]) {
      const { faults, checked, events } = checkArchive(bytes, logKeys.verifiers);
      expect(faults).toEqual([]);
      expect([checked['streams'], checked['bundles'], checked['events']]).toEqual([4, 1, events.length]);
      expect(checked['histories']).toBeGreaterThan(2);
      expect(checked['documents']).toBe(1);
    }
  });

  test('holds no personal data: neither names nor mail of persons, nor texts, nor names and bytes of documents', async () => {
    const bytes = (await dossier()).toString('latin1');
    const canaries = ['Firma Taria', 'sindaco@example.org', TEXT, 'canarino.pdf'];
    const forms = canaries.flatMap((canary) => [canary, Buffer.from(canary).toString('base64').slice(0, -4), Buffer.from(canary).toString('hex'), encodeURIComponent(canary)]);
    expect(forms.filter((form) => bytes.includes(form))).toEqual([]);
    // The digests that stand for them do.
    expect(bytes).toContain('"textId":"txt-');
  });

  test('is for auditors and operators, and each reading is an export that the comune sees', async () => {
    const other = bodyAt(api, 1);
    const answers = await Promise.all(([null, body, other, 'operator', 'auditor'] as const).map(async (as) => ask('', as)));
    expect(answers.map(({ status, code }) => [status, code])).toEqual([[401, 'UNAUTHENTICATED'], [403, 'FORBIDDEN'], [404, 'NOT_FOUND'], [200, null], [200, null]]);
    const { items } = await ok('GET', `/v1/adhesions/${id}/access?limit=2`, body);
    expect(listOf(items).map((read) => [read['kind'], read['reader']?.['role'], read['route']].join(' ')).toSorted()).toEqual(['EXPORT auditor GET /v1/adhesions/:id/dossier', 'EXPORT operator GET /v1/adhesions/:id/dossier']);
  });

  test('of a size that is no number, too large, not signed, or before the case, says which it is', async () => {
    const young = await open(api, bodyAt(api, 2));
    const { rows } = await api.stack.db.executeQuery<{ size: number }>(CompiledQuery.raw('SELECT DISTINCT size FROM log_checkpoints ORDER BY size'));
    const signed = rows.map((row) => row.size);
    const unsigned = Array.from({ length: size }, (_unused, at) => at + 1).find((one) => !signed.includes(one)) ?? 0;
    const [smallest = 0] = signed.filter((one) => one > 0);
    for (const query of ['?treeSize=', '?treeSize=0', '?treeSize=x', '?treeSize=-1', '?treeSize=1.5', '?treeSize=2147483648', '?treesize=1', '?treeSize=1&treeSize=2']) {
      expect([query, (await ask(query)).status, (await ask(query)).code]).toEqual([query, 400, 'VALIDATION']);
    }
    const beyond = await ask('?treeSize=2147483647');
    expect([beyond.status, beyond.code, beyond.headers['retry-after']]).toEqual([404, 'NOT_SEQUENCED', '1']);
    const between = await ask(`?treeSize=${unsigned}`);
    expect([between.status, JSON.parse(String(between.bytes))]).toMatchObject([404, { code: 'TREE_NOT_SIGNED', detail: expect.stringContaining(String(smallest)) }]);
    expect(await ask('', 'auditor', young)).toMatchObject({ status: 404, code: 'NOT_SEQUENCED' });
    expect(await ask(`?treeSize=${size}`, 'auditor', young)).toMatchObject({ status: 404, code: 'CASE_NOT_IN_TREE' });
    for (const query of ['', `?treeSize=${size}`, '?treeSize=2147483647']) expect(await ask(query, 'auditor', `${bodyAt(api, 3)}-1`)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('breaks off where the archive is not what it was: what comes is no dossier', async () => {
    const { hash } = testBundle();
    await changed('archived_bundles', `UPDATE archived_bundles SET code = 'x' WHERE hash = '${hash}'`, async () => { await expect(ask()).rejects.toThrow(/destroyed/); });
    expect((await ask()).status).toBe(200);
  });
});

describe('associa audit export', () => {
  test('writes the file of the route, at a size too, and says what it can not', async () => {
    const folder = temporaryFolder('dossier');
    const env = emptyHome();
    const remote = ['--url', await api.listen(), '--token', await tokenFor(api.keys, 'auditor')];
    const output = join(folder, 'a.zip');
    const written = await cli(['audit', 'export', id, '-o', output, '--tree-size', String(size), ...remote], env);
    expect(written).toEqual({ code: 0, out: `Written: ${output}. associa audit check ${output} verifies it, on any machine.\n`, err: '' });
    expect(readFileSync(output).equals(await dossier(`?treeSize=${size}`))).toBe(true);
    expect(await cli(['audit', 'export', `${bodyAt(api, 3)}-1`, '-o', join(folder, 'b.zip'), ...remote], env)).toMatchObject({ code: 1, err: expect.stringContaining('There is no adhesion') });
    expect(await cli(['audit', 'export', id, '-o', join(folder, 'none', 'b.zip'), ...remote], env)).toMatchObject({ code: 2, err: expect.stringContaining("can't be written") });
    expect(await cli(['audit', 'export', id, '--tree-size', '0', ...remote], env)).toMatchObject({ code: 2, err: '--tree-size is a whole number from 1 to 2147483647.\n' });
    await changed('archived_bundles', `UPDATE archived_bundles SET code = 'x'`, async () => {
      expect(await cli(['audit', 'export', id, '-o', join(folder, 'b.zip'), '--json', ...remote], env)).toMatchObject({ code: 2, out: '' });
    });
    expect(readdirSync(folder)).toEqual(['a.zip']);
    rmSync(folder, { recursive: true });
  });
});

/** Does something while a table is another, as who has all rights can make it. */
async function changed(table: string, statement: string, work: () => Promise<void>): Promise<void> {
  const { ownerUrl } = api.stack;
  await asOwner(ownerUrl, `CREATE TABLE before_this AS SELECT * FROM ${table}; ALTER TABLE ${table} DISABLE TRIGGER USER; ${statement}`);
  await work().finally(() => asOwner(ownerUrl, `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM before_this; ALTER TABLE ${table} ENABLE TRIGGER USER; DROP TABLE before_this`));
}
