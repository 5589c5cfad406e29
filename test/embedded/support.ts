import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { identify } from '../../embedded/identity.ts';

/** Long enough for whatever a loaded machine does; a wait ends when its condition holds. */
const PATIENCE_MS = 40_000;

/** A folder of the test's own, with a space in its name, open to all so that PostgreSQL's account gets in; removed afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'associa test-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await sleep(50);
  }
}

/** Whether it runs; a zombie that nobody has fetched yet does not. */
export function isLiving(pid: number): boolean {
  return identify(pid) !== null;
}
