import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorText, StartupError } from './errors.ts';
import { isAlive } from './identity.ts';
import { readInstance } from './instance.ts';
import { readRunning } from './leftovers.ts';

/** Makes the home and tries to write into it. */
export function prepareHome(home: string): void {
  const isNew = !existsSync(home);
  try {
    makeFolder(home);
    // Closed to others; as root, PostgreSQL's own account must be able to pass through to its data.
    if (isNew) chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartupError(
      `ASSOCIA_HOME ${home} cannot be written (${errorText(error)}): make it writable, or choose another folder with ASSOCIA_HOME.`,
    );
  }
}

/** Step by step: where a file system takes no folders (/proc), Node's recursive mkdir never comes back. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** A process that was killed may keep its locks for a moment, until its last thread is gone. */
const DYING_MS = 5_000;

/** Takes the home for this process; the kernel gives it back when the process ends, however it ends. */
export async function lockHome(home: string): Promise<() => void> {
  const deadline = Date.now() + DYING_MS;
  for (;;) {
    const lock = new DatabaseSync(join(home, 'supervisor.lock'));
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return () => lock.close();
    } catch (error) {
      lock.close();
      if (!/locked/.test(errorText(error))) throw notLockable(home, error);
      const holder = readRunning(home)?.supervisor;
      if (Date.now() > deadline || (holder !== undefined && isAlive(holder))) throw isHeld(home, holder?.pid);
      await sleep(100);
    }
  }
}

function isHeld(home: string, pid: number | undefined): StartupError {
  const url = readInstance(home)?.url;
  return new StartupError(
    `ASSOCIA_HOME ${home} is held by an Associa that is running${pid === undefined ? '' : ` (pid ${pid})`}` +
      `${url === undefined ? '' : ` at ${url}`}: stop it first, or choose another folder with ASSOCIA_HOME.`,
  );
}

function notLockable(home: string, cause: unknown): StartupError {
  return new StartupError(`ASSOCIA_HOME ${home} cannot be locked (${errorText(cause)}): choose a folder on a local disk.`);
}

/** Makes the folder of the logs and puts the last start's logs aside; answers where a log goes. */
export function openLogs(home: string): (name: string) => string {
  const folder = join(home, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const rotated = new Set<string>();
  return (name) => {
    const path = join(folder, `${name}.log`);
    if (!rotated.has(path) && existsSync(path)) renameSync(path, `${path}.1`);
    rotated.add(path);
    return path;
  };
}
