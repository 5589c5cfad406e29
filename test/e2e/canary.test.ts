import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { childEnvironment, PROJECT_DIR } from '../../config.ts';
import { RECOGNITION } from '../support/recognition.ts';
import { System } from './system.ts';

/** Names and texts that no record, no file of a database, no history and no log may hold in clear; they are real users' input in every place that takes any. */
const CANARIES = ['Canarina Gialletti', 'canarina.gialletti@example.org', '+39 02 5550199', 'il canarino del sindaco canta', 'elenco del canarino', 'canarino-del-documento.pdf', 'canarino nella bozza'] as const;
const [NAME, EMAIL, PHONE, TEXT, APPLICATION, FILE, DRAFT] = CANARIES;
const BODY = 'c_a010';
const CASE = `/v1/adhesions/${BODY}-1`;

let system: System;
let subject: string;
let textId: string;
let documentId: string;
beforeAll(async () => {
  system = await System.start();
  await use();
}, 180_000);
afterAll(async () => {
  await system.stop();
  if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
});

/** Everything that a person may type of herself or of others: by Update, by Signal, in a draft, in a document, and in what is refused. */
async function use(): Promise<void> {
  const as = BODY;
  await expectStatus(201, 'operator', '/v1/adhesions', { body: BODY });
  subject = String((await expectStatus(201, as, '/v1/subjects', { body: BODY, name: NAME, email: EMAIL, phone: PHONE }))['id']);
  const send = (by: 'operator' | typeof BODY, type: string, data: object, status = 200, headers = {}) => expectStatus(status, by, `${CASE}/commands`, { type, data }, headers);
  await send('operator', 'InviteRecognition', {});
  await send(as, 'SubmitRecognition', { ...withText(RECOGNITION), applications: [{ ...RECOGNITION.applications[0], name: APPLICATION }], signedOffBy: subject });
  const returned = await send('operator', 'ReturnRecognition', { reasons: TEXT });
  textId = String((returned['events'] as { data: { reasons: { textId: string } } }[])[0]?.data.reasons.textId);
  await send('operator', 'SendProposal', { template: { id: 'convenzione-cst', version: 1, sha256: 'a'.repeat(64) }, sentAt: '2026-03-02T09:00:00Z' });
  await send(as, 'ConfirmReceipt', { deliveredAt: '2026-03-02T09:05:00Z' });
  await send(as, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-03-03', reasons: TEXT }, 202, { prefer: 'respond-async' });
  await vi.waitFor(async () => { expect(JSON.stringify((await system.call('GET', CASE, 'operator')).body)).toContain('UNFAVOURABLE'); }, { timeout: 30_000, interval: 200 });
  // What is refused is kept by nobody, in no log either.
  await send('operator', 'ReturnResolution', { reasons: TEXT }, 409);
  await send(as, 'RecordOpinion', { kind: 'TECHNICAL', outcome: TEXT, givenOn: '2026-03-03' }, 400);
  await expectStatus(400, as, '/v1/subjects', { body: BODY, name: NAME, email: 'canarina' });
  expect((await system.call('GET', `/v1/bodies?q=${encodeURIComponent(NAME)}`, 'operator')).status).toBe(200);
  const document = await expectStatus(201, as, `${CASE}/documents`, Buffer.from(`%PDF-1.7 ${TEXT}`), { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${FILE}"` });
  documentId = String(document['id']);
  expect((await system.call('PUT', `${CASE}/drafts/SubmitRecognition`, as, { dimensions: { DIGITISED_SERVICES: { evidence: DRAFT } } })).status).toBe(200);
}

async function expectStatus(status: number, as: 'operator' | typeof BODY, path: string, body: object | Buffer, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const answer = await system.call('POST', path, as, body, headers);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status });
  return answer.body;
}

function withText<T extends object>(data: T): T {
  return JSON.parse(JSON.stringify(data), (key, value: unknown) => (key === 'evidence' ? TEXT : value)) as T;
}

/** As a process of its own, on the running instance. */
function associa(...args: string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli.ts', ...args], { cwd: PROJECT_DIR, env: childEnvironment({ ASSOCIA_HOME: system.home, NODE_ENV: undefined, VITEST: undefined }), maxBuffer: 1e8 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : 1, out: `${out}${err}` });
    });
  });
}

/** A canary as it is, and as Base64 would write it at each of its three places. */
const NEEDLES = CANARIES.flatMap((canary) => [Buffer.from(canary), Buffer.from(canary, 'utf16le'), ...[0, 1, 2].map((shift) => {
  const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(canary)]);
  // The first and the last letters depend on what stands beside.
  return Buffer.from(whole.toString('base64').replace(/=+$/, '').slice(shift === 0 ? 0 : 4, -3));
})]);

const foundIn = (content: Buffer): string[] => NEEDLES.filter((needle) => content.includes(needle)).map((needle) => needle.toString());

let dataDir: string | undefined;

