import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { PROJECT_DIR } from '../config.ts';
import { CannotRun } from './outcome.ts';

/** `2/4`: the second of four parts. */
export const part = z.string().regex(/^([1-9]\d{0,2})\/([1-9]\d{0,2})$/, { error: 'must be like 1/4: the first of four parts' }).transform((given) => {
  const [index = 1, of = 1] = given.split('/').map(Number);
  return { index, of };
}).refine(({ index, of }) => index <= of, { error: 'must be one of the parts, like 1/4' }).optional();

export type Part = z.infer<typeof part>;

/** A process of its own for fewer pieces takes longer to begin than it saves. */
const WORTH_A_PROCESS = 40;

/** How many processes so many pieces of work are worth, where no part of them was asked for. */
export function processesFor(pieces: number, part: Part): number {
  return part === undefined ? Math.min(availableParallelism(), Math.floor(pieces / WORTH_A_PROCESS)) : 1;
}

/** Every n-th, so that the parts are alike long. */
export function ofPart<Piece>(pieces: readonly Piece[], { index, of }: NonNullable<Part> = { index: 1, of: 1 }): Piece[] {
  return pieces.filter((_piece, at) => at % of === index - 1);
}

/** Whether a run is of a part, by the end of its id, which is random (it begins with the time): lists of Temporal are not the same in each process. */
export function isOfPart(runId: string, { index, of }: NonNullable<Part> = { index: 1, of: 1 }): boolean {
  return Number.parseInt(runId.slice(-8), 16) % of === index - 1;
}

/** Tells the process that began this part how far it is. */
export function tellProgress(done: number): void {
  process.send?.({ done });
}

/** The same command for each part, in processes of their own; gives their reports. Throws CannotRun. */
export async function inParts<Report>(command: readonly string[], processes: number, progress: (done: number) => void): Promise<Report[]> {
  const done = new Map<number, number>();
  return Promise.all(Array.from({ length: processes }, async (_unused, index) => {
    const child = fork(join(PROJECT_DIR, 'cli.ts'), [...command, '--json', '--part', `${index + 1}/${processes}`], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.on('message', (message: { done: number }) => {
      done.set(index, message.done);
      progress([...done.values()].reduce((sum, one) => sum + one, 0));
    });
    const [out, err] = await Promise.all([child.stdout, child.stderr].map(async (stream) => (stream === null ? '' : text(stream))));
    try {
      return JSON.parse(out ?? '') as Report;
    } catch (cause) {
      throw new CannotRun((err ?? '').trim() || `A part of the work ended without a report (${child.exitCode ?? child.signalCode}).`, { cause });
    }
  }));
}

/** Counts of the same names, added up. */
export function sumOf<Name extends string>(counts: readonly Readonly<Record<Name, number>>[]): Record<Name, number> {
  const sums: Partial<Record<Name, number>> = {};
  for (const one of counts) for (const name of Object.keys(one) as Name[]) sums[name] = (sums[name] ?? 0) + one[name];
  return sums as Record<Name, number>;
}
