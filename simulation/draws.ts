import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A duration in days, drawn from a triangle: never under `least`, mostly near `usual`, never over `most`. */
export interface Spread {
  readonly least: number;
  readonly usual: number;
  readonly most: number;
}

/** Chance, from a seed: the same draws in the same order on every machine. */
export interface Draws {
  /** True in this share of cases (0 to 1). */
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  /** Whole days; `pace` stretches the triangle. */
  days(spread: Spread, pace?: number): number;
  /** How many of `count` fall under `share`, each by itself. */
  of(count: number, share: number): number;
}

/** The draws of one comune in one run: its own, so that they don't depend on who else is simulated. */
export function drawsOf(seed: number, name: string): Draws {
  const generator = xoroshiro128plus(mixed(`${seed}/${name}`));
  const chance = (share: number): boolean => uniformFloat64(generator) < share;
  return {
    chance,
    whole: (least, most) => uniformInt(generator, least, most),
    days: ({ least, usual, most }, pace = 1) => Math.round(pace * triangular(uniformFloat64(generator), least, usual, most)),
    of: (count, share) => Array.from({ length: count }, () => chance(share)).filter(Boolean).length,
  };
}

/** The inverse of the triangle's distribution function. Square roots are exact to the last bit by IEEE 754, so it is the same everywhere. */
function triangular(share: number, least: number, usual: number, most: number): number {
  const width = most - least;
  if (width === 0) return least;
  const rising = (usual - least) / width;
  return share < rising ? least + Math.sqrt(share * width * (usual - least)) : most - Math.sqrt((1 - share) * width * (most - usual));
}

/** A text as 32 bits (FNV-1a, then the finalizer of MurmurHash3, so that neighbouring seeds begin far apart). */
function mixed(text: string): number {
  let hash = 0x811c_9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
