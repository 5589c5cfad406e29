import type { Db } from './client.ts';
import type { Cursor } from './event-store/read.ts';

export interface LastVisit extends Cursor {
  readonly readAt: string;
}

/** Up to where in the feed each person has read. */
export class Visits {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** Undefined: this person has not said so yet. */
  async find(subject: string): Promise<LastVisit | undefined> {
    const row = await this.db.selectFrom('visits').select(['tx', 'position', 'read_at']).where('subject', '=', subject).executeTakeFirst();
    return row === undefined ? undefined : { tx: row.tx, position: row.position, readAt: row.read_at };
  }

  /** Everything up to a position has been read. */
  async note(subject: string, { tx, position }: Cursor): Promise<LastVisit> {
    const read_at = new Date().toISOString();
    await this.db.insertInto('visits').values({ subject, tx, position, read_at })
      .onConflict((conflict) => conflict.column('subject').doUpdateSet({ tx, position, read_at })).execute();
    return { tx, position, readAt: read_at };
  }

  /** The first visit: what was before it is not news. */
  async begin(subject: string, { tx, position }: Cursor): Promise<void> {
    await this.db.insertInto('visits').values({ subject, tx, position, read_at: new Date().toISOString() }).onConflict((conflict) => conflict.doNothing()).execute();
  }
}
