import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { consistencyRanges, EMPTY_ROOT, inclusionRanges, verifyConsistency, verifyInclusion } from '../../../tlog/merkle.ts';
import { NoteError, openNote, parseSigner, parseVerifier, signNote } from '../../../tlog/note.ts';
import { parseSpanPath, tilePath } from '../../../tlog/tiles.ts';
import { Chance, claimBytes, mutate } from '../../independent/mutants.ts';
import { ourNotes, TEST_SIGNER } from '../../independent/ours.ts';
import { memoryLog, type MemoryLog } from './tree.ts';

/** What golang.org/x/mod/sumdb says (test/independent/record.ts). */
interface Go {
  readonly trees: readonly string[];
  readonly large: string;
  readonly tiles: readonly { readonly level: number; readonly index: number; readonly width: number; readonly path: string }[];
  readonly mutants: { readonly digest: string; readonly verdicts: string };
  readonly signed: { readonly verifier: string; readonly signer: string; readonly note: string };
  readonly broken: readonly Judged[];
  readonly ours: readonly Judged[];
}
interface Judged { readonly name: string; readonly note: string; readonly holds: boolean }

const go = JSON.parse(readFileSync(new URL('../../golden/tlog/go.json', import.meta.url), 'utf8')) as Go;
const numbersBelow = (n: number) => Array.from({ length: n }, (_, at) => at);
const at = (hashes: readonly Buffer[], index: number): Buffer => hashes[index] ?? Buffer.alloc(0);

/** Proves everything of a tree with our code, verifies it with our code, and digests it as trees.go does. */
async function digestOf(log: MemoryLog, size: number, leaves: readonly number[], firsts: readonly number[]): Promise<string> {
  const inclusions = leaves.map((leaf) => inclusionRanges(leaf, size));
  const consistencies = firsts.map((first) => consistencyRanges(first, size));
  const hashed = await log.hashes([...inclusions, ...consistencies].flat(), size);
  const proofs = [...inclusions, ...consistencies].map((ranges) => hashed.splice(0, ranges.length));
  const root = at(log.roots, size);
  for (const [place, leaf] of leaves.entries()) {
    if (!verifyInclusion(leaf, size, at(log.leaves, leaf), proofs[place] ?? [], root)) throw new Error(`leaf ${leaf} of ${size}`);
  }
  for (const [place, first] of firsts.entries()) {
    if (!verifyConsistency({ size: first, root: at(log.roots, first) }, { size, root }, proofs[leaves.length + place] ?? [])) throw new Error(`${first} to ${size}`);
  }
  return hash('sha256', Buffer.concat([root, ...proofs.flatMap((proof) => [Buffer.of(proof.length), ...proof])]), 'hex');
}

