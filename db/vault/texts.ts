import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/shared/actor.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';
import type { Db } from '../client.ts';
import type { Spool, TextRow } from './spool.ts';
import type { Receipts } from './receipts.ts';
import { SALT_BYTES, type Vault } from './vault.ts';

export interface NewText {
  /** Derived from stream, command and place by who keeps the secret: a repetition finds the text it stored before. */
  readonly id: string;
  readonly stream: string;
  readonly commandId: string;
  /** Dotted place in the command's data. */
  readonly path: string;
  readonly text: string;
}

/** How a text stands after `add`: `fresh` when this call stored it, so that a refused command's can be taken back. */
export interface AddedText {
  readonly ref: TextRef;
  readonly fresh: boolean;
}

/** Free texts of commands: encrypted and erasable, while the events hold id and salted digest. */
export class Texts {
  private readonly db: Db;
  private readonly vault: Vault;
  private readonly receipts: Receipts;
  private readonly spool: Spool;

  constructor(db: Db, vault: Vault, receipts: Receipts, spool: Spool) {
    this.db = db;
    this.vault = vault;
    this.receipts = receipts;
    this.spool = spool;
  }

  /**
   * Stores a text once. Null when the same command stands there with another text: its outcome is not known yet, so
   * its text can't give way.
   */
  async add(text: NewText): Promise<AddedText | null> {
    const row = await this.seal(text);
    const ref = { textId: row.id, digest: row.digest };
    const inserted = await insert(this.db, row);
    if (inserted) return { ref, fresh: true };
    if (await this.isStored(row.id)) return { ref, fresh: false };
    await this.vault.destroy('texts', row.id);
    return null;
  }

  /** The same while the database is away: kept in a file, as encrypted as in its row, until the database is back. */
  async addLater(text: NewText): Promise<AddedText> {
    const row = await this.seal(text);
    await this.spool.keep(row);
    return { ref: { textId: row.id, digest: row.digest }, fresh: false };
  }

  /** Brings home what was kept while the database was away. Throws when it is away still. */
  async storeKept(): Promise<void> {
    await this.spool.bringHome(async (row) => {
      // One whose key was destroyed meanwhile is nothing but noise.
      if ((await this.vault.open('texts', row.id, row.cipher)) !== null) await insert(this.db, row);
    });
  }

  /** The text, or undefined when the case has none of that id or it was erased. */
  async find(stream: string, id: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('texts').select('cipher').where('id', '=', id).where('stream', '=', stream).executeTakeFirst();
    const content = row === undefined ? null : await this.vault.open('texts', id, row.cipher);
    return content?.subarray(SALT_BYTES).toString('utf8');
  }

  /** Erases a text and leaves a receipt; false when the case has none of that id. */
  async erase(stream: string, id: string, actor: Actor): Promise<boolean> {
    const row = await this.db.selectFrom('texts').select('id').where('id', '=', id).where('stream', '=', stream).executeTakeFirst();
    if (row === undefined) return false;
    await this.vault.destroy('texts', id);
    await this.receipts.leave('Text', id, { stream }, actor);
    await this.db.deleteFrom('texts').where('id', '=', id).execute();
    return true;
  }

  /** Takes back texts of a command that was refused: no record names them. */
  async discard(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.vault.destroy('texts', id);
      await this.db.deleteFrom('texts').where('id', '=', id).execute();
    }
  }

  /** The salt stands under the same key as the text: after the erasure nobody can confirm a guess by the digest. */
  private async seal({ id, stream, commandId, path, text }: NewText): Promise<TextRow> {
    const content = Buffer.concat([await this.vault.salt('texts', id), Buffer.from(text, 'utf8')]);
    const digest = createHash('sha256').update(content).digest('hex');
    const cipher = await this.vault.seal('texts', id, content);
    return { id, stream, command_id: commandId, path, cipher, digest, created_at: new Date().toISOString() };
  }

  private async isStored(id: string): Promise<boolean> {
    return (await this.db.selectFrom('texts').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  }
}

async function insert(db: Db, row: TextRow): Promise<boolean> {
  const inserted = await db.insertInto('texts').values(row).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  return inserted !== undefined;
}
