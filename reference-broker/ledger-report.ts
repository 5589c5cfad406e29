import pg from 'pg';
import { databaseName, roleName } from './hosting.ts';

/** Prints what the ledger holds, without any secret, and the names of what was made for it: for tests and for an audit. */
export async function printLedger(databaseUrl: string, asJson: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const report = await readLedger(client);
    console.log(asJson ? JSON.stringify(report, null, 2) : inLines(report));
  } finally {
    await client.end();
  }
}

export interface LedgerReport {
  readonly instances: readonly { id: string; service_id: string; plan_id: string; state: string; created: string; database: string }[];
  readonly bindings: readonly { instance_id: string; id: string; predecessor: string | null; state: string; created: string; role: string }[];
  readonly operations: readonly { id: string; instance_id: string; binding_id: string | null; kind: string; state: string; began: string; ended: string | null }[];
}

/** What the ledger holds, by an open connection. */
export async function readLedger(client: pg.Client): Promise<LedgerReport> {
  const rows = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows;
  const instances = await rows<LedgerReport['instances'][number]>('SELECT id, service_id, plan_id, state, created FROM broker.instances ORDER BY created, id');
  const bindings = await rows<LedgerReport['bindings'][number]>('SELECT instance_id, id, predecessor, state, created FROM broker.bindings ORDER BY created, id');
  return {
    instances: instances.map((instance) => ({ ...instance, database: databaseName(instance.id) })),
    bindings: bindings.map((binding) => ({ ...binding, role: roleName({ instanceId: binding.instance_id, id: binding.id }) })),
    operations: await rows('SELECT id, instance_id, binding_id, kind, state, began, ended FROM broker.operations ORDER BY began, id'),
  };
}

function inLines({ instances, bindings, operations }: LedgerReport): string {
  return [
    ...instances.map(({ id, state, database }) => `instance  ${id}  ${state}  ${database}`),
    ...bindings.map(({ instance_id, id, state, role }) => `binding   ${instance_id} ${id}  ${state}  ${role}`),
    `${operations.length} operations, ${operations.filter(({ state }) => state === 'in progress').length} under way`,
  ].join('\n');
}
