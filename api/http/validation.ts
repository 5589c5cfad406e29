import type { FastifySchema, FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import type { Says } from '../../domain/shared/says.ts';
import { Problem } from '../problems.ts';
import { faultInWords } from './faults-in-words.ts';

const MOST_FAULTS = 50;

/** The data by a schema; throws Problem with the place of each fault, seen from `place`. */
export function parseData<Output>(schema: z.ZodType<Output>, data: unknown, place = ''): Output {
  const parsed = parse(schema, data, place);
  if ('reasons' in parsed) throw Problem.validation(parsed.reasons);
  return parsed.data;
}

/** The data by a schema, or what is wrong with them, in words of both languages. */
export function parse<Output>(schema: z.ZodType<Output>, data: unknown, place = ''): { readonly data: Output } | { readonly reasons: readonly Reason[] } {
  // The words of each fault, by its place in the order of faults: what the library makes of an issue leaves its check out.
  const words = new Map<string, Bilingual>();
  const parsed = schema.safeParse(data, {
    reportInput: true,
    error: (issue) => {
      const own = wordsOf(issue);
      if (own === undefined) return undefined;
      const key = `words-${words.size}`;
      words.set(key, own);
      return key;
    },
  });
  if (parsed.success) return { data: parsed.data };
  return {
    reasons: parsed.error.issues.slice(0, MOST_FAULTS).map((issue) => {
      const { code, path, message } = issue;
      const where = [place, ...path.map(String)].filter((part) => part !== '').join('.');
      // `custom` is how the library names a rule of ours; its words say which.
      const reason = { code: code === 'custom' ? 'NOT_VALID' : code.toUpperCase(), message: faultInWords({ issue, words: words.get(message) }, schema, where) };
      return where === '' ? reason : { ...reason, path: where };
    }),
  };
}

/** The words of the check that failed, or of the schema that it belongs to; a rule over several fields gives them as a parameter. */
function wordsOf(issue: z.core.$ZodRawIssue): Bilingual | undefined {
  const { params } = issue as { readonly params?: { readonly words?: Bilingual } };
  return saidBy(issue.inst?._zod.def) ?? saidBy(issue.schema?._zod.def) ?? params?.words;
}

function saidBy(def: { readonly error?: unknown } | undefined): Bilingual | undefined {
  return typeof def?.error === 'function' && 'words' in def.error ? (def.error as Says['error']).words : undefined;
}

/** Checks what comes in by the schemas of the routes; the problem says what is wrong in both languages. */
export const checkedRequest: FastifySchemaCompiler<FastifySchema> = ({ schema }) => (value: unknown) => {
  if (!(schema instanceof z.ZodType)) return { value };
  const parsed = parse(schema, value);
  return 'reasons' in parsed ? { error: Problem.validation(parsed.reasons) } : { value: parsed.data };
};

/**
 * For routes whose body is checked by the handler in the order that the interface promises (which command, who may,
 * then the data): the schema of the body stands in the document only.
 */
export const looseBody: FastifySchemaCompiler<FastifySchema> = (route) => (
  route.httpPart === 'body' ? (value: unknown) => ({ value }) : checkedRequest(route));
