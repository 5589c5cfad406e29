import type { Texts } from '../../db/vault/texts.ts';
import type { Keys } from '../auth/keys.ts';
import { Problem } from '../problems.ts';

interface Place {
  readonly stream: string;
  readonly commandId: string;
}

export interface SetBeside {
  /** The data with a reference in the place of each free text. */
  readonly data: object;
  /** Texts that this call stored: taken back when the command is refused. */
  readonly fresh: readonly string[];
}

/**
 * Stores the free texts of a command beside the records, encrypted and erasable. A text's id comes from its place and
 * content, so that the same command sent again names the same texts. Throws Problem, or the database's error.
 */
export async function setTextsBeside(texts: Texts, keys: Keys, paths: readonly string[], data: object, place: Place): Promise<SetBeside> {
  const changed = structuredClone(data);
  const fresh: string[] = [];
  for (const path of paths) {
    const holder = holderOf(changed, path);
    const text = holder?.parent[holder.key];
    if (holder === undefined || typeof text !== 'string') continue;
    const id = `txt-${keys.digest('text', place.stream, place.commandId, path, text).slice(0, 32)}`;
    const stored = await texts.add({ id, ...place, path, text });
    if (stored === null) throw underWay(place.commandId);
    holder.parent[holder.key] = stored.ref;
    if (stored.fresh) fresh.push(id);
  }
  return { data: changed, fresh };
}

/** True when data hold a text at one of the paths. */
export function hasFreeText(paths: readonly string[], data: object): boolean {
  return paths.some((path) => {
    const holder = holderOf(data, path);
    return typeof holder?.parent[holder.key] === 'string';
  });
}

function holderOf(data: object, path: string): { readonly parent: Record<string, unknown>; readonly key: string } | undefined {
  const keys = path.split('.');
  const key = keys.pop() ?? '';
  let parent: unknown = data;
  for (const step of keys) parent = isRecord(parent) ? parent[step] : undefined;
  return isRecord(parent) && Object.hasOwn(parent, key) ? { parent, key } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function underWay(commandId: string): Problem {
  const message = `The command ${commandId} is under way with other texts; use a new Idempotency-Key for a new command.`;
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message }]);
}
