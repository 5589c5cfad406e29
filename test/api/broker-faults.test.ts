import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrokerPolicy } from '../../brokers/policy.ts';
import { BrokerStore } from '../../brokers/store.ts';
import { Vault } from '../../db/vault/vault.ts';
import { databaseName } from '../../reference-broker/hosting.ts';
import { asBroker, startReferenceBroker, type ReferenceBroker } from '../broker/support.ts';
import { QUICK } from '../brokers/policy.ts';
import { approve, commit, FILES, looseCatalogue, migrationUntil, plan, prepare, readMigration, register, sendMigration, today } from '../support/brokered.ts';
import { operate } from '../support/cutover.ts';
import { OPERATOR } from '../support/procedure.ts';
import { expectWhole } from '../support/invariants.ts';
import { bodyAt, listOf, startApi, type Api, type Json, type MemberCode } from './support.ts';

/**
 * Each way in which a broker fails, once through the whole system: the case says what it waits for, an operator goes on, and at the broker there is
 * then what the case says and nothing else. One service of one comune, taken back after each.
 */
const SHORT = { operationMs: 4_000, mitigateForMs: 20_000 };
/** As long as the test wants: a broker that comes back is waited for longer than one that never ends. */
const limits = { ...SHORT };
const POLICY: BrokerPolicy = {
  ...QUICK, requestMs: 2_000, retryForMs: 40_000, settleMs: 400,
  get mitigateForMs() { return limits.mitigateForMs; },
  get pollForMs() { return { unsaid: limits.operationMs, most: limits.operationMs }; },
};

let api: Api;
let broker: ReferenceBroker;
let body: MemberCode;
let id: string;
beforeAll(async () => {
  [api, broker] = await Promise.all([startApi({ brokers: POLICY }), startReferenceBroker({ BROKER_CATALOGUE: looseCatalogue() })]);
  await registered();
  body = bodyAt(api, 0);
  await prepare(api, body, ['FILE_SHARING']);
  id = await plan(api, body, 'FILE_SHARING');
});
afterAll(async () => {
  await api.stop();
  await broker.stop();
});

const registered = () => register(api, broker, 'files');
const stage = (view: Json): string => String(view['state']);
const isAt = (wanted: string) => (view: Json): boolean => stage(view) === wanted;
const failedOf = (view: Json): Json | undefined => listOf(view['effects']).find(({ state }) => String(state) === 'FAILED');
const turnsOf = (view: Json): readonly string[] => listOf(view['waitingFor']).map(({ who, what, reasons }) => `${String(who)} ${String(what)} ${listOf(reasons).map(({ code }) => String(code)).join()}`);

