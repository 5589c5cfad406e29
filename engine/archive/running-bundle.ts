import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PROJECT_DIR } from '../../config.ts';
import { Archive } from '../../db/archive.ts';
import type { Db } from '../../db/client.ts';
import { Loop } from '../../db/loop.ts';
import { withoutSourceMap, type WorkflowBundle } from '../bundle.ts';

/** Archives the bundle that is about to run, with what it runs on: histories name it from their first task on. */
export async function keepRunningBundle(db: Db, { code, hash }: WorkflowBundle): Promise<void> {
  await new Archive(db).keepBundle({ hash, code: withoutSourceMap(code), sdk: sdkVersion(), node: process.version, lockfile: lockfileHash() });
}

const AGAIN_MS = 10_000;

/** The same, tried until it is done or stopped: a worker that can't reach the database decides and waits like any other. */
export function keepingRunningBundle(db: Db, bundle: WorkflowBundle, failed: (error: unknown) => void): Loop {
  return new Loop(async () => {
    try {
      await keepRunningBundle(db, bundle);
      return 'DONE';
    } catch (error) {
      failed(error);
      return 'REST';
    }
  }, AGAIN_MS);
}

/** Of the SDK that hosts workflows in this process. */
export function sdkVersion(): string {
  return (createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string }).version;
}

/** Hex SHA-256 of the lock file, which names every package by its content. */
function lockfileHash(): string {
  return createHash('sha256').update(readFileSync(join(PROJECT_DIR, 'package-lock.json'))).digest('hex');
}
