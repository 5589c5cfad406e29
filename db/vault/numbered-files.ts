import { join } from 'node:path';
import { namesIn, readIfPresent, readOrCreate } from './files.ts';

/** A key that is file `<number>.key` of a folder: the higher the number, the newer. */
export interface NumberedFile {
  readonly number: number;
  readonly path: string;
  readonly content: Buffer;
}

const KEY_FILE = /^([1-9]\d{0,8})\.key$/;

/** All of a folder, oldest first; none where there is no folder. */
export async function readNumbered(folder: string): Promise<NumberedFile[]> {
  const files: NumberedFile[] = [];
  for (const number of await numbersIn(folder)) {
    const path = numberedPath(folder, number);
    const content = await readIfPresent(path);
    if (content !== null) files.push({ number, path, content });
  }
  return files;
}

/** All of a folder, and the first, made where there is none. Several processes may do so at once. */
export async function openNumbered(folder: string, makeFirst: () => Buffer): Promise<NumberedFile[]> {
  if ((await numbersIn(folder)).length === 0) await readOrCreate(numberedPath(folder, 1), makeFirst);
  return readNumbered(folder);
}

/** Adds one that is newer than all there are; answers its number. Of two who add at the same time each has a number of its own. */
export async function addNumbered(folder: string, content: Buffer): Promise<number> {
  for (;;) {
    const number = (await numbersIn(folder)).reduce((most, one) => Math.max(most, one), 0) + 1;
    // Who was later finds the other's content under its number, and takes the next.
    const stored = await readOrCreate(numberedPath(folder, number), () => content);
    if (stored.equals(content)) return number;
  }
}

export async function numbersIn(folder: string): Promise<number[]> {
  return (await namesIn(folder)).map((name) => Number(KEY_FILE.exec(name)?.[1])).filter(Number.isInteger).toSorted((a, b) => a - b);
}

function numberedPath(folder: string, number: number): string {
  return join(folder, `${number}.key`);
}
