import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Operation } from '../../brokers/verdict.ts';
import { ask, BINDING_ID, INSTANCE_ID, startedNow } from './asking.ts';
import { actsAndAnswers, actsAndBreaks, actsLate, answers, BadBroker, hangs, type Behaviour, type Kind } from './bad-broker.ts';
import { QUICK } from './policy.ts';

/**
 * The standard's table "Orphan Mitigation" (Open Service Broker API 2.17), row by row: what the broker answers, what is made of it, whether what may be left is
 * removed. The broker's ledger says what is left.
 */

let broker: BadBroker;
beforeEach(async () => { broker = await new BadBroker().start(); });
afterEach(async () => { await broker.stop(); });

const ALL: readonly Operation[] = ['PROVISION', 'UPDATE', 'BIND', 'UNBIND', 'DEPROVISION'];
const REMOVALS: readonly Operation[] = ['UNBIND', 'DEPROVISION'];
const GOOD: Readonly<Record<Operation, object>> = { PROVISION: {}, UPDATE: {}, BIND: { credentials: { password: 'x' } }, UNBIND: {}, DEPROVISION: {} };
const NO_JSON = '<html>';

/** The ledger before: what the operation is done to. */
function prepare(operation: Operation): void {
  if (operation !== 'PROVISION') broker.instances.set(INSTANCE_ID, {});
  if (operation === 'UNBIND') broker.bindings.set(BINDING_ID, {});
}

/** What removes the thing that an operation is about. */
const removalOf = (operation: Operation): Kind => (operation === 'BIND' || operation === 'UNBIND' ? 'UNBIND' : 'DEPROVISION');
const ledger = (): readonly string[] => [...broker.instances.keys(), ...broker.bindings.keys()];
const BEFORE_BINDING: readonly string[] = [INSTANCE_ID];
const after = (operation: Operation): readonly string[] => (removalOf(operation) === 'UNBIND' ? BEFORE_BINDING : []);

async function tell(operation: Operation, ...behaviours: Behaviour[]) {
  prepare(operation);
  broker.tell(operation, ...behaviours);
  return ask(broker, operation);
}

describe('200', () => {
  test.each(ALL)('All, 200: success, nothing is removed (%s)', async (operation) => {
    expect(await tell(operation, answers(200, GOOD[operation]))).toMatchObject({ kind: 'DONE' });
    expect(broker.asked).toEqual([operation]);
  });

  test.each(ALL)('All, 200 with malformed response: failure, nothing is removed (%s)', async (operation) => {
    // A 200 to a PUT says that it is there: it stays, and the case is told.
    expect(await tell(operation, answers(200, NO_JSON))).toEqual({ kind: 'FAILED', code: 'BROKER_RESPONSE_INVALID', status: 200, mayBeLeft: operation !== 'UPDATE' });
    expect(broker.asked).toEqual([operation]);
  });
});

describe('200 with "state": "failed" while polling', () => {
  test.each(['PROVISION', 'BIND'] as const)('a failed %s is removed, and the call fails', async (operation) => {
    broker.tell(operation === 'BIND' ? 'LAST_OF_BINDING' : 'LAST', answers(200, { state: 'in progress' }), answers(200, { state: 'failed' }));
    expect(await tell(operation, actsAndAnswers(202, { operation: 'task 1' }))).toEqual({ kind: 'FAILED', code: 'BROKER_OPERATION_FAILED', status: 200, mayBeLeft: false });
    const last = operation === 'BIND' ? 'LAST_OF_BINDING' : 'LAST';
    expect(broker.asked).toEqual([operation, last, last, removalOf(operation)]);
    expect(ledger()).toEqual(after(operation));
  });

  test.each(REMOVALS)('a failed %s is removed once more, and is done by that', async (operation) => {
    const last = operation === 'UNBIND' ? 'LAST_OF_BINDING' : 'LAST';
    broker.tell(last, answers(200, { state: 'failed' }));
    expect(await tell(operation, answers(202, {}))).toEqual({ kind: 'DONE', body: undefined });
    expect(broker.asked).toEqual([operation, last, operation]);
    expect(ledger()).toEqual(after(operation));
  });

  test('a failed UPDATE is no orphan: nothing is removed', async () => {
    broker.tell('LAST', answers(200, { state: 'failed' }));
    expect(await tell('UPDATE', answers(202, {}))).toEqual({ kind: 'FAILED', code: 'BROKER_OPERATION_FAILED', status: 200, mayBeLeft: false });
    expect(broker.asked).toEqual(['UPDATE', 'LAST']);
    expect(ledger()).toEqual([INSTANCE_ID]);
  });
});

