import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Flags } from './errors.ts';
import { LEDGER_SCHEMA } from './ledger-schema.ts';
import type { Seal, Secret } from './seal.ts';

/** `failed`: not wholly made, or not wholly removed; what there is of it goes with a deprovisioning or unbinding. */
export type ResourceState = 'creating' | 'ready' | 'updating' | 'deleting' | 'failed';

export interface Instance {
  readonly id: string;
  readonly serviceId: string;
  readonly planId: string;
  readonly organization: string;
  readonly space: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly state: ResourceState;
  /** What the provider gave that it needs again; null: nothing. */
  readonly secret: Secret | null;
}

export interface Binding {
  readonly instanceId: string;
  readonly id: string;
  readonly predecessor: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly bindResource: Readonly<Record<string, unknown>>;
  readonly state: ResourceState;
  /** Made before the binding is, so that a repeat after a crash gives the same credentials. */
  readonly secret: Secret;
}

export type OperationKind = 'provision' | 'update' | 'deprovision' | 'bind' | 'unbind';
export type OperationState = 'in progress' | 'succeeded' | 'failed';

/** What an update leads to. */
export interface Target {
  readonly planId: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly id: string;
  readonly instanceId: string;
  readonly bindingId: string | null;
  readonly kind: OperationKind;
  readonly target: Target | null;
  readonly state: OperationState;
  readonly description: string | null;
  readonly flags: Flags | null;
}

interface InstanceRow { id: string; service_id: string; plan_id: string; organization: string; space: string; parameters: Record<string, unknown>; state: ResourceState; secret: Buffer | null }
interface BindingRow { instance_id: string; id: string; predecessor: string | null; parameters: Record<string, unknown>; bind_resource: Record<string, unknown>; state: ResourceState; secret: Buffer }
interface OperationRow { id: string; instance_id: string; binding_id: string | null; kind: OperationKind; target: Target | null; state: OperationState; description: string | null; flags: Flags | null }

/** What this broker made and is about to make, in a database of its own. An operation is in it before its first effect. */
export class Ledger {
  readonly #pool: pg.Pool;
  readonly #seal: Seal;

  constructor(pool: pg.Pool, seal: Seal) {
    this.#pool = pool;
    this.#seal = seal;
  }

  /** Makes the tables where there are none. Several may do so at once. */
  async prepare(): Promise<void> {
    await this.#transaction(async (client) => {
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('broker'))`);
      await client.query(LEDGER_SCHEMA);
    });
  }

  /** Looks at an instance and changes it, with nobody else doing so meanwhile. */
  async on<Result>(instanceId: string, work: (view: LedgerView) => Promise<Result>): Promise<Result> {
    return this.#transaction(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [instanceId]);
      return work(new LedgerView(client, this.#seal, instanceId));
    });
  }

  /** What was begun and not ended, oldest first. */
  async open(): Promise<Operation[]> {
    const { rows } = await this.#pool.query<OperationRow>(`SELECT * FROM broker.operations WHERE state = 'in progress' ORDER BY began`);
    return rows.map(toOperation);
  }

  /** Loses everything, as a broker that was set up anew without its backup would. For tests of platforms. */
  async lose(): Promise<void> {
    await this.#pool.query('TRUNCATE broker.instances, broker.bindings, broker.operations');
  }

  /** Counts a fault that happened; answers how often it has. It outlives a restart. */
  async countFault(name: string): Promise<number> {
    const { rows } = await this.#pool.query<{ times: number }>(`INSERT INTO broker.faults (name, times) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET times = faults.times + 1 RETURNING times`, [name]);
    return rows[0]?.times ?? 0;
  }

  async #transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // A connection that cannot roll back is not used again.
      const isSound = await client.query('ROLLBACK').then(() => true, () => false);
      client.release(!isSound);
      throw error;
    }
  }
}

/** One instance with its bindings and operations, within a transaction that holds it. */
export class LedgerView {
  readonly #client: pg.PoolClient;
  readonly #seal: Seal;
  readonly #id: string;

  constructor(client: pg.PoolClient, seal: Seal, instanceId: string) {
    this.#client = client;
    this.#seal = seal;
    this.#id = instanceId;
  }

  async instance(): Promise<Instance | null> {
    const [row] = await this.#rows<InstanceRow>('SELECT * FROM broker.instances WHERE id = $1', [this.#id]);
    if (row === undefined) return null;
    const { service_id: serviceId, plan_id: planId, secret, ...rest } = row;
    return { ...rest, serviceId, planId, secret: secret === null ? null : this.#seal.open(`instance ${this.#id}`, secret) };
  }

