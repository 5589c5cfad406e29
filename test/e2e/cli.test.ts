import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { openKeys } from '../../api/auth/keys.ts';
import { childEnvironment, PROJECT_DIR } from '../../config.ts';
import { openLogKeys } from '../../db/log/keys.ts';
import { Sequencer } from '../../db/log/sequencer.ts';
import { createTenantKey } from '../../db/tenant.ts';
import { writeInstance } from '../../embedded/instance.ts';
import { Runs } from '../../engine/runs.ts';
import { withoutSourceMap } from '../../engine/bundle.ts';
import { testBundle } from '../support/bundle.ts';
import { asOwner } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { RECOGNITION } from '../support/recognition.ts';
import { startStack, type Stack } from '../support/stack.ts';

const DIGEST = 'a'.repeat(64);

let stack: Stack;
let home: string;
let closeApp: () => Promise<unknown>;
let sequencer: Sequencer;

/** A running instance as the command line finds it: worker and server in this process, the file of the instance in a home. */
beforeAll(async () => {
  home = temporaryFolder('cli');
  const keysDir = join(home, 'keys');
  mkdirSync(keysDir);
  copyFileSync(join(inject('keysDir'), 'tenant.key'), join(keysDir, 'tenant.key'));
  stack = await startStack({ keysDir });
  const app = await buildApp({
    db: stack.db, engine: stack.engine, runs: new Runs(stack.client), keys: await openKeys(keysDir), log: pino({ level: 'silent' }), twoPersons: false,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  closeApp = () => app.close();
  sequencer = new Sequencer(stack.db, await openLogKeys(keysDir, 'associa.example/log'), pino({ level: 'silent' }));
  sequencer.start();
  writeInstance(home, {
    url, databaseUrl: stack.appUrl, databaseOwnerUrl: stack.ownerUrl, temporalAddress: inject('temporalAddress'), temporalNamespace: stack.namespace,
    temporalUiUrl: null, brokerUrl: null, pids: { supervisor: process.pid, server: null, worker: null, postgres: null, temporal: null, broker: null },
  });
});

afterAll(async () => {
  await sequencer.stop();
  await closeApp();
  await stack.stop();
  rmSync(home, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `npx associa …` as a process of its own. */
function associa(...args: string[]): Promise<Outcome> {
  const unset = Object.fromEntries(['DATABASE_URL', 'DATABASE_OWNER_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'OIDC_ISSUER', 'ASSOCIA_KEYS'].map((name) => [name, undefined]));
  return run(args, childEnvironment({ ...unset, ASSOCIA_HOME: home, TEMPORAL_TASK_QUEUE: stack.taskQueue }));
}

/** Bytes: the document of the interface is more than a megabyte, what a child may say where nothing is said. */
const MOST_OUTPUT = 16 * 1024 * 1024;

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(join(PROJECT_DIR, 'bin/associa'), args, { env, maxBuffer: MOST_OUTPUT }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

/** The JSON that a command prints when all is well. */
async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await associa(...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Record<string, unknown>;
}

describe('the command line on a running instance', () => {
  it('says that it is well, and prints tokens that its server takes', async () => {
    expect(await json('status')).toMatchObject({ status: 200, checks: { database: true, temporal: true, worker: true } });
    const { out } = await associa('token', '--role', 'auditor');
    expect(decodeJwt(out.trim())).toMatchObject({ roles: ['auditor'] });
    expect(await associa('bodies', 'abbia', '--token', out.trim())).toEqual({
      code: 0, err: '', out: 'IPA code  ISTAT code  comune         abitanti\nc_a010    015002      Abbiategrasso  32425\n',
    });
  });

  it('starts an adhesion, records facts and shows what they mean', async () => {
    expect(await associa('adhesion', 'start', 'c_a010')).toEqual({ code: 0, out: 'c_a010-1\n', err: '' });
    expect(await associa('adhesion', 'start', 'c_a010')).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^ADHESION_OPEN: .*\n {2}The adhesion c_a010-1 is open\. \(body\)\n$/) });
    const proposal = JSON.stringify({ template: { id: 'convenzione', version: 1, sha256: DIGEST }, sentAt: '2026-06-01T10:00:00+02:00' });
    expect(await json('adhesion', 'do', 'c_a010-1', 'SendProposal', '--data', proposal)).toMatchObject({ version: 2 });
    expect(await json('adhesion', 'do', 'c_a010-1', 'RecordPublication', '--data', '{"noticeBoardNo":"5","firstDay":"2026-06-20"}')).toMatchObject({ version: 3, events: [{ type: 'FactParked' }] });

    const show = await associa('adhesion', 'show', 'c_a010-1');
    expect(show).toMatchObject({ code: 0, err: '' });
    for (const part of [
      'Adhesion c_a010-1 of Abbiategrasso (c_a010, 32425 abitanti), version 3\n', '\nWhose turn\n  OPERATOR  ConfirmReceipt  since ',
      '\nDates\n  2026-06-01 10:00  proposal sent to the comune\n', '\nParked facts, kept until their turn\n  RecordPublication  received ',
    ]) expect(show.out).toContain(part);
    expect((await associa('adhesion', 'list')).out).toMatch(/^id {8}comune {9}phase .*\nc_a010-1 {2}Abbiategrasso {2}DESIGN {2}OPERATOR ConfirmReceipt {2}/);
    expect((await associa('adhesion', 'events', 'c_a010-1')).out.split('\n').map((line) => line.split(/ {2,}/)[1])).toEqual(['event', 'AdhesionOpened', 'ProposalSent', 'FactParked', undefined]);
    expect((await associa('adhesion', 'allowed', 'c_a010-1', 'RecordOpinion')).out).toMatch(/^Not allowed now\n {2}RecordOpinion\n {4}OUT_OF_TURN: /);
    expect(await json('adhesion', 'show', 'c_a010-1', '--as-of-version', '1')).toMatchObject({ version: 1, phase: 'RECOGNITION' });
  });

  it('leaves a fact with a case and says later why it was refused', async () => {
    expect(await associa('adhesion', 'do', 'c_a010-1', 'AcceptResolution', '--async', '--key', 'late-1')).toMatchObject({ code: 0, err: '' });
    await expect.poll(() => associa('adhesion', 'outcome', 'c_a010-1', 'late-1'), { timeout: 15_000, interval: 200 })
      .toMatchObject({ code: 1, err: expect.stringMatching(/^OUT_OF_TURN: the command was refused\.\n {2}AcceptResolution is not in turn/) });
  });

  it('adds and erases persons', async () => {
    const { out: id } = await associa('subject', 'add', '--body', 'c_a010', '--name', 'Anna Bianchi', '--email', 'a.bianchi@comune.example');
    expect((await associa('subject', 'show', id.trim())).out).toContain('name   Anna Bianchi\n');
    expect(await associa('subject', 'erase', id.trim())).toMatchObject({ code: 2, err: expect.stringContaining('give --yes') });
    expect(await associa('subject', 'erase', id.trim(), '--yes')).toMatchObject({ code: 0 });
    expect(await associa('subject', 'show', id.trim())).toMatchObject({ code: 1, out: '' });
  });

  it('carries a recognition and shows what gave each point', async () => {
    const { out: rtd } = await associa('subject', 'add', '--body', 'c_a010', '--name', 'Ugo Riva', '--email', 'rtd@comune.example');
    expect(await associa('adhesion', 'do', 'c_a010-1', 'InviteRecognition', '--data', '{"dueOn":"2100-03-31"}')).toMatchObject({ code: 0, err: '' });
    expect((await associa('adhesion', 'allowed', 'c_a010-1', 'SubmitRecognition')).out).toContain('signedOffBy');
    const incomplete = await associa('adhesion', 'do', 'c_a010-1', 'SubmitRecognition', '--data', '{"dimensions":{},"applications":[],"sites":[]}');
    expect(incomplete).toMatchObject({ code: 1, err: expect.stringMatching(/^RECOGNITION_INCOMPLETE: [^]*\(dimensions\.CONNECTIVITY\)[^]*\(signedOffBy\)\n$/) });
    expect(await json('adhesion', 'do', 'c_a010-1', 'SubmitRecognition', '--data', JSON.stringify({ ...RECOGNITION, signedOffBy: rtd.trim() }))).toMatchObject({ events: [{ type: 'RecognitionSubmitted' }] });
    const { out } = await associa('adhesion', 'show', 'c_a010-1');
    for (const part of ['  ricognizione  SUBMITTED\n', '\nReadiness 26 of 48 (scoring 2026.1)\n  DIGITISED_SERVICES        2 of 4  Answered 2 of 4.\n', '2100-03-31        recognition asked for by this day\n']) {
      expect(out).toContain(part);
    }
  });

  it.runIf(existsSync('/dev/full'))('does not pretend that what could not be written was', async () => {
    const script = `'${join(PROJECT_DIR, 'bin/associa')}' status > /dev/full`;
    const code = await new Promise((resolve) => { execFile('sh', ['-c', script], { env: childEnvironment({ ASSOCIA_HOME: home }) }, (error) => { resolve(error?.code); }); });
    expect(code).toBe(2);
  });

  it('writes the document of the interface', async () => {
    expect(await json('openapi')).toMatchObject({ openapi: '3.0.3' });
    expect((await associa('openapi', '--yaml')).out).toMatch(/^openapi: 3\.0\.3\n/);
  });
});

describe('maintenance and audit, without the server', () => {
  it('finds the schema at its version, as the owner', async () => {
    expect(await json('migrate')).toEqual({ applied: [] });
  });

  it('starts a case whose workflow was lost on its stream', async () => {
    await stack.client.workflow.getHandle('adhesion/c_a010-1').terminate('lost, for the test');
    await expect.poll(() => associa('audit', 'verify'), { timeout: 20_000 }).toMatchObject({ code: 1, out: expect.stringMatching(/^ {2}RUN_TERMINATED: .+ adhesion\/c_a010-1$/m) });
    expect(await json('repair')).toEqual({ finished: 0, running: 0, started: ['adhesion/c_a010-1'], noted: [{ workflowId: 'adhesion/c_a010-1', runId: expect.any(String), how: 'TERMINATED' }] });
    expect(await associa('repair')).toEqual({ code: 0, out: '0 started on their stream, 1 were running, 0 have nothing left to do.\n', err: '' });
  });

  it('replays the histories of a case and says when there are none', async () => {
    expect(await json('audit', 'replay', 'adhesion/c_a010-1')).toMatchObject({ ok: true, findings: [] });
    // The run that was terminated is kept, but only the one that took its place is under way.
    expect(await json('audit', 'replay', '--all')).toMatchObject({ ok: true, checked: { runs: 2 } });
    const { code, out } = await associa('audit', 'replay', 'c_f205-1.TRAINING', '--json');
    expect({ code, report: JSON.parse(out) }).toEqual({
      code: 1, report: {
        ok: false, checked: { cases: 1, runs: 0, events: 0, replayed: 0, adopted: 0, unproven: 0 },
        findings: [{ code: 'NO_HISTORY', message: 'Neither Temporal nor the archive has a history of this case.', stream: 'migration/c_f205-1.TRAINING' }],
      },
    });
  });

  it('rehearses a bundle on what ran before, and names what it would do otherwise', async () => {
    const { code: today } = testBundle();
    const written = (name: string, code: string): string => {
      writeFileSync(join(home, name), code);
      return join(home, name);
    };
    expect(await json('audit', 'rehearse')).toEqual({ ok: true, checked: { runs: 2, open: 1, known: 0, left: 0 }, findings: [] });
    expect(await associa('audit', 'rehearse', '--open', '--bundle', written('same.js', withoutSourceMap(today))))
      .toEqual({ code: 0, out: 'Rehearsed 1 run (1 under way, 1 known from before): all replay.\n', err: '' });
    const parts = await Promise.all(['1/2', '2/2'].map((part) => json('audit', 'rehearse', '--part', part)));
    expect(parts.reduce((sum, { checked }) => sum + (checked as { runs: number }).runs, 0)).toBe(2);
    const other = written('other.js', today.replace('await host.live()', "throw new TypeError('broken on purpose')"));
    const refused = await associa('audit', 'rehearse', '--bundle', other);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/^CANNOT_GO_ON: adhesionWorkflow, replay, error: the bundle broken on purpose \(2 runs, 1 under way\)\n {2}adhesion\/c_a010-1, run [0-9a-f-]{36}: broken on purpose\n.*\nRehearsed 2 runs \(1 under way, 0 known from before\): 1 cause of difference\.\n$/s);
    expect(refused.err).toMatch(/^adhesionWorkflow, replay, error: .*like adhesion\/c_a010-1\)\. Keep for them what ran before, by patched\('name'\), or go on with the version that began them\.\n$/);
    expect(await associa('audit', 'rehearse', '--gate', '--bundle', other)).toMatchObject({ code: 1 });
    expect(await associa('audit', 'rehearse', '--bundle', join(home, 'none.js'))).toMatchObject({ code: 2, err: expect.stringContaining("none.js can't be read: give a file that npm run bundle made.") });
  });

  it('does not take the keys of another installation for an empty store', async () => {
    const other = temporaryFolder('cli');
    await createTenantKey(join(other, 'keys'));
    const env = childEnvironment({ ASSOCIA_HOME: other, DATABASE_URL: stack.appUrl, ASSOCIA_KEYS: undefined, TEMPORAL_ADDRESS: undefined });
    const { code, out, err } = await run(['audit', 'verify'], env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`The database does not know the key in ${join(other, 'keys')}`);
    rmSync(other, { recursive: true, force: true });
  });

  it('names a record that was changed behind the back of the store, and a read model', async () => {
    // That of the workflow that was ended by hand.
    expect(await json('archive', 'run')).toEqual({ archived: 1, failed: 0 });
    expect(await associa('archive', 'run')).toMatchObject({ code: 0, out: 'Archived: 0 runs.\n' });
    expect(await json('audit', 'verify')).toMatchObject({ ok: true, findings: [] });
    await asOwner(stack.ownerUrl, `UPDATE cases SET late_from = '2020-01-01' WHERE id = 'c_a010-1'`);
    expect(await associa('audit', 'verify')).toMatchObject({ code: 1, err: 'It does not hold: 1 finding.\n', out: expect.stringContaining('\n  READ_MODEL_DIFFERS: ') });
    expect(await associa('audit', 'rebuild', '--yes')).toMatchObject({ code: 0, out: 'Written anew: 1 read model.\n' });
    expect(await json('audit', 'verify')).toMatchObject({ ok: true, findings: [] });

    await asOwner(stack.ownerUrl, 'ALTER TABLE events DISABLE TRIGGER USER');
    await asOwner(stack.ownerUrl, `UPDATE events SET data = '{"forged":true}' WHERE stream = 'adhesion/c_a010-1' AND version = 2`);
    const { code, out } = await associa('audit', 'verify', '--json');
    expect({ code, report: JSON.parse(out) }).toMatchObject({
      code: 1, report: { ok: false, findings: expect.arrayContaining([
        expect.objectContaining({ code: 'COLUMN_DIFFERS', stream: 'adhesion/c_a010-1', version: 2 }), expect.objectContaining({ code: 'CASE_DOES_NOT_FOLD', stream: 'adhesion/c_a010-1' }),
      ]) },
    });
  });
});