describe('201 and 202', () => {
  test.each(ALL)('All, 201: success, nothing is removed (%s)', async (operation) => {
    expect(await tell(operation, answers(201, GOOD[operation]))).toMatchObject({ kind: 'DONE' });
    expect(broker.asked).toEqual([operation]);
  });

  test.each(ALL)('All, 202: success, it is followed and nothing is removed (%s)', async (operation) => {
    const last = operation === 'BIND' || operation === 'UNBIND' ? 'LAST_OF_BINDING' : 'LAST';
    broker.tell(last, answers(200, { state: 'succeeded' }));
    expect(await tell(operation, actsAndAnswers(202))).toEqual({ kind: 'DONE', body: undefined, status: 200 });
    expect(broker.asked).toEqual([operation, last]);
  });

  test.each([['PROVISION', 201], ['BIND', 201], ['PROVISION', 202], ['BIND', 202]] as const)('%s, %i with malformed response: failure, it is removed', async (operation, status) => {
    expect(await tell(operation, actsAndAnswers(status, NO_JSON))).toEqual({ kind: 'FAILED', code: 'BROKER_RESPONSE_INVALID', status, mayBeLeft: false });
    expect(broker.asked).toEqual([operation, removalOf(operation)]);
    expect(broker.made).toHaveLength(1);
    expect(ledger()).toEqual(after(operation));
  });
});

describe('all other 2xx', () => {
  test.each([['PROVISION', 203], ['BIND', 204], ['PROVISION', 206], ['BIND', 299]] as const)('%s, %i: failure, it is removed', async (operation, status) => {
    expect(await tell(operation, actsAndAnswers(status))).toEqual({ kind: 'FAILED', code: 'BROKER_RESPONSE_INVALID', status, mayBeLeft: false });
    expect(broker.asked).toEqual([operation, removalOf(operation)]);
    expect(ledger()).toEqual(after(operation));
  });

  test.each(REMOVALS)('%s, 204: failure, it is removed until the broker says so, and is done by that', async (operation) => {
    expect(await tell(operation, actsAndAnswers(204))).toEqual({ kind: 'DONE', body: undefined });
    expect(broker.asked).toEqual([operation, operation]);
    expect(ledger()).toEqual(after(operation));
  });

  test('Updating, 204: failure, nothing is removed', async () => {
    expect(await tell('UPDATE', answers(204))).toEqual({ kind: 'FAILED', code: 'BROKER_RESPONSE_INVALID', status: 204, mayBeLeft: false });
    expect(broker.asked).toEqual(['UPDATE']);
    expect(ledger()).toEqual([INSTANCE_ID]);
  });
});

describe('4xx', () => {
  test.each(ALL)('All, 408: not received, so it is sent once more; nothing is removed (%s)', async (operation) => {
    expect(await tell(operation, answers(408))).toMatchObject({ kind: 'DONE' });
    expect(broker.asked).toEqual([operation, operation]);
  });

  test.each(ALL)('All, 408 for ever: failure, nothing is removed (%s)', async (operation) => {
    broker.tellAlways(operation, answers(408));
    expect(await tell(operation)).toEqual({ kind: 'FAILED', code: 'BROKER_BUSY', status: 408, mayBeLeft: REMOVALS.includes(operation) });
    expect(new Set(broker.asked)).toEqual(new Set([operation]));
  });

  const rejections = [400, 401, 403, 404, 405, 409, 410, 412, 413, 422, 451, 499] as const;
  test.each(ALL)('All other 4xx: request rejected, nothing is removed (%s)', async (operation) => {
    // 410 to a removal says that it is gone.
    for (const status of rejections.filter((one) => one !== 410 || !REMOVALS.includes(operation))) {
      broker.heard.length = 0;
      // By a 409 something of this id is there.
      const isThere = status === 409 && ['PROVISION', 'BIND'].includes(operation);
      expect(await tell(operation, answers(status))).toMatchObject({ kind: 'FAILED', status, mayBeLeft: REMOVALS.includes(operation) || isThere });
      expect(broker.asked).toEqual([operation]);
    }
  });

  test.each(REMOVALS)('%s, 410: success, it is gone', async (operation) => {
    expect(await tell(operation, answers(410))).toMatchObject({ kind: 'DONE', status: 410 });
    expect(broker.asked).toEqual([operation]);
  });

  test.each(ALL)('All, 429: too busy, so it is sent once more; for ever: failure, nothing is removed (%s)', async (operation) => {
    expect(await tell(operation, answers(429))).toMatchObject({ kind: 'DONE' });
    expect(broker.asked).toEqual([operation, operation]);
    broker.heard.length = 0;
    broker.tellAlways(operation, answers(429));
    expect(await tell(operation)).toEqual({ kind: 'FAILED', code: 'BROKER_BUSY', status: 429, mayBeLeft: REMOVALS.includes(operation) });
    expect(new Set(broker.asked)).toEqual(new Set([operation]));
  });
});

