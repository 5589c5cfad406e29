import { sameJson } from '../../domain/shared/same-json.ts';
import type { Asked } from './asked.ts';

/** The first thing in which two sides differ; undefined on a side: it is not there. */
export interface Difference {
  readonly key: string;
  readonly field: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

/**
 * Lays what a replay asked beside what the history shows; null when they agree. A local activity stands in the history
 * where it ended: its place in the order, and its workflow task, are not compared.
 */
export function firstDifference(shown: readonly Asked[], replayed: readonly Asked[], finished: boolean): Difference | null {
  const byKey = new Map(replayed.map((asked) => [asked.key, asked]));
  for (const asked of shown) {
    const other = byKey.get(asked.key);
    if (other === undefined) return { key: asked.key, field: 'presence', recorded: asked.what, replayed: undefined };
    const difference = inFields(asked, other);
    if (difference !== null) return difference;
  }
  const known = new Set(shown.map(({ key }) => key));
  // A local activity that was under way when the history ended is in no marker.
  const more = replayed.find((asked) => !known.has(asked.key) && (finished || !isLocal(asked)));
  if (more !== undefined) return { key: more.key, field: 'presence', recorded: undefined, replayed: more.what };
  return inOrder(shown.filter((asked) => !isLocal(asked)), replayed.filter((asked) => !isLocal(asked)));
}

/** Lays two replays of one history beside each other: what no history shows is compared too. */
export function firstChange(own: readonly Asked[], candidate: readonly Asked[]): Difference | null {
  const byKey = new Map(candidate.map((asked) => [asked.key, asked]));
  for (const { key, beyond = {} } of own) {
    const other = byKey.get(key)?.beyond ?? {};
    const field = Object.keys(beyond).find((name) => !sameJson(beyond[name], other[name]));
    if (field !== undefined) return { key, field, recorded: beyond[field], replayed: other[field] };
  }
  return null;
}

function inFields(shown: Asked, replayed: Asked): Difference | null {
  const { key } = shown;
  const field = [...new Set([...Object.keys(shown.what), ...Object.keys(replayed.what)])].find((name) => !sameJson(shown.what[name], replayed.what[name]));
  if (field !== undefined) return { key, field, recorded: shown.what[field], replayed: replayed.what[field] };
  return isLocal(shown) || shown.at === replayed.at ? null : { key, field: 'workflow task', recorded: shown.at, replayed: replayed.at };
}

function inOrder(shown: readonly Asked[], replayed: readonly Asked[]): Difference | null {
  const index = shown.findIndex(({ key }, at) => replayed[at]?.key !== key);
  const key = shown[index]?.key;
  return key === undefined ? null : { key, field: 'order', recorded: shown.map((asked) => asked.key).slice(index, index + 3), replayed: replayed.map((asked) => asked.key).slice(index, index + 3) };
}

function isLocal({ key }: Asked): boolean {
  return key.startsWith('local activity ');
}
