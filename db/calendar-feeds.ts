import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './client.ts';

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

/** A new address: the same request made again names the same one. */
export interface NewCalendarFeed extends CalendarOwner {
  readonly id: string;
  /** 256 bits that nobody can guess. */
  readonly token: string;
}

/** Private addresses of calendars: who knows one needs nothing else. They are shown once, the database knows their digests. */
export class CalendarFeeds {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** Answers what is there already where it was made by the same request; null when there are as many as one may have, or it was revoked since. */
  async add({ id, token, subject, role, body }: NewCalendarFeed): Promise<CalendarFeed | null> {
    const now = Date.now();
    const created_at = new Date(now).toISOString();
    return this.db.transaction().execute(async (trx) => {
      // One at a time for each person: two at once could both find room for the last.
      await sql`SELECT pg_advisory_xact_lock(hashtext(${`calendar_feeds ${subject}`}))`.execute(trx);
      const known = await trx.selectFrom('calendar_feeds').select(['id', 'created_at', 'expires_at', 'revoked_at']).where('id', '=', id).executeTakeFirst();
      if (known !== undefined) return known.revoked_at === null ? toFeed(known) : null;
      await trx.deleteFrom('calendar_feeds').where('subject', '=', subject).where('expires_at', '<', created_at).execute();
      const { count } = await trx.selectFrom('calendar_feeds').select(({ fn }) => fn.countAll<number>().as('count')).where('subject', '=', subject).where('revoked_at', 'is', null).executeTakeFirstOrThrow();
      if (count >= MOST_FEEDS) return null;
      const expires_at = new Date(now + VALID_DAYS * 86_400_000).toISOString();
      await trx.insertInto('calendar_feeds').values({ id, digest: digestOf(token), subject, role, body, created_at, expires_at, revoked_at: null }).execute();
      return toFeed({ id, created_at, expires_at });
    });
  }

  /** A person's own, the newest first. */
  async list(subject: string): Promise<CalendarFeed[]> {
    const rows = await this.db.selectFrom('calendar_feeds').select(['id', 'created_at', 'expires_at']).where('subject', '=', subject)
      .where('revoked_at', 'is', null).where('expires_at', '>', sql<string>`now()`).orderBy('created_at', 'desc').orderBy('id').execute();
    return rows.map(toFeed);
  }

  /** False: this person has none of that id. */
  async revoke(subject: string, id: string): Promise<boolean> {
    const revoked = await this.db.updateTable('calendar_feeds').set({ revoked_at: new Date().toISOString() })
      .where('subject', '=', subject).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
    return revoked.numUpdatedRows > 0n;
  }

  /** Whose calendar an address is; undefined for one that was never made, was revoked or has expired. */
  async ownerOf(token: string): Promise<CalendarOwner | undefined> {
    if (!TOKEN.test(token)) return undefined;
    return this.db.selectFrom('calendar_feeds').select(['subject', 'role', 'body']).where('digest', '=', digestOf(token)).where('revoked_at', 'is', null).where('expires_at', '>', sql<string>`now()`).executeTakeFirst();
  }
}

function toFeed({ id, created_at: createdAt, expires_at: expiresAt }: { readonly id: string; readonly created_at: string; readonly expires_at: string }): CalendarFeed {
  return { id, createdAt, expiresAt };
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
