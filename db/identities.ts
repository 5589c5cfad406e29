import { randomBytes } from 'node:crypto';
import type { Db } from './client.ts';

/** What kind of caller an id is of, to be seen in the records: a person, or a program with credentials of its own. */
export type IdentityKind = 'person' | 'client';

/** Identities kept in mind, so that a caller seen before is known while the database is away. */
const MAX_REMEMBERED = 20_000;

/** Our own random ids of who an issuer knows; made when one is seen first, the same ever after. */
export class Identities {
  private readonly remembered = new Map<string, string>();
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** The id of who the issuer knows under this digest (hex, 32 bytes). Rejects when the database is away and it was not seen before. */
  async subjectOf(issuer: string, digest: string, kind: IdentityKind): Promise<string> {
    const key = `${digest} ${issuer}`;
    const known = this.remembered.get(key);
    if (known !== undefined) return known;
    const subject = await this.find(issuer, digest) ?? await this.add(issuer, digest, kind);
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    this.remembered.set(key, subject);
    return subject;
  }

  private async find(issuer: string, digest: string): Promise<string | undefined> {
    const row = await this.db.selectFrom('identities').select('subject')
      .where('issuer', '=', issuer).where('digest', '=', Buffer.from(digest, 'hex')).executeTakeFirst();
    return row?.subject;
  }

  private async add(issuer: string, digest: string, kind: IdentityKind): Promise<string> {
    const subject = `${kind}-${randomBytes(16).toString('hex')}`;
    const added = await this.db.insertInto('identities').values({ issuer, digest: Buffer.from(digest, 'hex'), subject })
      .onConflict((conflict) => conflict.columns(['issuer', 'digest']).doNothing()).returning('subject').executeTakeFirst();
    // Seen for the first time twice at once: the other one's id holds.
    const standing = added?.subject ?? await this.find(issuer, digest);
    if (standing === undefined) throw new Error('An identity was neither added nor found');
    return standing;
  }
}
