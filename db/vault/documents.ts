import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/shared/actor.ts';
import type { Db } from '../client.ts';
import type { Journal } from '../journal.ts';
import { newId } from './ids.ts';
import type { Receipts } from './receipts.ts';
import type { Vault } from './vault.ts';

export interface DocumentInfo {
  readonly id: string;
  /** Lower-case hex digest of the bytes: what events name. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly size: number;
}

/** A document in the list of its case. */
export interface ListedDocument extends DocumentInfo {
  /** As its sender called it; null where it was not said. */
  readonly name: string | null;
  readonly addedAt: string;
  readonly addedBy: 'operator' | 'member' | null;
}

export interface NewDocument {
  readonly mediaType: string;
  readonly content: Buffer;
  readonly name?: string | undefined;
  readonly by?: 'operator' | 'member' | undefined;
}

/** A place in the list: what comes after it is asked for. */
export interface DocumentPlace {
  readonly addedAt: string;
  readonly id: string;
}

export interface StoredDocument extends DocumentInfo {
  readonly content: Buffer;
  readonly name: string | null;
}

/** A request that may be sent again. */
export interface DocumentRequest {
  /** What follows from its key. */
  readonly id: string;
  /** Keyed digest of what it asks for, the bytes standing in it by their digest. */
  hash(sha256: string): string;
  readonly actor: Actor;
}

/** Papers of a case: encrypted and erasable, while the events hold their digests. */
export class Documents {
  private readonly db: Db;
  private readonly vault: Vault;
  private readonly register: Journal;
  private readonly receipts: Receipts;

  constructor(db: Db, vault: Vault, register: Journal, receipts: Receipts) {
    this.db = db;
    this.vault = vault;
    this.register = register;
    this.receipts = receipts;
  }

  /**
   * Stores a document; the same bytes of the same case are one document. A request that may come again is entered into the
   * register, which has the say: the first answer is given again, also when the document was erased meanwhile, and another content
   * under the same key is refused with `OtherContent`.
   */
  async add(stream: string, document: NewDocument, request?: DocumentRequest): Promise<DocumentInfo> {
    const { mediaType, content } = document;
    const sha256 = createHash('sha256').update(content).digest('hex');
    const present = await this.findByDigest(stream, sha256);
    const info = present ?? { id: newId('doc'), sha256, mediaType, size: content.length };
    const known = request === undefined ? info.id : await this.enter(stream, info, request);
    if (known === info.id) return present ?? this.store(stream, info, document);
    // Stored under this key before, and erased since: it stays so.
    if (await this.receipts.holds(known)) return { id: known, sha256, mediaType, size: content.length };
    return present ?? this.store(stream, { ...info, id: known }, document);
  }

  /** The document that the register names for a request: this one, or that of the first time. */
  private async enter(stream: string, { id: document, sha256 }: DocumentInfo, request: DocumentRequest): Promise<string> {
    const { data } = await this.register.enter({
      commandId: `store/${request.id}`, type: 'StoreDocument', event: { type: 'DocumentStored', data: { document, stream } }, actor: request.actor,
      requestHash: request.hash(sha256),
    });
    // What was entered here, by this request or by the first.
    return (data as { readonly document: string }).document;
  }

  private async store(stream: string, info: DocumentInfo, { content, name, by }: NewDocument): Promise<DocumentInfo> {
    const { id, sha256, mediaType, size } = info;
    const cipher = await this.vault.seal('documents', id, content);
    const inserted = await this.db.insertInto('documents')
      .values({
        id, stream, sha256, media_type: mediaType, size, cipher, created_at: new Date().toISOString(), added_by: by ?? null,
        name_cipher: name === undefined ? null : await this.vault.seal('documents', nameKey(id), Buffer.from(name, 'utf8')),
      })
      .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
    if (inserted !== undefined) return info;
    const winner = await this.findByDigest(stream, sha256);
    if (winner === undefined) throw new Error('A document was erased while it was stored again');
    // Of two requests under one key both have this id.
    if (winner.id !== id) await this.destroy(id);
    return winner;
  }

