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

export class Subjects {
  private readonly db: Db;
  private readonly vault: Vault;
  private readonly register: Journal;

  constructor(db: Db, vault: Vault, register: Journal) {
    this.db = db;
    this.vault = vault;
    this.register = register;
  }

  /** Stores a person and enters its id into the register; answers the id. */
  async add(body: string, person: Person, actor: Actor): Promise<string> {
    const id = newId('sub');
    const cipher = await this.vault.seal('subjects', id, Buffer.from(JSON.stringify(person)));
    await this.db.insertInto('subjects').values({ id, body, cipher, created_at: new Date().toISOString() }).execute();
    await this.register.enter({
      commandId: `register/${id}`, type: 'RegisterSubject', event: { type: 'SubjectRegistered', data: { subject: id, body } }, actor,
    });
    return id;
  }

  /** The body of a subject that is not erased. */
  async findBody(id: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('subjects').select('body').where('id', '=', id).executeTakeFirst();
    return row?.body;
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
