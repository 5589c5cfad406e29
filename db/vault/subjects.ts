import type { Actor } from '../../domain/shared/actor.ts';
import type { Db } from '../client.ts';
import type { Journal } from '../journal.ts';
import { newId } from './ids.ts';
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

export class Subjects {
  private readonly db: Db;
  private readonly vault: Vault;
  private readonly register: Journal;

  constructor(db: Db, vault: Vault, register: Journal) {
    this.db = db;
    this.vault = vault;
    this.register = register;
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
    if (hash !== null && (await this.register.holds(`erase/${id}`))) return id;
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
    const rows = await this.db.selectFrom('subjects').select('id').where('body', '=', body).orderBy('created_at').orderBy('id').execute();
    const found = await Promise.all(rows.map(({ id }) => this.find(id)));
    return found.filter((subject) => subject !== undefined);
  }

  /** The person, or undefined when there is none or it was erased. */
  async find(id: string): Promise<Subject | undefined> {
    const row = await this.db.selectFrom('subjects').select(['id', 'body', 'cipher']).where('id', '=', id).executeTakeFirst();
    const content = row === undefined ? null : await this.vault.open('subjects', id, row.cipher);
    if (row === undefined || content === null) return undefined;
    // What `add` wrote: nothing else can be sealed under this id.
    const person = JSON.parse(content.toString('utf8')) as Person;
    return { id: row.id, body: row.body, ...person };
  }

  /**
   * Erases a person: key first, so that a crash on the way leaves nothing readable; the row last, so that the same
   * call can be made again and still leaves its receipt.
   */
  async erase(id: string, body: string, actor: Actor): Promise<void> {
    await this.vault.destroy('subjects', id);
    await this.register.enter({
      commandId: `erase/${id}`, type: 'EraseSubject', event: { type: 'SubjectErased', data: { subject: id, body } }, actor,
    });
    await this.db.deleteFrom('subjects').where('id', '=', id).execute();
  }
}
