import type { Actor } from '../domain/shared/actor.ts';
import type { Decision, Refused } from '../domain/shared/process.ts';
import type { Db } from '../db/client.ts';
import { Journal, type RepeatableRequest } from '../db/journal.ts';
import { JournalFold } from '../db/journal-fold.ts';
import { newId } from '../db/vault/ids.ts';
import type { Vault } from '../db/vault/vault.ts';
import type { BrokerTarget } from './client.ts';
import { contactOf, type Contact } from './contacts.ts';
import { decideRegistration, decideRemoval, EMPTY_REGISTER, evolveRegister, type BrokerEvent, type BrokerPreparation, type BrokerRegister, type Registered, type Registration } from './register.ts';

const STREAM = 'brokers';

/** How a broker is signed on to. */
export interface SignOn {
  readonly username: string;
  readonly password: string;
}

interface Change extends RepeatableRequest {
  readonly actor: Actor;
  readonly twoPersons: boolean;
}

export type BrokerAnswer =
  | { readonly outcome: 'REGISTERED'; readonly broker: Registered }
  | { readonly outcome: 'PREPARED'; readonly preparation: BrokerPreparation }
  /** There is none: it was removed, or was not there. */
  | { readonly outcome: 'NONE' }
  | { readonly outcome: 'REFUSED'; readonly refused: Refused };

/** The brokers that are registered: what the journal `brokers` says; passwords stand beside it, encrypted. */
export class BrokerStore {
  private readonly db: Db;
  private readonly vault: Vault;
  private readonly journal: Journal;
  private readonly fold: JournalFold<BrokerRegister>;

  /** `db` sees the whole territory: the journal is nobody's own. */
  constructor(db: Db, vault: Vault) {
    this.db = db;
    this.vault = vault;
    this.journal = new Journal(db, STREAM);
    // What is in the journal was decided by the functions of register.ts, on what a schema had checked.
    this.fold = new JournalFold(db, STREAM, EMPTY_REGISTER, (register, { version, type, data, actor, recorded_at: at }) => evolveRegister(register, { type, data } as BrokerEvent, { version, subject: actor.subject, at }));
  }

  /** The register as it stands in the store. */
  current(): Promise<BrokerRegister> {
    return this.fold.current();
  }

  /** As it is spoken to. Throws where what was sealed can't be opened. */
  async target({ broker: name, url, local, secret }: Registered): Promise<BrokerTarget> {
    return { name, url, local, ...await this.openSecret(secret) };
  }

  /** Registers a broker or changes it, or prepares that. Throws OtherContent for an id that was used otherwise. */
  async register(registration: Registration, signOn: SignOn, change: Change): Promise<BrokerAnswer> {
    const { broker } = registration;
    const secret = await this.keepSecret(signOn);
    const before = secretsOf(await this.current(), broker);
    const refused = await this.enter('RegisterBroker', change, async (register) => {
      const sameSecrets: string[] = [];
      for (const one of secretsOf(register, broker)) {
        const { username, password } = await this.openSecret(one);
        if (username === signOn.username && password === signOn.password) sameSecrets.push(one);
      }
      return decideRegistration(register, registration, { by: change.actor.subject, twoPersons: change.twoPersons, secret, sameSecrets });
    }).finally(() => this.forgetUnused([secret, ...before], broker));
    return refused === null ? this.standing(broker) : { outcome: 'REFUSED', refused };
  }

  /** Removes a broker, or prepares that; NONE: there is none. Throws OtherContent for an id that was used otherwise. */
  async remove(broker: string, change: Change): Promise<BrokerAnswer> {
    const register = await this.current();
    if (!register.brokers.has(broker)) return { outcome: 'NONE' };
    const before = secretsOf(register, broker);
    const refused = await this.enter('RemoveBroker', change, async (now) => decideRemoval(now, broker, { by: change.actor.subject, twoPersons: change.twoPersons, inUse: await this.inUse(broker) }));
    await this.forgetUnused(before, broker);
    if (refused !== null) return { outcome: 'REFUSED', refused };
    const answer = await this.standing(broker);
    // Another one may come under its name.
    if (answer.outcome === 'NONE') await this.db.deleteFrom('broker_contacts').where('broker', '=', broker).execute();
    return answer;
  }

