import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyAt, open, PROPOSAL, startApi, type Api } from './support.ts';

const CONSOLE = 'http://127.0.0.1:8233';
const DECODE = '/codec/decode';

interface JsonPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: string;
}

let api: Api;
let id: string;
const lines: Record<string, unknown>[] = [];
const log = pino({ level: 'info' }, new Writable({ write(chunk: Buffer, _encoding, done) { lines.push(JSON.parse(String(chunk)) as Record<string, unknown>); done(); } }));

beforeAll(async () => {
  api = await startApi({ temporalUiUrl: `${CONSOLE}/`, log });
  id = await open(api, bodyAt(api, 0));
  await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: PROPOSAL });
});
afterAll(async () => { await api.stop(); });

/** The command as Temporal's own tools give it: the encrypted input of the last Update. */
async function stored(): Promise<JsonPayload> {
  const { client, namespace } = api.stack;
  const stranger = new Client({ connection: client.connection, namespace });
  const history = JSON.parse(historyToJSON(await stranger.workflow.getHandle(`adhesion/${id}`).fetchHistory())) as {
    events: { workflowExecutionUpdateAcceptedEventAttributes?: { acceptedRequest: { input: { args: { payloads: JsonPayload[] } } } } }[];
  };
  const payload = history.events.flatMap((event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.args.payloads ?? []).at(-1);
  if (payload === undefined) throw new Error('no Update in the history');
  return payload;
}

const preflight = (origin: string, url = DECODE) =>
  api.call('OPTIONS', url, null, { headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type,x-namespace' } });
const cors = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('the codec', () => {
  test.each(['operator', 'auditor'] as const)('decrypts for an %s, and says so in the security log', async (role) => {
    const payload = await stored();
    expect(Buffer.from(payload.data, 'base64').toString('latin1')).not.toContain('SendProposal');
    lines.length = 0;
    const { status, body, text } = await api.call('POST', DECODE, role, { body: { payloads: [payload] }, headers: { 'x-namespace': 'associa' } });
    expect(status).toBe(200);
    const decoded = (JSON.parse(text) as { payloads: JsonPayload[] }).payloads;
    expect(decoded).toHaveLength(1);
    expect(Buffer.from(decoded[0]?.metadata['encoding'] ?? '', 'base64').toString()).toBe('json/plain');
    expect(JSON.parse(Buffer.from(String(body['payloads']?.[0]?.['data']), 'base64').toString())).toMatchObject({ command: { type: 'SendProposal', data: PROPOSAL.data }, seenVersion: 1 });
    expect(lines.filter((line) => line['log'] === 'security')).toEqual([expect.objectContaining({
      event: 'PAYLOADS_DECODED', count: 1, role, subject: expect.any(String), correlationId: expect.any(String), msg: 'payloads decoded',
    })]);
    expect(JSON.stringify(lines)).not.toContain('SendProposal');
  });

  test('gives back in order, and what is not encrypted as it is', async () => {
    const plain = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: Buffer.from('"plain"').toString('base64') };
    const { body } = await api.call('POST', DECODE, 'auditor', { body: { payloads: [plain, await stored(), plain] } });
    expect([0, 2].map((index) => body['payloads']?.[index]?.['data'])).toEqual([plain.data, plain.data]);
    expect((await api.call('POST', DECODE, 'auditor', { body: { payloads: [] } })).text).toBe('{"payloads":[]}');
  });

  test('is not for members nor for those without a token', async () => {
    const body = { payloads: [await stored()] };
    expect((await api.call('POST', DECODE, bodyAt(api, 0), { body })).status).toBe(403);
    expect((await api.call('POST', DECODE, null, { body })).status).toBe(401);
  });

  test('names an unknown key, refuses a changed payload, logs no decryption for either', async () => {
    const payload = await stored();
    lines.length = 0;
    const strange = { ...payload, metadata: { ...payload.metadata, 'encryption-key-id': Buffer.from('9-none').toString('base64') } };
    const unknown = await api.call('POST', DECODE, 'auditor', { body: { payloads: [strange] } });
    expect([unknown.status, unknown.body['code'], unknown.body['detail']]).toEqual([422, 'PAYLOAD_UNREADABLE', 'La chiave "9-none" non è nella cartella delle chiavi di questo server.']);
    expect(unknown.text).not.toContain(api.keysDir);
    const changed = await api.call('POST', DECODE, 'auditor', { body: { payloads: [{ ...payload, data: Buffer.alloc(60).toString('base64') }] } });
    expect([changed.status, changed.body['code']]).toEqual([422, 'PAYLOAD_UNREADABLE']);
    expect(lines.filter((line) => line['event'] === 'PAYLOADS_DECODED')).toEqual([]);
  });

  test.each([
    ['no list', {}], ['a list of something else', { payloads: ['x'] }], ['data that are no base64', { payloads: [{ metadata: {}, data: '§' }] }],
    ['too many', { payloads: Array.from({ length: 1_001 }, () => ({})) }],
    ['metadata without end', { payloads: [{ metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`m${index}`, ''])) }] }],
  ])('refuses %s', async (_what, body) => {
    const answer = await api.call('POST', DECODE, 'operator', { body });
    expect([answer.status, answer.body['code']]).toEqual([400, 'VALIDATION']);
  });

  test('does not encrypt for anyone', async () => {
    expect((await api.call('POST', '/codec/encode', 'operator', { body: { payloads: [] } })).status).toBe(404);
  });
});

describe('pages of another origin', () => {
  test('may call it when they are those of the console of Temporal', async () => {
    const asked = await preflight(CONSOLE);
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': CONSOLE, 'access-control-allow-methods': 'POST', 'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'Authorization, Content-Type, X-Namespace', vary: 'Origin',
    });
    const answer = await api.call('POST', DECODE, 'auditor', { body: { payloads: [] }, headers: { origin: CONSOLE } });
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': CONSOLE, vary: 'Origin' });
    const refused = await api.call('POST', DECODE, null, { body: { payloads: [] }, headers: { origin: CONSOLE } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, CONSOLE]);
  });

  test.each(['http://127.0.0.1:8234', 'https://127.0.0.1:8233', 'http://127.0.0.1:8233.evil.example', 'null', 'http://localhost:8233'])('may not: %s', async (origin) => {
    const asked = await preflight(origin);
    expect([asked.status, cors(asked.headers)]).toEqual([405, []]);
    expect(cors((await api.call('POST', DECODE, 'auditor', { body: { payloads: [] }, headers: { origin } })).headers)).toEqual([]);
  });

  test('of the console may call nothing else', async () => {
    const asked = await preflight(CONSOLE, '/v1/adhesions');
    expect([asked.status, cors(asked.headers)]).toEqual([405, []]);
    expect(cors((await api.call('GET', '/v1/adhesions', 'operator', { headers: { origin: CONSOLE } })).headers)).toEqual([]);
  });
});
