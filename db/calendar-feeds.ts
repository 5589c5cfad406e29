import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './client.ts';
import { newId } from './vault/ids.ts';

/** Who asks for a calendar by its address. */
export interface CalendarOwner {
  readonly subject: string;
  readonly role: 'operator' | 'member';
  readonly body: string | null;
}

export interface CalendarFeed {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export const MOST_FEEDS = 5;
const VALID_DAYS = 365;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Private addresses of calendars. What makes one private is 256 random bits that are shown once: the database knows their digest. */
export class CalendarFeeds {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** Undefined when there are as many as one may have. */
  async add({ subject, role, body }: CalendarOwner): Promise<(CalendarFeed & { readonly token: string }) | undefined> {
    const token = randomBytes(32).toString('base64url');
    const now = Date.now();
    const feed = { id: newId('cal'), createdAt: new Date(now).toISOString(), expiresAt: new Date(now + VALID_DAYS * 86_400_000).toISOString() };
    return this.db.transaction().execute(async (trx) => {
      await sql`SELECT pg_advisory_xact_lock(hashtext(${`calendar_feeds ${subject}`}))`.execute(trx);
      // Those of another role or body are no longer this person's, nor is what has expired.
      await trx.deleteFrom('calendar_feeds').where('subject', '=', subject)
        .where((row) => row.or([row('role', '!=', role), row('body', 'is distinct from', body), row('expires_at', '<', feed.createdAt)])).execute();
      const { count } = await trx.selectFrom('calendar_feeds').select(({ fn }) => fn.countAll<number>().as('count')).where('subject', '=', subject).executeTakeFirstOrThrow();
      if (count >= MOST_FEEDS) return undefined;
      await trx.insertInto('calendar_feeds').values({ id: feed.id, digest: digestOf(token), subject, role, body, created_at: feed.createdAt, expires_at: feed.expiresAt }).execute();
      return { ...feed, token };
    });
  }

  /** A person's own, the newest first. */
  async list(subject: string): Promise<CalendarFeed[]> {
    const rows = await this.db.selectFrom('calendar_feeds').select(['id', 'created_at', 'expires_at']).where('subject', '=', subject).orderBy('created_at', 'desc').orderBy('id').execute();
    return rows.map(({ id, created_at: createdAt, expires_at: expiresAt }) => ({ id, createdAt, expiresAt }));
  }

  /** False: this person has none of that id. */
  async revoke(subject: string, id: string): Promise<boolean> {
    const removed = await this.db.deleteFrom('calendar_feeds').where('subject', '=', subject).where('id', '=', id).executeTakeFirst();
    return removed.numDeletedRows > 0n;
  }

  /** Whose calendar an address is; undefined for one that was never made, was revoked or has expired. */
  async ownerOf(token: string): Promise<CalendarOwner | undefined> {
    if (!TOKEN.test(token)) return undefined;
    return this.db.selectFrom('calendar_feeds').select(['subject', 'role', 'body']).where('digest', '=', digestOf(token)).where('expires_at', '>', sql<string>`now()`).executeTakeFirst();
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
