import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '../../domain/shared/actor.ts';
import type { EventBody } from '../../domain/shared/process.ts';
import { append } from '../event-store/append.ts';
import { headOf, type Head } from '../event-store/read.ts';
import type { Db } from '../client.ts';
import { standingOf } from '../queries/commands.ts';

const STREAM = 'register';
const ATTEMPTS = 50;

/** An entry of the register: what came into being or was erased, without a word of its content. */
export interface RegisterEntry {
  /** The same id twice is one entry. */
  readonly commandId: string;
  readonly type: 'RegisterSubject' | 'EraseSubject' | 'EraseDocument' | 'EraseText';
  readonly event: EventBody;
  readonly actor: Actor;
  /** Keyed digest of the request, where it may come again; absent: of the entry. */
  readonly requestHash?: string | null | undefined;
}

/** The register holds this id with another content. */
export class OtherContent extends Error {
  override readonly name = 'OtherContent';
}

/** The journal of persons and papers that stand beside the events; appended to directly, no process decides here. */
export class Register {
  private readonly db: Db;
  private tail: Promise<unknown> = Promise.resolve();
  private head: Head | null = null;

  constructor(db: Db) {
    this.db = db;
  }

  /** Adds an entry once. Entries of this server wait for each other; others are met as STALE, and tried again. */
  enter(entry: RegisterEntry): Promise<void> {
    const turn = this.tail.then(() => this.append(entry));
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  /** Whether an entry was made. */
  async holds(commandId: string): Promise<boolean> {
    return (await standingOf(this.db, STREAM, commandId)).known !== undefined;
  }

  private async append(entry: RegisterEntry): Promise<void> {
    const command = {
      id: entry.commandId, type: entry.type, data: entry.event.data, actor: entry.actor, receivedAt: new Date().toISOString(),
      requestHash: entry.requestHash ?? null,
    };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const head = this.head ?? (await headOf(this.db, STREAM));
      this.head = null;
      const answer = await append(this.db, {
        stream: STREAM, expected: head.version, expectedHash: head.hash, command, events: [entry.event],
      }, () => Promise.resolve(null));
      const last = answer.outcome === 'STORED' ? answer.events.at(-1) : undefined;
      if (last !== undefined) this.head = { version: last.version, hash: last.hash };
      if (answer.outcome === 'STORED' || answer.outcome === 'DUPLICATE') return;
      if (answer.outcome === 'MISMATCH') throw new OtherContent(`The register holds ${entry.commandId} with another content`);
      await delay(Math.random() * 10 * attempt);
    }
    throw new Error('The register is too busy');
  }
}

export function newId(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}
