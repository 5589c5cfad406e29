import type { Actor } from '../../domain/shared/actor.ts';
import { addDays, civilDateOf, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Db } from '../client.ts';
import { adhesionOf, type Journal } from '../journal.ts';

export type ErasedKind = 'Subject' | 'Text' | 'Document';

/** What stays of something that was erased. */
export interface Receipt {
  readonly id: string;
  readonly kind: ErasedKind;
  /** The body that it was of. */
  readonly body: string;
  readonly erasedAt: string;
  readonly erasedBy: Actor;
  /** The day on which the last backup that holds it falls out; null: it was erased by a version that did not say. */
  readonly backupsUntil: CivilDate | null;
}

/** Receipts of erasures: entries of the register, which name what was erased and say nothing of it. */
export class Receipts {
  private readonly db: Db;
  private readonly register: Journal;
  private readonly retentionDays: number;

  constructor(db: Db, register: Journal, retentionDays: number) {
    this.db = db;
    this.register = register;
    this.retentionDays = retentionDays;
  }

  /** The day on which the last backup of what is erased now falls out. */
  backupsUntil(now: string = new Date().toISOString()): CivilDate {
    return addDays(civilDateOf(now), this.retentionDays);
  }

  /** Leaves a receipt, once: an erasure that broke off and is made again keeps that of the first time. */
  async leave(kind: ErasedKind, id: string, whose: object, actor: Actor): Promise<void> {
    if (await this.holds(id)) return;
    const data = { [kind.toLowerCase()]: id, ...whose, backupsUntil: this.backupsUntil() };
    // Of two at the same time the first is kept, whatever day the other would say.
    await this.register.enter({ commandId: commandIdOf(id), type: `Erase${kind}`, event: { type: `${kind}Erased`, data }, actor, requestHash: commandIdOf(id) });
  }

  /** Whether it was erased. */
  holds(id: string): Promise<boolean> {
    return this.register.holds(commandIdOf(id));
  }

  async find(id: string): Promise<Receipt | undefined> {
    const row = await this.db.selectFrom('events').select(['type', 'data', 'actor', 'recorded_at']).where('stream', '=', 'register').where('command_id', '=', commandIdOf(id)).executeTakeFirst();
    if (row === undefined) return undefined;
    // What `leave` entered, or a version before it: without the day.
    const { body, stream = '', backupsUntil = null } = row.data as { readonly body?: string; readonly stream?: string; readonly backupsUntil?: CivilDate };
    const [bodyOfCase = ''] = adhesionOf(stream).split('-');
    return { id, kind: row.type.replace(/Erased$/, '') as ErasedKind, body: body ?? bodyOfCase, erasedAt: row.recorded_at, erasedBy: row.actor, backupsUntil };
  }
}

function commandIdOf(id: string): string {
  return `erase/${id}`;
}
