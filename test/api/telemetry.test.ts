import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureRoutines } from '../../engine/schedule.ts';
import { startTracing } from '../../telemetry/tracing.ts';
import { bodyAt, open, startApi, tokenFor, type Api } from './support.ts';

let api: Api;
let collector: Collector;
let stopTracing: () => Promise<void>;
beforeAll(async () => {
  [api, collector] = await Promise.all([startApi(), startCollector()]);
  stopTracing = startTracing('associa-server', collector.url);
});
afterAll(async () => {
  await stopTracing();
  collector.server.close();
  await api.stop();
});

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string; readonly intValue?: number } }[];
}

interface Collector {
  readonly server: Server;
  readonly url: string;
  readonly received: readonly string[];
}

/** A collector by OTLP over HTTP; keeps what it was sent. */
async function startCollector(): Promise<Collector> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
    request.on('end', () => { received.push(body); response.setHeader('Content-Type', 'application/json').end('{}'); });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

function spansOf(received: readonly string[]): Span[] {
  return received.flatMap((body) => (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ spans }) => spans);
}

describe('traces', () => {
  test('go from the request through the Update to the SQL that stores the events, and hold nothing that was typed', async () => {
    const id = await open(api, bodyAt(api, 0));
    const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
    const headers = { traceparent: `00-${caller.traceId}-${caller.spanId}-01` };
    const sent = await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', {
      body: { type: 'CloseAdhesion', data: { reasons: 'CANARIO-NEL-TESTO' } }, headers,
    });
    const listed = await api.call('GET', '/v1/bodies?q=CANARIO-NELLA-RICERCA', 'operator', { headers });
    expect([sent.status, listed.status]).toEqual([200, 200]);
    const ofCaller = () => spansOf(collector.received).filter(({ traceId }) => traceId === caller.traceId);
    await expect.poll(() => ofCaller().map(({ name }) => name), { timeout: 10_000 }).toContain('GET /v1/bodies');

    const spans = ofCaller();
    const named = (name: string, parent: string | undefined) => spans.filter((span) => span.name === name && span.parentSpanId === parent);
    const [request] = named('POST /v1/adhesions/:id/commands', caller.spanId);
    const [update] = named('Update CloseAdhesion', request?.spanId);
    const [append] = named('append', update?.spanId);
    const [insert] = named('INSERT', append?.spanId);
    expect(request?.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: 200 } });
    expect(update?.attributes).toContainEqual({ key: 'associa.outcome', value: { stringValue: 'DONE' } });
    expect(append?.attributes).toContainEqual({ key: 'associa.outcome', value: { stringValue: 'STORED' } });
    expect(insert?.attributes.find(({ key }) => key === 'db.query.text')?.value.stringValue).toContain('INSERT INTO events');
    expect(named('SELECT', request?.spanId).length).toBeGreaterThan(0);
    expect(collector.received.join('')).not.toContain('CANARIO');
  });

  test('a collector that is away costs no request', async () => {
    collector.server.closeAllConnections();
    await new Promise((resolve) => { collector.server.close(resolve); });
    expect((await api.call('GET', '/v1/bodies?limit=1', 'operator')).status).toBe(200);
    expect(await open(api, bodyAt(api, 2))).toBe(`${bodyAt(api, 2)}-1`);
  });
});

describe('GET /metrics', () => {
  const scrape = (options: { remoteAddress?: string; headers?: Record<string, string> } = {}) => api.app.inject({ method: 'GET', url: '/metrics', ...options });

  const horizon = ({ body }: { body: string }): number => Number(/^associa_store_horizon_seconds (\S+)$/m.exec(body)?.[1]);

  test('counts requests by route, commands by outcome, cases by phase', async () => {
    // Figures are those of the process, which other files may have added to.
    const requests = /^associa_http_request_duration_seconds_count\{method="GET",route="\/v1\/adhesions\/:id",status="200"\} (\d+)$/m;
    const refusals = /^associa_commands_total\{process="adhesion",command="AcceptResolution",outcome="OUT_OF_TURN"\} (\d+)$/m;
    const figure = (text: string, line: RegExp): number => Number(line.exec(text)?.[1] ?? 0);
    const before = (await scrape()).body;
    const id = await open(api, bodyAt(api, 1));
    await api.call('GET', `/v1/adhesions/${id}`, 'operator');
    await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: { type: 'AcceptResolution', data: {} } });
    const { statusCode, headers, body } = await scrape();
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(figure(body, requests) - figure(before, requests)).toBe(1);
    expect(figure(body, refusals) - figure(before, refusals)).toBe(1);
    expect(body).toMatch(/^associa_cases\{process="adhesion",phase="RECOGNITION"\} [1-9]/m);
    expect(body).toMatch(/^associa_store_up 1$/m);
    expect(body).not.toContain(id);
  });

  test('tells since when nothing came of each routine', async () => {
    expect((await scrape()).body).not.toContain('associa_routine_idle_seconds{');
    const { client, taskQueue } = api.stack;
    await ensureRoutines(client, taskQueue);
    const { body } = await scrape();
    for (const routine of ['reconciler', 'archiver']) {
      expect(body).toMatch(new RegExp(`^associa_routine_idle_seconds\\{routine="${routine}"\\} [0-9]`, 'm'));
      await client.schedule.getHandle(routine).delete();
    }
  });

  test('tells how long the oldest event is hidden behind a transaction that hangs', async () => {
    const hanging = new pg.Client(api.stack.appUrl);
    await hanging.connect();
    // The horizon is that of the whole server: a transaction of anybody may still hide what was stored before.
    await vi.waitFor(async () => expect(horizon(await scrape())).toBe(0), { timeout: 30_000 });
    await hanging.query('BEGIN');
    await hanging.query('SELECT pg_current_xact_id()');
    const since = performance.now();
    await open(api, bodyAt(api, 3));
    const seconds = horizon(await scrape());
    await hanging.end();
    expect(seconds).toBeGreaterThan(0);
    // Events that were stored before it are not hidden.
    expect(seconds).toBeLessThan((performance.now() - since) / 1000);
  });

  test('is open on this machine only: elsewhere, and behind a proxy, a token of operator or auditor is asked for', async () => {
    const bearer = async (as: 'operator' | 'auditor' | `${string}_${string}`) => ({ authorization: `Bearer ${await tokenFor(api.keys, as)}` });
    const elsewhere = { remoteAddress: '192.0.2.7' };
    expect((await scrape(elsewhere)).statusCode).toBe(401);
    expect((await scrape({ headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode).toBe(401);
    expect((await scrape({ headers: { forwarded: 'for=127.0.0.1' } })).statusCode).toBe(401);
    expect((await scrape({ headers: { authorization: 'Bearer nothing' } })).statusCode).toBe(401);
    expect((await scrape({ ...elsewhere, headers: await bearer('auditor') })).statusCode).toBe(200);
    expect((await scrape({ ...elsewhere, headers: await bearer('operator') })).statusCode).toBe(200);
    expect((await scrape({ ...elsewhere, headers: await bearer(bodyAt(api, 0)) })).statusCode).toBe(403);
  });
});
