import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './client.ts';

/** Who is signed on, as the provider said at the sign-on. */
export interface Person {
  readonly subject: string;
  readonly role: 'operator' | 'member' | 'auditor';
  readonly body: string | null;
}

export interface SessionLimits {
  /** Without a request. */
  readonly idleMinutes: number;
  /** From the sign-on, whatever happens. */
  readonly hours: number;
}

const ID = /^[A-Za-z0-9_-]{43}$/;
/** How exact the time of the last request is: a row is not written at each of them. */
const SEEN_EVERY_S = 60;

/** Sessions of browsers. The id is 256 random bits that only the browser has: the database knows its digest. */
export class Sessions {
  private readonly db: Db;
  private readonly limits: SessionLimits;

  constructor(db: Db, limits: SessionLimits) {
    this.db = db;
    this.limits = limits;
  }

  /**
   * Begins a session under a new id, which is answered. The one the browser had before ends, and so do all of this
   * person with another role or body, and private addresses made with them: the provider says now that these are no longer theirs.
   */
  async begin({ subject, role, body }: Person, before: string | undefined): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const { idleMinutes, hours } = this.limits;
    await this.db.transaction().execute(async (trx) => {
      if (before !== undefined && ID.test(before)) await trx.deleteFrom('sessions').where('digest', '=', digestOf(before)).execute();
      await trx.deleteFrom('sessions').where('subject', '=', subject)
        .where((is) => is.or([is('role', '!=', role), is('body', 'is distinct from', body)])).execute();
      await trx.deleteFrom('calendar_feeds').where('subject', '=', subject)
        .where((is) => is.or([is('role', '!=', role as 'operator' | 'member'), is('body', 'is distinct from', body)])).execute();
      await trx.deleteFrom('sessions')
        .where((is) => is.or([is('expires_at', '<', sql<string>`now()`), is('seen_at', '<', sql<string>`now() - make_interval(mins => ${idleMinutes})`)])).execute();
      await trx.insertInto('sessions').values({
        digest: digestOf(id), subject, role, body, seen_at: sql<string>`now()`, expires_at: sql<string>`now() + make_interval(hours => ${hours})`,
      }).execute();
    });
    return id;
  }

  /** Who is signed on under an id; undefined when nobody is, or no longer. What comes unasked (`isByItself`) does not keep it from ending. */
  async find(id: string, isByItself = false): Promise<Person | undefined> {
    if (!ID.test(id)) return undefined;
    const digest = digestOf(id);
    const row = await this.db.selectFrom('sessions').select(['subject', 'role', 'body', sql<boolean>`seen_at < now() - make_interval(secs => ${SEEN_EVERY_S})`.as('unseen')])
      .where('digest', '=', digest)
      .where('expires_at', '>', sql<string>`now()`)
      .where('seen_at', '>', sql<string>`now() - make_interval(mins => ${this.limits.idleMinutes})`)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (row.unseen && !isByItself) await this.db.updateTable('sessions').set({ seen_at: sql<string>`now()` }).where('digest', '=', digest).execute();
    return { subject: row.subject, role: row.role as Person['role'], body: row.body };
  }

  /** Ends a session; nothing happens where there is none. */
  async end(id: string): Promise<void> {
    if (ID.test(id)) await this.db.deleteFrom('sessions').where('digest', '=', digestOf(id)).execute();
  }
}

function digestOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
