import { nodeHash, rangeHash, treeRange, type Subtree } from './merkle.ts';

export interface CompletedSubtree extends Subtree {
  readonly hash: Buffer;
}

/** A tree that grows leaf by leaf and keeps no more than its right edge: some 20 hashes for a million leaves. */
export class GrowingTree {
  private edge: CompletedSubtree[];
  private leaves: number;

  /** `edge`: the hashes of `treeRange(size)`. */
  constructor(size = 0, edge: readonly Buffer[] = []) {
    const range = treeRange(size);
    if (range.length !== edge.length) throw new RangeError('Not the right edge of a tree of that size');
    this.leaves = size;
    this.edge = range.flatMap((subtree, at) => { const hash = edge[at]; return hash === undefined ? [] : [{ ...subtree, hash }]; });
  }

  get size(): number {
    return this.leaves;
  }

  get root(): Buffer {
    return rangeHash(this.edge.map(({ hash }) => hash));
  }

  /** Adds a leaf; answers the subtrees that it completes, itself the first, the largest last. */
  add(hashOfLeaf: Buffer): CompletedSubtree[] {
    let newest: CompletedSubtree = { level: 0, index: this.leaves, hash: hashOfLeaf };
    const completed = [newest];
    for (let left = this.edge.at(-1); left?.level === newest.level; left = this.edge.at(-1)) {
      this.edge.pop();
      newest = { level: newest.level + 1, index: left.index / 2, hash: nodeHash(left.hash, newest.hash) };
      completed.push(newest);
    }
    this.edge.push(newest);
    this.leaves += 1;
    return completed;
  }
}
