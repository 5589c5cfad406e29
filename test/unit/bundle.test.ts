import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_DIR } from '../../config.ts';
import { buildBundle, type WorkflowBundle } from '../../engine/bundle.ts';

let bundle: WorkflowBundle;
const elsewhere = mkdtempSync(join(tmpdir(), 'associa bundle '));
beforeAll(async () => { bundle = await buildBundle(); }, 60_000);
afterAll(() => { rmSync(elsewhere, { recursive: true }); });

describe('the workflow bundle', () => {
  it('holds the processes and no schema library: a newer schema must not judge old payloads on replay', () => {
    expect(bundle.code).toContain('domain/adhesion/');
    expect(bundle.code).not.toContain('node_modules/zod');
    // Nor sentences of the legal clock: rules note codes, words are for people.
    expect(bundle.code).toContain('domain/calendar/terms');
    expect(bundle.code).not.toContain('domain/calendar/words');
  });

  it('is a file named by its content, which names no folder and has the same bytes when it is built elsewhere', () => {
    for (const part of ['domain', 'workflows', 'activities', 'engine', 'db', 'scripts', 'config.ts', 'config-values.ts', 'package.json', 'tsconfig.json']) {
      cpSync(join(PROJECT_DIR, part), join(elsewhere, part), { recursive: true });
    }
    // Copied, or linked hard on the same disk: a symbolic link would be resolved, and the modules would lie elsewhere.
    execFileSync('sh', ['-c', 'cp -al "$1" "$2" 2>/dev/null || cp -a "$1" "$2"', 'sh', join(PROJECT_DIR, 'node_modules'), elsewhere]);
    const [here, there] = [PROJECT_DIR, elsewhere].map((cwd, index) => {
      const folder = join(elsewhere, `bundles ${index}`);
      const { stdout } = spawnSync(process.execPath, ['scripts/bundle.ts', folder], { cwd, encoding: 'utf8' });
      const [file = ''] = readdirSync(folder);
      expect(stdout).toMatch(new RegExp(`^sha256 ${bundle.hash}\\n.*${file}\\n$`));
      return { file, bytes: readFileSync(join(folder, file)) };
    });
    expect(here?.file).toBe(`${bundle.hash}.js`);
    expect(createHash('sha256').update(here?.bytes ?? '').digest('hex')).toBe(bundle.hash);
    expect(there).toEqual(here);
    expect(here?.bytes.includes(PROJECT_DIR)).toBe(false);
  }, 120_000);
});
