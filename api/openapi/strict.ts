import { PLAIN_TEXT } from '../http/text.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * What OpenAPI 3.0 and the national rules ask of every schema of a document: a format for each number, bounds for each text
 * and list, a type beside each `nullable`, one example instead of a list of them.
 */
export function strictSchemas(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strictSchemas);
  if (!isMembers(value)) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === 'example' || key === 'examples' ? member : strictSchemas(member)]));
  return typeof members['type'] === 'string' ? bounded(members['type'], members) : typed(members);
}

function bounded(given: string, { type: _type, examples, ...rest }: Members): Members {
  // A list of whole numbers is called a number by who made the schema; its format says which.
  const type = given === 'number' && rest['format'] === 'int32' ? 'integer' : given;
  const example = Array.isArray(examples) && examples.length > 0 ? { example: examples[0] as unknown } : {};
  const isOpen = type === 'object' && rest['additionalProperties'] !== undefined && rest['additionalProperties'] !== false;
  return {
    type, ...(type === 'string' && 'enum' in rest ? {} : BOUNDS[type]), ...(isOpen ? { maxProperties: 1000 } : {}), ...formOf(type, rest), ...within(rest), ...example,
  };
}

/** Where no narrower form of a text is stated, it is the one that every text that is taken has. */
function formOf(type: string, rest: Members): Members {
  const isFormed = type !== 'string' || ['enum', 'pattern', 'format'].some((name) => name in rest);
  return isFormed ? {} : { pattern: PLAIN_TEXT };
}

/** The bounds that a library states for want of any other say less than ours. */
function within(rest: Members): Members {
  const isNoBound = ([name, value]: [string, unknown]) => ['minimum', 'maximum'].includes(name) && typeof value === 'number' && Math.abs(value) >= Number.MAX_SAFE_INTEGER;
  return Object.fromEntries(Object.entries(rest).filter((entry) => !isNoBound(entry)));
}

/** In OpenAPI 3.0 `nullable` says something beside a `type` only: a choice says of one option that it may be null. */
function typed(members: Members): Members {
  const { nullable, allOf, anyOf, ...rest } = members;
  if (nullable !== true) return members;
  const options = Array.isArray(anyOf) ? anyOf as unknown[] : Array.isArray(allOf) ? allOf as unknown[] : undefined;
  return options === undefined ? members : { ...rest, anyOf: [...options, NULL] };
}

const NULL = { type: 'object', nullable: true, enum: [null], additionalProperties: false };

const BOUNDS: Readonly<Record<string, Members>> = {
  number: { format: 'double', minimum: -1e15, maximum: 1e15 },
  integer: { format: 'int32', minimum: -2_147_483_648, maximum: 2_147_483_647 },
  string: { maxLength: 4000 },
  array: { minItems: 0, maxItems: 1000 },
};

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
