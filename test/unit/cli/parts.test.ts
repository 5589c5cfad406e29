import { describe, expect, it } from 'vitest';
import { isOfPart, ofPart, processesFor, sumOf } from '../../../cli/parts.ts';

describe('parts of a work', () => {
  /** Of one minute: they begin alike. */
  const runIds = Array.from({ length: 300 }, (_unused, n) => `01a2045f-3cd2-718e-84e8-95fb${((n + 1) * 2_654_435_761 % 2 ** 32).toString(16).padStart(8, '0')}`);

  it('hold each run once, and are about alike long', () => {
    const parts = [1, 2, 3].map((index) => runIds.filter((id) => isOfPart(id, { index, of: 3 })));
    expect(parts.flat().toSorted()).toEqual(runIds.toSorted());
    for (const part of parts) expect(part.length).toBeGreaterThan(70);
    expect(runIds.filter((id) => isOfPart(id))).toEqual(runIds);
  });

  it('hold each case once', () => {
    expect([1, 2].map((index) => ofPart(['a', 'b', 'c'], { index, of: 2 }))).toEqual([['a', 'c'], ['b']]);
  });

  it('are not made of little, nor of a part', () => {
    expect([processesFor(39, undefined), processesFor(10_000, { index: 1, of: 4 })]).toEqual([0, 1]);
  });

  it('are counted together', () => {
    expect(sumOf([{ runs: 2, open: 1 }, { runs: 3, open: 0 }])).toEqual({ runs: 5, open: 1 });
  });
});
