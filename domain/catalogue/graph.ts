/** For each service those that it depends on. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** A way round: the path from a service over its dependencies back to itself, its name first and last. Undefined: there is none. */
export function findCycle(dependencies: Dependencies): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of dependencies.keys()) {
    const cycle = cycleFrom(start, dependencies, done, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function cycleFrom(service: string, dependencies: Dependencies, done: Set<string>, path: readonly string[]): readonly string[] | undefined {
  const begun = path.indexOf(service);
  if (begun !== -1) return [...path.slice(begun), service];
  if (done.has(service)) return undefined;
  for (const next of dependencies.get(service) ?? []) {
    const cycle = cycleFrom(next, dependencies, done, [...path, service]);
    if (cycle !== undefined) return cycle;
  }
  done.add(service);
  return undefined;
}

/** All that a service stands on, directly or through others: each after those that it stands on itself. */
export function requirementsOf(service: string, dependencies: Dependencies): readonly string[] {
  const found = new Set<string>();
  const add = (one: string, path: readonly string[]): void => {
    for (const next of dependencies.get(one) ?? []) {
      if (found.has(next) || path.includes(next)) continue;
      add(next, [...path, next]);
      found.add(next);
    }
  };
  add(service, [service]);
  return [...found];
}

/** How far each service is from those that depend on nothing, by the longest way; of a graph without a cycle. */
export function depthsOf(dependencies: Dependencies): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (service: string): number => {
    const known = depths.get(service);
    if (known !== undefined) return known;
    const depth = Math.max(-1, ...(dependencies.get(service) ?? []).map(depthOf)) + 1;
    depths.set(service, depth);
    return depth;
  };
  for (const service of dependencies.keys()) depthOf(service);
  return depths;
}
