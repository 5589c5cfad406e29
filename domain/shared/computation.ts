import type { Bilingual } from './bilingual.ts';

/**
 * How a field of a view is computed from other fields of it: what a reader is told of a date, and can count again. Fields
 * are paths of the view; an entry of a list stands by its name, or as `*` for any, in the inputs for the same entry.
 */
export interface Computation {
  readonly field: string;
  /** Stable code. */
  readonly rule: string;
  readonly says: Bilingual;
  /** Article of law; null: the policies of the case or an agreement say it. */
  readonly law: string | null;
  /** Fields that it is computed from, by the names under which `compute` takes them. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Only where this holds, by the inputs or by the value that it explains; another computation may serve elsewhere. It applies to no case in which an input is null. */
  applies?(values: Readonly<Record<string, unknown>>, value: unknown): boolean;
  compute(values: Readonly<Record<string, unknown>>): unknown;
}

/** The type of what stands at a path of a view. */
export type At<View, Path extends string> =
  View extends null | undefined ? never
    : Path extends `${infer Head}.${infer Rest}` ? (
      View extends readonly (infer Entry)[] ? At<Entry, Rest> : Head extends keyof View ? At<View[Head], Rest> : never
    ) : Path extends keyof View ? NonNullable<View[Path]> : never;

type Values<View, Inputs extends Readonly<Record<string, string>>> = { readonly [Name in keyof Inputs]: At<View, Inputs[Name]> };

/** Checks by types that the fields are of the view, and that `compute` takes what stands there. */
export type ComputationsOf<View> = <
  const Field extends string, const Inputs extends Readonly<Record<string, string>>,
>(computation: {
  readonly field: [At<View, Field>] extends [never] ? never : Field;
  readonly rule: string;
  readonly says: Bilingual;
  readonly law: string | null;
  readonly inputs: Inputs & { readonly [Name in keyof Inputs]: [At<View, Inputs[Name]>] extends [never] ? never : Inputs[Name] };
  applies?(values: Values<View, Inputs>, value: At<View, Field>): boolean;
  compute(values: Values<View, Inputs>): At<View, Field>;
}) => Computation;

/** What the `*` of a pattern stand for in a place; null where the place is another. */
export function bound(pattern: string, names: readonly string[]): readonly string[] | null {
  const parts = pattern.split('.');
  if (parts.length !== names.length) return null;
  const stars: string[] = [];
  for (const [index, part] of parts.entries()) {
    const name = names[index] ?? '';
    if (part === '*') stars.push(name);
    else if (part !== name) return null;
  }
  return stars;
}

/** The names of a pattern with its `*` filled in. */
export function filledIn(pattern: string, stars: readonly string[]): readonly string[] {
  let next = 0;
  return pattern.split('.').map((part) => {
    if (part !== '*') return part;
    next += 1;
    return stars[next - 1] ?? '';
  });
}
