import { randomBytes } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Db } from '../db/client.ts';
import type { Cursor } from '../db/event-store/read.ts';
import type { WebhooksTable } from '../db/schema.ts';
import { newId } from '../db/vault/ids.ts';
import type { Vault } from '../db/vault/vault.ts';
import type { Attempt, Target } from './delivery.ts';

export type WebhookRow = Selectable<WebhooksTable>;

export interface NewWebhook {
  /** Given by a request that may come again; absent: a new one. */
  readonly id?: string | undefined;
  /** IPA code of the body whose cases it tells of; null: all. */
  readonly body: string | null;
  readonly url: string;
  readonly types: readonly string[];
  readonly local: boolean;
  readonly from: Cursor;
}

/** What is kept encrypted. */
interface Kept extends Target {
  /** Where it was asked to begin, since its cursor moves on; not in webhooks of before it was kept. */
  readonly after?: string;
}

/** Waits after the first, second … failure in a row, in seconds (Standard Webhooks); after the last it is paused. */
const WAITS_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const SECRET_BYTES = 32;
/** Keys of replays that a webhook remembers. */
const REPLAYS_KEPT = 100;

/** Who is told of events. Address and secret are encrypted: an address may hold a token of its receiver. */
export class Webhooks {
  private readonly db: Db;
  private readonly vault: Vault;

  constructor(db: Db, vault: Vault) {
    this.db = db;
    this.vault = vault;
  }

  /**
   * Stores a webhook that begins after `from`; answers its id and its secret, which is never shown again but to who sends
   * the same request once more (the same `id`). Undefined when that id was given to another request.
   */
  async add({ id = newId('wh'), body, url, types, local, from }: NewWebhook): Promise<{ id: string; secret: string } | undefined> {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const target: Kept = { url, secret, local, after: cursorText(from) };
    const cipher = await this.vault.seal('webhooks', id, Buffer.from(JSON.stringify(target)));
    const now = new Date().toISOString();
    const added = await this.db.insertInto('webhooks')
      .values({ id, body, cipher, types: [...types], state: 'ACTIVE', reason: null, tx: from.tx, position: from.position, due_at: now, created_at: now })
      .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 0n ? this.answerAgain(id, { url, types, local, from }) : { id, secret };
  }

  /** The same answer again, if the request is the same. */
  private async answerAgain(id: string, asked: Pick<NewWebhook, 'url' | 'types' | 'local' | 'from'>): Promise<{ id: string; secret: string } | undefined> {
    const row = await this.find(id);
    const target = row === undefined ? null : await this.target(row);
    const begun = cursorText(asked.from);
    const isSame = row !== undefined && target !== null && target.url === asked.url && target.local === asked.local && row.types.join() === asked.types.join()
      && (target.after ?? begun) === begun;
    return isSame ? { id, secret: target.secret } : undefined;
  }

