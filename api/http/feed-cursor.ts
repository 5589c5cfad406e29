import { z } from 'zod';
import type { Cursor } from '../../db/event-store/read.ts';
import { says } from '../../domain/shared/says.ts';
import { Problem } from '../problems.ts';
import { encodeCursor, openCursor } from './paging.ts';

/** What a client sends back to go on: `nextCursor` of the page before. */
export const feedCursor = z.string().min(1).max(60).regex(/^[A-Za-z0-9_-]+$/, says('deve essere il nextCursor di una pagina', 'must be the nextCursor of a page')).describe('nextCursor of the page before');

/** A place in the order of the store, as callers hold it. */
export function writeFeedCursor({ tx, position }: Cursor): string {
  return encodeCursor(`${tx}.${position}`);
}

/** Throws Problem for a text that the feed did not give. */
export function parseFeedCursor(text: string, path = 'after'): Cursor {
  const [, tx, position] = openCursor(text, /^(\d{1,19})\.(0|[1-9]\d{0,14})$/) ?? [];
  if (tx !== undefined && position !== undefined) return { tx, position: Number(position) };
  const message = { it: 'Questo cursore non viene dal flusso degli eventi.', en: 'This cursor was not given by the feed.' };
  throw Problem.validation([{ code: 'CURSOR_INVALID', message, path }]);
}