  /** The document with its bytes, or undefined when there is none or it was erased. */
  async find(stream: string, id: string): Promise<StoredDocument | undefined> {
    const row = await this.db.selectFrom('documents').select(['id', 'sha256', 'media_type', 'size', 'cipher', 'name_cipher'])
      .where('id', '=', id).where('stream', '=', stream).executeTakeFirst();
    const content = row === undefined ? null : await this.vault.open('documents', row.id, row.cipher);
    if (row === undefined || content === null) return undefined;
    return { id: row.id, sha256: row.sha256, mediaType: row.media_type, size: row.size, content, name: await this.nameOf(row) };
  }

  /** Documents of a case in the order in which they came, from a place on; not those that were erased. */
  async list(stream: string, limit: number, after?: DocumentPlace): Promise<ListedDocument[]> {
    const rows = await this.listed(stream)
      .$if(after !== undefined, (query) => query.where((eb) => eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(after?.addedAt ?? '', after?.id ?? ''))))
      .orderBy('created_at').orderBy('id').limit(limit).execute();
    return this.named(rows);
  }

  /** The last documents that came to a case, the newest first; not those that were erased. */
  async newest(stream: string, limit: number): Promise<ListedDocument[]> {
    return this.named(await this.listed(stream).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute());
  }

  private listed(stream: string) {
    return this.db.selectFrom('documents').select(['id', 'sha256', 'media_type', 'size', 'name_cipher', 'added_by', 'created_at']).where('stream', '=', stream);
  }

  private async named(rows: Awaited<ReturnType<ReturnType<Documents['listed']>['execute']>>): Promise<ListedDocument[]> {
    return Promise.all(rows.map(async (row) => ({
      id: row.id, sha256: row.sha256, mediaType: row.media_type, size: row.size, name: await this.nameOf(row), addedAt: row.created_at, addedBy: row.added_by,
    })));
  }

  /** Those documents of a case that have one of these digests. */
  async withDigests(stream: string, digests: readonly string[]): Promise<(DocumentInfo & Pick<ListedDocument, 'name'>)[]> {
    if (digests.length === 0) return [];
    const rows = await this.db.selectFrom('documents').select(['id', 'sha256', 'media_type', 'size', 'name_cipher']).where('stream', '=', stream).where('sha256', 'in', digests).execute();
    return Promise.all(rows.map(async (row) => ({ id: row.id, sha256: row.sha256, mediaType: row.media_type, size: row.size, name: await this.nameOf(row) })));
  }

  /** Erases a document and leaves a receipt; false when there is none. */
  async erase(stream: string, id: string, actor: Actor): Promise<boolean> {
    const row = await this.db.selectFrom('documents').select('id').where('id', '=', id).where('stream', '=', stream).executeTakeFirst();
    if (row === undefined) return false;
    await this.destroy(id);
    await this.receipts.leave('Document', id, { stream }, actor);
    await this.db.deleteFrom('documents').where('id', '=', id).execute();
    return true;
  }

  private async nameOf({ id, name_cipher: cipher }: { readonly id: string; readonly name_cipher: Buffer | null }): Promise<string | null> {
    const name = cipher === null ? null : await this.vault.open('documents', nameKey(id), cipher);
    return name?.toString('utf8') ?? null;
  }

  /** Content and name: each under its own key, so that neither opens in the place of the other. */
  private async destroy(id: string): Promise<void> {
    await this.vault.destroy('documents', id);
    await this.vault.destroy('documents', nameKey(id));
  }

  private async findByDigest(stream: string, sha256: string): Promise<DocumentInfo | undefined> {
    const row = await this.db.selectFrom('documents').select(['id', 'media_type', 'size'])
      .where('stream', '=', stream).where('sha256', '=', sha256).executeTakeFirst();
    return row === undefined ? undefined : { id: row.id, sha256, mediaType: row.media_type, size: row.size };
  }
}

function nameKey(id: string): string {
  return `${id}-name`;
}
