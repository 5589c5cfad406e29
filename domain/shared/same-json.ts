type Members = Readonly<Record<string, unknown>>;

/** Equal as JSON, whatever the order of members; one that is undefined is none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isObject(a) || !isObject(b) || Array.isArray(b)) return false;
  for (const name in a) if (!sameJson(a[name], member(b, name))) return false;
  for (const name in b) if (b[name] !== undefined && member(a, name) === undefined) return false;
  return true;
}

/** What every object inherits, like `constructor`, is no member. */
function member(value: Members, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
