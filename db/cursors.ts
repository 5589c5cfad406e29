import type { Db } from './client.ts';
import { START, type Cursor } from './event-store/read.ts';

/** Where a reader of all events stands, by name. */
export async function readCursor(db: Db, name: string): Promise<Cursor> {
  const row = await db.selectFrom('cursors').select(['tx', 'position']).where('name', '=', name).executeTakeFirst();
  return row ?? START;
}

export async function saveCursor(db: Db, name: string, { tx, position }: Cursor): Promise<void> {
  await db.insertInto('cursors').values({ name, tx, position })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ tx, position })).execute();
}
