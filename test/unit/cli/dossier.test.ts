import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILES, manifestText } from '../../../dossier/contents.ts';
import { digestOf } from '../../../dossier/records.ts';
import { OTHER_SIGNER, TEST_SIGNER } from '../../independent/ours.ts';
import { zipped } from '../../support/dossier.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { madeFiles, manifestIn, refitted } from '../dossier/made.ts';
import { cli } from './support.ts';

/** `audit check`, where there is no instance and nothing is set. */
let folder: string;
let file: string;
let changed: string;
const KEY = TEST_SIGNER.verifier.text;
const NOT_REPLAYED = 'The histories were not replayed: give --key, or --replay to run the code in the file.\n';
const OTHER = OTHER_SIGNER.verifier.text;
const check = (...args: string[]) => cli(['audit', 'check', '--no-replay', ...args], { ASSOCIA_HOME: join(folder, 'none') });

beforeAll(async () => {
  folder = temporaryFolder('check');
  const files = await madeFiles();
  [file, changed] = [join(folder, 'whole.zip'), join(folder, 'changed.zip')];
  writeFileSync(file, await zipped(files));
  files.set(FILES.events, Buffer.from(String(files.get(FILES.events)).replace('convenzione-cst', 'convenzione-cSt')));
  writeFileSync(changed, await zipped(await refitted(files)));
  writeFileSync(join(folder, 'keys.txt'), `${OTHER}\n${KEY}\n`);
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

test('a dossier holds: it is said of what, by whose key, and how much was looked at', async () => {
  expect(await check(file, '--key', KEY)).toEqual({
    code: 0, err: NOT_REPLAYED,
    out: `c_a010-1, log associa.example/log of 14 leaves, signed by\n  ${KEY}\nChecked events 9, streams 4, leaves 14, commands 4, histories 1, bundles 1, documents 1, pages 1: everything holds.\n`,
  });
});

test('a file of keys is as good as a key; without one it is said that the key proves nothing of whose it is', async () => {
  expect(await check(file, '--key', `@${join(folder, 'keys.txt')}`)).toMatchObject({ code: 0, err: NOT_REPLAYED });
  expect(await check('--key', KEY, '--key', OTHER, file)).toMatchObject({ code: 0, err: NOT_REPLAYED });
  expect(await check(file)).toMatchObject({ code: 0, err: `Without --key the key is the one that the file names: compare it with the one that was published.\n${NOT_REPLAYED}` });
});

test('what was changed is named with its place, for people and for machines', async () => {
  const { code, out, err } = await check(changed, '--key', KEY);
  expect([code, out.split('\n')[3], err]).toEqual([1, '  EVENT_NOT_IN_LOG: Its proof does not lead to the signed root: it is not leaf 2 of the log. adhesion/c_a010-1, version 2', 'It does not hold: 2 findings.\n']);
  const machine = await check(changed, '--key', KEY, '--json');
  expect([machine.code, JSON.parse(machine.out)]).toMatchObject([1, { ok: false, checked: { events: 9 }, findings: [{ code: 'EVENT_NOT_IN_LOG', stream: 'adhesion/c_a010-1', version: 2 }, { code: 'CHAIN_BROKEN', version: 3 }] }]);
});

test('a page of another program is said to be one; its data are looked at all the same', async () => {
  const files = await madeFiles();
  const page = Buffer.from(String(files.get(FILES.page)).replace('<title>', '<title>Altro: '));
  const manifest = { ...manifestIn(files), page: digestOf(page) };
  writeFileSync(join(folder, 'other.zip'), await zipped(new Map([...files, [FILES.manifest, manifestText(manifest)], [FILES.page, page]])));
  const { code, err, out } = await check(join(folder, 'other.zip'), '--key', KEY, '--json');
  expect([code, err, JSON.parse(out)]).toMatchObject([0, expect.stringContaining('made by another version'), { ok: true, checked: { pages: 0 } }]);
});

test('no code runs out of a file in which something else does not hold', async () => {
  const { out } = await cli(['audit', 'check', changed, '--json', '--key', KEY, '--replay'], { ASSOCIA_HOME: join(folder, 'none') });
  expect((JSON.parse(out) as { findings: { code: string }[] }).findings.map(({ code }) => code)).toEqual(['EVENT_NOT_IN_LOG', 'CHAIN_BROKEN']);
});

test('what is no history is found where it is to be replayed, which is where it is said who signed it, or that the code may run', async () => {
  const message = expect.stringMatching(/^Run .*: its history can't be read: /);
  for (const args of [['--key', KEY], ['--replay']]) {
    const { code, out } = await cli(['audit', 'check', file, '--json', ...args], { ASSOCIA_HOME: join(folder, 'none') });
    expect([code, JSON.parse(out)]).toMatchObject([1, { findings: [{ code: 'REPLAY_DIFFERS', stream: 'adhesion/c_a010-1', message }, { code: 'CASE_DOES_NOT_FOLD', stream: 'adhesion/c_a010-1' }] }]);
  }
  expect(await cli(['audit', 'check', file], { ASSOCIA_HOME: join(folder, 'none') })).toMatchObject({ code: 0, err: expect.stringContaining(NOT_REPLAYED) });
});

test('another key is a finding, a file of something else too; what can not be read or is no key can not run', async () => {
  expect(await check(file, '--key', OTHER)).toMatchObject({ code: 1, out: expect.stringContaining('CHECKPOINT_NOT_SIGNED: None of the known keys has signed it.') });
  expect(await check(join(folder, 'keys.txt'), '--json')).toMatchObject({ code: 1, out: expect.stringContaining('DOSSIER_UNREADABLE') });
  expect(await check(join(folder, 'nothing.zip'))).toMatchObject({ code: 2, err: expect.stringContaining("can't be read") });
  expect(await check(file, '--key', KEY.slice(0, -4))).toMatchObject({ code: 2, err: expect.stringContaining('--key is a line of /log/key') });
  expect(await check(file, '--key', '@nowhere')).toMatchObject({ code: 2 });
});
