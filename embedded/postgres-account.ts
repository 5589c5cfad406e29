import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './child.ts';
import { StartupError } from './errors.ts';

/**
 * The account PostgreSQL runs under: null for the caller's own. PostgreSQL refuses to run as root, so root needs
 * another: the one that owns the data already, else `postgres`, else a system account made for it.
 */
export function postgresAccount(dataDir: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  return ownerOf(dataDir) ?? lookUp('postgres') ?? lookUp('associa') ?? createAccount('associa');
}

function ownerOf(dataDir: string): Account | null {
  const stats = statSync(join(dataDir, 'PG_VERSION'), { throwIfNoEntry: false });
  return stats === undefined || stats.uid === 0 ? null : { uid: stats.uid, gid: stats.gid };
}

function lookUp(name: string): Account | null {
  const [uid, gid] = [idOf(name, '-u'), idOf(name, '-g')];
  return uid === null || gid === null ? null : { uid, gid };
}

function idOf(name: string, which: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [which, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : null;
}

function createAccount(name: string): Account {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  const account = lookUp(name);
  if (account === null) {
    throw new StartupError(
      'PostgreSQL does not run as root, and no other account could be made for it: ' +
        'start as a plain user, or create the system user "postgres" first.',
    );
  }
  return account;
}
