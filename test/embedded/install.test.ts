import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_DIR } from '../../config.ts';
import { temporaryFolder } from './support.ts';

const LOCKED = { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '2.0.0', optional: true } };

/** Stands for npm: says loudly what it does, and leaves a tree with a Node in it. */
const NPM = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
console.log('added 316 packages');
appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
if (process.env.FAIL_WITH) { console.error(process.env.FAIL_WITH); process.exit(1); }
mkdirSync('node_modules/.bin', { recursive: true });
writeFileSync('node_modules/.bin/node', '');
`;

/** A project of its own, in a folder with a space, with the installer and a stand-in for npm. */
function project(): { folder: string; install: (env?: Record<string, string>) => { status: number | null; said: string; npmCalls: number } } {
  const folder = temporaryFolder();
  write(join(folder, 'npm-cli.js'), NPM);
  // Whatever kind of modules a package.json in a folder above asks for.
  write(join(folder, 'package.json'), '{"type":"commonjs"}');
  write(join(folder, 'package-lock.json'), JSON.stringify({ packages: LOCKED }));
  mkdirSync(join(folder, 'scripts'));
  cpSync(join(PROJECT_DIR, 'scripts', 'install.mjs'), join(folder, 'scripts', 'install.mjs'));
  const install = (env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', 'install.mjs')], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', npm_execpath: join(folder, 'npm-cli.js'), ...env },
    });
    const calls = join(folder, 'calls');
    return { status, said: stdout + stderr, npmCalls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n').length : 0 };
  };
  return { folder, install };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

test('installs once, without npm’s noise, and again when the lockfile changes', () => {
  const { folder, install } = project();
  const first = install();
  expect(first).toMatchObject({ status: 0, npmCalls: 1 });
  expect(first.said).toMatch(/^Installing the packages[^\n]+\nInstalled in \d+ s\n$/);
  expect(readFileSync(join(folder, 'calls'), 'utf8')).toMatch(/^ci --include=dev --include=optional /);
  expect(install()).toEqual({ status: 0, said: '', npmCalls: 1 });
  write(join(folder, 'package-lock.json'), JSON.stringify({ packages: { ...LOCKED, 'node_modules/c': { version: '1.0.0' } } }));
  expect(install()).toMatchObject({ status: 0, npmCalls: 2 });
});

test('a tree installed by hand is taken when it is the locked one, and replaced when it is not', () => {
  const { folder, install } = project();
  write(join(folder, 'node_modules', '.bin', 'node'), '');
  const tree = join(folder, 'node_modules', '.package-lock.json');
  write(tree, JSON.stringify({ packages: { 'node_modules/a': LOCKED['node_modules/a'] } }));
  expect(install()).toEqual({ status: 0, said: '', npmCalls: 0 });
  write(tree, JSON.stringify({ packages: { 'node_modules/a': { version: '0.9.0' } } }));
  expect(install()).toMatchObject({ status: 0, npmCalls: 1 });
});

test('says in its first line what to do when the registry cannot be reached', () => {
  const { folder, install } = project();
  const { status, said } = install({ FAIL_WITH: 'npm error code ENOTFOUND' });
  expect(status).toBe(1);
  expect(said).toContain('The npm registry cannot be reached: go online once');
  expect(existsSync(join(folder, 'node_modules'))).toBe(false);
});
