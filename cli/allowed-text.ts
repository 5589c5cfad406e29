import type { z } from 'zod';
import { reasonLine } from './problems.ts';
import { aligned } from './text.ts';
import type { Allowed } from './views.ts';

type Item = z.output<typeof Allowed>['items'][number];
type JsonSchema = Readonly<Record<string, unknown>>;

/** What may be done first, then what may not with each reason; `fields`: also what the data are made of. */
export function allowedText(items: readonly Item[], fields: boolean): string {
  const open = items.filter((item) => item.allowed);
  const shut = items.filter((item) => !item.allowed);
  const lines = [
    ...(open.length === 0 ? [] : ['Allowed now']),
    ...open.flatMap((item) => [`  ${item.command}`, ...(fields ? fieldLines(item.schema) : [])]),
    ...(shut.length === 0 ? [] : ['Not allowed now']),
    ...shut.flatMap((item) => [`  ${item.command}`, ...item.reasons.map((reason) => `  ${reasonLine(reason)}`), ...(fields ? fieldLines(item.schema) : [])]),
  ];
  return lines.length === 0 ? 'This caller may do nothing here.\n' : `${lines.join('\n')}\n`;
}

function fieldLines(schema: JsonSchema): string[] {
  const rows = fieldRows(schema, '');
  return rows.length === 0 ? ['      no data: {}'] : aligned(rows).map((line) => `      ${line}`);
}

function fieldRows(schema: JsonSchema, prefix: string): string[][] {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isSchema(property)) return [];
    const description = typeof property['description'] === 'string' ? property['description'] : '';
    const row = [`${prefix}${name}`, kindOf(property), required.includes(name) ? 'required' : 'optional', description];
    return [row, ...(property['type'] === 'object' ? fieldRows(property, `${prefix}${name}.`) : [])];
  });
}

/** The type of a field in a word or two. */
function kindOf(schema: JsonSchema): string {
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(options)) return options.filter(isSchema).map(kindOf).join(' | ');
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(' | ');
  if ('const' in schema) return String(schema['const']);
  if (typeof schema['format'] === 'string') return schema['format'];
  return typeof schema['type'] === 'string' ? schema['type'] : 'any';
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
