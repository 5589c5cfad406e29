import type { Actor } from '../../domain/shared/actor.ts';
import type { Db } from '../client.ts';
import type { Journal } from '../journal.ts';
import type { SubjectsTable } from '../schema.ts';
import { newId } from './ids.ts';
import type { Receipts } from './receipts.ts';
import type { Vault } from './vault.ts';

/** A person acts in the records under a random id; who it is stands here, encrypted and erasable. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | undefined;
}

export interface Subject extends Person {
  readonly id: string;
  readonly body: string;
}

/** A request that may be sent again: the id that follows from its key, and the keyed digest of what it asks for. */
export interface SubjectRequest {
  readonly id: string;
  readonly hash: string | null;
}

const COLUMNS = ['id', 'body', 'cipher'] as const;

export class Subjects {
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
   * Enters an id into the register and stores the person under it. The register has the say: of two contents under one id
   * the second is refused with `OtherContent`, the same content again is the same person, and one that was erased stays so.
   */
  async add(body: string, person: Person, actor: Actor, request: SubjectRequest = { id: newId('sub'), hash: null }): Promise<string> {
    const { id, hash } = request;
    await this.register.enter({
      commandId: `register/${id}`, type: 'RegisterSubject', event: { type: 'SubjectRegistered', data: { subject: id, body } }, actor, requestHash: hash,
    });
    if (hash !== null && (await this.receipts.holds(id))) return id;
    const cipher = await this.vault.seal('subjects', id, Buffer.from(JSON.stringify(person)));
    await this.db.insertInto('subjects').values({ id, body, cipher, created_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.column('id').doNothing()).execute();
    return id;
  }

  /** The body of a subject that is not erased. */
  async findBody(id: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('subjects').select('body').where('id', '=', id).executeTakeFirst();
    return row?.body;
  }

  /** The persons of a body that are not erased, those entered first foremost. */
  async listOf(body: string): Promise<Subject[]> {
    const rows = await this.db.selectFrom('subjects').select(COLUMNS).where('body', '=', body).orderBy('created_at').orderBy('id').execute();
    return this.opened(rows);
  }

  /** A page of the persons of a body in the order of their ids, and the id after which the next begins; null: there is no more. */
  async pageOf(body: string, after: string, limit: number): Promise<{ readonly subjects: readonly Subject[]; readonly next: string | null }> {
    const rows = await this.db.selectFrom('subjects').select(COLUMNS).where('body', '=', body).where('id', '>', after).orderBy('id').limit(limit + 1).execute();
    const shown = rows.slice(0, limit);
    return { subjects: await this.opened(shown), next: rows.length > limit ? shown.at(-1)?.id ?? null : null };
  }

  /** The person, or undefined when there is none or it was erased. */
  async find(id: string): Promise<Subject | undefined> {
    const row = await this.db.selectFrom('subjects').select(COLUMNS).where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : (await this.opened([row]))[0];
  }

  /**
   * Erases a person: key first, so that a crash on the way leaves nothing readable; the row last, so that the same
   * call can be made again and still leaves its receipt.
   */
  async erase(id: string, body: string, actor: Actor): Promise<void> {
    await this.vault.destroy('subjects', id);
    await this.receipts.leave('Subject', id, { body }, actor);
    await this.db.deleteFrom('subjects').where('id', '=', id).execute();
  }

  /** The persons behind rows; those whose key is gone were erased. */
  private async opened(rows: readonly Pick<SubjectsTable, (typeof COLUMNS)[number]>[]): Promise<Subject[]> {
    const persons = await Promise.all(rows.map(async ({ id, body, cipher }) => {
      const content = await this.vault.open('subjects', id, cipher);
      // What `add` wrote: nothing else can be sealed under this id.
      return content === null ? [] : [{ id, body, ...JSON.parse(content.toString('utf8')) as Person }];
    }));
    return persons.flat();
  }
}
