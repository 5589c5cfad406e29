import { expect, test } from 'vitest';
import { sameJson } from '../../../domain/shared/same-json.ts';

test.each([
  [null, null], ['a', 'a'], [1.5, 1.5], [[], []], [{}, {}], [{ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 }], [{ a: 1, b: undefined }, { a: 1 }],
])('%j says the same as %j', (a, b) => {
  expect([sameJson(a, b), sameJson(b, a)]).toEqual([true, true]);
});

test.each([
  [null, {}], [null, undefined], ['1', 1], [[], {}], [[1, 2], [2, 1]], [[1], [1, 2]], [{ a: 1 }, {}], [{ a: null }, {}], [{ a: { b: 1 } }, { a: { b: 2 } }], [{ 0: 'a' }, ['a']],
  [{}, { constructor: 1 }], [{}, { toString: null }], [{}, JSON.parse('{"__proto__":1}')], [{}, JSON.parse('{"__proto__":{}}')],
])('%j says something else than %j', (a, b) => {
  expect([sameJson(a, b), sameJson(b, a)]).toEqual([false, false]);
});