  async find(id: string): Promise<WebhookRow | undefined> {
    return this.db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** By id; those of one body, or all of them. */
  async list(body: string | null, after: string | undefined, limit: number): Promise<WebhookRow[]> {
    return this.db.selectFrom('webhooks').selectAll()
      .$if(body !== null, (query) => query.where('body', '=', body))
      .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
      .orderBy('id').limit(limit).execute();
  }

  /** Null when its key is gone: it was being deleted. */
  async target({ id, cipher }: Pick<WebhookRow, 'id' | 'cipher'>): Promise<Kept | null> {
    const content = await this.vault.open('webhooks', id, cipher);
    // What `add` wrote: nothing else can be sealed under this id.
    return content === null ? null : JSON.parse(content.toString('utf8')) as Kept;
  }

  async pause(id: string): Promise<void> {
    await this.db.updateTable('webhooks').set({ state: 'PAUSED', reason: 'ASKED' }).where('id', '=', id).where('state', '=', 'ACTIVE').execute();
  }

  /** Goes on where it stands, at once. */
  async resume(id: string): Promise<void> {
    await this.db.updateTable('webhooks').set({ state: 'ACTIVE', reason: null, failures: 0, due_at: new Date().toISOString() }).where('id', '=', id).execute();
  }

  /**
   * Tells again everything after a cursor; under a `key` that came before, nothing is begun again. False when that key asked for
   * another replay.
   */
  async replay(id: string, { tx, position }: Cursor, key?: string): Promise<boolean> {
    const again = { tx, position, failures: 0, due_at: new Date().toISOString() };
    if (key === undefined) {
      await this.db.updateTable('webhooks').set(again).where('id', '=', id).execute();
      return true;
    }
    const asked = `${key} ${cursorText({ tx, position })}`;
    // One statement: of requests at once that name one key the first is carried out, the others find it noted.
    const begun = await this.db.updateTable('webhooks')
      .set({ ...again, replays: sql`(replays || ${asked}::text)[greatest(1, cardinality(replays) + 2 - ${REPLAYS_KEPT}::int):]` })
      .where('id', '=', id).where(sql<boolean>`NOT EXISTS (SELECT FROM unnest(replays) AS one WHERE starts_with(one, ${`${key} `}))`).executeTakeFirst();
    return begun.numUpdatedRows > 0n || (await this.find(id))?.replays.includes(asked) === true;
  }

  async remove(id: string): Promise<void> {
    await this.vault.destroy('webhooks', id);
    await this.db.deleteFrom('webhooks').where('id', '=', id).execute();
  }

  /** Takes one that is due, for so long that nobody else takes it meanwhile; undefined when none is. */
  async takeDue(leaseMs: number): Promise<WebhookRow | undefined> {
    const now = Date.now();
    return this.db.updateTable('webhooks').set({ due_at: new Date(now + leaseMs).toISOString() })
      .where('id', '=', (query) => query.selectFrom('webhooks').select('id').where('state', '=', 'ACTIVE').where('due_at', '<=', new Date(now).toISOString())
        .orderBy('due_at').limit(1).forUpdate().skipLocked())
      .returningAll().executeTakeFirst();
  }

  /** An event was received. A replay that was asked for meanwhile is not undone. */
  async noteReceived({ id, tx, position }: WebhookRow, at: Cursor, status: number): Promise<boolean> {
    const changed = await this.db.updateTable('webhooks')
      .set({ tx: at.tx, position: at.position, failures: 0, last_status: status, last_error: null, last_at: new Date().toISOString() })
      .where('id', '=', id).where('state', '=', 'ACTIVE').where('tx', '=', tx).where('position', '=', position).executeTakeFirst();
    return changed.numUpdatedRows > 0n;
  }

  /** An event was not received: it is tried again later, or the webhook is paused. Answers the reason of the pause, if so. */
  async noteFailed({ id, failures }: WebhookRow, attempt: Attempt): Promise<'GONE' | 'EXHAUSTED' | null> {
    const status = 'status' in attempt ? attempt.status : null;
    const wait = WAITS_S[failures];
    const reason = status === 410 ? 'GONE' : wait === undefined ? 'EXHAUSTED' : null;
    await this.db.updateTable('webhooks').set({
      state: reason === null ? 'ACTIVE' : 'PAUSED', reason, failures: failures + 1, due_at: new Date(Date.now() + (wait ?? 0) * 1000).toISOString(),
      last_status: status, last_error: 'error' in attempt ? attempt.error : null, last_at: new Date().toISOString(),
    }).where('id', '=', id).where('state', '=', 'ACTIVE').execute();
    return reason;
  }

  /** Nothing is left to tell for now. */
  async rest({ id }: WebhookRow, ms: number): Promise<void> {
    await this.db.updateTable('webhooks').set({ due_at: new Date(Date.now() + ms).toISOString() }).where('id', '=', id).where('state', '=', 'ACTIVE').execute();
  }
}

function cursorText({ tx, position }: Cursor): string {
  return `${tx}.${position}`;
}
