import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import type { EnginePort, RunsPort } from '../../api/ports.ts';
import { openDatabase, type Db } from '../../db/client.ts';
import { openTenantKey } from '../../db/tenant.ts';
import { append } from '../../db/event-store/append.ts';
import { headOf } from '../../db/event-store/read.ts';
import { createProjector } from '../../db/projections/project.ts';
import type { EventBody } from '../../domain/shared/process.ts';
import type { StampedCommand } from '../../domain/shared/store.ts';
import type { ExecuteAnswer } from '../../engine/engine.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { SHA256 } from './digest.ts';
import { tokenFor, PROPOSAL } from './support.ts';

/** An engine whose answers the test writes; what it is asked is kept. */
class ScriptedEngine implements EnginePort {
  readonly sent: { readonly command: StampedCommand; readonly seen: number }[] = [];
  readonly woken: string[] = [];
  answers: ((command: StampedCommand) => Promise<ExecuteAnswer>)[] = [];
  standsAt: number | undefined = undefined;
  factFails = false;

  async execute(_stream: string, command: StampedCommand, seen: number): Promise<ExecuteAnswer> {
    this.sent.push({ command, seen });
    const next = this.answers.shift();
    if (next === undefined) throw new Error('The test expected no more commands');
    return next(command);
  }
  async submitFact(_stream: string, command: StampedCommand, seen: number): Promise<void> {
    if (this.factFails) throw Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'No connection', metadata: {} });
    this.sent.push({ command, seen });
  }
  async catchUp(stream: string): Promise<void> { this.woken.push(stream); }
  async version(): Promise<number | undefined> { return this.standsAt; }
  async health() { return { temporal: true, worker: true }; }
}

const runs: RunsPort = { list: async () => [], history: async () => undefined, holds: async (_stream, id) => id === 'held', isKnown: async () => true, decode: async (payloads) => payloads, fetch: async () => undefined, idleRoutines: async () => [] };
/** A case of its own for each test: records stay. */
let number = 0;
let id: string;
let stream: string;
const sent: EventBody = { type: 'ProposalSent', data: { template: PROPOSAL.data.template, sentAt: '2026-03-02T08:00:00Z', receiptDueOn: '2026-03-04', basis: { policyVersion: '2026.1', calendarVersion: '2026.1' }, at: '2026-03-02T08:00:00Z' } };
const opened = (): EventBody => ({ type: 'AdhesionOpened', data: { id, body: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425, at: '2026-01-01T00:00:00Z', policies: {
  executivity: 'START_EXCLUSIVE', publicationCount: 'INCLUDE_FIRST', interruptionShifts: true, saturdayRolls: false, agencyLegalForm: 'SPECIAL_CONSORTIUM',
  majority: 'ABSOLUTE_OF_MEMBERS', abstentions: 'NOT_VOTERS', councillors: 24, maxAttempts: 3, conventionYears: 3,
  notice: { ordinaryDays: 5, extraordinaryDays: 3, urgentHours: 24, clearDays: true }, window: null,
  slaDays: { receipt: 2, opinions: 5, auditors: 10, publication: 5, transmission: 5, acceptance: 5, countersignature: 10, registration: 5, appointmentAcceptance: 10 },
  calendarVersion: '2026.1', policyVersion: '2026.1', twoPerson: false,
} } });

const keysDir = mkdtempSync(join(tmpdir(), 'associa-keys-'));
let keys: Keys;
let database: TestDatabase;
let engine: ScriptedEngine;
let app: FastifyInstance;

beforeAll(async () => {
  keys = await openKeys(keysDir);
  database = await testDatabase();
});
beforeEach(async () => {
  number += 1;
  id = `c_a010-${number}`;
  stream = `adhesion/${id}`;
  engine = new ScriptedEngine();
  app = await appOn(database.db);
  await store(database.db, 'open', 'OpenAdhesion', [opened()]);
  return () => app.close();
});
afterAll(async () => {
  await database.drop();
  rmSync(keysDir, { recursive: true, force: true });
});

const appOn = (db: Db) => buildApp({ db, engine, runs, keys, log: pino({ level: 'silent' }), twoPersons: false });

/** What a worker would have stored. */
async function store(db: Db, id: string, type: string, events: readonly EventBody[], receivedAt = '2026-03-02T08:00:00.000Z', requestHash: string | null = null): Promise<void> {
  const head = await headOf(db, stream);
  const answer = await append(db, {
    stream, expected: head.version, expectedHash: head.hash, events,
    command: { id, type, data: {}, actor: { subject: 's', role: 'operator', body: 'agency' }, receivedAt, requestHash },
  }, createProjector(db, (_stream, error) => { throw error; }));
  if (answer.outcome !== 'STORED') throw new Error(answer.outcome);
}

