import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_DIR } from '../../config.ts';

/** Negative controls: a fence that was never seen to bite is no fence. */
const folder = mkdtempSync(join(tmpdir(), 'associa-fence-'));
beforeAll(() => {
  for (const file of ['.oxlintrc.json', '.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(join(PROJECT_DIR, file), join(folder, file));
  symlinkSync(join(PROJECT_DIR, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => { rmSync(folder, { recursive: true }); });

function write(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return path;
}

function run(tool: string, ...args: string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [join(PROJECT_DIR, 'node_modules/.bin', tool), ...args], { cwd: folder, encoding: 'utf8' });
}

describe('the lint fence refuses', () => {
  it.each([
    ['a clock beside the arithmetic of dates', 'domain/shared/civil-date.ts', 'export const now = (): number => Date.now();\n', 'no-restricted-properties'],
    ['a clock in the domain', 'domain/a.ts', 'export const now = (): number => Date.now();\n', 'no-restricted-globals'],
    ['randomness in the domain', 'domain/b.ts', 'export const dice = (): number => Math.random();\n', 'no-restricted-properties'],
    ['the clock of civil dates in the domain', 'domain/c.ts', `import { Temporal } from 'temporal-polyfill';\nexport const now = Temporal.Now.instant();\n`, 'no-restricted-properties'],
    ['a builtin in a workflow', 'workflows/d.ts', `import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n`, 'no-restricted-imports'],
    ['a promise nobody waits for', 'db/e.ts', 'const work = async (): Promise<void> => {};\nexport function start(): void {\n  work();\n}\n', 'no-floating-promises'],
    ['any', 'db/f.ts', 'export const value: any = 1;\n', 'no-explicit-any'],
  ])('%s', (_name, path, text, rule) => {
    const { status, stdout } = run('oxlint', '--type-aware', write(path, text));
    expect(stdout).toContain(rule);
    expect(status).toBe(1);
  });

  it('nothing in clean code', () => {
    const { status, stdout } = run('oxlint', '--type-aware', write('domain/clean.ts', 'export const double = (n: number): number => n * 2;\n'));
    expect(stdout).toContain('Found 0 warnings and 0 errors');
    expect(status).toBe(0);
  });
});

describe('the layers', () => {
  it.each([
    ['the domain imports the database', { 'domain/x.ts': `import { y } from '../db/y.ts';\nexport const x = y;\n`, 'db/y.ts': 'export const y = 1;\n' }, 'domain-imports-itself'],
    ['something imports an entry point', { 'api/x.ts': `import { y } from '../server.ts';\nexport const x = y;\n`, 'server.ts': 'export const y = 1;\n' }, 'no-entry-point-imported'],
    ['two files import each other', { 'db/x.ts': `import { y } from './z.ts';\nexport const x = (): number => y();\n`, 'db/z.ts': `import { x } from './x.ts';\nexport const y = (): number => x();\n` }, 'no-cycle'],
    ['a rule pulls the schema library', { 'domain/adhesion/decide.ts': `import { z } from 'zod';\nexport const x = z.string();\n` }, 'no-type-of-a-schema-pulls-zod'],
    ['a rule of an area pulls the schema library', { 'domain/adhesion/deliberation/rules/session.ts': `import { z } from 'zod';\nexport const x = z.string();\n` }, 'no-type-of-a-schema-pulls-zod'],
  ])('are refused when %s', (_name, files, rule) => {
    for (const part of ['domain', 'db', 'api', 'workflows', 'server.ts']) rmSync(join(folder, part), { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) write(path, text);
    const { status, stdout } = run('depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...Object.keys(files));
    expect(stdout).toContain(rule);
    expect(status).not.toBe(0);
  });
});