  /** Takes a preparation back; false: there is none. */
  async withdraw(broker: string, { actor, commandId }: Pick<Change, 'actor' | 'commandId'>): Promise<boolean> {
    const before = secretsOf(await this.current(), broker);
    const withdrawn = await this.journal.enterDecided(async () => {
      const standing = (await this.current()).prepared.get(broker);
      if (standing === undefined) return null;
      const event: BrokerEvent = { type: 'BrokerPreparationWithdrawn', data: { broker, preparedAt: standing.preparedAt } };
      return { commandId, type: 'WithdrawBrokerPreparation', event, actor };
    });
    await this.forgetUnused(before, broker);
    return withdrawn !== null;
  }

  /** How many instances a broker holds for us, as far as the store knows. */
  async inUse(broker: string): Promise<number> {
    const { n } = await this.db.selectFrom('broker_instances').select(({ fn }) => fn.countAll<string>().as('n')).where('broker', '=', broker).where('state', '<>', 'GONE').executeTakeFirstOrThrow();
    return Number(n);
  }

  /** How the worker last heard it. */
  async contact(broker: string): Promise<Contact> {
    return contactOf(this.db, broker);
  }

  /** Enters what is decided on the head of the journal; answers what it was refused for, if it was. */
  private async enter(type: string, { actor, commandId, requestHash }: Change, decide: (register: BrokerRegister) => Promise<Decision<BrokerEvent>>): Promise<Refused | null> {
    let refused: Refused | null = null;
    await this.journal.enterRequested({ commandId, requestHash }, () => this.current(), async (register) => {
      const decision = await decide(register);
      refused = decision.kind === 'refused' ? decision : null;
      const event = decision.kind === 'refused' ? undefined : decision.events[0];
      return event === undefined ? null : { commandId, type, event, actor, requestHash };
    });
    return refused;
  }

  private async keepSecret(signOn: SignOn): Promise<string> {
    const id = newId('brk');
    const cipher = await this.vault.seal('brokers', id, Buffer.from(JSON.stringify({ username: signOn.username, password: signOn.password }), 'utf8'));
    await this.db.insertInto('broker_secrets').values({ id, cipher, created_at: new Date().toISOString() }).execute();
    return id;
  }

  private async openSecret(id: string): Promise<SignOn> {
    const row = await this.db.selectFrom('broker_secrets').select('cipher').where('id', '=', id).executeTakeFirst();
    const content = row === undefined ? null : await this.vault.open('brokers', id, row.cipher);
    if (content === null) throw new Error(`What ${id} names can't be opened: the broker is to be registered again`);
    // What `keepSecret` wrote: nothing else can be sealed under this id.
    return JSON.parse(content.toString('utf8')) as SignOn;
  }

  /** How a broker stands after a change: what waits for another person is what was sent last. */
  private async standing(broker: string): Promise<BrokerAnswer> {
    const { brokers, prepared } = await this.current();
    const preparation = prepared.get(broker);
    if (preparation !== undefined) return { outcome: 'PREPARED', preparation };
    const registered = brokers.get(broker);
    return registered === undefined ? { outcome: 'NONE' } : { outcome: 'REGISTERED', broker: registered };
  }

  /** Destroys what the register does not name any more. */
  private async forgetUnused(secrets: readonly string[], broker: string): Promise<void> {
    const used = secretsOf(await this.current(), broker);
    for (const id of secrets.filter((one) => !used.includes(one))) {
      await this.vault.destroy('brokers', id);
      await this.db.deleteFrom('broker_secrets').where('id', '=', id).execute();
    }
  }
}

/** Names of what is sealed for a broker: as it is registered, and as it is prepared. */
function secretsOf({ brokers, prepared }: BrokerRegister, broker: string): readonly string[] {
  return [brokers.get(broker)?.secret, prepared.get(broker)?.registration?.secret].filter((one) => one !== undefined);
}
