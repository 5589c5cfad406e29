import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Account } from './child.ts';
import { StartupError } from './errors.ts';
import { writeFileAtomic } from './files.ts';
import { createRecord, readRecord, type PostgresRecord } from './postgres-record.ts';

/** Where the data really is, and the passwords that go with it. */
export interface PostgresPlace {
  readonly dataDir: string;
  readonly record: PostgresRecord;
}

/**
 * Decides where the data of `requested` lives: there, unless the account cannot reach it; then in a folder of its own
 * under `systemDir`, with a pointer beside the requested place, so that it is found again.
 */
export function placeData(requested: string, account: Account | null, systemDir: string): PostgresPlace {
  mkdirSync(dirname(requested), { recursive: true });
  const known = readRecord(requested);
  if (known !== null) {
    if (known.placedAt !== null) claim(known.placedAt, requested);
    return { dataDir: known.placedAt ?? requested, record: known };
  }

  const elsewhere = account !== null && !canWork(dirname(requested), account) ? roomUnder(systemDir, requested) : null;
  if (elsewhere !== null) claim(elsewhere, requested);
  return { dataDir: elsewhere ?? requested, record: createRecord(requested, elsewhere) };
}

/** A home may move, pointer and all; but of a home and its copy only one may have the data that both point to. */
function claim(placedAt: string, requested: string): void {
  const note = join(dirname(placedAt), 'belongs-to');
  const claimant = realPath(requested);
  const holder = existsSync(note) ? readFileSync(note, 'utf8') : claimant;
  if (holder !== claimant && readRecord(holder)?.placedAt === placedAt) {
    throw new StartupError(`${claimant} is a copy: its data in ${placedAt} belongs to ${holder}. Start with a home of its own.`);
  }
  writeFileAtomic(note, claimant, 0o600);
}

function realPath(requested: string): string {
  return join(realpathSync(dirname(requested)), basename(requested));
}

/** Tries it: only the system knows what modes, lists and mounts on the way add up to. */
function canWork(folder: string, account: Account): boolean {
  const trial = mkdtempSync(join(folder, 'reach-'));
  try {
    chownSync(trial, account.uid, account.gid);
    const { status } = spawnSync('/bin/sh', ['-c', 'cd -- "$1" && : > probe', 'sh', trial], { cwd: '/', ...account });
    return status === 0;
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

function roomUnder(systemDir: string, requested: string): string {
  const room = join(systemDir, createHash('sha256').update(realPath(requested)).digest('hex').slice(0, 12));
  // Data without a pointer belongs to a home that was deleted: it is nobody's, but not ours to destroy.
  if (existsSync(room)) renameSync(room, `${room}.old-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  mkdirSync(room, { recursive: true });
  // A strict umask would close them to the account.
  for (const folder of [systemDir, room]) chmodSync(folder, 0o755);
  return join(room, basename(requested));
}