/** Every column of every row as the owner of the database reads it, unpacked: what a dump would hold. */
async function dumped(): Promise<Buffer> {
  const client = new pg.Client(system.instance.databaseOwnerUrl ?? '');
  await client.connect();
  const parts: Buffer[] = [];
  const { rows: tables } = await client.query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`);
  for (const { name } of tables) {
    const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM "${name}"`);
    for (const value of rows.flatMap((row) => Object.values(row))) {
      parts.push(Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value) ?? ''), Buffer.from('\n'));
      if (Buffer.isBuffer(value) && value.readUInt16BE(0) === 0x1f8b) parts.push(gunzipSync(value));
    }
  }
  await client.end();
  return Buffer.concat(parts);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe('a canary', () => {
  test('was really sent, and is read where it belongs', async () => {
    expect((await system.call('GET', `/v1/subjects/${subject}`, 'operator')).body).toMatchObject({ name: NAME, email: EMAIL, phone: PHONE });
    expect((await system.call('GET', `${CASE}/texts/${textId}`, 'operator')).body).toMatchObject({ text: TEXT });
    for (const needle of NEEDLES.slice(0, 1)) expect(foundIn(Buffer.concat([Buffer.from('x'), needle]))).toEqual([needle.toString()]);
  });

  test('is in no row of the database, in no archived history', async () => {
    expect(await associa('archive', 'run')).toMatchObject({ code: 0 });
    await system.db.selectFrom('archived_bundles').select('hash').executeTakeFirstOrThrow();
    const dump = await dumped();
    expect(dump.includes(Buffer.from(subject))).toBe(true);
    expect(foundIn(dump)).toEqual([]);
  });

  test('is in nothing that the command line prints of the case, histories among it', async () => {
    const runs = (await system.call('GET', `${CASE}/runs`, 'auditor')).body['items'] as { runId: string }[];
    const histories = await Promise.all(runs.map(({ runId }) => system.call('GET', `${CASE}/runs/${runId}/history`, 'auditor')));
    const payloads = JSON.stringify(histories.map(({ body }) => body)).replaceAll(/"data":"([^"]*)"/g, (_whole, data: string) => Buffer.from(data, 'base64').toString());
    expect(payloads).toContain('SubmitRecognition');
    expect(foundIn(Buffer.from(payloads))).toEqual([]);
  });
});

/** A dossier in the home, whose files are all searched at the end; nothing in it is compressed. */
const dossier = (name: string): string => join(system.home, `${name}.zip`);

/** Exports it, and has it hold; the leaves of its tree. */
async function expectDossier(name: string, ...options: readonly string[]): Promise<string> {
  expect(await associa('audit', 'export', `${BODY}-1`, '-o', dossier(name), ...options)).toMatchObject({ code: 0 });
  return /of (\d+) leaves/.exec(await expectHolds(name))?.[1] ?? '';
}

async function expectHolds(name: string): Promise<string> {
  const { code, out } = await associa('audit', 'check', dossier(name), '--replay');
  expect([code, out]).toEqual([0, expect.stringMatching(/histories [1-9]\d*, [^]*: everything holds\.\n/)]);
  return out;
}

describe('what was erased', () => {
  test('leaves receipts, and everything that is provable holds as before', async () => {
    const event = (await system.call('GET', `${CASE}/events`, 'operator')).body['items'];
    const leaves = await expectDossier('before');
    for (const path of [`/v1/subjects/${subject}`, `${CASE}/texts/${textId}`, `${CASE}/documents/${documentId}`]) {
      expect(await system.call('DELETE', path, 'operator')).toMatchObject({ status: 204, location: expect.stringMatching(/^\/v1\/erasures\//) });
      expect((await system.call('GET', path, 'operator')).status).toBe(404);
    }
    for (const id of [subject, textId, documentId]) expect((await associa('erasure', 'show', id)).out).toMatch(/was erased at .+ by operator .+ The last backup that holds it falls out on \d{4}-\d\d-\d\d\.\n$/);
    expect((await system.call('GET', `${CASE}/events`, 'operator')).body['items']).toEqual(event);
    await expect.poll(async () => (await associa('audit', 'verify')).out, { timeout: 60_000 }).toMatch(/: everything holds\.\n$/);
    expect((await associa('audit', 'replay', '--all')).out).toMatch(/: everything holds\.\n$/);
    expect((await system.call('GET', `${CASE}/events/2/proof`, 'operator')).status).toBe(200);
    // The dossier of before holds as it did, and is made again byte for byte; so does that of now.
    await expectHolds('before');
    await expectDossier('again', '--tree-size', leaves);
    expect(readFileSync(dossier('again')).equals(readFileSync(dossier('before')))).toBe(true);
    await expectDossier('after');
  }, 240_000);

  test('and no canary is in any byte of any file: of the database and its WAL, of Temporal, of keys and logs', async () => {
    dataDir = readFileSync(`/proc/${system.instance.pids.postgres}/cmdline`, 'utf8').split('\0').at(2);
    await system.halt();
    const files = [...filesBelow(system.home), ...filesBelow(dataDir ?? '')];
    expect(files.some((file) => file.includes('pg_wal/0'))).toBe(true);
    for (const name of ['temporal.db', 'logs/server.log', 'logs/worker.log', 'start.log']) expect(files).toContain(join(system.home, name));
    expect(files.flatMap((file) => foundIn(readFileSync(file)).map((needle) => `${file}: ${needle}`))).toEqual([]);
  });
});
