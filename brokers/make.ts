import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import type { Vault } from '../db/vault/vault.ts';
import { BrokerCaller } from './caller.ts';
import { BrokerClient } from './client.ts';
import { ContactNotes } from './contacts.ts';
import { Credentials } from './credentials.ts';
import { Instances } from './instances.ts';
import { BROKER_POLICY, type BrokerPolicy } from './policy.ts';
import { BrokerStore } from './store.ts';

/** What asks brokers for a process that sees the whole territory. */
export function makeBrokerCaller(db: Db, vault: Vault, log: Logger, policy: BrokerPolicy = BROKER_POLICY): BrokerCaller {
  const notes = new ContactNotes(db, log);
  const client = new BrokerClient(policy, (heard) => { notes.note(heard); });
  return new BrokerCaller({ brokers: new BrokerStore(db, vault), instances: new Instances(db), credentials: new Credentials(db, vault), client, policy, log });
}
