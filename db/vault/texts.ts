import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/shared/actor.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';
import type { Db } from '../client.ts';
import type { Register } from './register.ts';
import type { Vault } from './vault.ts';

export interface NewText {
  /** Derived from stream, command and place by who keeps the secret: a repetition finds the text it stored before. */
  readonly id: string;
  readonly stream: string;
  readonly commandId: string;
  /** Dotted place in the command's data. */
  readonly path: string;
  readonly text: string;
}

const SALT_BYTES = 16;

/** Free texts of commands: encrypted and erasable, while the events hold id and salted digest. */
export class Texts {
  private readonly db: Db;
  private readonly vault: Vault;
  private readonly register: Register;

  constructor(db: Db, vault: Vault, register: Register) {
    this.db = db;
    this.vault = vault;
    this.register = register;
  }

  /**
   * Stores a text once; `fresh` tells whether this call did. Null when the same command stands there with another
   * text: its outcome is not known yet, so its text can't give way.
   */
  async add({ id, stream, commandId, path, text }: NewText): Promise<{ readonly ref: TextRef; readonly fresh: boolean } | null> {
    const present = await this.digestOf(id);
    if (present !== undefined) return { ref: { textId: id, digest: present }, fresh: false };
    // The salt is kept under the same key as the text: after the erasure nobody can confirm a guess by the digest.
    const salt = randomBytes(SALT_BYTES);
    const content = Buffer.concat([salt, Buffer.from(text, 'utf8')]);
    const digest = createHash('sha256').update(content).digest('hex');
    const cipher = await this.vault.seal('texts', id, content);
    const inserted = await this.db.insertInto('texts')
      .values({ id, stream, command_id: commandId, path, cipher, digest, created_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
    if (inserted !== undefined) return { ref: { textId: id, digest }, fresh: true };
    const winner = await this.digestOf(id);
    if (winner !== undefined) return { ref: { textId: id, digest: winner }, fresh: false };
    await this.vault.destroy('texts', id);
    return null;
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
    await this.register.enter({
      commandId: `erase/${id}`, type: 'EraseText', event: { type: 'TextErased', data: { text: id, stream } }, actor,
    });
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

  private async digestOf(id: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('texts').select('digest').where('id', '=', id).executeTakeFirst();
    return row?.digest;
  }
}
