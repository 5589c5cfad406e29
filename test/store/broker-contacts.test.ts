import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, inject, test } from 'vitest';
import { BrokerClient } from '../../brokers/client.ts';
import { ContactNotes, contactOf } from '../../brokers/contacts.ts';
import { openDatabase } from '../../db/client.ts';
import { openTenantKey } from '../../db/tenant.ts';
import { answers, type BadBroker } from '../brokers/bad-broker.ts';
import { type Calling, eachTest, succeeded } from '../brokers/calling.ts';
import { QUICK } from '../brokers/policy.ts';

let calling: Calling;
let broker: BadBroker;
eachTest((own) => {
  calling = own;
  ({ broker } = own);
});

const contact = () => contactOf(calling.database.db, 'hosting');
const lines: string[] = [];
const log = pino({}, { write: (line: string) => { lines.push(line); } });
function clientOf(db = calling.database.db, circuit = { failures: 5, restMs: 500 }) {
  const notes = new ContactNotes(db, log);
  const client = new BrokerClient({ ...QUICK, circuit }, (heard) => { notes.note(heard); });
  return async () => (await client.send({ ...broker.target, name: 'hosting' }, { method: 'GET', path: '/v2/catalog' })).kind;
}

test('a broker that fails five times is noted as left alone, until it answers', async () => {
  const look = clientOf();
  expect(await contact()).toEqual({ state: 'UNKNOWN', answeredAt: null, failedAt: null, failure: null, failures: 0, openUntil: null });
  await look();
  await expect.poll(contact).toEqual({ state: 'CLOSED', answeredAt: expect.any(String), failedAt: null, failure: null, failures: 0, openUntil: null });
  broker.tell('CATALOG', answers(503), answers(500), answers(500), answers(500));
  for (let failures = 1; failures <= 4; failures += 1) {
    await look();
    await expect.poll(contact).toMatchObject({ state: 'CLOSED', failedAt: expect.any(String), failure: 'BROKER_ERROR', failures, openUntil: null });
  }
  await broker.stop();
  const before = Date.now();
  await look();
  await expect.poll(contact).toMatchObject({ state: 'OPEN', failure: 'BROKER_UNREACHABLE', failures: 5 });
  const { openUntil, answeredAt, failedAt } = await contact();
  expect(Date.parse(openUntil ?? '') - before).toBeGreaterThanOrEqual(500);
  expect(Date.parse(answeredAt ?? '')).toBeLessThanOrEqual(Date.parse(failedAt ?? ''));
  // What is not sent says nothing of the broker.
  expect(await look()).toBe('OPEN');
  await broker.start();
  await delay(550);
  expect(await look()).toBe('ANSWER');
  await expect.poll(contact).toMatchObject({ state: 'CLOSED', failedAt, failure: 'BROKER_UNREACHABLE', failures: 0, openUntil: null });
  expect(Date.parse((await contact()).answeredAt ?? '')).toBeGreaterThan(Date.parse(failedAt ?? ''));
});

test('a refusal is an answer; answers that follow one another at once are noted once', async () => {
  const look = clientOf();
  broker.tell('CATALOG', answers(409));
  await look();
  await expect.poll(contact).toMatchObject({ state: 'CLOSED', failedAt: null });
  const noted = await contact();
  await delay(20);
  await look();
  await delay(200);
  expect(await contact()).toEqual(noted);
});

test('the one that calls brokers notes it, and who removes the broker removes the note', async () => {
  await calling.register();
  expect(await calling.call('PROVISION')).toEqual(succeeded());
  await expect.poll(contact).toMatchObject({ state: 'CLOSED', failure: null });
  await calling.call('DEPROVISION');
  await calling.remove();
  expect(await contact()).toMatchObject({ state: 'UNKNOWN' });
});

test('without a database brokers are called all the same', async () => {
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', await openTenantKey(inject('keysDir')), { applicationName: 'test', onConnectionError: () => undefined });
  const look = clientOf(away);
  broker.tell('CATALOG', answers(500));
  expect([await look(), await look()]).toEqual(['ANSWER', 'ANSWER']);
  await expect.poll(() => lines.filter((line) => line.includes('how a broker was heard is not noted')).length).toBe(2);
  await away.destroy();
});
