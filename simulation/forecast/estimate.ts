/** A probability found by counting runs, with the interval of 95 % in which the model's own lies (Wilson, 1927). */
export interface Estimate {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959_964;

/** Throws RangeError without runs. */
export function estimateOf(hits: number, runs: number): Estimate {
  if (runs < 1) throw new RangeError('A probability is found by at least one run');
  const share = hits / runs;
  const scale = 1 + (Z * Z) / runs;
  const middle = (share + (Z * Z) / (2 * runs)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / runs + (Z * Z) / (4 * runs * runs));
  return { probability: rounded(share), low: rounded(Math.max(0, middle - half)), high: rounded(Math.min(1, middle + half)) };
}

/** Four decimals: more would be noise. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
