import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toolPlaces } from '../../../config.ts';

const run = promisify(execFile);
/** Every package with the hashes of its files: pip takes no other. */
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Path of schemathesis in a Python environment of the cache, made first where there is none. Throws with what is missing. */
export async function findSchemathesis(cacheDir = toolPlaces().cacheDir): Promise<string> {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
  const folder = join(cacheDir, `schemathesis-${wanted}`);
  const program = join(folder, 'bin', 'schemathesis');
  // The mark is written last: an environment without it was left half made.
  if (existsSync(join(folder, 'complete'))) return program;
  mkdirSync(cacheDir, { recursive: true, mode: 0o700 });
  try {
    await makeEnvironment(folder, cacheDir);
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n').at(-1) : String(cause);
    throw new Error(`schemathesis could not be installed; Python 3.10 or later with venv and pip is needed, and PyPI or a mirror of it: ${said ?? ''}`, { cause });
  }
  return program;
}

/** An environment knows its own place, so it is made there; one that somebody else makes at the same time is waited for by making ours. */
async function makeEnvironment(folder: string, cacheDir: string): Promise<void> {
  const aside = mkdtempSync(join(cacheDir, 'schemathesis-old-'));
  if (existsSync(folder)) renameSync(folder, join(aside, 'old'));
  rmSync(aside, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary', ':all:', '--requirement', REQUIREMENTS];
  await run(join(folder, 'bin', 'python'), pip, { maxBuffer: 16 * 1024 * 1024 });
  writeFileSync(join(folder, 'complete'), '');
}
