import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';

/** What one request to a broker said of its health. */
export interface Heard {
  readonly broker: string;
  readonly at: Date;
  /** Code of what failed; null: it answered. */
  readonly failure: string | null;
  /** Failures in a row, this one among them. */
  readonly failures: number;
  /** Until then nothing is sent; null: the circuit is closed. */
  readonly openUntil: Date | null;
}

/** How a broker was last heard by the worker. OPEN until it answers: once `openUntil` is over, the next request tries it. UNKNOWN: it was not asked yet. */
export interface Contact {
  readonly state: 'CLOSED' | 'OPEN' | 'UNKNOWN';
  readonly answeredAt: string | null;
  readonly failedAt: string | null;
  readonly failure: string | null;
  /** In a row, since the last answer. */
  readonly failures: number;
  readonly openUntil: string | null;
}

const NEVER: Contact = { state: 'UNKNOWN', answeredAt: null, failedAt: null, failure: null, failures: 0, openUntil: null };

/** Answers of a broker that is well are noted no more often. */
const EVERY_MS = 5_000;

/** Notes how brokers are heard, for those who can't see into this process. Nobody waits for it, and nothing fails of it. */
export class ContactNotes {
  private readonly db: Db;
  private readonly log: Logger;
  private readonly noted = new Map<string, Heard>();
  private writing: Promise<void> = Promise.resolve();

  constructor(db: Db, log: Logger) {
    this.db = db;
    this.log = log;
  }

  /** Failures are few: the circuit sees to it. */
  note(heard: Heard): void {
    if (saysNothingNew(heard, this.noted.get(heard.broker))) return;
    this.noted.set(heard.broker, heard);
    // One after the other: the last one stands.
    this.writing = this.writing.then(() => this.write(heard)).catch((error: unknown) => {
      this.noted.delete(heard.broker);
      this.log.warn({ err: error, broker: heard.broker }, 'how a broker was heard is not noted');
    });
  }

  private async write({ broker, at, failure, failures, openUntil }: Heard): Promise<void> {
    const when = at.toISOString();
    const row = { failures, open_until: openUntil === null ? null : openUntil.toISOString(), ...(failure === null ? { answered_at: when } : { failed_at: when, failure }) };
    await this.db.insertInto('broker_contacts').values({ broker, ...row }).onConflict((conflict) => conflict.column('broker').doUpdateSet(row)).execute();
  }
}

/** How a broker was last heard, as it is noted. */
export async function contactOf(db: Db, broker: string): Promise<Contact> {
  const row = await db.selectFrom('broker_contacts').selectAll().where('broker', '=', broker).executeTakeFirst();
  if (row === undefined) return NEVER;
  const { answered_at: answeredAt, failed_at: failedAt, failure, failures, open_until: openUntil } = row;
  return { state: openUntil === null ? 'CLOSED' : 'OPEN', answeredAt, failedAt, failure, failures, openUntil };
}

function saysNothingNew({ at, failure, openUntil }: Heard, last: Heard | undefined): boolean {
  return last !== undefined && failure === null && last.failure === null && openUntil?.getTime() === last.openUntil?.getTime() && at.getTime() - last.at.getTime() < EVERY_MS;
}
