import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { childEnvironment, PROJECT_DIR } from '../../config.ts';
import { openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { checkArchive } from '../../dossier/check.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { testBundle } from '../support/bundle.ts';
import { filesIn, sequenceAll, zipped } from '../support/dossier.ts';
import { cli, emptyHome } from '../unit/cli/support.ts';
import { SHA256 } from './digest.ts';
import { bodyAt, listOf, startApi, tokenFor, type Api, type As } from './support.ts';

/** The Agency's own processes: a constitution whose first gates passed, some of whose runs are archived, and a campaign; all of it in the log. */
const CONFERENCE = { type: 'RecordConference', data: { heldOn: '2026-05-21', minutesNo: '3/2026', sha256: SHA256 } };
const STOP = { type: 'DecideMilestone', data: { gate: 'MUNICIPAL_RESOLUTIONS', decision: 'EXTEND', to: '2030-01-31', reasons: 'Il canarino canta.' } };

let api: Api;
let logKeys: LogKeys;
let campaign: string;

const read = async (path: string, as: As = 'auditor') => {
  const { statusCode: status, rawPayload: bytes, headers } = await api.app.inject({ method: 'GET', url: `${path}/dossier`, headers: { authorization: `Bearer ${await tokenFor(api.keys, as)}` } });
  return { status, bytes, headers };
};
const ok = async (path: string, body: object) => {
  const { status, text, body: answer } = await api.call('POST', path, 'operator', { body });
  if (status >= 300) throw new Error(text);
  return answer;
};
/** The command line as on another machine: a process of its own, with no instance. */
const elsewhere = (args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> => new Promise((resolve) => {
  const env = childEnvironment({ ASSOCIA_HOME: mkdtempSync(join(tmpdir(), 'nowhere-')), NODE_ENV: undefined, VITEST: undefined });
  execFile(process.execPath, ['cli.ts', ...args], { cwd: PROJECT_DIR, env, maxBuffer: 1e8 }, (error, out) => { resolve({ code: error === null ? 0 : Number(error.code), out }); });
});
const gatesMissed = async () => listOf((await api.call('GET', '/v1/constitution/agency-1/events?type=MilestoneMissed', 'auditor')).body['items']).length;

beforeAll(async () => {
  api = await startApi({ continueAfter: 3, patience: { sequencedMs: 0 } });
  logKeys = await openLogKeys(api.keysDir, 'associa.example/log');
  await keepRunningBundle(api.stack.db, testBundle());
  await ok('/v1/constitution', {});
  await vi.waitFor(async () => { if ((await gatesMissed()) < 3) throw new Error('not yet'); }, { timeout: 15_000 });
  await ok('/v1/constitution/agency-1/commands', CONFERENCE);
  await ok('/v1/constitution/agency-1/commands', STOP);
  ({ id: campaign } = await ok('/v1/campaigns', { name: 'Avvio', select: { bodies: [bodyAt(api, 0)] }, action: { kind: 'OPEN_ADHESION' } }) as unknown as { id: string });
  await vi.waitFor(async () => { if (String((await api.call('GET', `/v1/campaigns/${campaign}`, 'auditor')).body['state']) !== 'COMPLETED') throw new Error('not yet'); }, { timeout: 15_000 });
  await api.calm();
  // Archives the runs that are open, whose entries are to be in the log.
  await read('/v1/constitution/agency-1');
  await read(`/v1/campaigns/${campaign}`);
  await sequenceAll(api.stack.db, logKeys);
});
afterAll(() => api.stop());

test('the dossier of the constitution holds its events, commands, runs and documents, and proves itself', async () => {
  const { status, bytes, headers } = await read('/v1/constitution/agency-1');
  expect([status, headers['content-type']]).toEqual([200, 'application/zip']);
  const { faults, checked, case: id, events } = checkArchive(bytes, logKeys.verifiers);
  expect([faults, id, checked['streams'], checked['bundles'], checked['documents']]).toEqual([[], 'agency-1', 3, 1, 1]);
  expect(checked['histories']).toBeGreaterThan(0);
  const stored = listOf((await api.call('GET', '/v1/constitution/agency-1/events?limit=100', 'auditor')).body['items']);
  expect(events.filter(({ event }) => event.stream === 'constitution/agency-1').map(({ hash }) => hash)).toEqual(stored.map(({ hash }) => String(hash)));
  expect(JSON.parse(String(filesIn(bytes).get('manifest.json')))).toMatchObject({ format: 'associa-dossier/1', case: 'agency-1' });
  expect(bytes.toString('latin1')).not.toContain('canarino');
  expect((await read('/v1/constitution/agency-1', 'operator')).bytes.equals(bytes)).toBe(true);
});

test('the same verifier finds one that was changed: a date in an event, a gate left out, an event of another constitution', async () => {
  const files = filesIn((await read('/v1/constitution/agency-1')).bytes);
  const lines = String(files.get('events.ndjson')).trimEnd().split('\n');
  const changed = async (of: readonly string[]) => checkArchive(await zipped(new Map([...files, ['events.ndjson', Buffer.from(`${of.join('\n')}\n`)]])), logKeys.verifiers).faults.map(({ code }) => code);
  expect(lines.some((line) => line.includes('"heldOn":"2026-05-21"'))).toBe(true);
  expect(await changed(lines.map((line) => line.replace('"heldOn":"2026-05-21"', '"heldOn":"2026-05-20"')))).toContain('EVENT_NOT_IN_LOG');
  const missed = lines.findIndex((line) => line.includes('"type":"MilestoneMissed"'));
  expect(await changed(lines.filter((_line, at) => at !== missed))).toContain('VERSION_GAP');
  expect(await changed(lines.map((line) => line.replaceAll('constitution/agency-1', 'constitution/agency-2')))).toEqual(expect.arrayContaining(['EVENT_OF_ANOTHER_CASE', 'CASE_MISSING']));
});

test('audit export writes it by its id, audit check replays its runs; one that was changed is a finding', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'agency-dossier-'));
  const env = emptyHome();
  const remote = ['--url', await api.listen(), '--token', await tokenFor(api.keys, 'auditor')];
  const key = logKeys.verifiers[0]?.text ?? '';
  for (const id of ['agency-1', campaign]) {
    const output = join(folder, `${id}.zip`);
    expect(await cli(['audit', 'export', id, '-o', output, ...remote], env)).toMatchObject({ code: 0, err: '' });
    const { code, out } = await elsewhere(['audit', 'check', output, '--key', key, '--json']);
    const report = JSON.parse(out) as { ok: boolean; findings: object[]; checked: Record<string, number> };
    expect([id, code, report.findings]).toEqual([id, 0, []]);
    expect([report.checked['replayed'], report.checked['unproven'], report.checked['unarchived']]).toEqual([expect.any(Number), 0, 0]);
    expect(report.checked['replayed']).toBeGreaterThan(2);
  }
  const bytes = filesIn((await read('/v1/constitution/agency-1')).bytes);
  const tampered = join(folder, 'tampered.zip');
  writeFileSync(tampered, await zipped(new Map([...bytes, ['events.ndjson', Buffer.from(String(bytes.get('events.ndjson')).replace('3/2026', '4/2026'))]])));
  const found = await elsewhere(['audit', 'check', tampered, '--key', key]);
  expect(found.code).toBe(1);
  expect(found.out).toContain('EVENT_NOT_IN_LOG: Its proof does not lead to the signed root');
  expect(await cli(['audit', 'export', 'agency-7', '-o', join(folder, 'none.zip'), ...remote], env)).toMatchObject({ code: 1, err: expect.stringContaining('There is no constitution agency-7') as string });
}, 60_000);

test('is for operators and auditors: a municipal secretary has none of the Agency', async () => {
  expect((await read('/v1/constitution/agency-1', bodyAt(api, 0))).status).toBe(403);
  expect((await read(`/v1/campaigns/${campaign}`, bodyAt(api, 0))).status).toBe(403);
  expect((await read('/v1/constitution/agency-9')).status).toBe(404);
});
