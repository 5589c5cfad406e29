import { z } from 'zod';
import { capital, type Bilingual } from '../../domain/shared/bilingual.ts';

/** What a fault is judged by; a check carries its own words (`says`). */
export interface Fault {
  readonly issue: z.core.$ZodIssue;
  readonly words: Bilingual | undefined;
}

/** Longer lists of what would be right say less than the documentation. */
const MOST_LISTED = 30;

/** A fault as a sentence: the field, what it must be, an example where the schema has one. `place` is the field's name in full. */
export function faultInWords({ issue, words }: Fault, schema: z.ZodType, place: string): Bilingual {
  const name = place === '' ? { it: 'il contenuto', en: 'the content' } : { it: `il campo ${place}`, en: `the field ${place}` };
  if (issue.code === 'unrecognized_keys') return unknownFields(issue.keys, schemaAt(schema, issue.path));
  const { it, en } = words ?? expectation(issue);
  const example = exampleOf(schemaAt(schema, issue.path));
  const [esempio, instance] = example === undefined ? ['', ''] : [`, ad esempio ${example}`, `, like ${example}`];
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return { it: `Manca ${name.it}: ${it}${esempio}.`, en: `${capital(name.en)} is missing: it ${en}${instance}.` };
  }
  return { it: `${capital(name.it)} ${it}${esempio}.`, en: `${capital(name.en)} ${en}${instance}.` };
}

function unknownFields(keys: readonly string[], schema: z.ZodType | undefined): Bilingual {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const unknown = listed(keys.map((key) => JSON.stringify(key.slice(0, 100))));
  const [ammessi, allowed] = known.length === 0 ? ['qui non ne è previsto alcuno', 'there is none here'] : [`i campi sono ${listed(known)}`, `the fields are ${listed(known)}`];
  return { it: `Campo non previsto: ${unknown}; ${ammessi}.`, en: `Unknown field: ${unknown}; ${allowed}.` };
}

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { it: 'un testo', en: 'a text' },
  number: { it: 'un numero', en: 'a number' },
  int: { it: 'un numero intero', en: 'a whole number' },
  boolean: { it: 'true o false', en: 'true or false' },
  object: { it: 'un oggetto', en: 'an object' },
  record: { it: 'un oggetto', en: 'an object' },
  array: { it: 'un elenco', en: 'a list' },
  tuple: { it: 'un elenco', en: 'a list' },
  null: { it: 'null', en: 'null' },
};

const FORMATS: Readonly<Record<string, Bilingual>> = {
  date: { it: 'deve essere una data civile AAAA-MM-GG', en: 'must be a civil date YYYY-MM-DD' },
  email: { it: 'deve essere un indirizzo di posta elettronica', en: 'must be an e-mail address' },
};

/** What the field must be, to be read after its name. */
function expectation(issue: z.core.$ZodIssue): Bilingual {
  switch (issue.code) {
    case 'invalid_type': {
      const { it, en } = TYPES[issue.expected] ?? { it: 'un altro tipo di valore', en: 'another kind of value' };
      return { it: `deve essere ${it}`, en: `must be ${en}` };
    }
    case 'invalid_value': {
      const values = listed(issue.values.map(String));
      return issue.values.length === 1 ? { it: `deve essere ${values}`, en: `must be ${values}` } : { it: `deve essere uno tra ${values}`, en: `must be one of ${values}` };
    }
    case 'too_small': return atLeast(issue);
    case 'too_big': return atMost(issue);
    case 'not_multiple_of': return { it: `deve essere un multiplo di ${issue.divisor}`, en: `must be a multiple of ${issue.divisor}` };
    case 'invalid_format': return FORMATS[issue.format] ?? { it: 'non ha la forma prevista', en: 'does not have the form that it must have' };
    case 'invalid_key': return { it: 'ha un nome di campo non ammesso', en: 'has the name of a field that is not allowed' };
    case 'invalid_union':
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'custom': return { it: 'ha un valore non ammesso', en: 'has a value that is not allowed' };
  }
}

function atLeast({ origin, minimum, inclusive = true, exact = false }: z.core.$ZodIssueTooSmall): Bilingual {
  const units = UNITS[origin];
  if (units === undefined) {
    return inclusive ? { it: `non può essere minore di ${minimum}`, en: `must not be less than ${minimum}` } : { it: `deve essere maggiore di ${minimum}`, en: `must be more than ${minimum}` };
  }
  if (minimum === 1 && !exact) return { it: 'non può essere vuoto', en: 'must not be empty' };
  return exact
    ? { it: `deve avere esattamente ${minimum} ${units.it}`, en: `must have exactly ${minimum} ${units.en}` }
    : { it: `deve avere almeno ${minimum} ${units.it}`, en: `must have at least ${minimum} ${units.en}` };
}

function atMost({ origin, maximum, inclusive = true, exact = false }: z.core.$ZodIssueTooBig): Bilingual {
  const units = UNITS[origin];
  if (units === undefined) {
    return inclusive ? { it: `non può essere maggiore di ${maximum}`, en: `must not be more than ${maximum}` } : { it: `deve essere minore di ${maximum}`, en: `must be less than ${maximum}` };
  }
  return exact
    ? { it: `deve avere esattamente ${maximum} ${units.it}`, en: `must have exactly ${maximum} ${units.en}` }
    : { it: `può avere al massimo ${maximum} ${units.it}`, en: `must have at most ${maximum} ${units.en}` };
}

/** Of what has a length; a number has none. */
const UNITS: Readonly<Record<string, Bilingual>> = {
  string: { it: 'caratteri', en: 'characters' },
  array: { it: 'elementi', en: 'items' },
};

function listed(values: readonly string[]): string {
  return values.length <= MOST_LISTED ? values.join(', ') : `${values.slice(0, MOST_LISTED).join(', ')} …`;
}

/** The schema of a place, as far as the way there is plain; what only wraps it is kept, for what it says beside. */
function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((current, step) => (current === undefined ? undefined : memberOf(bare(current), step)), schema);
}

function memberOf(schema: z.ZodType, step: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<PropertyKey, z.ZodType>> = schema.shape;
    return Object.hasOwn(shape, step) ? shape[step] : undefined;
  }
  // The library's own types say less than what its constructors took: a schema.
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodTuple) return schema.def.items[Number(step)] as z.ZodType | undefined;
  return undefined;
}

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault ? bare(schema.unwrap() as z.ZodType) : schema;
}

function exampleOf(schema: z.ZodType | undefined): string | undefined {
  if (schema === undefined) return undefined;
  const examples = [schema, bare(schema)].flatMap((one) => z.globalRegistry.get(one)?.['examples'] ?? []);
  const [first] = examples;
  return typeof first === 'string' || typeof first === 'number' ? String(first) : undefined;
}
