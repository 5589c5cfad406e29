import { isDatabaseAway } from '../../db/unavailable.ts';
import type { Texts } from '../../db/vault/texts.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';
import type { Keys } from '../auth/keys.ts';
import { Problem } from '../problems.ts';
import { contentOf, countInventory } from './inventories.ts';
import type { CommandSpec } from './kinds.ts';

interface Place {
  readonly stream: string;
  readonly commandId: string;
}

interface SetBeside {
  /** The data with a reference in the place of each free text and each inventory. */
  readonly data: object;
  /** What this call stored: taken back when the command is refused. */
  readonly fresh: readonly string[];
}

/** `NOW`: stored when this returns. `OR_LATER`: a fact may not be lost, so its texts wait for a database that is away. */
export type Urgency = 'NOW' | 'OR_LATER';

/** What an id names: a free text, or an inventory. */
type Prefix = 'txt' | 'inv';

export function namesText(id: string): boolean {
  return id.startsWith('txt-');
}

export function namesInventory(id: string): boolean {
  return id.startsWith('inv-');
}

/**
 * Stores free texts and inventories of a command beside the records, encrypted and erasable. An id comes from place and
 * content, so that the same command sent again names the same. Throws Problem, or the database's error.
 */
export async function setBeside(
  texts: Texts, keys: Keys, { freeText, inventories = [] }: Pick<CommandSpec, 'freeText' | 'inventories'>, data: object, place: Place, urgency: Urgency,
): Promise<SetBeside> {
  const changed = structuredClone(data);
  const fresh: string[] = [];
  const keep = async (prefix: Prefix, path: string, text: string): Promise<TextRef> => {
    const id = `${prefix}-${keys.digest('text', place.stream, place.commandId, path, text).slice(0, 32)}`;
    const given = { id, ...place, path, text };
    const stored = await texts.add(given).catch((error: unknown) => {
      if (urgency === 'OR_LATER' && isDatabaseAway(error)) return texts.addLater(given);
      throw error;
    });
    if (stored === null) throw underWay(place.commandId);
    if (stored.fresh) fresh.push(id);
    return stored.ref;
  };
  for (const path of freeText) {
    const holder = atPath(changed, path);
    const text = holder?.parent[holder.key];
    if (holder !== undefined && typeof text === 'string') holder.parent[holder.key] = await keep('txt', path, text);
  }
  for (const name of inventories) {
    const holder = atPath(changed, name);
    if (holder === undefined) continue;
    const records = holder.parent[name];
    const { textId, digest } = await keep('inv', name, contentOf(name, records));
    holder.parent[name] = { documentId: textId, digest, ...countInventory(name, records) };
  }
  return { data: changed, fresh };
}

/** The data as they would reach a process, for a decision that is written nowhere: texts and inventories stay where they are. */
export function asIfBeside({ freeText, inventories = [] }: Pick<CommandSpec, 'freeText' | 'inventories'>, data: object): object {
  const changed = structuredClone(data);
  for (const path of freeText) {
    const holder = atPath(changed, path);
    if (holder !== undefined && typeof holder.parent[holder.key] === 'string') holder.parent[holder.key] = { textId: 'txt-preview', digest: '' } satisfies TextRef;
  }
  for (const name of inventories) {
    const holder = atPath(changed, name);
    if (holder !== undefined) holder.parent[name] = { documentId: 'inv-preview', digest: '', ...countInventory(name, holder.parent[name]) };
  }
  return changed;
}

/** Where a dotted path leads in the data; undefined where it leads nowhere. */
export function atPath(data: object, path: string): { readonly parent: Record<string, unknown>; readonly key: string } | undefined {
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
  const message = {
    it: `Il comando ${commandId} è in corso con altri testi; per un nuovo comando si usi una nuova Idempotency-Key.`,
    en: `The command ${commandId} is under way with other texts; use a new Idempotency-Key for a new command.`,
  };
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message }]);
}
