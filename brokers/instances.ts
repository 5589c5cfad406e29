import type { Selectable } from 'kysely';
import type { BrokerInstancesTable } from '../db/broker-tables.ts';
import type { Db } from '../db/client.ts';

export type InstanceRow = Selectable<BrokerInstancesTable>;
export type NewInstance = Pick<InstanceRow, 'id' | 'migration' | 'body' | 'broker' | 'service_id' | 'plan_id'>;

/** Which instance was asked of which broker, as what: a repeated call asks the same one for the same, whatever was registered meanwhile. */
export class Instances {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  async find(id: string): Promise<InstanceRow | undefined> {
    return this.db.selectFrom('broker_instances').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** Before it is asked for; answers what stands, that of the first time. One that is gone may be asked for again, of whoever has the service now. */
  async ask(instance: NewInstance): Promise<InstanceRow> {
    const now = new Date().toISOString();
    const { broker, service_id, plan_id } = instance;
    await this.db.insertInto('broker_instances').values({ ...instance, state: 'ASKED', asked_at: now, changed_at: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ broker, service_id, plan_id, state: 'ASKED', asked_at: now, changed_at: now }).where('broker_instances.state', '=', 'GONE')).execute();
    return this.db.selectFrom('broker_instances').selectAll().where('id', '=', instance.id).executeTakeFirstOrThrow();
  }

  async change(id: string, change: Partial<Pick<InstanceRow, 'state' | 'plan_id'>>): Promise<void> {
    await this.db.updateTable('broker_instances').set({ ...change, changed_at: new Date().toISOString() }).where('id', '=', id).execute();
  }
}
