import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorText, StartupError } from './errors.ts';
import { readInstance } from './instance.ts';
import { readRunning } from './leftovers.ts';

/** Makes the home and tries to write into it. */
export function prepareHome(home: string): void {
  const isNew = !existsSync(home);
  try {
    mkdirSync(home, { recursive: true });
    // Closed to others; as root, PostgreSQL's own account must be able to pass through to its data.
    if (isNew) chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartupError(
      `ASSOCIA_HOME ${home} cannot be written (${errorText(error)}): make it writable, or choose another folder with ASSOCIA_HOME.`,
    );
  }
}

/** Takes the home for this process; the kernel gives it back when the process ends, however it ends. */
export function lockHome(home: string): () => void {
  try {
    const lock = new DatabaseSync(join(home, 'supervisor.lock'));
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    if (!/locked/.test(errorText(error))) {
      throw new StartupError(`ASSOCIA_HOME ${home} cannot be locked (${errorText(error)}): choose a folder on a local disk.`);
    }
    const pid = readRunning(home)?.supervisor.pid;
    const url = readInstance(home)?.url;
    throw new StartupError(
      `ASSOCIA_HOME ${home} is held by an Associa that is running${pid === undefined ? '' : ` (pid ${pid})`}` +
        `${url === undefined ? '' : ` at ${url}`}: stop it first, or choose another folder with ASSOCIA_HOME.`,
    );
  }
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
