import { instantOfLocal, localOfInstant } from '../words/dates.ts';
import type { Column, Field, Input } from './fields.ts';

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

function valueOf({ kind, path, numeric, required, columns = [] }: Input, typed: Typed): unknown {
  // A file is what became of it: a document, by its digest.
  if (kind === 'file') return undefined;
  const values = typed.get(path) ?? [];
  if (kind === 'appointments') return values.length === 0 && !required ? undefined : values;
  if (kind === 'choices') return values.length === 0 ? undefined : values;
  if (kind === 'points') return pointsOf(values, typed);
  if (kind === 'documents') return values.length === 0 ? undefined : values.map((sha256) => ({ sha256 }));
  // A digest is typed, or chosen in a second control of the same name.
  const text = (values.findLast((value) => value.trim() !== '') ?? '').trim();
  if (text === '') return undefined;
  if (kind === 'lines') {
    return numeric ? text.split(/[,;\s]+/).filter((part) => part !== '').map(numberOf) : linesIn(text);
  }
  if (kind === 'rows') return linesIn(text).map((line) => rowOf(line, columns));
  if (kind === 'euros') return centsOf(text);
  if (kind === 'tick' || kind === 'decision') return text === 'true' || (text === 'false' ? false : text);
  if (kind === 'instant') return instantOfLocal(text);
  if (numeric) return numberOf(text);
  return text;
}

/** Points are ticked in lists of all work items that can be done (`survey/power`): those of the one that is meant count. */
function pointsOf(values: readonly string[], typed: Typed): readonly string[] | undefined {
  const list = `${typed.get(WORK_ITEM)?.at(-1) ?? ''}/`;
  const points = values.filter((value) => value.startsWith(list)).map((value) => value.slice(list.length));
  return points.length === 0 ? undefined : points;
}

const WORK_ITEM = 'workItemId';

function linesIn(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** What stands on a line, column by column; what is too much stays with the last one, for the schema to name it. */
function rowOf(line: string, columns: readonly Column[]): Readonly<Record<string, unknown>> {
  const parts = line.split(/[;\s]+/).filter((part) => part !== '');
  const cells = [...parts.slice(0, columns.length - 1), parts.slice(columns.length - 1).join(' ')];
  return Object.fromEntries(columns.flatMap(({ name, numeric }, index) => {
    const cell = cells[index] ?? '';
    return cell === '' ? [] : [[name, numeric ? numberOf(cell) : cell]];
  }));
}

function cellOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The values of a form that would give these data; what the fields do not know is left out. */
export function typedOf(fields: readonly Field[], data: unknown): Typed {
  return new Map(fields.flatMap((field): [string, readonly string[]][] => {
    const value = memberOf(data, lastOf(field.path));
    if (value === undefined || value === null) return [];
    if (field.kind === 'points') return [[field.path, textsOf(field, value).map((point) => `${String(memberOf(data, WORK_ITEM))}/${point}`)]];
    return field.kind === 'group' ? [...typedOf(field.fields, value)] : [[field.path, textsOf(field, value)]];
  }));
}

function memberOf(data: unknown, name: string): unknown {
  // Of a tuple the names are its places.
  return typeof data === 'object' && data !== null && Object.hasOwn(data, name) ? (data as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textsOf({ kind, numeric, columns = [] }: Input, value: unknown): readonly string[] {
  if (kind === 'documents' && Array.isArray(value)) return value.flatMap((one) => { const digest = memberOf(one, 'sha256'); return typeof digest === 'string' ? [digest] : []; });
  if (kind === 'rows' && Array.isArray(value)) return [value.map((row: unknown) => columns.map(({ name }) => cellOf(memberOf(row, name))).join(' ')).join('\n')];
  if (Array.isArray(value)) return kind === 'lines' ? [value.map(String).join(numeric ? ', ' : '\n')] : value.map(String);
  if (kind === 'instant' && typeof value === 'string') return [localOfInstant(value)];
  if (kind === 'euros' && typeof value === 'number') return [(value / 100).toFixed(2).replace('.', ',')];
  if (kind === 'number' && typeof value === 'number') return [String(value).replace('.', ',')];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

const EUROS = /^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?$|^\d+\.\d{1,2}$/;

/** An amount in whole cents; what is no amount stays as it is, for the schema to name it. */
function centsOf(text: string): number | string {
  if (!EUROS.test(text)) return text;
  const [whole = '', part = ''] = text.includes(',') ? text.replaceAll('.', '').split(',') : /\.\d{1,2}$/.test(text) ? text.split('.') : [text.replaceAll('.', '')];
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

function numberOf(text: string): number | string {
  return /^-?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
