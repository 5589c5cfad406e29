import { isSensibleDate, isSensibleInstant, MAX_ACT_NUMBER, SUBJECT_ID } from './bounds.ts';
import type { TextRef } from '../shared/text-ref.ts';

/**
 * Shapes of the data that a correction gives. Its schema depends on the fact it corrects, which only the case knows: the
 * edge checks by the command's schema where it can, the process by these, without zod.
 */
export type Guard<Value> = (value: unknown) => value is Value;

export function shape<Data extends object>(guards: { readonly [Key in keyof Data]-?: Guard<Data[Key]> }): Guard<Data> {
  const fields: Readonly<Record<string, Guard<unknown>>> = guards;
  return (value): value is Data => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const given = new Map<string, unknown>(Object.entries(value));
    return [...given.keys()].every((key) => Object.hasOwn(fields, key))
      && Object.entries(fields).every(([key, guard]) => guard(given.get(key)));
  };
}

export function text(isRight: (value: string) => boolean): Guard<string> {
  return (value): value is string => typeof value === 'string' && isRight(value);
}

export function oneOf<const Value extends string | number>(...values: readonly Value[]): Guard<Value> {
  return (value): value is Value => values.some((known) => known === value);
}

export function optional<Value>(guard: Guard<Value>): Guard<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || guard(value);
}

export const date = text(isSensibleDate);
export const instant = text(isSensibleInstant);
export const actNumber = text((value) => value.trim().length > 0 && value.length <= MAX_ACT_NUMBER);
export const subjectId = text((value) => SUBJECT_ID.test(value));
export const flag: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
const short = text((value) => value.length > 0 && value.length <= 200);
export const textRef = shape<TextRef>({ textId: short, digest: short });
export const sha256 = text((value) => /^[0-9a-f]{64}$/.test(value));
