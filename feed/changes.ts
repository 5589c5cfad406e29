import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import { compareCursors, START, type Cursor } from '../db/event-store/read.ts';
import { isDatabaseAway } from '../db/unavailable.ts';
import { changesAfter, headOfFeed, type Change, type FeedReader } from './pages.ts';

/** Somebody who wants to hear of changes as they are recorded. */
export interface Follower {
  sees(change: Change): boolean;
  tell(change: Change): void;
  /** Called every few seconds, so that a connection on which nothing happens is not taken for dead. */
  beat(): void;
  end(): void;
}

/** What a follower has to hear before what comes. */
export interface Missed {
  /** The store as the follower may see it. */
  readonly db: Db;
  readonly reader: FeedReader;
  readonly after: Cursor;
}

const POLL_MS = 500;
const BEAT_MS = 5_000;
const PAGE = 500;
/** Who missed more is told to look anew: that costs less than to hear of each. */
const MOST_MISSED = 1_000;

/**
 * Tells followers of changes. One reader of the feed for all of them, which rests while there are none. A change is told once
 * no transaction that began before it still runs, as in the feed.
 */
export class Changes {
  private readonly db: Db;
  private readonly log: Logger;
  /** And up to where each has heard already: the reader may be behind it. */
  private readonly followers = new Map<Follower, Cursor>();
  private at: Cursor = START;
  /** Settled once `at` is where the feed stood when the first follower came; null: nobody follows. */
  private ready: Promise<void> | null = null;
  private polling: NodeJS.Timeout | undefined;
  private beating: NodeJS.Timeout | undefined;

  constructor(db: Db, log: Logger) {
    this.db = db;
    this.log = log;
  }

  /** Where the feed stands: whoever reads now and follows after it misses nothing. */
  async head(): Promise<Cursor> {
    return headOfFeed(this.db);
  }

  /**
   * Tells a follower what it missed, then what comes, each change once and in order. Answers false when it missed more than is
   * told one by one. Rejects when the database is away.
   */
  async join(follower: Follower, missed: Missed | null): Promise<boolean> {
    // What is read while the missed is read waits, and is told after it.
    const meanwhile: Change[] = [];
    const waiting: Follower = { sees: (change) => follower.sees(change), tell: (change) => { meanwhile.push(change); }, beat: () => { follower.beat(); }, end: () => { follower.end(); } };
    this.followers.set(waiting, START);
    try {
      await (this.ready ??= this.start());
      const { upTo, isWhole } = missed === null ? { upTo: await headOfFeed(this.db), isWhole: true } : await this.tellMissed(follower, missed);
      const unheard = meanwhile.filter((change) => compareCursors(change, upTo) > 0);
      for (const change of unheard) follower.tell(change);
      this.followers.set(follower, unheard.at(-1) ?? upTo);
      return isWhole;
    } finally {
      this.leave(waiting);
    }
  }

  leave(follower: Follower): void {
    this.followers.delete(follower);
    if (this.followers.size > 0) return;
    this.ready = null;
    clearTimeout(this.polling);
    clearInterval(this.beating);
  }

  /** Ends all; for the server that stops. */
  endAll(): void {
    for (const follower of this.followers.keys()) follower.end();
  }

  private async start(): Promise<void> {
    this.beating = setInterval(() => { for (const one of this.followers.keys()) one.beat(); }, BEAT_MS);
    this.at = await headOfFeed(this.db);
    this.pollSoon();
  }

  private async tellMissed(follower: Follower, { db, reader, after }: Missed): Promise<{ upTo: Cursor; isWhole: boolean }> {
    let upTo = after;
    for (let count = 0; count < MOST_MISSED; count += PAGE) {
      const page = await changesAfter(db, reader, upTo, PAGE);
      for (const change of page) if (follower.sees(change)) follower.tell(change);
      upTo = page.at(-1) ?? upTo;
      if (page.length < PAGE) return { upTo, isWhole: true };
    }
    return { upTo: await headOfFeed(this.db), isWhole: false };
  }

  private pollSoon(): void {
    const { ready } = this;
    this.polling = setTimeout(() => {
      // Those for whom this was begun may all have left meanwhile, and others come, who have their own.
      void this.poll().then(() => { if (this.ready === ready && ready !== null) this.pollSoon(); });
    }, POLL_MS);
  }

  private async poll(): Promise<void> {
    try {
      for (const change of await changesAfter(this.db, { body: null, types: [] }, this.at, PAGE)) {
        this.at = change;
        for (const [follower, heard] of this.followers) if (compareCursors(change, heard) > 0 && follower.sees(change)) follower.tell(change);
      }
    } catch (error) {
      // They hear of it all once it is back.
      if (!isDatabaseAway(error)) this.log.error({ err: error }, 'changes could not be read');
    }
  }
}
