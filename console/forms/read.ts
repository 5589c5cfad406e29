import { instantOfLocal } from '../words/dates.ts';
import type { Field, Input } from './fields.ts';

/** What was typed, by the names of the fields; one name may have several values. */
export type Typed = ReadonlyMap<string, readonly string[]>;

/** The values of a form, with the ends of lines as texts are recorded. */
export function typedIn(form: URLSearchParams): Typed {
  const typed = new Map<string, string[]>();
  for (const [name, value] of form) typed.set(name, [...(typed.get(name) ?? []), value.replaceAll('\r\n', '\n')]);
  return typed;
}

/** The command's data as typed: what is left empty is left out, what is no number stays as it is, for the schema to name it. */
export function dataOf(fields: readonly Field[], typed: Typed): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.kind === 'group' ? groupOf(field, typed) : valueOf(field, typed);
    if (value !== undefined) data[lastOf(field.path)] = value;
  }
  return data;
}

/** A group that may be left out, and in which nothing was typed, is not there. */
function groupOf(group: Extract<Field, { kind: 'group' }>, typed: Typed): unknown {
  const inner = dataOf(group.fields, typed);
  if (Object.keys(inner).length === 0 && !group.required) return undefined;
  const isTuple = group.fields.length > 0 && group.fields.every(({ path }) => /\.\d+$/.test(path));
  return isTuple ? group.fields.map(({ path }) => inner[lastOf(path)] ?? '') : inner;
}

function valueOf({ kind, path, numeric, required }: Input, typed: Typed): unknown {
  const values = typed.get(path) ?? [];
  if (kind === 'appointments') return values.length === 0 && !required ? undefined : values;
  const text = (values[0] ?? '').trim();
  if (text === '') return undefined;
  if (kind === 'tick' || kind === 'decision') return text === 'true' || (text === 'false' ? false : text);
  if (kind === 'instant') return instantOfLocal(text);
  if (numeric) return /^-?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;
  return text;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
