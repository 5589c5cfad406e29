import { hash } from 'node:crypto';

/** The same row of numbers in Go and in TypeScript; see trees.go. */
export class Chance {
  private drawn = 0;

  below(n: number): number {
    return this.hash().readUInt32BE() % n;
  }

  hash(): Buffer {
    this.drawn += 1;
    return hash('sha256', Buffer.concat([Buffer.from('associa mutants '), numbers(this.drawn)]), 'buffer');
  }
}

/** A proof, what it is checked against, and the place it is about: a leaf's index, or the size of the first tree. */
export interface Claim {
  readonly proof: readonly Buffer[];
  readonly root: Buffer;
  /** The hash of the leaf, or the root of the first tree. */
  readonly other: Buffer;
  readonly at: number;
}

/** Changes one thing of a claim. */
export function mutate(chance: Chance, claim: Claim): Claim {
  const kind = chance.below(8);
  const proof = [...claim.proof];
  const { length } = proof;
  if (kind === 0 && length > 0) {
    const at = chance.below(length);
    return { ...claim, proof: proof.with(at, flip(proof[at], chance.below(256))) };
  }
  if (kind === 1 && length > 0) return { ...claim, proof: proof.toSpliced(chance.below(length), 1) };
  if (kind === 2 && length > 0) {
    const twice = chance.below(length);
    return { ...claim, proof: [...proof.slice(0, twice + 1), ...proof.slice(twice)] };
  }
  if (kind === 3 && length > 1) {
    const one = chance.below(length - 1);
    return { ...claim, proof: proof.toSpliced(one, 2, ...proof.slice(one, one + 2).toReversed()) };
  }
  if (kind === 4) return { ...claim, root: flip(claim.root, chance.below(256)) };
  if (kind === 5) return { ...claim, other: flip(claim.other, chance.below(256)) };
  if (kind === 6) return { ...claim, at: claim.at + 1 };
  return { ...claim, proof: [...proof, chance.hash()] };
}

/** The bytes over which the two implementations agree that they judged the same. */
export function claimBytes(size: number, { proof, root, other, at }: Claim): Buffer {
  return Buffer.concat([numbers(size, at), root, other, Buffer.of(proof.length), ...proof]);
}

function flip(hashed: Buffer | undefined, bit: number): Buffer {
  const changed = Buffer.from(hashed ?? []);
  const at = Math.floor(bit / 8);
  changed[at] = (changed[at] ?? 0) ^ (1 << bit % 8);
  return changed;
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, 4 * at);
  return bytes;
}
