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

/** What every object inherits is no member: functions all, as no value of JSON is, but for `__proto__`. To ask `hasOwn` of each takes half as long again. */
function member(value: Members, name: string): unknown {
  const found = value[name];
  return typeof found === 'function' || (name === '__proto__' && !Object.hasOwn(value, name)) ? undefined : found;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