async function send(on: FastifyInstance, body: object, headers: Readonly<Record<string, string>> = {}) {
  const answer = await on.inject({
    method: 'POST', url: `/v1/adhesions/${id}/commands`, payload: body,
    headers: { authorization: `Bearer ${await tokenFor(keys, 'operator')}`, 'idempotency-key': 'k', ...headers },
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), headers: answer.headers };
}

const unknown = async (): Promise<ExecuteAnswer> => ({ outcome: 'UNKNOWN' });
const refused = async (): Promise<ExecuteAnswer> => ({ outcome: 'REFUSED', code: 'OUT_OF_TURN', reasons: [{ code: 'OUT_OF_TURN', message: { it: 'Non ora.', en: 'Not now.' } }] });
const storedThen = (answer: ExecuteAnswer) => async (command: StampedCommand): Promise<ExecuteAnswer> => {
  await store(database.db, command.id, command.type, [sent], command.receivedAt, command.requestHash);
  return answer;
};

describe('no answer in time', () => {
  test('503 OUTCOME_UNKNOWN with the commandId, and the case is woken', async () => {
    engine.answers = [unknown];
    const answer = await send(app, PROPOSAL);
    expect([answer.status, answer.body['code'], answer.body['commandId'], answer.headers['retry-after']]).toEqual([503, 'OUTCOME_UNKNOWN', 'k', '2']);
    expect(engine.woken).toEqual([stream]);
    const state = await app.inject({ url: `/v1/adhesions/${id}/commands/k`, headers: { authorization: `Bearer ${await tokenFor(keys, 'operator')}` } });
    expect([state.statusCode, state.json()]).toEqual([200, { commandId: 'k', state: 'PENDING' }]);
  });

  test('200 when the store knows the command all the same', async () => {
    engine.answers = [storedThen({ outcome: 'UNKNOWN' })];
    const answer = await send(app, PROPOSAL);
    expect([answer.status, answer.body['version']]).toEqual([200, 2]);
    // The run may not have heard of what its worker stored before it died.
    expect(engine.woken).toEqual([stream]);
  });
});

describe('refused', () => {
  test('409 when the case stood where the store stands: it is not asked again', async () => {
    engine.answers = [refused];
    expect((await send(app, PROPOSAL)).body['code']).toBe('OUT_OF_TURN');
    expect(engine.sent.map(({ seen }) => seen)).toEqual([1]);
  });

  test('200 when the store knows the command all the same', async () => {
    engine.answers = [storedThen({ outcome: 'REFUSED', code: 'OUT_OF_TURN', reasons: [] })];
    expect((await send(app, PROPOSAL)).status).toBe(200);
  });

  test('woken and asked once more when the case was behind the store', async () => {
    engine.standsAt = 1;
    engine.answers = [
      async () => {
        await store(database.db, 'other', 'SendProposal', [sent]);
        return refused();
      },
      async () => ({ outcome: 'DONE', version: 2 }),
    ];
    expect((await send(app, PROPOSAL)).status).toBe(200);
    expect(engine.woken).toEqual([stream]);
    expect(engine.sent.map(({ seen }) => seen)).toEqual([1, 2]);
    expect(new Set(engine.sent.map(({ command }) => command.receivedAt)).size).toBe(1);
  });

  test('not asked once more when the case is where the store is', async () => {
    engine.standsAt = 2;
    engine.answers = [async () => {
      await store(database.db, 'other', 'SendProposal', [sent]);
      return refused();
    }];
    expect((await send(app, PROPOSAL)).status).toBe(409);
    expect(engine.sent).toHaveLength(1);
  });
});

test('engine away: 503 ENGINE_UNAVAILABLE, with Retry-After; a fact is not taken either', async () => {
  engine.answers = [async () => ({ outcome: 'UNAVAILABLE' })];
  engine.factFails = true;
  for (const headers of [{}, { prefer: 'respond-async' }]) {
    const answer = await send(app, PROPOSAL, headers);
    expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'ENGINE_UNAVAILABLE', '2']);
  }
});

