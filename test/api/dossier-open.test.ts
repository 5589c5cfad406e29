import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { Archive } from '../../db/archive.ts';
import { openLogKeys } from '../../db/log/keys.ts';
import { Sequencer } from '../../db/log/sequencer.ts';
import { checkArchive } from '../../dossier/check.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { openClient } from '../../engine/connect.ts';
import { openConverter } from '../../engine/data-converter.ts';
import { Runs } from '../../engine/runs.ts';
import { testBundle } from '../support/bundle.ts';
import { filesIn } from '../support/dossier.ts';
import { walk } from './path.ts';
import { bodyAt, open, startApi, tokenFor, type Api, type MemberCode } from './support.ts';

/** A case whose runs are open, and a log that is written as in the worker's process. */
let api: Api;
let sequencer: Sequencer;
let body: MemberCode;
let id: string;

beforeAll(async () => {
  api = await startApi();
  sequencer = new Sequencer(api.stack.db, await openLogKeys(api.keysDir, 'associa.example/log'), pino({ level: 'silent' }));
  sequencer.start();
  await keepRunningBundle(api.stack.db, testBundle());
  body = bodyAt(api, 0);
  id = await open(api, body);
  await walk(api, body);
  await api.call('POST', `/v1/adhesions/${id}/migrations`, 'operator', { body: { service: 'TRAINING' } });
  await vi.waitFor(async () => { if ((await api.call('GET', `/v1/migrations/${id}.TRAINING`, 'operator')).status !== 200) throw new Error('not begun yet'); }, { timeout: 15_000 });
  await api.calm();
});
afterAll(async () => {
  await sequencer.stop();
  await api.stop();
});

const ask = async (app = api.app) => {
  const answer = await app.inject({ method: 'GET', url: `/v1/adhesions/${id}/dossier`, headers: { authorization: `Bearer ${await tokenFor(api.keys, 'auditor')}` } });
  expect(answer.statusCode, answer.payload).toBe(200);
  return answer.rawPayload;
};
const archived = async () => (await new Archive(api.stack.db).newest()).map(({ runId, state, length }) => ({ runId, state, length }));

test('while Temporal is away, the dossier of a case whose runs were never archived holds its events, without histories', async () => {
  const client = openClient({ address: '127.0.0.1:1' }, 'none', await openConverter(api.keysDir));
  const app = await buildApp({ db: api.stack.db, engine: api.stack.engine, runs: new Runs(client), keys: api.keys, log: pino({ level: 'silent' }), twoPersons: false });
  const { faults, checked } = checkArchive(await ask(app), null);
  expect([faults, checked['histories'], checked['bundles']]).toEqual([[], 0, 0]);
  expect(checked['events']).toBeGreaterThan(20);
  expect(await archived()).toEqual([]);
  await app.close();
  await client.connection.close();
});

test('the dossier of the newest tree holds the histories of runs that are open, up to the last event, and the code that ran them', async () => {
  const files = filesIn(await ask());
  const { faults, checked } = checkArchive(await ask(), null);
  expect([faults, checked['histories'], checked['bundles']]).toEqual([[], 2, 1]);
  expect([...files.keys()].filter((name) => name.startsWith('histories/')).toSorted()).toEqual((await archived()).map(({ runId }) => `histories/${runId}.pb`).toSorted());
  expect((await archived()).map(({ state }) => state)).toEqual(['RUNNING', 'RUNNING']);
  // Nothing happened between: nothing was archived again.
  const before = await archived();
  await ask();
  expect(await archived()).toEqual(before);
  // What happens next is in the next one.
  await api.call('POST', `/v1/adhesions/${id}/commands`, body, { body: { type: 'RecordMandateChange', data: { kind: 'COUNCIL_ELECTED', on: '2026-03-01' } } });
  await ask();
  expect((await archived()).map(({ length }) => length).reduce((sum, length) => sum + length)).toBeGreaterThan(before.map(({ length }) => length).reduce((sum, length) => sum + length));
});
