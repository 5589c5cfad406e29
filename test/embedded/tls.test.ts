import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment, loadConfig, PROJECT_DIR } from '../../config.ts';
import { findTemporal } from '../../embedded/temporal-binary.ts';
import { checkTemporal } from '../../embedded/external.ts';
import { startTemporal, type Temporal } from '../../embedded/temporal.ts';
import { keptBundle } from '../../engine/kept-bundle.ts';
import { connectionOptions, openClient } from '../../engine/connect.ts';
import { openConverter } from '../../engine/data-converter.ts';
import { diagnoseTemporal } from '../../engine/diagnose.ts';
import { Engine } from '../../engine/engine.ts';
import { installRuntime, startWorker } from '../../engine/worker.ts';
import { temporaryFolder } from '../support/folders.ts';
import { ABBIATEGRASSO, open, OPERATOR, stamped } from '../support/procedure.ts';
import { makeCertificates, startTlsTemporal, type Certificates, type TlsTemporal } from '../support/tls.ts';

installRuntime(() => undefined);

const API_KEY = 'key-of-the-installation';
const folder = temporaryFolder('tls');
let temporal: Temporal;
let secure: TlsTemporal;
let ours: Certificates;
let strange: Certificates;

beforeAll(async () => {
  temporal = await startTemporal({ binary: await findTemporal(() => undefined), dbFile: null, headless: true, namespace: 'associa', log: () => undefined });
  [ours, strange] = [makeCertificates(folder, 'ours'), makeCertificates(folder, 'strange')];
  secure = await startTlsTemporal({ upstream: temporal.address, server: ours, clientCa: ours.ca, apiKey: API_KEY });
});
afterAll(async () => {
  await secure.stop();
  await temporal.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Variables = Readonly<Record<string, string | undefined>>;

/** What an installation that is set up well has in its environment, with some variables changed. */
const environment = (changes: Variables = {}): Variables => ({
  ASSOCIA_HOME: folder, TEMPORAL_ADDRESS: secure.address, TEMPORAL_API_KEY: API_KEY, TEMPORAL_TLS_CA: ours.ca, TEMPORAL_TLS_CERT: ours.cert, TEMPORAL_TLS_KEY: ours.key, ...changes,
});

function reach(changes: Variables = {}) {
  const { temporal: config } = loadConfig(environment(changes));
  return connectionOptions(config.address ?? '', config);
}

it('client and worker go through TLS with a client certificate and an API key', async () => {
  const dataConverter = await openConverter(join(folder, 'keys'));
  const client = openClient(reach(), 'associa', dataConverter);
  const engine = new Engine(client, { taskQueue: 'tls', deadlineMs: 10_000 });
  const append = async () => { throw new Error('The store is not asked in this test'); };
  const worker = await startWorker({ connection: reach(), namespace: 'associa', taskQueue: 'tls', bundle: await keptBundle(), dataConverter, activities: { append, load: append } });
  try {
    await expect.poll(() => engine.health(), { timeout: 10_000 }).toEqual({ temporal: true, worker: true });
    await engine.submitFact('adhesion/c_a010-1', stamped(open(ABBIATEGRASSO), OPERATOR), 0);
    expect(await engine.isRunning('adhesion/c_a010-1')).toBe(true);
    expect(secure.calls()).toBeGreaterThan(5);
  } finally {
    await worker.stop();
    await client.connection.close();
  }
});

// Most of it is waiting for a connection that does not come: all at once.
describe.concurrent.each([
  ['the authority of another', () => ({ TEMPORAL_TLS_CA: strange.ca }), /^TEMPORAL_TLS_CA: the certificate of 127\.0\.0\.1:\d+ is not of this authority \([A-Z_]+\)$/],
  ['no authority', () => ({ TEMPORAL_TLS_CA: undefined }), /^TEMPORAL_TLS_CA: the certificate of 127\.0\.0\.1:\d+ is not of an authority this machine trusts: set the file of its authority \([A-Z_]+\)$/],
  ['no client certificate', () => ({ TEMPORAL_TLS_CERT: undefined, TEMPORAL_TLS_KEY: undefined }), /^TEMPORAL_TLS_CERT: 127\.0\.0\.1:\d+ asks for a client certificate: set it with TEMPORAL_TLS_KEY$/],
  ['a client certificate of another authority', () => ({ TEMPORAL_TLS_CERT: strange.cert, TEMPORAL_TLS_KEY: strange.key }), /^TEMPORAL_TLS_CERT: 127\.0\.0\.1:\d+ does not take this client certificate$/],
  ['no API key', () => ({ TEMPORAL_API_KEY: undefined }), /^TEMPORAL_API_KEY: 127\.0\.0\.1:\d+ asks for an API key$/],
  ['a wrong API key', () => ({ TEMPORAL_API_KEY: 'wrong' }), /^TEMPORAL_API_KEY: 127\.0\.0\.1:\d+ does not take this API key$/],
  ['no TLS at all', () => ({ TEMPORAL_API_KEY: undefined, TEMPORAL_TLS_CA: undefined, TEMPORAL_TLS_CERT: undefined, TEMPORAL_TLS_KEY: undefined }), /^TEMPORAL_TLS_CA: 127\.0\.0\.1:\d+ speaks TLS only: set it, or TEMPORAL_API_KEY, or TEMPORAL_TLS_CERT with TEMPORAL_TLS_KEY$/],
  ['TLS where there is none', () => ({ TEMPORAL_ADDRESS: temporal.address }), /^TEMPORAL_ADDRESS: 127\.0\.0\.1:\d+ speaks no TLS, and TLS or an API key is set$/],
] as const)('with %s', (_what, changes, message) => {
  it('the worker does not start, and names the variable', async () => {
    const bundle = { code: '', hash: '' };
    await expect(startWorker({ connection: reach(changes()), namespace: 'associa', taskQueue: 'tls', bundle, dataConverter: {}, activities: {} })).rejects.toThrow(message);
  });

  it('the client reaches nothing, and the diagnosis names the variable', async () => {
    const client = openClient(reach(changes()), 'associa', {});
    try {
      expect(await new Engine(client, { taskQueue: 'tls', deadlineMs: 1_000 }).health()).toEqual({ temporal: false, worker: false });
    } finally {
      await client.connection.close();
    }
    expect(await diagnoseTemporal(reach(changes()))).toMatch(message);
  });
});

it('npm start names the variable', async () => {
  const refused = checkTemporal(reach({ TEMPORAL_API_KEY: 'wrong' }), 'associa', { say: () => undefined, explainTemporal: diagnoseTemporal });
  await expect(refused).rejects.toThrow(/^TEMPORAL_API_KEY: .* does not take this API key$/);
});

it.concurrent.each([
  [['audit', 'rehearse', '--open'], {}, 0, /Rehearsed 1 run \(1 under way, \d known from before\): all replay/],
  [['audit', 'rehearse', '--open'], { TEMPORAL_API_KEY: 'wrong' }, 2, /TEMPORAL_API_KEY: 127\.0\.0\.1:\d+ does not take this API key/],
])('npx associa %s uses them too: %o', async (args, changes, code, said) => {
  const env = childEnvironment({ ...environment(changes), DATABASE_URL: undefined });
  const outcome = await new Promise<{ code: number; text: string }>((resolve) => {
    execFile(join(PROJECT_DIR, 'bin/associa'), args, { env }, (error, out, err) => { resolve({ code: error === null ? 0 : Number(error.code), text: `${out}${err}` }); });
  });
  expect(outcome.text).toMatch(said);
  expect(outcome.text).not.toContain(API_KEY);
  expect(outcome.code).toBe(code);
});