describe('5xx', () => {
  test.each([['PROVISION', 500], ['BIND', 500], ['PROVISION', 502], ['BIND', 504]] as const)('%s, %i: service broker error, it is removed', async (operation, status) => {
    expect(await tell(operation, actsAndAnswers(status))).toEqual({ kind: 'FAILED', code: 'BROKER_ERROR', status, mayBeLeft: false });
    expect(broker.asked).toEqual([operation, removalOf(operation)]);
    expect(broker.made).toHaveLength(1);
    expect(ledger()).toEqual(after(operation));
  });

  test.each(REMOVALS)('%s, 500: it is removed until the broker says so, and is done by that', async (operation) => {
    expect(await tell(operation, answers(500), answers(500), answers(500))).toEqual({ kind: 'DONE', body: undefined });
    expect(broker.asked).toEqual([operation, operation, operation, operation]);
    expect(ledger()).toEqual(after(operation));
  });

  test('Updating, 500: nothing is removed', async () => {
    expect(await tell('UPDATE', answers(500))).toEqual({ kind: 'FAILED', code: 'BROKER_ERROR', status: 500, mayBeLeft: false });
    expect(broker.asked).toEqual(['UPDATE']);
    expect(ledger()).toEqual([INSTANCE_ID]);
  });
});

describe('the last reply is not all that was heard', () => {
  const busy = answers(422, { error: 'ConcurrencyError' });

  test.each([['PROVISION', 401], ['BIND', 401], ['PROVISION', 400], ['BIND', 403]] as const)('%s, 503 after the deed, then %i: what was made is removed', async (operation, status) => {
    expect(await tell(operation, actsAndAnswers(503), answers(status))).toMatchObject({ kind: 'FAILED', status, mayBeLeft: false });
    expect(broker.asked).toEqual([operation, operation, removalOf(operation)]);
    expect(broker.made).toHaveLength(1);
    expect(ledger()).toEqual(after(operation));
  });

  test('PROVISION, 503 after the deed, then 429 for ever: what was made is removed', async () => {
    broker.tellAlways('PROVISION', answers(429));
    expect(await tell('PROVISION', actsAndAnswers(503))).toEqual({ kind: 'FAILED', code: 'BROKER_BUSY', status: 429, mayBeLeft: false });
    expect(broker.asked.at(-1)).toBe('DEPROVISION');
    expect(ledger()).toEqual([]);
  });

  test('PROVISION, ConcurrencyError, then 429 for ever: nothing is removed, and what is there is said', async () => {
    broker.tellAlways('PROVISION', answers(429));
    expect(await tell('PROVISION', busy)).toEqual({ kind: 'FAILED', code: 'BROKER_BUSY', status: 429, mayBeLeft: true });
    expect(new Set(broker.asked)).toEqual(new Set(['PROVISION']));
  });

  test('PROVISION, 503, then 409: what is there stays', async () => {
    expect(await tell('PROVISION', actsAndAnswers(503), answers(409))).toEqual({ kind: 'FAILED', code: 'BROKER_CONFLICT', status: 409, mayBeLeft: true });
    expect(broker.asked).toEqual(['PROVISION', 'PROVISION']);
    expect(ledger()).toEqual([INSTANCE_ID]);
  });

  test('PROVISION, a connection that breaks after the deed, then MaintenanceInfoConflict twice: what was made is removed', async () => {
    const conflict = answers(422, { error: 'MaintenanceInfoConflict' });
    prepare('PROVISION');
    broker.tell('PROVISION', actsAndBreaks, conflict, conflict);
    let renewed = 0;
    expect(await ask(broker, 'PROVISION', QUICK, startedNow(), undefined, () => { renewed += 1; return Promise.resolve(); })).toEqual({ kind: 'FAILED', code: 'BROKER_MAINTENANCE_CONFLICT', status: 422, mayBeLeft: false });
    expect(renewed).toBe(1);
    expect(broker.asked.slice(0, 4)).toEqual(['PROVISION', 'PROVISION', 'PROVISION', 'DEPROVISION']);
    expect(ledger()).toEqual([]);
  });
});

