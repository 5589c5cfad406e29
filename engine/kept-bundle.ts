import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_DIR, PROJECT_DIR } from '../config.ts';
import { buildBundle, hashOf, type WorkflowBundle } from './bundle.ts';

/** Whatever may be in a bundle: its own folders, and by the lock file every package. */
export const BUNDLED = ['domain/**/*.ts', 'workflows/**/*.ts', 'engine/*.ts', 'package-lock.json', 'tsconfig.json'] as const;

const KEPT_IN = join(CACHE_DIR, 'associa');

interface Kept extends WorkflowBundle {
  /** Digest of all that it was built from. */
  readonly sources: string;
}

/**
 * The bundle of this very code. To build it takes seconds, so it is kept, and taken again while nothing that goes into it
 * has changed by as much as a byte. What is kept is checked against its own hash; where it can't be kept, it is built each time.
 */
export async function keptBundle(folder: string = KEPT_IN, build: () => Promise<WorkflowBundle> = buildBundle): Promise<WorkflowBundle> {
  const file = join(folder, 'bundle.json');
  const sources = digestOfSources();
  const kept = read(file);
  if (kept?.sources === sources && kept.hash === hashOf(kept.code)) return { code: kept.code, hash: kept.hash };
  const bundle = await build();
  keep(folder, file, { sources, ...bundle });
  return bundle;
}

/** Hex SHA-256 of the names and contents of all that a bundle of the project in a folder is built from, and of what builds it. */
export function digestOfSources(project: string = PROJECT_DIR): string {
  const digest = createHash('sha256').update(`${project}\0${process.version}\0`);
  for (const path of globSync([...BUNDLED], { cwd: project }).toSorted()) {
    const text = readFileSync(join(project, path));
    digest.update(`${path}\0${text.length}\0`).update(text);
  }
  return digest.digest('hex');
}

function read(file: string): Kept | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return null; // there is none, or it was cut off
  }
}

/** Under another name first: who reads meanwhile gets the old one whole or the new one whole. */
function keep(folder: string, file: string, kept: Kept): void {
  try {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(kept));
    renameSync(unfinished, file);
  } catch {
    // The installation is another user's, or the disk is full: the worker has its bundle all the same.
  }
}
