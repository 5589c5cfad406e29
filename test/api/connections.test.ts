import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answered, expectRefused, type Refusal } from './refusal.ts';
import { bodyAt, open, startApi, tokenFor, type Api } from './support.ts';

/** What only a bare connection can do: send slowly, send nonsense, send what no client library would. */
let api: Api;
let port: number;
let token: string;

beforeAll(async () => {
  api = await startApi({ patience: { headersMs: 300, requestMs: 600, lookEveryMs: 100, keepAliveMs: 300 } });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = api.app.server.address() as AddressInfo);
  token = await tokenFor(api.keys, 'operator');
});
afterAll(async () => { await api.stop(); });

interface Spoken {
  readonly status: number;
  readonly head: string;
  readonly text: string;
  readonly body: { readonly [key: string]: unknown };
}

/** Sends bytes, then more of them every 100 ms, until the server closes the connection. */
function speak(first: string | Buffer, drip = ''): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const timer = drip === '' ? undefined : setInterval(() => { socket.write(drip); }, 100);
    socket.setTimeout(20_000, () => { socket.destroy(new Error('The server said nothing more')); });
    socket.on('data', (data) => { text += data.toString('latin1'); });
    socket.on('error', (error) => { if (text === '') reject(error); });
    socket.on('close', () => {
      clearInterval(timer);
      const [head = '', body = ''] = text.split('\r\n\r\n', 2);
      resolve({ ...answered({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), text: body }), head });
    });
    socket.write(first);
  });
}

/** Processor time of a piece of work, in milliseconds, the least of three: whatever else the machine does is not in it. */
async function cost(work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3; time += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
    if (least < 5) break;
  }
  return least;
}

const request = (line: string, headers: readonly string[] = [], body = '') => [`${line} HTTP/1.1`, 'Host: a', 'Connection: close', `Authorization: Bearer ${token}`, ...headers, '', body].join('\r\n');

const TOO_SLOW: Refusal = [408, 'REQUEST_TIMEOUT', 'MALFORMED'];
const NO_REQUEST: Refusal = [400, 'VALIDATION', 'MALFORMED'];

describe('who sends slowly is not waited for', () => {
  test('headers that trickle: 408 and closed', async () => {
    const spoken = await expectRefused(api, () => speak('GET /status HTTP/1.1\r\nHost: a\r\n', 'X-A: b\r\n'), TOO_SLOW);
    expect(spoken.head).toMatch(/content-type: application\/problem\+json/i);
    expect(spoken.head).toMatch(/connection: close/i);
  });

  test('a body that trickles: 408 and closed', async () => {
    await expectRefused(api, () => speak(request('POST /v1/adhesions', ['Content-Type: application/json', 'Content-Length: 900'], '{'), ' '), TOO_SLOW);
  });

  test('a connection that says nothing more is closed after its answer', async () => {
    const startedAt = performance.now();
    const spoken = await speak('GET /openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(spoken.status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('what is no request', () => {
  test.each([
    ['two lengths', () => request('POST /v1/adhesions', ['Content-Length: 2', 'Content-Length: 3'], '{}')],
    ['a length and chunks', () => request('POST /v1/adhesions', ['Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
    ['chunks that are none', () => request('POST /v1/adhesions', ['Content-Type: application/json', 'Transfer-Encoding: chunked'], 'zz\r\n')],
    ['a header without a name', () => request('GET /status', [': x'])],
    ['a line feed in a header', () => request('GET /status', ['X-Correlation-Id: a\rSet-Cookie: b'])],
    ['another protocol', () => 'SSH-2.0-OpenSSH_9\r\n\r\n'],
    ['no host', () => 'GET /status HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ])('%s: 400', async (_name, bytes) => {
    const spoken = await expectRefused(api, () => speak(bytes()), NO_REQUEST);
    expect(spoken.head).not.toMatch(/set-cookie/i);
  });

  test('headers of 20 kB: 431', async () => {
    await expectRefused(api, () => speak(request('GET /status', [`X-A: ${'a'.repeat(20_000)}`])), [431, 'HEADERS_TOO_LARGE', 'MALFORMED']);
  });

  test('an address of raw bytes: they are in no answer as they were', async () => {
    const spoken = await speak(Buffer.from(request('GET /v1/\u00e2\u0080\u00ae\u009b', []), 'latin1'));
    expect([400, 404]).toContain(spoken.status);
    expect(Buffer.from(spoken.text, 'latin1').toString('utf8')).toMatch(/^[\u0020-\u007e\u00c0-\u00ff]+$/);
  });

  test.each(['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'Prefer', 'X-Correlation-Id'])('%s twice: 400', async (name) => {
    await expectRefused(api, () => speak(request('GET /v1/bodies', [`${name}: Bearer x`, `${name}: Bearer x`])), NO_REQUEST);
  });
});

describe('no text holds the server up by the expression that it is read with', () => {
  const long = (part: string) => part.repeat(Math.floor(14_000 / part.length));
  const headers = ['authorization', 'accept', 'accept-language', 'content-type', 'content-encoding', 'if-match', 'if-none-match', 'prefer', 'idempotency-key', 'x-correlation-id'];
  const parts = ['a', ' ', ',', '"1",', '"1" , ', ';', 'a;', '\t', '=', 'Bearer ', 'en,', '"', 'W/"', '-', '0'];
  let id: string;
  /** What an expression that goes over a text again for each of its letters takes on this machine, halved. */
  let bar: number;
  beforeAll(async () => {
    id = await open(api, bodyAt(api, 0));
    bar = await cost(() => / +$/.test(`${long(' ')}!`)) / 2;
  });

  test.each(headers.flatMap((name) => parts.map((part) => [name, part] as const)))('%s of many %j', async (name, part) => {
    // Refused by its data, the last that is judged: every header that a command takes was read before.
    const send = () => api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: { type: 'SendProposal', data: {} }, headers: { [name]: `${long(part)}!` } });
    // Harmless, or refused as whatever else it is.
    const [before, seen] = [await api.written(), api.security.entries.length];
    const { status } = await send();
    expect([status < 500, await api.written(), api.security.entries.slice(seen).map((entry) => entry['status'])]).toEqual([true, before, [status]]);
    expect(await cost(send)).toBeLessThan(bar);
  });

  test('every pattern of the document, on texts made against it', async () => {
    const { text } = await api.call('GET', '/openapi.json', null);
    const patterns = new Set([...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, pattern = '']) => JSON.parse(pattern) as string));
    expect(patterns.size).toBeGreaterThan(10);
    for (const pattern of patterns) {
      const expression = new RegExp(pattern, 'u');
      // What the pattern itself is made of, again and again, and an end that it does not have.
      for (const part of [...parts, 'A_', 'c_a', '2026-', '0.', '@a.', 'a@', 'a-', '+39 ', pattern.replaceAll(/[^\w@. -]/g, '').slice(0, 20)]) {
        if (part === '') continue;
        const text = `${long(part)}\u0000`;
        expect([pattern, part, await cost(() => expression.test(text)) < bar]).toEqual([pattern, part, true]);
      }
    }
  });
});

test('a body of 2 MB is refused before it has come whole', async () => {
  await expectRefused(api, () => speak(request('POST /v1/adhesions', ['Content-Type: application/json', 'Content-Length: 2000000'], '{"body":"')), [413, 'PAYLOAD_TOO_LARGE', 'MALFORMED']);
});

test('nothing of it all is a fault of ours in the log', () => {
  expect(api.security.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
});
