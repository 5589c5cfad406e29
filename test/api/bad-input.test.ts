import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ground } from '../../api/auth/grounds.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, ISSUER, open, PROPOSAL, RECEIPT, startApi, type Api, type As, type CallOptions, type Method } from './support.ts';

let api: Api;
let id: string;

beforeAll(async () => {
  api = await startApi();
  id = await open(api, bodyAt(api, 0));
  await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: PROPOSAL, headers: { 'idempotency-key': 'first' } });
});
afterAll(async () => { await api.stop(); });

interface Case {
  readonly name: string;
  readonly method?: Method;
  readonly url?: () => string;
  readonly as?: As | null | (() => As);
  readonly options?: CallOptions;
  readonly status: number;
  readonly code: string;
  /** Ground of its entry in the security log; null: it has none, for it is no refusal by the edge. */
  readonly ground: Ground | null;
}

const commands = () => `/v1/adhesions/${id}/commands`;
const command = (type: string, data: unknown, headers: Record<string, string> = {}): CallOptions => ({ body: { type, data }, headers });
const member = (): As => bodyAt(api, 0);

const CASES: readonly Case[] = [
  { name: 'unknown command', options: command('Invent', {}), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'a command of the engine', options: command('RipenExecutivity', { executiveOn: '2026-01-01' }), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'the opening as a command', options: command('OpenAdhesion', { body: 'c_a010' }), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'a name of Object', options: command('constructor', {}), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'unknown body', url: () => '/v1/adhesions', options: { body: { body: 'c_q999' } }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'malformed date', options: command('ConfirmReceipt', { deliveredAt: '2026-02-30T10:00:00Z' }), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'instant without offset', options: command('ConfirmReceipt', { deliveredAt: '2026-03-02T10:00:00' }), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'future fact', options: command('ConfirmReceipt', { deliveredAt: '2199-01-01T00:00:00Z' }), status: 409, code: 'FACT_IN_FUTURE', ground: null },
  { name: 'date before what it follows', options: command('ConfirmReceipt', { deliveredAt: '2026-03-01T00:00:00Z' }), status: 409, code: 'DATE_BEFORE_GROUND', ground: null },
  { name: 'a name where a person is named by id', as: member, options: command('AppointReferent', { role: 'RTD', subject: 'Mario.Rossi', actNo: '1', actOn: '2026-03-01' }), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'unknown phase in a filter', method: 'GET', url: () => '/v1/adhesions?phase=NOPE', options: {}, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'missing field', options: command('ConfirmReceipt', {}), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'extra field', options: command('ConfirmReceipt', { ...RECEIPT.data, extra: 1 }), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'wrongly typed field', options: command('ConfirmReceipt', { deliveredAt: 5 }), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'data that are a list', options: command('ConfirmReceipt', []), status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'extra member beside data', options: { body: { ...RECEIPT, more: true } }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'body that is no object', options: { body: '[]' }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'no body', options: {}, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: '10 MB body', options: { body: JSON.stringify({ type: 'ConfirmReceipt', data: { x: 'a'.repeat(10_000_000) } }) }, status: 413, code: 'PAYLOAD_TOO_LARGE', ground: 'MALFORMED' },
  { name: 'broken JSON', options: { body: '{"type":' }, status: 400, code: 'MALFORMED_JSON', ground: 'BAD_DATA' },
  { name: 'not UTF-8', options: { body: Buffer.from([0x22, 0xff, 0x22]) }, status: 400, code: 'MALFORMED_JSON', ground: 'BAD_DATA' },
  { name: 'repeated key', options: { body: '{"type":"ConfirmReceipt","type":"SendProposal","data":{}}' }, status: 400, code: 'DUPLICATE_KEY', ground: 'MALFORMED' },
  { name: 'repeated key by an escape', options: { body: '{"a":{"data":1,"\\u0064ata":2}}' }, status: 400, code: 'DUPLICATE_KEY', ground: 'MALFORMED' },
  { name: '__proto__', options: { body: '{"type":"ConfirmReceipt","data":{"__proto__":{}}}' }, status: 400, code: 'VALIDATION', ground: 'MALFORMED' },
  { name: 'U+0000 in a text', as: member, options: { body: String.raw`{"type":"AppointReferent","data":{"actNo":"1\u0000"}}` }, status: 400, code: 'VALIDATION', ground: 'MALFORMED' },
  { name: 'half a surrogate pair', as: member, options: { body: String.raw`{"type":"AppointReferent","data":{"actNo":"\ud800"}}` }, status: 400, code: 'VALIDATION', ground: 'MALFORMED' },
  { name: 'nested too deep', options: { body: `${'['.repeat(40)}${']'.repeat(40)}` }, status: 400, code: 'VALIDATION', ground: 'MALFORMED' },
  { name: 'another media type', options: { body: 'x', headers: { 'content-type': 'text/plain' } }, status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', ground: 'BAD_TYPE' },
  { name: 'another method', method: 'PUT', options: {}, status: 405, code: 'METHOD_NOT_ALLOWED', ground: 'NOT_THERE' },
  { name: 'another method with a body of no type', method: 'PATCH', options: { body: '<a/>', headers: { 'content-type': 'text/xml' } }, status: 405, code: 'METHOD_NOT_ALLOWED', ground: 'NOT_THERE' },
  { name: 'unknown path', url: () => '/v1/nothing', status: 404, code: 'NOT_FOUND', ground: 'NOT_THERE' },
  { name: 'unknown case', url: () => `/v1/adhesions/${bodyAt(api, 9)}-1/commands`, options: { body: RECEIPT }, status: 404, code: 'NOT_FOUND', ground: 'NOT_THERE' },
  { name: 'an id that is none', url: () => '/v1/adhesions/..%2F..%2Fetc/commands', options: { body: RECEIPT }, status: 404, code: 'NOT_FOUND', ground: 'NOT_THERE' },
  { name: 'malformed Idempotency-Key', options: { body: RECEIPT, headers: { 'idempotency-key': 'e/key' } }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'too long Idempotency-Key', options: { body: RECEIPT, headers: { 'idempotency-key': 'a'.repeat(129) } }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'same key with other content', options: { body: RECEIPT, headers: { 'idempotency-key': 'first' } }, status: 409, code: 'IDEMPOTENCY_MISMATCH', ground: 'OTHER_CONTENT' },
  { name: 'Prefer of more than 200 characters', options: { body: RECEIPT, headers: { prefer: '0'.repeat(201) } }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'malformed If-Match', options: { body: RECEIPT, headers: { 'if-match': '17' } }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'If-Match of another version', options: { body: RECEIPT, headers: { 'if-match': '"1"' } }, status: 412, code: 'VERSION_CONFLICT', ground: null },
  { name: 'an open adhesion opened again', url: () => '/v1/adhesions', options: { get body() { return { body: bodyAt(api, 0) }; } }, status: 409, code: 'ADHESION_OPEN', ground: null },
  { name: 'wrong policies', url: () => '/v1/adhesions', options: { get body() { return { body: bodyAt(api, 1), policies: { maxAttempts: 0 } }; } }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'no token', as: null, options: { body: RECEIPT }, status: 401, code: 'UNAUTHENTICATED', ground: 'NO_TOKEN' },
  { name: "another body's case", as: () => bodyAt(api, 1), options: { body: RECEIPT }, status: 404, code: 'NOT_FOUND', ground: 'OTHER_BODY' },
  { name: "another body's case with broken data", as: () => bodyAt(api, 1), options: { body: '{' }, status: 404, code: 'NOT_FOUND', ground: 'OTHER_BODY' },
  { name: 'a role that a command is not for', as: member, options: { body: PROPOSAL }, status: 403, code: 'FORBIDDEN', ground: 'NOT_PERMITTED' },
  { name: 'a role that a command is not for, data broken', as: member, options: command('SendProposal', { no: 1 }), status: 403, code: 'FORBIDDEN', ground: 'NOT_PERMITTED' },
  { name: 'auditor', as: 'auditor', options: { body: RECEIPT }, status: 403, code: 'FORBIDDEN', ground: 'NOT_PERMITTED' },
  { name: 'unknown query parameter', method: 'GET', url: () => '/v1/adhesions?nope=1', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'unknown query parameter of a command', url: () => `${commands()}?dry=1`, options: { body: RECEIPT }, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'limit 0', method: 'GET', url: () => '/v1/adhesions?limit=0', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'limit 101', method: 'GET', url: () => '/v1/adhesions?limit=101', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'limit that is no number', method: 'GET', url: () => '/v1/adhesions?limit=1e1', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'limit twice', method: 'GET', url: () => '/v1/adhesions?limit=1&limit=2', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'forged cursor', method: 'GET', url: () => '/v1/adhesions?cursor=abc', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'cursor written another way', method: 'GET', url: () => '/v1/catalogue?cursor=RklCUkV', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'unknown party', method: 'GET', url: () => '/v1/adhesions?waitingFor=NOBODY', status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'asOf that is a day', method: 'GET', url: () => `/v1/adhesions/${id}?asOf=2026-01-01`, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'an asOf with an offset of 19 hours, long before', method: 'GET', url: () => `/v1/adhesions/${id}?asOf=2000-01-01T00:00:52.029-19:01`, status: 404, code: 'NOT_FOUND', ground: 'NOT_THERE' },
  { name: 'an asOf in the year 0', method: 'GET', url: () => `/v1/adhesions/${id}?asOf=0000-01-01T00:00:00%2B05:00`, status: 404, code: 'NOT_FOUND', ground: 'NOT_THERE' },
  { name: 'asOf and asOfVersion', method: 'GET', url: () => `/v1/adhesions/${id}?asOf=2026-01-01T00:00:00Z&asOfVersion=1`, status: 400, code: 'VALIDATION', ground: 'BAD_DATA' },
  { name: 'a version that is not there', method: 'GET', url: () => `/v1/adhesions/${id}?asOfVersion=999`, status: 404, code: 'NOT_FOUND', ground: 'NOT_THERE' },
  { name: 'U+0000 in a path', method: 'GET', url: () => `/v1/adhesions/${id}/commands/x%00`, status: 404, code: 'NOT_FOUND', ground: 'MALFORMED' },
  { name: 'U+0000 in a query', method: 'GET', url: () => '/v1/adhesions?q=%00', status: 400, code: 'VALIDATION', ground: 'MALFORMED' },
  { name: 'a path that is no URL', method: 'GET', url: () => '/v1/bodies/%ff', status: 404, code: 'NOT_FOUND', ground: 'MALFORMED' },
  { name: 'parameters against the catalogue', url: () => `/v1/adhesions/${id}/migrations`, options: { body: { service: 'TRAINING', parameters: { colour: 'red' } } }, status: 400, code: 'PARAMETERS_INVALID', ground: 'BAD_DATA' },
  { name: 'a migration before the convention', url: () => `/v1/adhesions/${id}/migrations`, options: { body: { service: 'TRAINING' } }, status: 409, code: 'CONVENTION_NOT_IN_FORCE', ground: null },
  { name: 'a correction of nothing', options: command('CorrectFact', { version: 99, data: { deliveredAt: '2026-03-02T09:00:00Z' } }), status: 409, code: 'NOT_CORRECTABLE', ground: null },
];

describe('a request that is not right gets its status and code and its entry in the security log, and nothing is written', () => {
  test.each(CASES)('$name: $status $code', async ({ method = 'POST', url = commands, as = 'operator', options = {}, status, code, ground }) => {
    const answer = await expectRefused(api, () => api.call(method, url(), typeof as === 'function' ? as() : as, options), [status, code, ground]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status, type: expect.any(String), title: expect.any(String), detail: expect.any(String), instance: expect.any(String) });
    expect(answer.headers['x-correlation-id']).toMatch(/^[\w.-]+$/);
  });
});

