import type { IFunction, RuleDefinition } from '@stoplight/spectral-core';
import { isObject, schemasIn, type Path, type Schema } from './schema-walk.ts';

export type Severity = 'error' | 'warn' | 'info';

/** A fault found at a place, or below it. */
export interface Fault {
  readonly message: string;
  readonly path?: Path;
}

type Look = (value: unknown, path: Path) => readonly Fault[];

/** A rule of ours: where it looks, and what it finds wrong there. */
export function rule(severity: Severity, given: string | string[], look: Look, resolved = true): RuleDefinition {
  const find: IFunction = (value, _options, { path }) => look(value, path.map(String)).map(({ message, path: below = [] }) => ({ message, path: [...path, ...below] }));
  return { severity, given, resolved, message: '{{error}}', then: { function: find } };
}

/** One sentence when it does not hold. */
export function must(severity: Severity, given: string | string[], message: string, holds: (value: unknown, path: Path) => boolean): RuleDefinition {
  return rule(severity, given, (value, path) => (holds(value, path) ? [] : [{ message }]));
}

const SCHEMAS = ['$.components.schemas[*]', '$.paths..schema', '$.components.parameters..schema', '$.components.headers..schema', '$.components.responses..schema'];

/** For each schema of the document, at whatever depth, once. */
export function everySchema(severity: Severity, message: string, holds: (schema: Schema) => boolean): RuleDefinition {
  return rule(severity, SCHEMAS, (root) => [...schemasIn(root)].flatMap(({ schema, path }) => (holds(schema) ? [] : [{ message, path }])), false);
}

export const OPERATIONS = '$.paths[*][get,put,post,delete,patch,options,head,trace]';
export const RESPONSES = `${OPERATIONS}.responses`;

/** Members of an object, none when it is none. */
export function membersOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

export function member(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) found = isObject(found) ? found[name] : undefined;
  return found;
}

export function filled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