/** The broker's instances and bindings, and of all databases that it ever made those that there are. */
async function held(): Promise<{ instances: readonly string[]; bindings: readonly string[]; databases: readonly string[] }> {
  const { instances, bindings } = await broker.ledger();
  const names = [...attempts].map(databaseName);
  const { rows } = await asBroker((client) => client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE datname = ANY($1) ORDER BY 1', [names]));
  return { instances: instances.map((one) => one.id), bindings: bindings.map(({ instance_id: one }) => one), databases: rows.map(({ name }) => name) };
}

/** The id of every instance that was asked for. */
const attempts = new Set<string>();
const NOTHING = { instances: [], bindings: [], databases: [] };

async function asked(): Promise<string> {
  const [row] = await api.stack.db.selectFrom('broker_instances').select('id').where('migration', '=', id).orderBy('asked_at', 'desc').limit(1).execute();
  if (row !== undefined) attempts.add(row.id);
  return row?.id ?? '';
}

/** Provisions, or fails to: the plan is approved again where it was taken back. */
async function begin(): Promise<void> {
  if (stage(await readMigration(api, id)) === 'PLAN_DRAFTED') await approve(api, body, id);
  await commit(api, body, id);
}

/** The case once a call has failed, with what it and the list of incidents say of it. */
async function failed(): Promise<{ readonly key: string; readonly said: readonly (string | number | null)[] }> {
  const view = await migrationUntil(api, id, (now) => failedOf(now) !== undefined);
  const effect = failedOf(view);
  const incidents = await api.call('GET', `/v1/incidents?kind=EFFECT_FAILED&body=${body}`, 'operator');
  expect(listOf(incidents.body['items']).map((one) => [String(one['id']), listOf(one['effects']).map(({ key }) => String(key))])).toEqual([[id, [String(effect?.['key'])]]]);
  const [code, status] = [String(effect?.['code']), String(effect?.['status'])];
  expect(turnsOf(view)).toContain(`OPERATOR RetryEffect ${code}`);
  return { key: String(effect?.['key']), said: [String(effect?.['operation']), code, status === 'null' ? null : Number(status)] };
}

/** One instance with one binding, and nothing else. */
async function made(): Promise<void> {
  const view = await migrationUntil(api, id, isAt('ACCEPTANCE'));
  const instance = await asked();
  expect([String(view['instance']?.['id']), String(view['instance']?.['state']), await held()]).toEqual([instance, 'BOUND', { instances: [instance], bindings: [instance], databases: [databaseName(instance)] }]);
}

const RECOVERIES = {
  async 'tried again'(key: string) {
    await sendMigration(api, 'operator', id, 'RetryEffect', { key });
    await made();
    await undone();
  },
  async 'gone on without'(key: string) {
    await sendMigration(api, 'operator', id, 'SkipEffect', { key, reasons: 'Attivato a mano dal fornitore.' });
    await migrationUntil(api, id, isAt('ACCEPTANCE'));
    await undone();
  },
  'rolled back': () => undone(),
} as const;

/** All is taken back, what was done by hand by hand: nothing is left at the broker. */
async function undone(): Promise<void> {
  await sendMigration(api, 'operator', id, 'RollBack', { reasons: 'Da rifare.' });
  for (;;) {
    const view = await migrationUntil(api, id, (now) => stage(now) === 'PLAN_DRAFTED' || turnsOf(now).some((turn) => turn.startsWith('OPERATOR CompleteWorkItem')));
    if (stage(view) === 'PLAN_DRAFTED') break;
    const item = listOf(view['workItems']).find(({ state }) => String(state) !== 'DONE');
    await sendMigration(api, 'operator', id, 'CompleteWorkItem', { workItemId: String(item?.['id']), completedOn: today() });
  }
  await asked();
  expect(await held()).toEqual(NOTHING);
}

/** `says`: operation, code, status. */
const ROWS: readonly { readonly name: string; readonly fault: object; readonly says: readonly [string, string, number | null]; readonly recovery: keyof typeof RECOVERIES }[] = [
  { name: '500 when all is done', fault: { kind: 'status', on: ['provision'], times: 1 }, says: ['PROVISION', 'BROKER_ERROR', 500], recovery: 'tried again' },
  { name: '500 before anything is done', fault: { kind: 'status', on: ['provision'], when: 'before' }, says: ['PROVISION', 'BROKER_ERROR', 500], recovery: 'gone on without' },
  { name: '202, and it never ends', fault: { kind: 'never-ends', on: ['provision'] }, says: ['PROVISION', 'BROKER_TIMEOUT', null], recovery: 'tried again' },
  { name: 'success after our timeout', fault: { kind: 'late', on: ['provision'], ms: 3_000, times: 1 }, says: ['PROVISION', 'BROKER_TIMEOUT', null], recovery: 'rolled back' },
  { name: 'JSON that is cut off', fault: { kind: 'wrong-json', on: ['provision'] }, says: ['PROVISION', 'BROKER_RESPONSE_INVALID', 202], recovery: 'rolled back' },
  { name: 'JSON of another form, of a binding', fault: { kind: 'wrong-shape', on: ['bind'] }, says: ['BIND', 'BROKER_RESPONSE_INVALID', 202], recovery: 'tried again' },
  { name: 'a body without end', fault: { kind: 'huge-body', on: ['provision'] }, says: ['PROVISION', 'BROKER_RESPONSE_INVALID', 202], recovery: 'gone on without' },
  { name: 'a redirect loop, when all is done', fault: { kind: 'redirect-loop', on: ['provision'] }, says: ['PROVISION', 'BROKER_REDIRECTED', 307], recovery: 'rolled back' },
  { name: 'slow bytes', fault: { kind: 'slow-bytes', on: ['provision'], everyMs: 50 }, says: ['PROVISION', 'BROKER_TIMEOUT', 202], recovery: 'tried again' },
  { name: 'an operation that fails', fault: { kind: 'fail', on: ['provision'], step: 'database' }, says: ['PROVISION', 'BROKER_OPERATION_FAILED', 200], recovery: 'rolled back' },
  { name: 'its state lost meanwhile', fault: { kind: 'lose-state', on: ['poll'], times: 1 }, says: ['PROVISION', 'BROKER_STATE_LOST', 404], recovery: 'tried again' },
  { name: '500 of a binding', fault: { kind: 'status', on: ['bind'] }, says: ['BIND', 'BROKER_ERROR', 500], recovery: 'rolled back' },
];

describe('a broker that fails while it provisions', () => {
  test.each(ROWS)('by $name: said, $recovery, nothing doubled or left', async ({ name, fault, says, recovery }) => {
    broker.order({ ...fault, name });
    await begin();
    const { key, said } = await failed();
    expect(said).toEqual(says);
    await asked();
    broker.order();
    await RECOVERIES[recovery](key);
  });

  test('by a certificate that is none: said before anything is asked, tried again once the address is right', async () => {
    const wrong = new BrokerStore(api.stack.db, new Vault(api.keysDir, null));
    const { username, password } = broker.account;
    await wrong.register({ broker: 'reference', url: broker.account.url.replace('http:', 'https:'), local: true, services: FILES }, { username, password }, { commandId: 'tls', requestHash: 'tls', actor: OPERATOR, twoPersons: false });
    await begin();
    const { key, said } = await failed();
    expect([said.slice(0, 2), await held()]).toEqual([['PROVISION', 'BROKER_TLS'], NOTHING]);
    await registered();
    await RECOVERIES['tried again'](key);
  });

  test.each([
    ['is killed within the operation', { kind: 'die', on: ['provision'], step: 'database', times: 1 }],
    ['ends in place of its answer', { kind: 'exit', on: ['provision'], times: 1 }],
    ['is killed while it binds', { kind: 'die', on: ['bind'], times: 1 }],
  ])('and one that %s and comes back: nobody has to do anything', async (name, fault) => {
    broker.order({ ...fault, name });
    limits.operationMs = 40_000;
    await begin();
    await broker.ended();
    await broker.start();
    await made();
    Object.assign(limits, SHORT);
    broker.order();
    await undone();
  });
});

test.each([['unbind', 'UNBIND'], ['deprovision', 'DEPROVISION']])('a broker that fails while it is to %s holds the roll-back up, which goes on when it is tried again', async (on, operation) => {
  await begin();
  await made();
  limits.mitigateForMs = 500;
  broker.order({ kind: 'status', name: `undo ${on}`, on: [on], when: 'before' });
  await sendMigration(api, 'operator', id, 'RollBack', { reasons: 'Da rifare.' });
  const { key, said } = await failed();
  expect([said.slice(0, 2), stage(await readMigration(api, id))]).toEqual([[operation, 'BROKER_ERROR'], 'ROLLING_BACK']);
  Object.assign(limits, SHORT);
  broker.order();
  await sendMigration(api, 'operator', id, 'RetryEffect', { key });
  await migrationUntil(api, id, isAt('PLAN_DRAFTED'));
  expect(await held()).toEqual(NOTHING);
});

/** How many connections a database permits: 5 of the small plan, 50 of the large. */
async function connections(): Promise<number | undefined> {
  const name = databaseName(await asked());
  const { rows } = await asBroker((client) => client.query<{ most: number }>('SELECT datconnlimit AS most FROM pg_database WHERE datname = $1', [name]));
  return rows[0]?.most;
}

const changed = (view: Json): boolean => view['change'] === undefined;
const show = () => api.call('POST', `/v1/migrations/${id}/credentials`, body, { body: {} });
const answerOf = async (as: 'operator' | MemberCode, type: string, data: object = {}) => {
  const { status, body: said } = await api.call('POST', `/v1/migrations/${id}/commands`, as, { body: { type, data } });
  return [status, String(said['code'])];
};

describe('a service in operation', () => {
  test('changes its plan at the broker; a change that failed is tried again or taken back', async () => {
    await begin();
    await made();
    expect(await answerOf('operator', 'UpdateService', { plan: 'large' })).toEqual([409, 'OUT_OF_TURN']);
    await operate(api, body, id);
    await api.calm();
    const before = await api.written();
    expect(await answerOf('operator', 'UpdateService', { plan: 'huge' })).toEqual([409, 'UNKNOWN_PLAN']);
    expect(await answerOf('operator', 'UpdateService', { parameters: { colour: 'red' } })).toEqual([400, 'PARAMETERS_INVALID']);
    expect(await answerOf(body, 'UpdateService', { plan: 'large' })).toEqual([403, 'FORBIDDEN']);
    expect(await api.written()).toEqual(before);
    const small = await connections();

    broker.order({ kind: 'fail', name: 'update', on: ['update'] });
    await sendMigration(api, 'operator', id, 'UpdateService', { plan: 'large' });
    const { key, said } = await failed();
    expect([said.slice(0, 2), await connections()]).toEqual([['UPDATE', 'BROKER_OPERATION_FAILED'], small]);
    expect(await answerOf('operator', 'UpdateService', { plan: 'large' })).toEqual([409, 'CHANGE_UNDER_WAY']);
    broker.order();
    await sendMigration(api, 'operator', id, 'RetryEffect', { key });
    expect(String((await migrationUntil(api, id, changed))['plan'])).toBe('large');
    expect([small, await connections()]).toEqual([5, 50]);

    // Done, and not answered: nobody knows, so the operator asks for what was before.
    broker.order({ kind: 'status', name: 'unanswered', on: ['update'] });
    await sendMigration(api, 'operator', id, 'UpdateService', { plan: 'standard' });
    expect((await failed()).said.slice(0, 2)).toEqual(['UPDATE', 'BROKER_ERROR']);
    expect(await readMigration(api, id)).toMatchObject({ plan: 'large', change: { kind: 'UPDATE', instance: 'UNKNOWN' } });
    broker.order();
    await sendMigration(api, 'operator', id, 'RevertUpdate', { reasons: 'Serve il piano grande.' });
    expect(String((await migrationUntil(api, id, changed))['plan'])).toBe('large');
    expect([await connections(), (await broker.ledger()).instances.length]).toEqual([50, 1]);
  });

  test('rotates its credentials: both open the database until the former ones are revoked', async () => {
    const { uri: former } = (await show()).body['credentials'] as unknown as { uri: string };
    const opens = (uri: string) => asBroker((client) => client.query('SELECT 1'), uri).then(() => true, () => false);
    await sendMigration(api, body, id, 'RotateCredentials');
    await migrationUntil(api, id, ({ change }) => String(change?.['revocable']) === 'true');
    expect(await answerOf(body, 'RevokeFormerCredentials')).toEqual([409, 'CREDENTIALS_NOT_SHOWN']);
    const { binding, credentials } = (await show()).body;
    const { uri } = credentials as unknown as { uri: string };
    expect([String(binding), await opens(former), await opens(uri), (await broker.ledger()).bindings.length]).toEqual(['2', true, true, 2]);
    expect((await show()).status).toBe(410);
    await sendMigration(api, body, id, 'RevokeFormerCredentials');
    await migrationUntil(api, id, changed);
    expect([await opens(former), await opens(uri), (await broker.ledger()).bindings.length]).toEqual([false, true, 1]);
    expect(await api.stack.db.selectFrom('broker_credentials').select(['binding', 'cipher']).where('migration', '=', id).execute()).toEqual([{ binding: 2, cipher: null }]);
  });

  test('and a rotation that fails is given up: the credentials that there are stay', async () => {
    broker.order({ kind: 'wrong-shape', name: 'rotation', on: ['bind'] });
    await sendMigration(api, 'operator', id, 'RotateCredentials');
    const { key } = await failed();
    broker.order();
    await sendMigration(api, 'operator', id, 'SkipEffect', { key, reasons: 'Si riprova più avanti.' });
    expect(await migrationUntil(api, id, changed)).toMatchObject({ instance: { state: 'BOUND' } });
    expect((await broker.ledger()).bindings.length).toBe(1);
  });
});

test('and the case is whole for the audit, with all that it was through', async () => {
  await expectWhole(api.stack, []);
});
