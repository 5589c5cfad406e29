import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS } from '../../api/auth/access.ts';
import { ADHESION, MIGRATION } from '../../api/cases/kinds.ts';
import { bodyAt, listOf, open, startApi, type Api, type As, type Json, type Method } from './support.ts';

let api: Api;
let id: string;

beforeAll(async () => {
  api = await startApi();
  id = await open(api, bodyAt(api, 0));
});
afterAll(async () => { await api.stop(); });

/** Every route of the table with an id of each kind filled in; what it answers beyond 401, 403 and 404 is other tests' matter. */
const ROUTES = Object.entries(ACCESS).map(([route, access]) => {
  const [method = '', pattern = ''] = route.split(' ');
  return { route, method: method as Method, pattern, access };
});
const CALLERS = ['operator', 'member', 'auditor'] as const;

function url(pattern: string): string {
  const migration = pattern.startsWith('/v1/migrations');
  return pattern
    .replace(':id', pattern.startsWith('/v1/subjects') ? 'sub-none' : migration ? `${id}.TRAINING` : id)
    .replace(':date', '2026-10-04').replace(':ipaCode', bodyAt(api, 0)).replace(':service', 'TRAINING').replace(':commandId', 'none').replace(':runId', crypto.randomUUID())
    .replace(':documentId', 'doc-none').replace(':textId', 'txt-none');
}

const callerAs = (caller: (typeof CALLERS)[number]): As => (caller === 'member' ? bodyAt(api, 0) : caller);

describe('the table of access is what the routes do', () => {
  test.each(ROUTES.flatMap((one) => CALLERS.map((caller) => ({ ...one, caller }))))('$caller: $route', async ({ method, pattern, access, caller }) => {
    const { status } = await api.call(method, url(pattern), callerAs(caller));
    const may = access.roles === 'public' || access.roles.includes(caller);
    expect(status === 403).toBe(!may);
    expect(status).not.toBe(401);
    expect(status).toBeLessThan(500);
  });

  test.each(ROUTES)('nobody: $route', async ({ method, pattern, access }) => {
    const { status } = await api.call(method, url(pattern), null);
    expect(status === 401).toBe(access.roles !== 'public' && access.orLoopback !== true);
  });

  test.each(ROUTES.filter(({ access }) => access.scope !== undefined))('a member of another body: $route', async ({ method, pattern }) => {
    const { status, body } = await api.call(method, url(pattern), bodyAt(api, 1));
    expect([status, body['code']]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the table of commands is what the command routes do', () => {
  const table = [ADHESION, MIGRATION].flatMap((kind) => Object.entries(kind.commands).map(([type, { by }]) => ({ kind, type, by })));
  test.each(table.filter(({ kind }) => kind === ADHESION).flatMap((one) => CALLERS.map((caller) => ({ ...one, caller }))))(
    '$caller: $type', async ({ kind, type, by, caller }) => {
      // Data that no schema takes: who may is told before what is wrong with them.
      const { status } = await api.call('POST', `${kind.path}/${id}/commands`, callerAs(caller), { body: { type, data: { nothing: [] } } });
      expect(status).toBe(by.includes(caller) ? 400 : 403);
    },
  );

  test('the engine alone has commands of its own', () => {
    expect(table.filter(({ by }) => by.includes('engine') || by.length === 0)).toEqual([]);
  });
});

test('a member sees its own cases only, in lists too', async () => {
  const other = await open(api, bodyAt(api, 1));
  const idsFor = async (as: As) => {
    const { body } = await api.call('GET', '/v1/adhesions', as);
    return listOf(body['items']).map((item) => String(item['id']));
  };
  expect(await idsFor(bodyAt(api, 0))).toEqual([id]);
  expect(await idsFor(bodyAt(api, 1))).toEqual([other]);
  expect((await idsFor('operator')).toSorted()).toEqual([id, other].toSorted());
  expect((await idsFor('auditor')).toSorted()).toEqual([id, other].toSorted());
});

test('allowed shows each role its own commands with their schemas', async () => {
  const asOperator = await api.call('GET', `/v1/adhesions/${id}/allowed`, 'operator');
  const asMember = await api.call('GET', `/v1/adhesions/${id}/allowed`, bodyAt(api, 0));
  const asAuditor = await api.call('GET', `/v1/adhesions/${id}/allowed`, 'auditor');
  const commands = (items: Json | undefined) => listOf(items).map((item) => String(item['command']));
  expect(commands(asOperator.body['items'])).toContain('SendProposal');
  expect(commands(asMember.body['items'])).not.toContain('SendProposal');
  expect(commands(asMember.body['items'])).toContain('RecordSession');
  expect(commands(asAuditor.body['items'])).toEqual([]);
  const send = listOf(asOperator.body['items']).find((item) => String(item['command']) === 'SendProposal');
  expect(send).toMatchObject({ allowed: true, reasons: [], schema: { type: 'object', additionalProperties: false, required: ['template', 'sentAt'] } });
});

test('the key that verifies tokens is published', async () => {
  const { body } = await api.call('GET', '/.well-known/jwks.json', null);
  expect(body).toEqual({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: api.keys.signing.kid, alg: 'EdDSA', use: 'sig' }] });
});