test('405 says which methods there are', async () => {
  const { headers } = await api.call('DELETE', `/v1/adhesions/${id}`, 'operator');
  expect(headers['allow']).toBe('GET, HEAD');
});

test('a record over 60,000 bytes is refused whole, beyond what the schemas let through', async () => {
  const caseId = await open(api, bodyAt(api, 2));
  const before = await api.written();
  const outcome = await api.stack.engine.execute(`adhesion/${caseId}`, {
    id: 'large', type: 'SendProposal', data: { ...PROPOSAL.data, template: { ...PROPOSAL.data.template, id: 'x'.repeat(61_000) } },
    actor: { subject: 's', role: 'operator', body: 'agency' }, receivedAt: new Date().toISOString(), requestHash: null,
  }, 1);
  expect(outcome).toMatchObject({ outcome: 'REFUSED', code: 'RECORD_TOO_LARGE' });
  expect(await api.written()).toEqual(before);
});

describe('a token that proves nothing, or not enough', () => {
  test('no token: 401 with the scheme', async () => {
    const answer = await api.call('GET', '/v1/bodies', null);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  test.each([
    ['no role of ours', { roles: ['king'] }], ['roles that are no list', { roles: 'operator' }], ['the role of the engine', { roles: ['engine'] }],
    ['a member of no body', { roles: ['member'] }], ['a member of a strange body', { roles: ['member'], body: "c_a010' OR 1=1" }],
  ])('a token with %s: 403', async (_name, given) => {
    const token = await new SignJWT(given).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: api.keys.signing.kid }).setIssuedAt().setIssuer(ISSUER).setAudience('associa').setSubject('x').setExpirationTime('1h').sign(api.keys.signing.privateKey);
    await expectRefused(api, () => api.call('GET', '/v1/bodies', null, { headers: { authorization: `Bearer ${token}` } }), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
  });
});

test('problems speak Italian, and English on request', async () => {
  const italian = await api.call('GET', '/v1/nothing', null);
  const english = await api.call('GET', '/v1/nothing', null, { headers: { 'accept-language': 'en-GB,it;q=0.5' } });
  expect([italian.body['title'], italian.headers['content-language']]).toEqual(['Risorsa non trovata', 'it']);
  expect([english.body['title'], english.headers['content-language']]).toEqual(['Not found', 'en']);
});

test("the caller's correlation id comes back, an unsafe one does not", async () => {
  const same = await api.call('GET', '/status', null, { headers: { 'x-correlation-id': 'prot-2026.17' } });
  const other = await api.call('GET', '/status', null, { headers: { 'x-correlation-id': 'a b"\u00e0' } });
  expect(same.headers['x-correlation-id']).toBe('prot-2026.17');
  expect(other.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
});