describe('timeout', () => {
  test.each(['PROVISION', 'BIND'] as const)('%s, timeout: failure; what the broker makes afterwards is removed', async (operation) => {
    expect(await tell(operation, actsLate(800))).toEqual({ kind: 'FAILED', code: 'BROKER_TIMEOUT', status: null, mayBeLeft: false });
    expect(broker.made).toHaveLength(1);
    expect(ledger()).toEqual(after(operation));
  });

  test('PROVISION, timeout of a broker that never makes it: "there is none" is believed after a while', async () => {
    expect(await tell('PROVISION', hangs)).toEqual({ kind: 'FAILED', code: 'BROKER_TIMEOUT', status: null, mayBeLeft: false });
    expect(broker.asked.filter((kind) => kind === 'DEPROVISION').length).toBeGreaterThan(3);
    expect(broker.made).toEqual([]);
  });

  test('PROVISION, a 202 that never ends: "there is none" is believed after a while, the broker may be at it still', async () => {
    broker.tell('PROVISION', answers(202)).tellAlways('LAST', answers(200, { state: 'in progress' }));
    expect(await ask(broker, 'PROVISION', { ...QUICK, pollForMs: { unsaid: 100, most: 100 } })).toEqual({ kind: 'FAILED', code: 'BROKER_TIMEOUT', status: null, mayBeLeft: false });
    expect(broker.asked.filter((kind) => kind === 'DEPROVISION').length).toBeGreaterThan(3);
  });

  test.each(['UPDATE', 'UNBIND', 'DEPROVISION'] as const)('%s, timeout: failure, nothing is removed', async (operation) => {
    expect(await tell(operation, hangs)).toEqual({ kind: 'FAILED', code: 'BROKER_TIMEOUT', status: null, mayBeLeft: operation !== 'UPDATE' });
    expect(broker.asked).toEqual([operation]);
  });
});

describe('while it is removed', () => {
  test('a broker that fails to remove is asked until it succeeds', async () => {
    broker.tell('DEPROVISION', answers(500), answers(503), hangs, answers(422, { error: 'ConcurrencyError' }), answers(200, NO_JSON), answers(429, {}, { 'retry-after': '0' }));
    expect(await tell('PROVISION', actsAndAnswers(500))).toEqual({ kind: 'FAILED', code: 'BROKER_ERROR', status: 500, mayBeLeft: false });
    expect(ledger()).toEqual([]);
  });

  test('a broker that removes by and by is followed', async () => {
    broker.tell('DEPROVISION', actsAndAnswers(202, { operation: 'gone soon' }));
    broker.tell('LAST', answers(200, { state: 'in progress' }), answers(410));
    expect(await tell('PROVISION', actsAndAnswers(500))).toEqual({ kind: 'FAILED', code: 'BROKER_ERROR', status: 500, mayBeLeft: false });
    expect(broker.asked).toEqual(['PROVISION', 'DEPROVISION', 'LAST', 'LAST']);
    expect(broker.heard.at(-1)?.query).toMatchObject({ operation: 'gone soon' });
    // Nobody asked for what is only cleaned up.
    const isOnBehalf = ({ headers }: { readonly headers: object }): boolean => 'x-broker-api-originating-identity' in headers;
    expect(broker.heard.map(isOnBehalf)).toEqual([true, false, false, false]);
    expect(ledger()).toEqual([]);
  });

  test('a broker that takes long to remove has the time of an operation', async () => {
    const policy = { ...QUICK, mitigateForMs: 100, pollForMs: { unsaid: 10_000, most: 10_000 } };
    broker.tell('DEPROVISION', actsAndAnswers(202)).tell('LAST', ...Array.from({ length: 12 }, () => answers(200, { state: 'in progress' })), answers(410));
    broker.tell('PROVISION', actsAndAnswers(500));
    expect(await ask(broker, 'PROVISION', policy)).toEqual({ kind: 'FAILED', code: 'BROKER_ERROR', status: 500, mayBeLeft: false });
    expect(broker.asked.filter((kind) => kind === 'LAST')).toHaveLength(13);
  });

  test('a broker that takes longer to remove than an operation may is not waited for', async () => {
    broker.tell('DEPROVISION', answers(202)).tellAlways('LAST', answers(200, { state: 'in progress' })).tell('PROVISION', actsAndAnswers(500));
    expect(await ask(broker, 'PROVISION', { ...QUICK, mitigateForMs: 100, pollForMs: { unsaid: 300, most: 300 } })).toMatchObject({ kind: 'FAILED', mayBeLeft: true });
  });

  test('what can not be removed in time may be left, and that is said', async () => {
    broker.tellAlways('DEPROVISION', answers(500));
    expect(await tell('PROVISION', actsAndAnswers(500))).toEqual({ kind: 'FAILED', code: 'BROKER_ERROR', status: 500, mayBeLeft: true });
    expect(ledger()).toEqual([INSTANCE_ID]);
  });

  test('nobody asks for it, so no originating identity is sent; its request identity is that of the call', async () => {
    await tell('PROVISION', actsAndAnswers(500));
    const [asked, removed] = broker.heard;
    expect(asked?.headers['x-broker-api-originating-identity']).toMatch(/^associa [A-Za-z0-9+/=]+$/);
    expect(removed?.headers).not.toHaveProperty('x-broker-api-originating-identity');
    expect(removed?.headers['x-broker-api-request-identity']).toBe(asked?.headers['x-broker-api-request-identity']);
  });
});