describe('trees', () => {
  test('of every size up to 300: root and all proofs of inclusion and consistency verify here and are those of Go', async () => {
    const log = memoryLog(300);
    const digests: string[] = [];
    for (const size of numbersBelow(300).map((n) => n + 1)) {
      digests.push(await digestOf(log, size, numbersBelow(size), numbersBelow(size).map((n) => n + 1)));
    }
    expect(go.trees).toHaveLength(300);
    expect(digests).toEqual(go.trees);
  });

  test('of 70,000 leaves, over three levels of tiles', async () => {
    const log = memoryLog(70_000);
    const leaves = [0, 1, 255, 256, 4095, 65_535, 65_536, 69_887, 69_888, 69_999];
    const firsts = [1, 255, 256, 257, 4096, 65_535, 65_536, 65_537, 69_888, 69_999, 70_000];
    expect(await digestOf(log, 70_000, leaves, firsts)).toBe(go.large);
  });

  test('1,000 proofs with one thing changed are refused by Go and here', async () => {
    const log = memoryLog(300);
    const chance = new Chance();
    const judged: Buffer[] = [];
    let verdicts = '';
    for (const n of numbersBelow(1000)) {
      const size = 2 + chance.below(299);
      const place = chance.below(size - 1);
      const isInclusion = n % 2 === 0;
      const proof = await log.hashes(isInclusion ? inclusionRanges(place, size) : consistencyRanges(place + 1, size), size);
      const whole = { proof, root: at(log.roots, size), ...(isInclusion ? { at: place, other: at(log.leaves, place) } : { at: place + 1, other: at(log.roots, place + 1) }) };
      const claim = mutate(chance, whole);
      judged.push(claimBytes(size, claim));
      const holds = isInclusion
        ? verifyInclusion(claim.at, size, claim.other, claim.proof, claim.root)
        : verifyConsistency({ size: claim.at, root: claim.other }, { size, root: claim.root }, claim.proof);
      verdicts += holds ? '+' : '-';
    }
    expect(hash('sha256', Buffer.concat(judged), 'hex')).toBe(go.mutants.digest);
    expect(go.mutants.verdicts).toBe('-'.repeat(1000));
    expect(verdicts).toBe(go.mutants.verdicts);
  });

  test('a proof for a smaller tree does not hold for a larger one of the same root', () => {
    const { leaves, roots } = memoryLog(2);
    const [one, two, proof] = [at(roots, 1), at(roots, 2), [at(leaves, 1)]];
    expect([2, 3, 4].map((size) => verifyInclusion(0, size, at(leaves, 0), proof, two))).toEqual([true, false, false]);
    expect([2, 3, 4].map((size) => verifyConsistency({ size: 1, root: one }, { size, root: two }, proof))).toEqual([true, false, false]);
  });

  test('without a leaf: anything extends it, by no proof, and it has the root of nothing', () => {
    const some = { size: 2, root: at(memoryLog(2).roots, 2) };
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(verifyConsistency({ size: 0, root: EMPTY_ROOT }, some, [])).toBe(true);
    expect(verifyConsistency({ size: 0, root: some.root }, some, [])).toBe(false);
    expect(verifyConsistency({ size: 0, root: EMPTY_ROOT }, some, [EMPTY_ROOT])).toBe(false);
    expect(verifyConsistency(some, { size: 0, root: EMPTY_ROOT }, [])).toBe(false);
    expect(verifyInclusion(0, 0, EMPTY_ROOT, [], EMPTY_ROOT)).toBe(false);
    expect(() => inclusionRanges(2, 2)).toThrow(RangeError);
    expect(() => consistencyRanges(3, 2)).toThrow(RangeError);
  });
});

describe('tiles', () => {
  test.each(go.tiles)('$path', ({ path, ...tile }) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseSpanPath(path.slice(2))).toEqual({ index: tile.index, width: tile.width });
  });

  test.each(['', '1', '0001', 'x000/001', 'x1/234', '001/234', 'x001/234/', '/001', '001.p/0', '001.p/01', '001.p/256', '001.p/', '001.p', 'x001', '001.p/1/2', '-01'])('%j is no path of one', (path) => {
    expect(parseSpanPath(path)).toBeUndefined();
  });
});

describe('notes', () => {
  const verifier = parseVerifier(go.signed.verifier);
  const verdictOf = (note: string): boolean => {
    try {
      openNote(note, [verifier]);
      return true;
    } catch (error) {
      if (error instanceof NoteError) return false;
      throw error;
    }
  };

  test("Go's keys are read, and we sign byte for byte as Go does", () => {
    const signer = parseSigner(go.signed.signer);
    const { text, signedBy } = openNote(go.signed.note, [verifier]);
    expect(signNote(text, [signer])).toBe(go.signed.note);
    expect(signedBy.map((one) => one.text)).toEqual([go.signed.verifier]);
    expect([signer.verifier.text, TEST_SIGNER.verifier.text]).toEqual([go.signed.verifier, go.signed.verifier]);
  });

  test.each(go.broken)('$name: holds for Go $holds, and for us the same', ({ note, holds }) => {
    expect(verdictOf(note)).toBe(holds);
  });

  test('those that we sign hold for Go, but for those of another key', () => {
    expect(ourNotes()).toEqual(go.ours.map(({ name, note }) => ({ name, note })));
    expect(go.ours.map(({ name, holds }) => [name, holds])).toEqual(ourNotes().map(({ name, note }) => [name, verdictOf(note)]));
    expect(go.ours.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual(['another key']);
  });

  test.each(['', 'a', 'a+b', 'a b+6fd8e3b5+AQff', go.signed.verifier.replace('6fd8', '6fd9'), go.signed.verifier.slice(0, -4), go.signed.verifier.replace('example', 'exemple')])('%j is no key', (text) => {
    expect(() => parseVerifier(text)).toThrow(NoteError);
    expect(() => parseSigner(`PRIVATE+KEY+${text}`)).toThrow(NoteError);
  });
});
