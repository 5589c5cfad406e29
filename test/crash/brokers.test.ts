import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { openKeys } from '../../api/auth/keys.ts';
import { loadBodies } from '../../api/bodies.ts';
import { call, type Json, type MemberCode } from '../api/support.ts';
import { asBroker, startReferenceBroker, type ReferenceBroker } from '../broker/support.ts';
import { startTrialProvider, type Registration, type TrialProvider } from '../broker/trial-provider.ts';
import type { Child } from '../../embedded/child.ts';
import { databaseName } from '../../reference-broker/hosting.ts';
import { Runs } from '../../engine/runs.ts';
import { approve, commit, HOSTING_AND_BEFORE, looseCatalogue, migrationUntil, plan, prepare, readMigration, register, sendMigration, type Asks } from '../support/brokered.ts';
import { FaultStack, kill } from '../support/faults.ts';
import { expectWhole, type Acknowledged } from '../support/invariants.ts';

/** How many comuni; `ASSOCIA_TEST_COMUNI=20` takes more. */
const COMUNI = Number(process.env['ASSOCIA_TEST_COMUNI'] ?? 2);
const SEED = Number(process.env['ASSOCIA_TEST_SEED'] ?? 20_261_122);
const AT_BROKER = ['IDENTITY', 'FILE_SHARING', 'APP_HOSTING'] as const;
/** Comuni whose cases are prepared at once: before anything is killed there is no hurry. */
const AT_ONCE = 4;
/** What is sent again where no answer came. */
const REPEATED = /\/(?:commands|migrations|adhesions)$/;
const PATIENCE_MS = 150_000 + COMUNI * 10_000;

let stack: FaultStack;
let app: FastifyInstance;
let provider: TrialProvider;
let broker: ReferenceBroker;
let api: Asks;
let worker: Child;
// With a council of twelve, as the path of the tests votes.
const bodies = loadBodies().all.filter(({ population }) => population > 3_000 && population <= 10_000).slice(0, COMUNI).map(({ ipaCode }): MemberCode => `c_${ipaCode.slice(2)}`);
const ids = bodies.flatMap((body) => AT_BROKER.map((service) => `${body}-1.${service}`));
const acknowledged: Acknowledged[] = [];

beforeAll(async () => {
  [stack, provider] = await Promise.all([FaultStack.start(), startTrialProvider()]);
  const keys = await openKeys(stack.keysDir);
  [app, broker, worker] = await Promise.all([
    buildApp({ db: stack.db, engine: stack.engine, runs: new Runs(stack.client), keys, log: pino({ level: 'silent' }), twoPersons: false, oidc: undefined }),
    startReferenceBroker({ ...provider.environment, BROKER_CATALOGUE: looseCatalogue() }), stack.startWorker(),
  ]);
  // A client that sends what was not answered again, by the same key, until it is.
  api = {
    async call(method, url, as, options = {}) {
      if (method !== 'POST' || !REPEATED.test(url)) return call(app, keys, method, url, as, options);
      const key = randomUUID();
      for (;;) {
        const answer = await call(app, keys, method, url, as, { ...options, headers: { ...options.headers, 'idempotency-key': key } });
        if (answer.status < 500) {
          if (answer.status === 200 && url.endsWith('/commands')) acknowledged.push({ stream: url.slice('/v1/'.length, -'/commands'.length).replace(/^(adhesion|migration)s/, '$1'), commandId: String(answer.body['commandId']) });
          return answer;
        }
        await delay(200);
      }
    },
  };
  await register(api, broker, 'loose');
}, 120_000);
afterAll(async () => {
  await app.close();
  await stack.stop();
  await broker.stop();
  await provider.stop();
}, 60_000);

/** Numbers between 0 and 1 that follow from the seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = dice(SEED);
const within = (least: number, most: number): number => least + Math.floor(random() * (most - least));

/** Kills the worker at random moments, each time another comes in its place. */
async function killNowAndThen(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await delay(within(200, 3_500));
    await kill(worker);
    worker = await stack.startWorker();
  }
}

const isBound = (view: Json): boolean => String(view['instance']?.['state']) === 'BOUND';
const isDrafted = (view: Json): boolean => String(view['state']) === 'PLAN_DRAFTED';
const bodyOf = (id: string): MemberCode => `c_${id.slice(2, 6)}`;

