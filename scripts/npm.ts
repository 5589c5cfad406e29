import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Asks the npm that called us, else the one on the path. */
export function npm(...args: string[]): Said {
  const inherited = process.env['npm_execpath'] ?? '';
  const [command, first] = inherited.endsWith('npm-cli.js') ? [process.execPath, [inherited]] : ['npm', []];
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(command, [...first, ...args], { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw new Error(`npm cannot be run: ${error.message}`);
  return { status, stdout, stderr };
}
