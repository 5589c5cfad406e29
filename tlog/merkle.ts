import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

/** A complete subtree of the log's tree: `2 ** level` leaves from `index * 2 ** level` on. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Leaves next to each other, as the complete subtrees they are made of, from left to right. */
export type Range = readonly Subtree[];

/** The root of a log without a leaf (RFC 6962, 2.1). */
export const EMPTY_ROOT: Buffer = sha256();

export function leafHash(record: Buffer): Buffer {
  return sha256(LEAF, record);
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(NODE, left, right);
}

/** The hash over a range, of the hashes of its subtrees. */
export function rangeHash(hashes: readonly Buffer[]): Buffer {
  const [last, ...others] = hashes.toReversed();
  return last === undefined ? EMPTY_ROOT : others.reduce((right, left) => nodeHash(left, right), last);
}

/** The whole tree of a size. */
export function treeRange(size: number): Range {
  return rangeOf(0, size);
}

/** What the hashes of an inclusion proof are of, in their order (RFC 6962, 2.1.1). Throws RangeError where no such leaf is in the tree. */
export function inclusionRanges(leaf: number, size: number): Range[] {
  if (!(leaf >= 0 && leaf < size)) throw new RangeError('Not a leaf of the tree');
  const ranges: Range[] = [];
  for (let [from, to] = [0, size]; to - from > 1;) {
    const middle = from + splitOf(to - from);
    ranges.push(leaf < middle ? rangeOf(middle, to) : rangeOf(from, middle));
    if (leaf < middle) to = middle;
    else from = middle;
  }
  return ranges.toReversed();
}

/** What the hashes of a consistency proof are of, in their order (RFC 6962, 2.1.2); none from an empty tree. Throws RangeError. */
export function consistencyRanges(first: number, second: number): Range[] {
  if (!(first >= 0 && first <= second)) throw new RangeError('The first tree is larger than the second');
  if (first === 0 || first === second) return [];
  const ranges: Range[] = [];
  let [from, to] = [0, second];
  while (to !== first) {
    const middle = from + splitOf(to - from);
    ranges.push(first <= middle ? rangeOf(middle, to) : rangeOf(from, middle));
    if (first <= middle) to = middle;
    else from = middle;
  }
  // The first tree itself is known to who asks; a part of it is not.
  return (from === 0 ? ranges : [...ranges, rangeOf(from, to)]).toReversed();
}

/** Whether a leaf is at that place in the tree of that size and root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(leaf: number, size: number, hashOfLeaf: Buffer, proof: readonly Buffer[], root: Buffer): boolean {
  if (!(leaf >= 0 && leaf < size)) return false;
  let [at, last, computed] = [leaf, size - 1, hashOfLeaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      computed = nodeHash(sibling, computed);
      [at, last] = pastLoneNodes(at, last);
    } else {
      computed = nodeHash(computed, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && computed.equals(root);
}

export interface Tree {
  readonly size: number;
  readonly root: Buffer;
}

/** Whether the second tree begins with all of the first (RFC 9162, 2.1.4.2). */
export function verifyConsistency(first: Tree, second: Tree, proof: readonly Buffer[]): boolean {
  if (first.size < 0 || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root);
  if (first.size === 0) return proof.length === 0 && first.root.equals(EMPTY_ROOT);
  let [at, last] = [first.size - 1, second.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // All of the first tree is one subtree of the second: its root is known, and not in the proof.
  const [begin, ...siblings] = at === 0 ? [first.root, ...proof] : proof;
  if (begin === undefined) return false;
  let [ofFirst, ofSecond] = [begin, begin];
  for (const sibling of siblings) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      ofFirst = nodeHash(sibling, ofFirst);
      ofSecond = nodeHash(sibling, ofSecond);
      [at, last] = pastLoneNodes(at, last);
    } else {
      ofSecond = nodeHash(ofSecond, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && ofFirst.equals(first.root) && ofSecond.equals(second.root);
}

/** The complete subtrees from a leaf up to another; the first is at a place where the tree splits. */
function rangeOf(from: number, to: number): Range {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to;) {
    const level = Math.floor(Math.log2(to - at));
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
}

/** The largest power of two below n. */
function splitOf(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

/** A node without a sibling on its right goes up as it is, until it has one. */
function pastLoneNodes(at: number, last: number): [number, number] {
  let [up, lastUp] = [at, last];
  while (up % 2 === 0 && up !== 0) [up, lastUp] = [half(up), half(lastUp)];
  return [up, lastUp];
}

// Sizes go beyond what the operators on bits hold.
function half(n: number): number {
  return Math.floor(n / 2);
}

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

function sha256(...parts: readonly Buffer[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}
