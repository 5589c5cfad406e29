import { expect, test } from 'vitest';
import { loadBodies } from '../../../api/bodies.ts';
import { changeFormOf, contentOf } from '../../../console/territory/change-form.ts';

const bodies = loadBodies();
const merged = (predecessors: string) => contentOf(changeFormOf('BodiesMerged', 1), new Map([['predecessors', [predecessors]]]), bodies) as { readonly predecessors: readonly string[] };

test('codes are read as people separate and write them', () => {
  expect(merged('C_A010 c_a375').predecessors).toEqual(['c_a010', 'c_a375']);
  expect(merged('c_a010,c_a375; C_B448\n\tc_a618 \n').predecessors).toEqual(['c_a010', 'c_a375', 'c_b448', 'c_a618']);
  expect(merged('').predecessors).toEqual([]);
});

test('a split leads to two bodies at least and to twenty at most; every other change to one', () => {
  const rows = (kind: string, asked: unknown) => changeFormOf(kind, asked).rows;
  expect([rows('BodySplit', 0), rows('BodySplit', 'x'), rows('BodySplit', '3'), rows('BodySplit', 2.9), rows('BodySplit', 500)]).toEqual([2, 2, 3, 2, 20]);
  expect([rows('BodiesMerged', 7), rows('BodyRenamed', 2)]).toEqual([1, 1]);
  expect(changeFormOf('Nothing', 3)).toEqual({ kind: 'BodiesMerged', rows: 1 });
});
