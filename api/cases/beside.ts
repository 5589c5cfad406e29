import { isDatabaseAway } from '../../db/unavailable.ts';
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

/** `NOW`: stored when this returns. `OR_LATER`: a fact may not be lost, so its texts wait for a database that is away. */
export type Urgency = 'NOW' | 'OR_LATER';

/**
 * Stores the free texts of a command beside the records, encrypted and erasable. A text's id comes from its place and
 * content, so that the same command sent again names the same texts. Throws Problem, or the database's error.
 */
export async function setTextsBeside(
  texts: Texts, keys: Keys, paths: readonly string[], data: object, place: Place, urgency: Urgency,
): Promise<SetBeside> {
  const changed = structuredClone(data);
  const fresh: string[] = [];
  for (const path of paths) {
    const holder = holderOf(changed, path);
    const text = holder?.parent[holder.key];
    if (holder === undefined || typeof text !== 'string') continue;
    const id = `txt-${keys.digest('text', place.stream, place.commandId, path, text).slice(0, 32)}`;
    const given = { id, ...place, path, text };
    const stored = await texts.add(given).catch((error: unknown) => {
      if (urgency === 'OR_LATER' && isDatabaseAway(error)) return texts.addLater(given);
      throw error;
    });
    if (stored === null) throw underWay(place.commandId);
    holder.parent[holder.key] = stored.ref;
    if (stored.fresh) fresh.push(id);
  }
  return { data: changed, fresh };
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
