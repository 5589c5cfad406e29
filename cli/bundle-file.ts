import { readFile } from 'node:fs/promises';
import type { WorkflowBundle } from '../engine/bundle.ts';
import { CannotRun } from './outcome.ts';

/** The bundle in a file that `npm run bundle` wrote. Throws CannotRun. */
export async function bundleOf(file: string): Promise<WorkflowBundle> {
  const { hashOf } = await import('../engine/bundle.ts');
  const code = await readFile(file, 'utf8').catch((cause: unknown) => { throw new CannotRun(`The bundle ${file} can't be read: give a file that npm run bundle made.`, { cause }); });
  return { code, hash: hashOf(code) };
}