test('an answer from the store is the answer of then: its own events, and the timers that were due at its receipt', async () => {
  const received = '2026-03-02T08:00:00.000Z';
  const ripened: EventBody = { type: 'ExecutivityRipened', data: { executiveOn: '2026-03-01', at: received } };
  engine.answers = [async (command) => {
    await store(database.db, command.id, command.type, [sent], received, command.requestHash);
    await store(database.db, 't/due/2026-03-01T00:00:00Z', 'RipenExecutivity', [ripened]);
    await store(database.db, 't/later/2026-03-03T00:00:00Z', 'RipenExecutivity', [ripened]);
    return { outcome: 'UNKNOWN' };
  }];
  const answer = await send(app, PROPOSAL);
  expect([answer.status, answer.body['version']]).toEqual([200, 3]);
  expect((await send(app, PROPOSAL)).body).toEqual(answer.body);
  expect(engine.sent).toHaveLength(1);
});

describe('database away', () => {
  let lonely: FastifyInstance;
  beforeEach(async () => {
    const db = openDatabase('postgresql://nobody:x@127.0.0.1:1/none', await openTenantKey(inject('keysDir')));
    lonely = await appOn(db);
    return async () => {
      await lonely.close();
      await db.destroy();
    };
  });

  test('503 STORE_UNAVAILABLE with Retry-After, without a word of why', async () => {
    const answer = await send(lonely, PROPOSAL);
    expect([answer.status, answer.body['code'], answer.headers['retry-after']]).toEqual([503, 'STORE_UNAVAILABLE', '2']);
    expect(JSON.stringify(answer.body)).not.toMatch(/127\.0\.0\.1|ECONN|password/);
  });

  test('a fact is taken all the same: 202', async () => {
    const answer = await send(lonely, PROPOSAL, { prefer: 'respond-async' });
    expect([answer.status, answer.body]).toEqual([202, { commandId: 'k', state: 'PENDING' }]);
    expect(engine.sent.map(({ command, seen }) => [command.id, seen])).toEqual([['k', 0]]);
  });

  test('a fact with free text is taken too: the text waits in a file, encrypted, and is stored when the database is back', async () => {
    const rejected = { type: 'ReturnResolution', data: { reasons: 'Manca il parere di Tizio.' } };
    const headers = { prefer: 'respond-async' };
    expect((await send(lonely, rejected, headers)).status).toBe(202);
    expect((await send(lonely, rejected, headers)).status).toBe(202);
    const [first, second] = engine.sent.map(({ command }) => command.data);
    expect(first).toEqual({ reasons: { textId: expect.any(String), digest: expect.any(String) } });
    expect(second).toEqual(first);
    const spool = join(keysDir, 'spool');
    const [file = ''] = readdirSync(spool);
    expect(readFileSync(join(spool, file), 'utf8')).not.toContain('Tizio');

    const back = await appOn(database.db);
    await back.ready();
    const { textId = '' } = (first as { reasons: { textId?: string } }).reasons;
    const headersOfReader = { authorization: `Bearer ${await tokenFor(keys, 'operator')}` };
    await vi.waitFor(async () => {
      const answer = await back.inject({ url: `/v1/adhesions/${id}/texts/${textId}`, headers: headersOfReader });
      expect(answer.json()).toEqual({ id: textId, text: 'Manca il parere di Tizio.' });
    }, 3_000);
    expect(readdirSync(spool)).toEqual([]);
    // Sent again now, by the same key: the same reference.
    expect((await send(back, rejected, headers)).status).toBe(202);
    expect(engine.sent.at(-1)?.command.data).toEqual(first);
    await back.close();
  });

  test('status says what is missing', async () => {
    const answer = await lonely.inject('/status');
    expect([answer.statusCode, answer.headers['content-type'], answer.json<{ checks: unknown }>().checks]).toEqual(
      [503, 'application/problem+json; charset=utf-8', { database: false, temporal: true, worker: true }],
    );
  });
});

test('a command that only the engine holds is PENDING, one that nobody holds is not found', async () => {
  const get = async (commandId: string) => app.inject({ url: `/v1/adhesions/${id}/commands/${commandId}`, headers: { authorization: `Bearer ${await tokenFor(keys, 'operator')}` } });
  expect((await get('held')).json()).toEqual({ commandId: 'held', state: 'PENDING' });
  expect((await get('none')).statusCode).toBe(404);
});

test('what breaks inside says nothing outside', async () => {
  engine.answers = [async () => { throw new Error(`secret ${SHA256}`); }];
  const answer = await send(app, PROPOSAL);
  expect([answer.status, answer.body['code']]).toEqual([500, 'INTERNAL']);
  expect(JSON.stringify(answer.body)).not.toContain('secret');
});
