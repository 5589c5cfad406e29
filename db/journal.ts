import { setTimeout as delay } from 'node:timers/promises';
import { caseId } from '../domain/processes.ts';
import type { Actor } from '../domain/shared/actor.ts';
import type { EventBody } from '../domain/shared/process.ts';
import { append } from './event-store/append.ts';
import { findCommand, headOf, type Head } from './event-store/read.ts';
import type { Db } from './client.ts';
import { standingOf } from './queries/commands.ts';

const ATTEMPTS = 50;

/** An entry of a journal: what was done, without a word of its content. */
export interface JournalEntry {
  /** The same id twice is one entry. */
  readonly commandId: string;
  readonly type: string;
  readonly event: EventBody;
  readonly actor: Actor;
  /** Keyed digest of the request, where it may come again; absent: of the entry. */
  readonly requestHash?: string | null | undefined;
}

/** A request that may be sent again. */
export interface RepeatableRequest {
  /** The same id twice is one change. */
  readonly commandId: string;
  /** Keyed digest of what it asks for. */
  readonly requestHash: string;
}

/** The journal holds this id with another content. */
export class OtherContent extends Error {
  override readonly name = 'OtherContent';
}

/** A stream that the code which owns it appends to directly; no process decides here. */
export class Journal {
  private readonly db: Db;
  private readonly stream: string;
  private tail: Promise<unknown> = Promise.resolve();
  private head: Head | null = null;

  constructor(db: Db, stream: string) {
    this.db = db;
    this.stream = stream;
  }

  /**
   * Adds an entry once; answers what stands under its id, that of the first. Entries of this server wait for each other; others
   * are met as STALE, and tried again. Throws OtherContent.
   */
  async enter(entry: JournalEntry): Promise<EventBody> {
    return (await this.enterDecided(() => Promise.resolve(entry))) ?? entry.event;
  }

  /**
   * Adds what is decided on the journal as it stands, and decides again whenever another entry came first; answers what stands
   * under its id, null where there is nothing to add. `decide` sees the store at its head or later. Throws OtherContent, and what `decide` throws.
   */
  enterDecided(decide: () => Promise<JournalEntry | null>): Promise<EventBody | null> {
    const turn = this.tail.then(() => this.append(decide));
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  /**
   * As `enterDecided`, for a request that may come again: what was decided once is not judged again. `read` comes before the request is
   * looked for: one that came to another server meanwhile is found then, and its effect not taken for what stood there already.
   */
  enterRequested<State>({ commandId, requestHash }: RepeatableRequest, read: () => Promise<State>, decide: (state: State) => Promise<JournalEntry | null>): Promise<EventBody | null> {
    return this.enterDecided(async () => {
      const state = await read();
      const recorded = await findCommand(this.db, this.stream, commandId);
      if (recorded === undefined) return decide(state);
      if (recorded.requestHash !== requestHash) throw new OtherContent(`The journal ${this.stream} holds ${commandId} with another content`);
      return null;
    });
  }

  /** Whether an entry was made. */
  async holds(commandId: string): Promise<boolean> {
    return (await standingOf(this.db, this.stream, commandId)).known !== undefined;
  }

  private async append(decide: () => Promise<JournalEntry | null>): Promise<EventBody | null> {
    const receivedAt = new Date().toISOString();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const head = this.head ?? (await headOf(this.db, this.stream));
      this.head = null;
      const entry = await decide();
      if (entry === null) return null;
      const command = { id: entry.commandId, type: entry.type, data: entry.event.data, actor: entry.actor, receivedAt, requestHash: entry.requestHash ?? null };
      const answer = await append(this.db, {
        stream: this.stream, expected: head.version, expectedHash: head.hash, command, events: [entry.event],
      }, () => Promise.resolve(null));
      const last = answer.outcome === 'STORED' ? answer.events.at(-1) : undefined;
      if (last !== undefined) this.head = { version: last.version, hash: last.hash };
      if (answer.outcome === 'STORED') return entry.event;
      if (answer.outcome === 'DUPLICATE') return answer.events[0] ?? entry.event;
      if (answer.outcome === 'MISMATCH') throw new OtherContent(`The journal ${this.stream} holds ${entry.commandId} with another content`);
      await delay(Math.random() * 10 * attempt);
    }
    throw new Error(`The journal ${this.stream} is too busy`);
  }
}

/** The adhesion whose journals a stream of a case belongs to: `c_a010-1` of `adhesion/c_a010-1` and of `migration/c_a010-1.FIBRE`. */
export function adhesionOf(stream: string): string {
  const [adhesion = ''] = caseId(stream).split('.');
  return adhesion;
}
