import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { depthsOf, findCycle, requirementsOf, type Dependencies } from '../../../domain/catalogue/graph.ts';

const graph = (edges: Readonly<Record<string, readonly string[]>>): Dependencies => new Map(Object.entries(edges));

/** Any graph of up to eight services. */
const anyGraph = fc.integer({ min: 1, max: 8 }).chain((size) => fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size }))
  .map((lists) => new Map(lists.map((list, index) => [`S${index}`, list.map((one) => `S${one}`)])));

/** The same, said slowly: what can be reached, by squaring the relation until nothing is added. */
function reach(dependencies: Dependencies): ReadonlyMap<string, ReadonlySet<string>> {
  const reached = new Map([...dependencies].map(([from, to]) => [from, new Set(to)]));
  for (let grown = true; grown;) {
    grown = false;
    for (const to of reached.values()) {
      const more = [...to].flatMap((via) => [...reached.get(via) ?? []]).filter((next) => !to.has(next));
      for (const next of more) to.add(next);
      grown ||= more.length > 0;
    }
  }
  return reached;
}

describe('a way round', () => {
  test('is named from the service at which it is met back to it', () => {
    expect(findCycle(graph({ A: ['B'], B: ['C', 'D'], C: [], D: ['B'] }))).toEqual(['B', 'D', 'B']);
    expect(findCycle(graph({ A: ['A'] }))).toEqual(['A', 'A']);
    expect(findCycle(graph({ A: ['B', 'C'], B: ['C'], C: [] }))).toBeUndefined();
    expect(findCycle(graph({}))).toBeUndefined();
  });

  test('is found exactly where a service reaches itself, and every step of it is a dependency', () => {
    fc.assert(fc.property(anyGraph, (dependencies) => {
      const reached = reach(dependencies);
      const cycle = findCycle(dependencies);
      expect(cycle !== undefined).toBe([...reached].some(([service, to]) => to.has(service)));
      for (const [index, service] of (cycle ?? []).slice(0, -1).entries()) expect(dependencies.get(service)).toContain(cycle?.[index + 1]);
      expect(cycle?.at(-1)).toBe(cycle?.[0]);
    }), { numRuns: 500 });
  });
});

test('what a service stands on is all that it reaches, each after its own', () => {
  expect(requirementsOf('A', graph({ A: ['B', 'C'], B: ['D'], C: ['D'], D: [] }))).toEqual(['D', 'B', 'C']);
  fc.assert(fc.property(anyGraph, (dependencies) => {
    const [service] = dependencies.keys();
    const found = requirementsOf(service ?? '', dependencies);
    const expected = new Set(reach(dependencies).get(service ?? ''));
    expected.delete(service ?? '');
    expect(new Set(found)).toEqual(expected);
    if (findCycle(dependencies) !== undefined) return;
    for (const [index, one] of found.entries()) expect(found.slice(0, index)).toEqual(expect.arrayContaining([...dependencies.get(one) ?? []]));
  }), { numRuns: 300 });
});

test('a service stands one further than the furthest that it depends on', () => {
  expect(depthsOf(graph({ A: ['B', 'C'], B: ['D'], C: [], D: [] }))).toEqual(new Map([['A', 2], ['B', 1], ['C', 0], ['D', 0]]));
});