/** Does it for all at moments that differ, while the worker is killed. */
async function amidKills(ids: readonly string[], kills: number, work: (id: string) => Promise<void>, reached: (view: Json) => boolean): Promise<void> {
  const begun = ids.map((id) => ({ id, afterMs: within(0, 6_000) }));
  await Promise.all([killNowAndThen(kills), ...begun.map(async ({ id, afterMs }) => {
    await delay(afterMs);
    await work(id);
    await migrationUntil(api, id, reached, PATIENCE_MS);
  })]);
}

/** What the ledger, the databases, the clients and the engine say, and what the cases want them to say: one instance and one binding for each that stands, and nothing else. */
async function compared(standing: readonly string[]) {
  const views: Json[] = [];
  for (const id of standing) views.push(await readMigration(api, id));
  const instances = views.map((view) => String(view['instance']?.['id'])).toSorted();
  const ledger = await broker.ledger();
  const made = ledger.operations.filter(({ kind, state }) => ['provision', 'bind'].includes(kind) && state === 'succeeded').map(({ kind, instance_id: id }) => `${kind} ${id}`);
  // Of all instances that ever were, those have a database that stand and are no OpenID client.
  const hosted = views.filter(({ service }) => String(service) !== 'IDENTITY').map((view) => databaseName(String(view['instance']?.['id'])));
  const ever = [...new Set(ledger.operations.map(({ instance_id: id }) => databaseName(id)))];
  const { rows } = await asBroker((client) => client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE datname = ANY($1)', [ever]));
  const there = await stack.db.selectFrom('broker_instances').select('id').where('state', '!=', 'GONE').execute();
  const kept = await stack.db.selectFrom('broker_credentials').select('instance_id').execute();
  const found = {
    unbound: views.filter((view) => !isBound(view)).map(({ id }) => String(id)),
    cases: new Set(instances).size,
    instances: ledger.instances.map(({ id }) => id).toSorted(),
    bindings: ledger.bindings.map(({ instance_id: id }) => id).toSorted(),
    unready: [...ledger.instances, ...ledger.bindings].filter(({ state }) => state !== 'ready'),
    underWay: ledger.operations.filter(({ state }) => state === 'in progress'),
    // Nothing was made twice, not even what was removed again.
    made: made.toSorted(),
    databases: rows.map(({ name }) => name).toSorted(),
    clients: provider.clientIds().length,
    // What the engine keeps of it.
    asked: there.map(({ id }) => id).toSorted(),
    credentials: kept.map(({ instance_id: id }) => id).toSorted(),
  };
  const wanted: typeof found = {
    unbound: [], cases: standing.length, instances, bindings: instances, unready: [], underWay: [], made: [...new Set(made)].toSorted(), databases: hosted.toSorted(), clients: standing.length - hosted.length,
    asked: instances, credentials: instances,
  };
  return { found, wanted };
}

async function agree(standing: readonly string[]): Promise<void> {
  const { found, wanted } = await compared(standing);
  expect(found).toEqual(wanted);
}

test(`${COMUNI} comuni × ${AT_BROKER.length} services at the broker, made, taken back and made again while the worker is killed: ledger and cases agree`, { timeout: 600_000 + COMUNI * 60_000 }, async () => {
  for (let from = 0; from < bodies.length; from += AT_ONCE) {
    await Promise.all(bodies.slice(from, from + AT_ONCE).map(async (body) => {
      await prepare(api, body, [...AT_BROKER, ...HOSTING_AND_BEFORE.slice(0, 2)]);
      for (const service of [...HOSTING_AND_BEFORE, 'IDENTITY', 'FILE_SHARING'] as const) await plan(api, body, service);
    }));
  }
  broker.order({ kind: 'slow', name: 'slow', on: ['provision', 'bind', 'unbind', 'deprovision'], ms: 700 });

  await amidKills(ids, 3, (id) => commit(api, bodyOf(id), id), isBound);
  await agree(ids);

  const back = ids.filter(() => random() < 0.5);
  expect(back.length).toBeGreaterThan(0);
  await amidKills(back, 2, async (id) => { await sendMigration(api, 'operator', id, 'RollBack', { reasons: 'Da rifare.' }); }, isDrafted);
  await agree(ids.filter((id) => !back.includes(id)));

  await amidKills(back, 1, async (id) => {
    await approve(api, bodyOf(id), id);
    await commit(api, bodyOf(id), id);
  }, isBound);
  await agree(ids);
  broker.order();
  await expectWhole(stack, acknowledged);
});

const UNKNOWN = randomUUID();
let leftOver: Registration;

/** Spoils one thing behind the engine's back and puts it right again; the comparison names what disagrees. */
const SPOILT: readonly { readonly name: string; readonly names: readonly string[]; readonly spoil: () => Promise<unknown>; readonly mend: () => Promise<unknown> }[] = [
  {
    name: 'an orphan in the ledger', names: ['instances'],
    spoil: () => inLedger("INSERT INTO broker.instances (id, service_id, plan_id, organization, space, parameters, state) SELECT 'orphan', service_id, plan_id, organization, space, parameters, state FROM broker.instances LIMIT 1"),
    mend: () => inLedger("DELETE FROM broker.instances WHERE id = 'orphan'"),
  },
  {
    name: 'a second binding of one instance', names: ['bindings'],
    spoil: () => inLedger("INSERT INTO broker.bindings (instance_id, id, parameters, bind_resource, state, secret) SELECT instance_id, 'second', parameters, bind_resource, state, secret FROM broker.bindings LIMIT 1"),
    mend: () => inLedger("DELETE FROM broker.bindings WHERE id = 'second'"),
  },
  {
    name: 'an instance that is not ready', names: ['unready'],
    spoil: () => inLedger("UPDATE broker.instances SET state = 'failed' WHERE id = (SELECT min(id) FROM broker.instances)"), mend: () => inLedger("UPDATE broker.instances SET state = 'ready'"),
  },
  {
    name: 'an operation that never ended', names: ['underWay'],
    spoil: () => inLedger(`INSERT INTO broker.operations (id, instance_id, kind, state) SELECT '${UNKNOWN}', min(id), 'update', 'in progress' FROM broker.instances`), mend: () => inLedger(`DELETE FROM broker.operations WHERE id = '${UNKNOWN}'`),
  },
  {
    name: 'an instance that was made twice', names: ['made'],
    spoil: () => inLedger(`INSERT INTO broker.operations (id, instance_id, kind, state) SELECT '${UNKNOWN}', min(id), 'provision', 'succeeded' FROM broker.instances`), mend: () => inLedger(`DELETE FROM broker.operations WHERE id = '${UNKNOWN}'`),
  },
  {
    name: 'a database that was not dropped', names: ['databases'],
    spoil: async () => asBroker(async (client) => client.query(`CREATE DATABASE ${await goneDatabase()} TEMPLATE template0`)), mend: async () => asBroker(async (client) => client.query(`DROP DATABASE ${await goneDatabase()}`)),
  },
  {
    name: 'an instance that the engine takes for gone', names: ['asked'],
    spoil: () => engineState('THERE', 'GONE'), mend: () => engineState('GONE', 'THERE'),
  },
  {
    name: 'credentials that were kept twice', names: ['credentials'],
    spoil: async () => {
      const kept = await stack.db.selectFrom('broker_credentials').selectAll().executeTakeFirstOrThrow();
      await stack.db.insertInto('broker_credentials').values({ ...kept, binding_id: UNKNOWN, binding: 2 }).execute();
    },
    mend: () => stack.db.deleteFrom('broker_credentials').where('binding_id', '=', UNKNOWN).execute(),
  },
  {
    name: 'a client that stayed at the provider', names: ['clients'],
    spoil: async () => { leftOver = await provider.register(); }, mend: () => provider.remove(leftOver),
  },
];
const inLedger = (sql: string) => asBroker((client) => client.query(sql), broker.databaseUrl);

/** Of an instance that was taken back: its database is not there any more. */
async function goneDatabase(): Promise<string> {
  const { instances, operations } = await broker.ledger();
  const gone = operations.find(({ instance_id: id, kind }) => kind === 'deprovision' && !instances.some((instance) => instance.id === id));
  return databaseName(gone?.instance_id ?? '');
}

/** Of one instance that stands: the others stay as they are. */
async function engineState(from: 'THERE' | 'GONE', to: 'THERE' | 'GONE'): Promise<void> {
  const { instances: [one] } = await broker.ledger();
  await stack.db.updateTable('broker_instances').set({ state: to }).where('id', '=', one?.id ?? '').where('state', '=', from).execute();
}

test.each(SPOILT)('and the comparison would see $name', async ({ names, spoil, mend }) => {
  await spoil();
  const { found, wanted } = await compared(ids);
  await mend();
  expect(Object.entries(found).filter(([name, value]) => !isDeepStrictEqual(value, Reflect.get(wanted, name))).map(([name]) => name)).toEqual(names);
  await agree(ids);
});
