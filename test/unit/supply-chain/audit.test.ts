import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PROJECT_DIR } from '../../../config.ts';

/** `npm run audit` with the real npm, in a project of two packages and a tool to build it, before a registry that gives recorded answers. */
const folder = mkdtempSync(join(tmpdir(), 'associa-audit-'));
const advisory = {
  id: 1097000, url: 'https://github.com/advisories/GHSA-cccc-2222-3333', title: 'Prototype pollution in left', severity: 'high', vulnerable_versions: '<1.4.0',
  cwe: ['CWE-1321'], cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
};
const exception = { package: 'left', advisory: 'GHSA-cccc-2222-3333', reason: 'only reached by the build, never by requests', until: '2999-12-31' };
let registry: Server;
/** What the registry answers about vulnerabilities, and what it was asked. */
let answer: { readonly status: number; readonly body: unknown };
let asked: unknown[];

beforeAll(async () => {
  for (const script of ['audit.ts', 'npm.ts', 'supply-chain.ts']) cpSync(join(PROJECT_DIR, 'scripts', script), join(folder, 'scripts', script), { recursive: true });
  mkdirSync(join(folder, 'home'));
  // For the script alone: npm looks at the lockfile.
  symlinkSync(join(PROJECT_DIR, 'node_modules'), join(folder, 'node_modules'));
  const locked = (version: string, dependencies: Record<string, string> = {}) => ({ version, integrity: 'sha512-x', license: 'MIT', dependencies });
  const root = { name: 'small', version: '1.0.0', type: 'module', dependencies: { right: '^2.0.0' }, devDependencies: { tool: '^3.0.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({
    name: 'small', version: '1.0.0', lockfileVersion: 3, requires: true,
    packages: { '': root, 'node_modules/right': locked('2.0.0', { left: '^1.0.0' }), 'node_modules/left': locked('1.3.0'), 'node_modules/tool': { ...locked('3.0.0'), dev: true } },
  }));
  const packuments: Readonly<Record<string, object>> = {
    '/left': { name: 'left', 'dist-tags': { latest: '1.3.0' }, versions: { '1.3.0': { name: 'left', version: '1.3.0' } } },
    '/right': { name: 'right', 'dist-tags': { latest: '2.0.0' }, versions: { '2.0.0': { name: 'right', version: '2.0.0', dependencies: { left: '^1.0.0' } } } },
    '/tool': { name: 'tool', 'dist-tags': { latest: '3.0.0' }, versions: { '3.0.0': { name: 'tool', version: '3.0.0' } } },
  };
  registry = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const isAudit = request.url === '/-/npm/v1/security/advisories/bulk';
      if (isAudit) asked.push(JSON.parse(gunzipSync(Buffer.concat(parts)).toString('utf8')));
      const known = packuments[request.url ?? ''];
      const { status, body } = isAudit ? answer : { status: known === undefined ? 404 : 200, body: known ?? {} };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => { registry.listen(0, '127.0.0.1', resolve); });
});
beforeEach(() => { asked = []; });
afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the gate with these exceptions. */
function audit(exceptions: readonly object[]): Promise<{ code: number; said: string }> {
  writeFileSync(join(folder, 'audit-exceptions.json'), JSON.stringify(exceptions));
  const { port } = registry.address() as AddressInfo;
  const env = {
    PATH: process.env['PATH'], HOME: join(folder, 'home'), npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: join(folder, 'home', 'cache'), npm_config_fetch_retries: '0',
    npm_config_package_lock_only: 'true', npm_config_update_notifier: 'false',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/audit.ts'], { cwd: folder, env }, (error, out, err) => { resolve({ code: error === null ? 0 : Number(error.code), said: `${out}${err}` }); });
  });
}

test('asks about every locked package, tools too, and passes when nothing is known', async () => {
  answer = { status: 200, body: {} };
  expect(await audit([])).toEqual({ code: 0, said: 'No known vulnerability that is not in the exceptions.\n' });
  expect(asked).toEqual([{ left: ['1.3.0'], right: ['2.0.0'], tool: ['3.0.0'] }]);
});

test('fails on an advisory that nobody decided to bear, also deep in the tree, and says where it is borne', async () => {
  answer = { status: 200, body: { left: [advisory] } };
  expect(await audit([])).toEqual({
    code: 1,
    said: 'left: high: Prototype pollution in left (https://github.com/advisories/GHSA-cccc-2222-3333)\nWhat is borne for a time goes into audit-exceptions.json: package, advisory, reason, until.\n',
  });
});

test('bears what is in the exceptions until its day', async () => {
  answer = { status: 200, body: { left: [advisory] } };
  expect((await audit([exception])).code).toBe(0);
  const late = await audit([{ ...exception, until: '2026-01-31' }]);
  expect([late.code, late.said.split('\n')[0]]).toEqual([1, 'the exception for left GHSA-cccc-2222-3333 ran out on 2026-01-31']);
});

test.each([
  ['has no such service', 405, { message: 'Method Not Allowed' }], ['answers with something else', 200, 'nothing'],
])('says that nothing was checked when the registry %s', async (_what, status, body) => {
  answer = { status, body };
  const { code, said } = await audit([]);
  expect([code, said.split('\n')[0]]).toEqual([2, expect.stringMatching(/^Not checked: the registry gives no answer about vulnerabilities \(npm audit ended with 1\)\.$/)]);
});
