import { z } from 'zod';
import { says } from '../../domain/shared/says.ts';
import { Problem } from '../problems.ts';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 100;

/** A number in an address: digits, written in one way only, so that `1e2`, ` 7`, `07` or an empty text are refused. */
export const queryNumber = (least: number, most: number) => {
  const words = says(`deve essere un numero intero da ${least} a ${most}`, `must be a whole number from ${least} to ${most}`);
  return z.string(words).regex(/^(?:0|[1-9]\d{0,9})$/, words).transform(Number).pipe(z.int(words).min(least, words).max(most, words))
    // To who reads the document it is a number, not the text that it comes as.
    .meta({ type: 'integer', format: 'int32', minimum: least, maximum: most, pattern: undefined });
};

/** Members of every list's query. */
export const paging = {
  limit: queryNumber(1, MAX_LIMIT).optional().describe(`Items a page, 1 to ${MAX_LIMIT}; default ${DEFAULT_LIMIT}`),
  cursor: z.string().min(1).max(200).regex(/^[A-Za-z0-9_-]+$/, says('deve essere il nextCursor di una pagina', 'must be the nextCursor of a page')).optional().describe('nextCursor of the page before'),
};

/** Where a page begins: opaque to callers. */
export function encodeCursor(after: string): string {
  return Buffer.from(after).toString('base64url');
}

/** What a cursor holds; undefined for a text that was not made by `encodeCursor` of something of this form. */
export function openCursor(cursor: string, form: RegExp): RegExpExecArray | undefined {
  const parts = form.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return parts !== null && encodeCursor(parts[0]) === cursor ? parts : undefined;
}

/** Throws Problem on a cursor that no list gave. */
export function decodeCursor(cursor: string | undefined, form: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const [after] = openCursor(cursor, form) ?? [];
  if (after !== undefined) return after;
  throw Problem.validation([{ code: 'CURSOR_INVALID', message: { it: 'Questo cursore non viene da questo elenco.', en: 'This cursor was not given by this list.' }, path: 'cursor' }]);
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A page from rows read with one more than asked for. */
export function pageOf<Row, Item>(rows: readonly Row[], limit: number, key: (row: Row) => string, item: (row: Row) => Item): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}