  async bindings(): Promise<Binding[]> {
    const rows = await this.#rows<BindingRow>('SELECT * FROM broker.bindings WHERE instance_id = $1', [this.#id]);
    return rows.map(({ instance_id: instanceId, bind_resource: bindResource, secret, ...rest }) => ({ ...rest, instanceId, bindResource, secret: this.#seal.open(`binding ${instanceId} ${rest.id}`, secret) }));
  }

  async binding(id: string): Promise<Binding | null> {
    return (await this.bindings()).find((binding) => binding.id === id) ?? null;
  }

  /** The operation under way; null: none is. */
  async underWay(): Promise<Operation | null> {
    const [row] = await this.#rows<OperationRow>(`SELECT * FROM broker.operations WHERE instance_id = $1 AND state = 'in progress'`, [this.#id]);
    return row === undefined ? null : toOperation(row);
  }

  /** By its identifier, or the last one of the instance, or of a binding of it. */
  async operation(id: string | undefined, bindingId: string | null): Promise<Operation | null> {
    const [row] = await this.#rows<OperationRow>(
      `SELECT * FROM broker.operations WHERE instance_id = $1 AND binding_id IS NOT DISTINCT FROM $2 AND ($3::text IS NULL OR id::text = $3) ORDER BY began DESC LIMIT 1`,
      [this.#id, bindingId, id ?? null],
    );
    return row === undefined ? null : toOperation(row);
  }

  async begin(kind: OperationKind, bindingId: string | null = null, target: Target | null = null): Promise<Operation> {
    const [row] = await this.#rows<OperationRow>(
      `INSERT INTO broker.operations (id, instance_id, binding_id, kind, target, state) VALUES ($1, $2, $3, $4, $5, 'in progress') RETURNING *`,
      [randomUUID(), this.#id, bindingId, kind, target],
    );
    if (row === undefined) throw new Error('the ledger took no operation');
    return toOperation(row);
  }

  async end(id: string, state: 'succeeded' | 'failed', description: string, flags: Flags | null = null): Promise<void> {
    await this.#client.query('UPDATE broker.operations SET state = $2, description = $3, flags = $4, ended = clock_timestamp() WHERE id = $1', [id, state, description, flags]);
  }

  async putInstance({ serviceId, planId, organization, space, parameters }: Omit<Instance, 'id' | 'state' | 'secret'>): Promise<void> {
    await this.#client.query(
      `INSERT INTO broker.instances (id, service_id, plan_id, organization, space, parameters, state) VALUES ($1, $2, $3, $4, $5, $6, 'creating')
       ON CONFLICT (id) DO UPDATE SET state = 'creating'`,
      [this.#id, serviceId, planId, organization, space, parameters],
    );
  }

  async setInstance(state: ResourceState, secret?: Secret | null): Promise<void> {
    const sealed = secret === undefined || secret === null ? null : this.#seal.close(`instance ${this.#id}`, secret);
    await this.#client.query('UPDATE broker.instances SET state = $2, secret = coalesce($3, secret), changed = clock_timestamp() WHERE id = $1', [this.#id, state, sealed]);
  }

  async setTarget({ planId, parameters }: Target): Promise<void> {
    await this.#client.query('UPDATE broker.instances SET plan_id = $2, parameters = $3 WHERE id = $1', [this.#id, planId, parameters]);
  }

  /** With its bindings. */
  async removeInstance(): Promise<void> {
    await this.#client.query('DELETE FROM broker.instances WHERE id = $1', [this.#id]);
    await this.#client.query('DELETE FROM broker.bindings WHERE instance_id = $1', [this.#id]);
  }

  async putBinding({ id, predecessor, parameters, bindResource, secret }: Omit<Binding, 'instanceId' | 'state'>): Promise<void> {
    await this.#client.query(
      `INSERT INTO broker.bindings (instance_id, id, predecessor, parameters, bind_resource, state, secret) VALUES ($1, $2, $3, $4, $5, 'creating', $6)
       ON CONFLICT (instance_id, id) DO UPDATE SET state = 'creating'`,
      [this.#id, id, predecessor, parameters, bindResource, this.#seal.close(`binding ${this.#id} ${id}`, secret)],
    );
  }

  async setBinding(id: string, state: ResourceState): Promise<void> {
    await this.#client.query('UPDATE broker.bindings SET state = $3 WHERE instance_id = $1 AND id = $2', [this.#id, id, state]);
  }

  async removeBinding(id: string): Promise<void> {
    await this.#client.query('DELETE FROM broker.bindings WHERE instance_id = $1 AND id = $2', [this.#id, id]);
  }

  async #rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    return (await this.#client.query<Row>(sql, values)).rows;
  }
}

function toOperation({ id, instance_id: instanceId, binding_id: bindingId, kind, target, state, description, flags }: OperationRow): Operation {
  return { id, instanceId, bindingId, kind, target, state, description, flags };
}
