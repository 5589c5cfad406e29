import { z } from 'zod';
import type { Cursor } from '../../db/event-store/read.ts';
import { says } from '../../domain/shared/says.ts';
import { readCursorText, writeCursor } from '../../feed/pages.ts';
import { Problem } from '../problems.ts';

/** What a client sends back to go on: `nextCursor` of the page before. */
export const feedCursor = z.string().min(1).max(60).regex(/^[A-Za-z0-9_-]+$/, says('deve essere il nextCursor di una pagina', 'must be the nextCursor of a page')).describe('nextCursor of the page before');

/** Throws Problem for a text that the feed did not give. */
export function parseFeedCursor(text: string, path = 'after'): Cursor {
  const cursor = readCursorText(text);
  if (cursor === undefined) {
    const message = { it: 'Questo cursore non viene dal flusso degli eventi.', en: 'This cursor was not given by the feed.' };
    throw Problem.validation([{ code: 'CURSOR_INVALID', message, path }]);
  }
  return cursor;
}

/** A position of the feed as pages carry it. */
export function feedPosition(cursor: Cursor): string {
  return writeCursor(cursor);
}
