import fc from 'fast-check';

/** What of a JSON schema of the document is looked at. */
export interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly example?: unknown;
}

const OF_FORMAT: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-03-02', '2024-02-29', '2026-12-31'], 'date-time': ['2026-03-02T09:00:00+01:00', '2024-02-29T23:59:59.999Z'], uri: ['https://a.example/x'], email: ['a@example.org'],
};
/** A longer text shows nothing that this one does not. */
const LONGEST = 2_000;

/** Values that a schema takes, the usual one first, then those at its edges: each choice, the least and the most, what may be empty or left out. */
export class Boundaries {
  private readonly schemas: Readonly<Record<string, Schema>>;

  /** `schemas`: those that others refer to by name. */
  constructor(schemas: Readonly<Record<string, Schema>>) {
    this.schemas = schemas;
  }

  /** One thing at a time is at its edge, so that what breaks by one value is found. */
  valuesOf(schema: Schema): readonly unknown[] {
    const { $ref, anyOf, nullable } = schema;
    if ($ref !== undefined) return this.valuesOf(this.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    const values = anyOf === undefined ? this.ofType(schema) : anyOf.flatMap((one) => this.valuesOf(one));
    return nullable === true ? [...values, null] : values;
  }

  private ofType(schema: Schema): readonly unknown[] {
    if (schema.enum !== undefined) return schema.enum;
    switch (schema.type ?? '') {
      case 'object': return this.objects(schema);
      case 'array': return this.arrays(schema);
      case 'string': return strings(schema);
      case 'integer': case 'number': return numbers(schema);
      case 'boolean': return [true, false];
      default: return [schema.example ?? {}];
    }
  }

  private objects({ properties = {}, required = [] }: Schema): readonly object[] {
    const choices = Object.entries(properties).map(([name, schema]) => ({ name, values: this.valuesOf(schema) }));
    const whole = Object.fromEntries(choices.map(({ name, values }) => [name, values[0]]));
    const least = Object.fromEntries(choices.filter(({ name }) => required.includes(name)).map(({ name, values }) => [name, values[0]]));
    return [whole, least, ...choices.flatMap(({ name, values }) => values.slice(1).map((value) => ({ ...whole, [name]: value })))];
  }

  private arrays({ items = {}, minItems = 0 }: Schema): readonly unknown[] {
    const single = this.valuesOf(items).map((value) => Array.from({ length: Math.max(1, minItems) }, () => value));
    return minItems === 0 ? [...single, []] : single;
  }
}

function strings({ example, format = '', pattern, minLength = 0, maxLength = LONGEST }: Schema): readonly string[] {
  const form = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  const isTaken = (text: string) => text.length >= minLength && text.length <= maxLength && form?.test(text) !== false;
  const given = [...(typeof example === 'string' ? [example] : []), ...(OF_FORMAT[format] ?? [])];
  const edges = format === '' ? ['a'.repeat(Math.max(1, minLength)), '1', 'a'.repeat(Math.min(maxLength, LONGEST)), ''] : [];
  const taken = [...new Set([...given, ...edges])].filter(isTaken);
  return taken.length > 0 || form === undefined ? taken : fc.sample(fc.stringMatching(form), { numRuns: 1, seed: 7 });
}

function numbers({ example, minimum = 0, maximum = 1_000 }: Schema): readonly number[] {
  const given = typeof example === 'number' ? [example] : [];
  return [...new Set([...given, minimum, maximum, 0, 1])].filter((number) => number >= minimum && number <= maximum);
}
