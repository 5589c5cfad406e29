import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Binding, Instance, Target } from './ledger.ts';
import type { Access, Provider, Step } from './provider.ts';

/**
 * Application hosting: a database and its owner role for each instance; for each binding a role that may log in, is a member of the owner
 * and acts as it from its first statement, so that whatever one binding makes the next one can use. Names follow from the identifiers.
 */
export class Hosting implements Provider {
  readonly #pool: pg.Pool;
  readonly #url: URL;
  readonly #connectionsOf: (planId: string) => number;

  /** `pool` and `url` of a role that may make databases and roles, in PostgreSQL 16 or later. */
  constructor(pool: pg.Pool, url: string, connectionsOf: (planId: string) => number) {
    this.#pool = pool;
    this.#url = new URL(url);
    this.#connectionsOf = connectionsOf;
  }

  async provision(instance: Instance, step: Step): Promise<null> {
    const name = databaseName(instance.id);
    if (!(await this.#hasRole(name))) await this.#pool.query(`CREATE ROLE ${name} NOLOGIN`);
    await step('owner role');
    // By template0, which nobody is ever connected to: others may make databases at the same time.
    if (!(await this.#hasDatabase(name))) await this.#pool.query(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0`);
    await step('database');
    await this.#pool.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await this.#configure(instance.id, instance);
    return null;
  }

  async refusal({ id }: Instance, { planId }: Target): Promise<string | null> {
    const { rows } = await this.#pool.query<{ used: number }>('SELECT count(*)::int AS used FROM pg_stat_activity WHERE datname = $1', [databaseName(id)]);
    const used = rows[0]?.used ?? 0;
    const limit = this.#connectionsOf(planId);
    return used > limit ? `${used} connections are open, and the requested plan allows ${limit}.` : null;
  }

  async update({ id }: Instance, target: Target, step: Step): Promise<null> {
    await step('before');
    await this.#configure(id, target);
    return null;
  }

  async deprovision({ id }: Instance, step: Step): Promise<void> {
    const name = databaseName(id);
    const members = await this.#membersOf(name);
    for (const member of members) await this.#shutOut(member);
    await step('logins closed');
    await this.#pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await step('database gone');
    for (const role of [...members, name]) await this.#pool.query(`DROP ROLE IF EXISTS ${role}`);
  }

  async bind({ id }: Instance, binding: Binding, step: Step): Promise<void> {
    const [owner, role] = [databaseName(id), roleName(binding)];
    const password = pg.escapeLiteral(binding.secret['password'] ?? '');
    if (!(await this.#hasRole(role))) await this.#pool.query(`CREATE ROLE ${role} NOLOGIN IN ROLE ${owner}`);
    await step('role');
    await this.#pool.query(`ALTER ROLE ${role} SET role = '${owner}'`);
    await this.#pool.query(`ALTER ROLE ${role} LOGIN PASSWORD ${password}`);
  }

  async unbind({ id }: Instance, binding: Binding, step: Step): Promise<void> {
    const [owner, role] = [databaseName(id), roleName(binding)];
    if (!(await this.#hasRole(role))) return;
    await this.#shutOut(role);
    await step('login closed');
    if (await this.#hasDatabase(owner)) await this.#inherit(owner, role);
    await this.#pool.query(`DROP ROLE IF EXISTS ${role}`);
  }

  access({ id }: Instance, binding: Binding): Access {
    const { hostname, port } = this.#url;
    const [database, username, password] = [databaseName(id), roleName(binding), binding.secret['password'] ?? ''];
    const portNumber = Number(port === '' ? 5432 : port);
    return {
      credentials: { uri: `postgresql://${username}:${password}@${hostname}:${portNumber}/${database}`, host: hostname, port: portNumber, database, username, password },
      endpoints: [{ host: hostname, ports: [String(portNumber)], protocol: 'tcp' }],
    };
  }

  async #configure(id: string, { planId, parameters }: Target): Promise<void> {
    const name = databaseName(id);
    await this.#pool.query(`ALTER DATABASE ${name} CONNECTION LIMIT ${this.#connectionsOf(planId)}`);
    await this.#pool.query(`COMMENT ON DATABASE ${name} IS ${pg.escapeLiteral(JSON.stringify(parameters))}`);
  }

  /** Nobody comes in any more by that role, and who is in is sent out. */
  async #shutOut(role: string): Promise<void> {
    await this.#pool.query(`ALTER ROLE ${role} NOLOGIN`);
    await this.#pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
  }

  /** What a binding made under its own name, in spite of the role it acts as, stays with the instance. */
  async #inherit(owner: string, role: string): Promise<void> {
    const inside = new pg.Client({ connectionString: inDatabase(this.#url, owner) });
    await inside.connect();
    try {
      await inside.query(`REASSIGN OWNED BY ${role} TO ${owner}`);
      await inside.query(`DROP OWNED BY ${role}`);
    } finally {
      await inside.end();
    }
  }

  async #hasRole(name: string): Promise<boolean> {
    return (await this.#pool.query('SELECT FROM pg_roles WHERE rolname = $1', [name])).rowCount === 1;
  }

  async #hasDatabase(name: string): Promise<boolean> {
    return (await this.#pool.query('SELECT FROM pg_database WHERE datname = $1', [name])).rowCount === 1;
  }

  async #membersOf(name: string): Promise<string[]> {
    const { rows } = await this.#pool.query<{ rolname: string }>(
      `SELECT DISTINCT member.rolname FROM pg_auth_members JOIN pg_roles granted ON granted.oid = roleid JOIN pg_roles member ON member.oid = pg_auth_members.member
       WHERE granted.rolname = $1 AND starts_with(member.rolname, $1 || '_')`, [name],
    );
    return rows.map(({ rolname }) => rolname);
  }
}

/** The role that is made a member of each role it makes, as PostgreSQL 16 wants it said. */
export const HOSTING_OPTIONS = '-c createrole_self_grant=set,inherit';

/** Of the database of an instance and of the role that owns it. */
export function databaseName(instanceId: string): string {
  return `osb_${digest(instanceId, 24)}`;
}

/** Of the role of a binding. */
export function roleName({ instanceId, id }: Pick<Binding, 'instanceId' | 'id'>): string {
  return `${databaseName(instanceId)}_${digest(id, 16)}`;
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

function inDatabase(url: URL, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
