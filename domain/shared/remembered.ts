const MOST = 4_096;

/** A pure function that remembers its answers; when it has too many it begins anew. The key must be all that it depends on. */
export function remembered<Key extends string | number, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    if (known.size >= MOST) known.clear();
    known.set(key, value);
    return value;
  };
}
