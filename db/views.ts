import { sql } from 'kysely';
import type { Db } from './client.ts';
import type { ViewFilter } from './schema.ts';

/** A filter of the territory's list that a person keeps. */
export interface SavedView {
  /** In addresses; of the title's letters and digits. */
  readonly name: string;
  readonly title: string;
  readonly filter: ViewFilter;
}

export const MOST_VIEWS = 50;

/** Filters that persons keep under a name: each sees its own. */
export class Views {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  async list(subject: string): Promise<SavedView[]> {
    return this.db.selectFrom('views').select(['name', 'title', 'filter']).where('subject', '=', subject).orderBy('name').execute();
  }

  async find(subject: string, name: string): Promise<SavedView | undefined> {
    return this.db.selectFrom('views').select(['name', 'title', 'filter']).where('subject', '=', subject).where('name', '=', name).executeTakeFirst();
  }

  /** Keeps a view under its name, in place of the one that had it. False when there are as many as one may have. */
  async put(subject: string, { name, title, filter }: SavedView): Promise<boolean> {
    return this.db.transaction().execute(async (trx) => {
      // One at a time for each person: two at once could both find room for the last.
      await sql`SELECT pg_advisory_xact_lock(hashtext(${`views ${subject}`}))`.execute(trx);
      const names = await trx.selectFrom('views').select('name').where('subject', '=', subject).execute();
      if (names.length >= MOST_VIEWS && !names.some((row) => row.name === name)) return false;
      const kept = { title, filter: JSON.stringify(filter), updated_at: new Date().toISOString() };
      await trx.insertInto('views').values({ subject, name, ...kept }).onConflict((conflict) => conflict.columns(['subject', 'name']).doUpdateSet(kept)).execute();
      return true;
    });
  }

  /** Gives a view another name and title. False when there is none, or another has that name. */
  async rename(subject: string, from: string, { name, title }: Pick<SavedView, 'name' | 'title'>): Promise<boolean> {
    const changed = await this.db.updateTable('views').set({ name, title, updated_at: new Date().toISOString() }).where('subject', '=', subject).where('name', '=', from)
      .where((row) => row.or([row.val(from === name), row.not(row.exists(row.selectFrom('views as other').select('other.name').where('other.subject', '=', subject).where('other.name', '=', name)))]))
      .executeTakeFirst();
    return changed.numUpdatedRows > 0n;
  }

  /** False: there is none of that name. */
  async remove(subject: string, name: string): Promise<boolean> {
    const removed = await this.db.deleteFrom('views').where('subject', '=', subject).where('name', '=', name).executeTakeFirst();
    return removed.numDeletedRows > 0n;
  }
}
