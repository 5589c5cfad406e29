import type { Selectable } from 'kysely';
import type { BrokerCredentialsTable } from '../db/broker-tables.ts';
import type { Db } from '../db/client.ts';
import type { Vault } from '../db/vault/vault.ts';
import type { BindingAnswer } from '../osb/answers.ts';

/** What a binding gives to who uses the instance: as the broker said it, with nothing beside. */
export type Given = Pick<BindingAnswer, 'credentials' | 'endpoints' | 'syslog_drain_url' | 'route_service_url' | 'volume_mounts' | 'metadata'>;

export type NewCredentials = Pick<Selectable<BrokerCredentialsTable>, 'binding_id' | 'instance_id' | 'migration' | 'body' | 'binding'>;

export interface NewestBinding {
  readonly bindingId: string;
  readonly binding: number;
  readonly isShown: boolean;
}

/** Credentials of bindings, encrypted under a key of their own until they are shown: once, and then there is no key any more. */
export class Credentials {
  private readonly db: Db;
  private readonly vault: Vault;

  /** `db`: as somebody may see it. */
  constructor(db: Db, vault: Vault) {
    this.db = db;
    this.vault = vault;
  }

  async holds(bindingId: string): Promise<boolean> {
    return await this.db.selectFrom('broker_credentials').select('binding_id').where('binding_id', '=', bindingId).executeTakeFirst() !== undefined;
  }

  /** True where the broker said when the binding expires, and that is past. */
  async hasExpired(bindingId: string, at: number): Promise<boolean> {
    const row = await this.db.selectFrom('broker_credentials').select('expires_at').where('binding_id', '=', bindingId).executeTakeFirst();
    return row !== undefined && row.expires_at !== null && new Date(row.expires_at).getTime() <= at;
  }

  /** Keeps them, once: what was kept before of the same binding stands. */
  async keep(credentials: NewCredentials, given: Given): Promise<void> {
    const cipher = await this.vault.seal('credentials', credentials.binding_id, Buffer.from(JSON.stringify(given), 'utf8'));
    await this.db.insertInto('broker_credentials').values({ ...credentials, cipher, kept_at: new Date().toISOString(), shown_at: null, expires_at: given.metadata?.expires_at ?? null })
      .onConflict((conflict) => conflict.doNothing()).execute();
  }

  /** The newest binding of a migration that gave credentials; undefined: there is none. */
  async newest(migration: string): Promise<NewestBinding | undefined> {
    const row = await this.db.selectFrom('broker_credentials').select(['binding_id', 'binding', 'shown_at']).where('migration', '=', migration).orderBy('kept_at', 'desc').limit(1).executeTakeFirst();
    return row === undefined ? undefined : { bindingId: row.binding_id, binding: row.binding, isShown: row.shown_at !== null };
  }

  /** Those of a binding, and destroys them: who is shown them has them. Undefined: somebody was before. */
  async showOnce(bindingId: string): Promise<Given | undefined> {
    const row = await this.db.selectFrom('broker_credentials').select('cipher').where('binding_id', '=', bindingId).executeTakeFirst();
    const content = row === undefined || row.cipher === null ? null : await this.vault.open('credentials', bindingId, row.cipher);
    // One statement decides between two who ask at once.
    const taken = await this.db.updateTable('broker_credentials').set({ cipher: null, shown_at: new Date().toISOString() }).where('binding_id', '=', bindingId).where('shown_at', 'is', null).executeTakeFirst();
    if (taken.numUpdatedRows === 0n || content === null) return undefined;
    await this.vault.destroy('credentials', bindingId);
    // What `keep` wrote: nothing else can be sealed under this id.
    return JSON.parse(content.toString('utf8')) as Given;
  }

  /** Of a binding that is no more. */
  async forget(bindingId: string): Promise<void> {
    await this.vault.destroy('credentials', bindingId);
    await this.db.deleteFrom('broker_credentials').where('binding_id', '=', bindingId).execute();
  }

  /** Of an instance that is no more. */
  async forgetAll(instanceId: string): Promise<void> {
    const rows = await this.db.selectFrom('broker_credentials').select('binding_id').where('instance_id', '=', instanceId).execute();
    for (const { binding_id: bindingId } of rows) await this.forget(bindingId);
  }
}

/** What of an answer is kept; undefined: it gives nothing to use. */
export function givenIn(answer: BindingAnswer | undefined): Given | undefined {
  if (answer === undefined) return undefined;
  const { credentials, endpoints, syslog_drain_url, route_service_url, volume_mounts, metadata } = answer;
  const isUsable = credentials !== undefined || (syslog_drain_url ?? route_service_url ?? volume_mounts ?? null) !== null;
  return isUsable ? { credentials, endpoints, syslog_drain_url, route_service_url, volume_mounts, metadata } : undefined;
}
