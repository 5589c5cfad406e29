import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import type { CampaignView } from '../../domain/campaign/index.ts';
import { Runs } from '../../engine/runs.ts';
import { FaultStack, kill } from '../support/faults.ts';

const PATIENCE_MS = 150_000;

let stack: FaultStack;
let app: FastifyInstance;
let keys: Keys;
beforeAll(async () => {
  stack = await FaultStack.start();
  keys = await openKeys(stack.keysDir);
  app = await buildApp({ db: stack.db, engine: stack.engine, runs: new Runs(stack.client), keys, log: pino({ level: 'silent' }), twoPersons: false, oidc: undefined });
}, 120_000);
afterAll(async () => {
  await app.close();
  await stack.stop();
});

interface Started {
  readonly id: string;
  readonly preview: readonly { readonly body: string; readonly allowed: boolean }[];
}

async function ask<Body>(method: 'GET' | 'POST', url: string, payload?: object): Promise<Body> {
  const token = await issueToken(keys, { role: 'operator', issuer: 'http://127.0.0.1:8080' });
  const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload === undefined ? {} : { payload }) });
  if (answer.statusCode >= 300) throw new Error(answer.body);
  return answer.json<Body>();
}

const read = (id: string) => ask<CampaignView>('GET', `/v1/campaigns/${id}`);
const command = (id: string, type: string) => ask<object>('POST', `/v1/campaigns/${id}/commands`, { type, data: {} });

async function until(id: string, reached: (view: CampaignView) => boolean): Promise<CampaignView> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await delay(100)) {
    const view = await read(id);
    if (reached(view)) return view;
    if (Date.now() > deadline) throw new Error(`The campaign stands at ${JSON.stringify({ ...view, items: [] })}`);
  }
}

/** In how many streams an event of a type stands, and how often in all. */
async function found(type: string): Promise<readonly [streams: number, events: number]> {
  const rows = await stack.db.selectFrom('events').select('stream').where('type', '=', type).execute();
  return [new Set(rows.map(({ stream }) => stream)).size, rows.length];
}

const PACE = { perMinute: 900, parallel: 5 };

test('133 adhesions are opened and 133 proposals sent, each once, while the worker is killed twice and the campaign paused', { timeout: 2 * PATIENCE_MS + 60_000 }, async () => {
  const first = await stack.startWorker();
  const opening = await ask<Started>('POST', '/v1/campaigns', { name: 'Avvio delle adesioni', select: { filter: {} }, action: { kind: 'OPEN_ADHESION' }, pace: PACE });
  expect(opening.preview.filter(({ allowed }) => allowed)).toHaveLength(133);
  await until(opening.id, ({ counts }) => counts.done >= 30);
  await kill(first);
  const second = await stack.startWorker();
  await until(opening.id, ({ counts }) => counts.done >= 50);
  await command(opening.id, 'Pause');
  const paused = await until(opening.id, ({ underWay }) => underWay === 0);
  await delay(1_500);
  expect((await read(opening.id)).counts).toEqual(paused.counts);
  expect(paused.counts.pending).toBeGreaterThan(0);
  await command(opening.id, 'Resume');
  const opened = await until(opening.id, ({ state }) => state === 'COMPLETED');
  expect(opened.counts).toEqual({ total: 133, done: 133, failed: 0, skipped: 0, pending: 0 });
  expect(await found('AdhesionOpened')).toEqual([133, 133]);

  const action = { kind: 'COMMAND', command: { type: 'SendProposal', data: { template: { id: 'schema-delibera', version: 1, sha256: '0'.repeat(64) }, sentAt: '2026-06-01T09:00:00+02:00' } } };
  const proposal = await ask<Started>('POST', '/v1/campaigns', { name: 'Invio della proposta', select: { filter: { phase: 'RECOGNITION' } }, action, pace: PACE });
  await until(proposal.id, ({ counts }) => counts.done >= 40);
  await kill(second);
  await stack.startWorker();
  const sent = await until(proposal.id, ({ state }) => state === 'COMPLETED');
  expect(sent.counts).toEqual({ total: 133, done: 133, failed: 0, skipped: 0, pending: 0 });
  expect(await found('ProposalSent')).toEqual([133, 133]);
  // What was foreseen is what came of it, and each act names the campaign that it was done for.
  expect(sent.items.map(({ body, state }) => [body, state])).toEqual(proposal.preview.map(({ body, allowed }) => [body, allowed ? 'DONE' : 'SKIPPED']));
  const ids = await stack.db.selectFrom('commands').select('command_id').where('type', '=', 'SendProposal').execute();
  expect(new Set(ids.map(({ command_id: id }) => id))).toEqual(new Set(sent.items.map(({ body }) => `campaign/${proposal.id}/${body}`)));
});
