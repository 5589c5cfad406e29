import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach } from 'vitest';
import type { BrokerCaller } from '../../brokers/caller.ts';
import { makeBrokerCaller } from '../../brokers/make.ts';
import type { BrokerPolicy } from '../../brokers/policy.ts';
import type { Registration } from '../../brokers/register.ts';
import { BrokerStore } from '../../brokers/store.ts';
import { Vault } from '../../db/vault/vault.ts';
import type { BrokerCall, BrokerOutcome } from '../../domain/migration/broker-call.ts';
import { instanceIdOf } from '../../osb/ids.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { startedNow } from './asking.ts';
import { BadBroker, LARGE_PLAN_ID, PLAN_ID, SERVICE_ID } from './bad-broker.ts';
import { QUICK } from './policy.ts';

export const MIGRATION = 'c_a010-1.APP_HOSTING';
export const INSTANCE = instanceIdOf(MIGRATION, 1);
export const CALL: BrokerCall = { operation: 'PROVISION', migration: MIGRATION, adhesion: 'c_a010-1', body: 'c_a010', service: 'APP_HOSTING', plan: 'standard', parameters: { region: 'milano' }, attempt: 1 };
const BOTH_PLANS: Registration['services'] = { APP_HOSTING: { serviceId: SERVICE_ID, planIds: { standard: PLAN_ID, large: LARGE_PLAN_ID } } };
const actor = { subject: 'anna', role: 'operator', body: 'agency' } as const;

export const succeeded = (bindingId: string | null = null) => ({ outcome: 'SUCCEEDED', broker: 'hosting', instanceId: INSTANCE, bindingId });
export const failed = (code: string, status: number | null, mayBeLeft = false) => ({ outcome: 'FAILED', broker: 'hosting', code, status, mayBeLeft });

/** Calls to a broker on a real store: a broker, a database, and as many processes as a test wants. */
export class Calling {
  /** What was logged. */
  readonly lines: string[] = [];
  readonly broker: BadBroker;
  readonly database: TestDatabase;
  readonly vault = new Vault(temporaryFolder('keys'), null);
  readonly caller: BrokerCaller;

  private constructor(broker: BadBroker, database: TestDatabase) {
    this.broker = broker;
    this.database = database;
    this.caller = this.anotherProcess();
  }

  static async start(): Promise<Calling> {
    return new Calling(await new BadBroker().start(), await testDatabase());
  }

  async stop(): Promise<void> {
    await Promise.all([this.broker.stop(), this.database.drop()]);
  }

  /** A caller that remembers nothing. */
  anotherProcess(policy: BrokerPolicy = QUICK): BrokerCaller {
    return makeBrokerCaller(this.database.db, this.vault, pino({ level: 'trace' }, { write: (line: string) => { this.lines.push(line); } }), policy);
  }

  async register(services: Registration['services'] = BOTH_PLANS, { name = 'hosting', from = this.broker } = {}): Promise<void> {
    const { url, username, password, local } = from.target;
    await new BrokerStore(this.database.db, this.vault).register({ broker: name, url, local, services }, { username, password }, { actor, twoPersons: false, commandId: randomUUID(), requestHash: randomUUID() });
  }

  async remove(name = 'hosting'): Promise<void> {
    await new BrokerStore(this.database.db, this.vault).remove(name, { actor, twoPersons: false, commandId: randomUUID(), requestHash: randomUUID() });
  }

  call(operation: BrokerCall['operation'], more: Partial<BrokerCall> = {}, by: BrokerCaller = this.caller): Promise<BrokerOutcome> {
    return by.call({ ...CALL, operation, ...more }, startedNow());
  }

  stored() {
    return this.database.db.selectFrom('broker_instances').select(['id', 'broker', 'plan_id', 'state']).execute();
  }

  kept() {
    return this.database.db.selectFrom('broker_credentials').select(['binding', 'cipher', 'shown_at']).orderBy('binding').execute();
  }
}

/** Gives each test of a file calls of its own, and ends them after it. */
export function eachTest(take: (calling: Calling) => void): void {
  let calling: Calling;
  beforeEach(async () => {
    calling = await Calling.start();
    take(calling);
  });
  afterEach(async () => { await calling.stop(); });
}
