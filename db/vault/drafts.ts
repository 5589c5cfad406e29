import type { Selectable } from 'kysely';
import type { Db } from '../client.ts';
import type { DraftsTable } from '../schema.ts';
import { newId } from './ids.ts';
import type { Vault } from './vault.ts';

export type DraftRole = DraftsTable['saved_by'];

/** A command that is still being filled in. It is no event and proves nothing: it is there to be changed, and goes. */
export interface Draft {
  /** Counts up with every save, also over a draft that was discarded: no version comes twice. */
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly savedAt: string;
  readonly savedBy: DraftRole;
}

interface Saving {
  readonly data: object;
  /** The version that the sender has seen; null: none was there. */
  readonly seen: number | null;
  readonly by: DraftRole;
}

type DraftRow = Pick<Selectable<DraftsTable>, 'id' | 'version' | 'cipher' | 'saved_at' | 'saved_by'>;

/** Drafts of commands, one a case and command: encrypted and erasable, as free texts are. */
export class Drafts {
  private readonly db: Db;
  private readonly vault: Vault;

  constructor(db: Db, vault: Vault) {
    this.db = db;
    this.vault = vault;
  }

  async find(stream: string, command: string): Promise<Draft | undefined> {
    const row = await this.row(stream, command);
    if (row === undefined || row.cipher === null) return undefined;
    const content = await this.vault.open('drafts', row.id, row.cipher);
    if (content === null) {
      // Its key was destroyed and the row not emptied yet.
      await this.empty(stream, command, row.version);
      return undefined;
    }
    // What `save` wrote: nothing else can be sealed under this id.
    return { version: row.version, data: JSON.parse(content.toString('utf8')) as Draft['data'], savedAt: row.saved_at, savedBy: row.saved_by };
  }

  /** Saves over the version that was seen. Undefined when another one stands: nothing is written over it unseen. */
  async save(stream: string, command: string, saving: Saving): Promise<Draft | undefined> {
    const row = saving.seen === null ? await this.begin(stream, command, saving) : await this.replace(stream, command, saving, saving.seen);
    return row === undefined ? undefined : { version: row.version, data: { ...saving.data }, savedAt: row.saved_at, savedBy: row.saved_by };
  }

  /** Erases a draft for good, at that version where one is named; false when there is none. */
  async discard(stream: string, command: string, version?: number): Promise<boolean> {
    const row = await this.row(stream, command);
    if (row === undefined || row.cipher === null || (version !== undefined && row.version !== version)) return false;
    await this.vault.destroy('drafts', row.id);
    await this.empty(stream, command, row.version);
    return true;
  }

  private async begin(stream: string, command: string, { data, by }: Saving): Promise<DraftRow | undefined> {
    const id = newId('dft');
    const values = { id, cipher: await this.seal(id, data), saved_by: by, saved_at: new Date().toISOString() };
    const begun = await this.db.insertInto('drafts').values({ stream, command, version: 1, ...values })
      .onConflict((conflict) => conflict.columns(['stream', 'command'])
        .doUpdateSet((eb) => ({ ...values, version: eb('drafts.version', '+', 1) })).where('drafts.cipher', 'is', null))
      .returning(['id', 'version', 'cipher', 'saved_at', 'saved_by']).executeTakeFirst();
    if (begun === undefined) await this.vault.destroy('drafts', id);
    return begun;
  }

  private async replace(stream: string, command: string, { data, by }: Saving, seen: number): Promise<DraftRow | undefined> {
    const row = await this.row(stream, command);
    if (row === undefined || row.cipher === null || row.version !== seen) return undefined;
    return this.db.updateTable('drafts').set({ version: seen + 1, cipher: await this.seal(row.id, data), saved_by: by, saved_at: new Date().toISOString() })
      .where('stream', '=', stream).where('command', '=', command).where('version', '=', seen).where('cipher', 'is not', null)
      .returning(['id', 'version', 'cipher', 'saved_at', 'saved_by']).executeTakeFirst();
  }

  private async empty(stream: string, command: string, version: number): Promise<void> {
    await this.db.updateTable('drafts').set({ cipher: null, version: version + 1 })
      .where('stream', '=', stream).where('command', '=', command).where('version', '=', version).execute();
  }

  private row(stream: string, command: string): Promise<DraftRow | undefined> {
    return this.db.selectFrom('drafts').select(['id', 'version', 'cipher', 'saved_at', 'saved_by'])
      .where('stream', '=', stream).where('command', '=', command).executeTakeFirst();
  }

  private seal(id: string, data: object): Promise<Buffer> {
    return this.vault.seal('drafts', id, Buffer.from(JSON.stringify(data), 'utf8'));
  }
}
