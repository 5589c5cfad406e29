import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_DIR } from '../../config.ts';
import { buildBundle, withoutSourceMap, type WorkflowBundle } from '../../engine/bundle.ts';

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

  it('names no folder of this machine and has the same hash when it is built elsewhere', () => {
    expect(withoutSourceMap(bundle.code)).not.toContain(PROJECT_DIR);
    for (const part of ['domain', 'workflows', 'activities', 'engine', 'db', 'config.ts', 'config-fields.ts', 'package.json', 'tsconfig.json']) {
      cpSync(join(PROJECT_DIR, part), join(elsewhere, part), { recursive: true });
    }
    // Copied, or linked hard on the same disk: a symbolic link would be resolved, and the modules would lie elsewhere.
    execFileSync('sh', ['-c', 'cp -al "$1" "$2" 2>/dev/null || cp -a "$1" "$2"', 'sh', join(PROJECT_DIR, 'node_modules'), elsewhere]);
    const script = `import { buildBundle } from './engine/bundle.ts'; console.log((await buildBundle()).hash)`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: elsewhere, encoding: 'utf8' });
    expect(stdout.trim()).toBe(bundle.hash);
  }, 120_000);
});
