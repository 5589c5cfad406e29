import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ACCESS, isOfAgency } from '../../api/auth/access.ts';
import type { Access } from '../../api/auth/access-kinds.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import { loadBodies } from '../../api/bodies.ts';
import { ADHESION, CAMPAIGN, CONSTITUTION, MIGRATION, type CaseKind } from '../../api/cases/kinds.ts';
import { makeContext } from '../../api/context.ts';
import { findCase, listCases } from '../../db/queries/cases.ts';
import { eventsAfter } from '../../db/queries/events.ts';
import { Runs } from '../../engine/runs.ts';
import { walk } from './path.ts';
import { expectRefused, type Refusal } from './refusal.ts';
import { bodyAt, ISSUER, listOf, open, startApi, type Answer, type Api, type As, type Json, type Method } from './support.ts';

let api: Api;
let id: string;
let subject: string;
let campaign: string;
let constitution: string;

beforeAll(async () => {
  api = await startApi();
  const own = bodyAt(api, 0);
  id = await open(api, own);
  // A migration is there to be asked for once the convention is in force.
  await walk(api, own);
  const requested = await api.call('POST', `/v1/adhesions/${id}/migrations`, 'operator', { body: { service: 'TRAINING' } });
  if (requested.status !== 201) throw new Error(requested.text);
  subject = String((await api.call('POST', '/v1/subjects', 'operator', { body: { body: own, name: 'Prova Prova', email: 'p@example.org' } })).body['id']);
  // Refused in its preview, and so at its end.
  campaign = String((await api.call('POST', '/v1/campaigns', 'operator', { body: { name: 'Prova', select: { bodies: [own] }, action: { kind: 'OPEN_ADHESION' } } })).body['id']);
  constitution = String((await api.call('POST', '/v1/constitution', 'operator', { body: {} })).body['id']);
  await vi.waitFor(async () => {
    const { status, text } = await api.call('GET', `/v1/migrations/${id}.TRAINING`, 'operator');
    if (status !== 200) throw new Error(text);
  }, 10_000);
  // It hears of the resolution by itself, a moment later.
  await vi.waitFor(async () => {
    const { body } = await api.call('GET', `/v1/constitution/${constitution}/events?type=AdhesionTold`, 'operator');
    if (listOf(body['items']).length === 0) throw new Error('The constitution has not heard yet');
  }, 20_000);
  await api.calm();
});
afterAll(async () => { await api.stop(); });

const CALLERS = ['nobody', 'operator', 'auditor', 'member', 'other member'] as const;
type CallerName = (typeof CALLERS)[number];
const callerAs = (caller: CallerName): As | null => {
  if (caller === 'nobody') return null;
  return caller === 'operator' || caller === 'auditor' ? caller : bodyAt(api, caller === 'member' ? 0 : 1);
};
const roleOf = (caller: Exclude<CallerName, 'nobody'>) => (caller === 'other member' ? 'member' : caller);

/** Every route of the table, each with ids of things that are there and are of the first body. */
const ROUTES = Object.entries(ACCESS).map(([route, access]) => {
  const [method = '', pattern = ''] = route.split(' ');
  return { route, method: method as Method, pattern, access };
});

function url(pattern: string): string {
  const migration = /^\/(?:v1\/migrations|migrazioni)\//.test(pattern);
  return pattern
    .replace(':id', pattern.startsWith('/v1/subjects') ? subject : /^\/(?:v1\/campaigns|campagne)\//.test(pattern) ? campaign : /^\/(?:v1\/constitution|costituzione)\//.test(pattern) ? constitution : migration ? `${id}.TRAINING` : id)
    .replace(':date', '2026-10-04').replace(':ipaCode', bodyAt(api, 0)).replace(':service', 'TRAINING').replace(':commandId', 'none').replace(':command', 'ConfirmReceipt').replace(':runId', crypto.randomUUID())
    .replace(':name', 'none').replace(':file', `${'A'.repeat(43)}.ics`).replace(':documentId', 'doc-none').replace(':textId', 'txt-none')
    // Asked rightly it would not end.
    .replace(/\/changes$/, '/changes?after=!');
}

const NO_TOKEN: Refusal = [401, 'UNAUTHENTICATED', 'NO_TOKEN'];
const OTHER_BODY: Refusal = [404, 'NOT_FOUND', 'OTHER_BODY'];
const NOT_PERMITTED: Refusal = [403, 'FORBIDDEN', 'NOT_PERMITTED'];

/** The rule as it is stated: who are you, is it yours, may your role; null: the request is looked at. */
function refusalOf({ roles, scope, orLoopback }: Access, caller: CallerName): Refusal | null {
  if (roles === 'public' || (orLoopback === true && caller === 'nobody')) return null;
  if (caller === 'nobody') return NO_TOKEN;
  if (scope === 'subject' && !roles.includes(roleOf(caller))) return NOT_PERMITTED;
  if (scope !== undefined && !isOfAgency(scope) && caller === 'other member') return OTHER_BODY;
  return roles.includes(roleOf(caller)) ? null : NOT_PERMITTED;
}

/** The refusal, of a route by its template. */
async function expectRefusedOn(route: string, send: () => Promise<Answer>, refusal: Refusal): Promise<void> {
  await expectRefused(api, send, refusal);
  const { method, route: url } = api.security.entries.at(-1) ?? {};
  expect(`${String(method)} ${String(url)}`).toBe(route);
}

/** Sends data that break every schema: who may is told so. */
async function expectRead(send: () => Promise<Answer>): Promise<void> {
  const { status, body } = await send();
  expect([status, body['code']]).toEqual([400, 'VALIDATION']);
}

describe('every route by everyone', () => {
  // A body that no schema takes: who may is said before what is wrong with the data.
  const wrong = { nothing: [] };

  test.each(ROUTES.filter(({ method }) => method !== 'DELETE').flatMap((one) => CALLERS.map((caller) => ({ ...one, caller }))))(
    '$caller: $route', async ({ route, method, pattern, access, caller }) => {
      const send = () => api.call(method, url(pattern), callerAs(caller), method === 'POST' ? { body: wrong } : {});
      const refusal = refusalOf(access, caller);
      if (refusal !== null) return expectRefusedOn(route, send, refusal);
      const { status } = await send();
      // What was left out on purpose is missing (404), what was sent or not asked is wrong (400), or of a wrong type for a paper (415).
      // Clients are registered by who has the token for it: without one there is no such place.
      const wrongData = route === 'POST /oidc/reg' ? [404] : [400, 415];
      expect(status).toBeOneOf(method === 'POST' ? wrongData : [200, 400, 404, ...(access.page === undefined ? [] : [302])]);
    },
  );

  test.each(ROUTES.filter(({ method }) => method === 'DELETE').flatMap((one) => CALLERS.map((caller) => ({ ...one, caller }))))(
    '$caller: $route', async ({ route, method, pattern, access, caller }) => {
      const refusal = refusalOf(access, caller);
      if (refusal !== null) return expectRefusedOn(route, () => api.call(method, url(pattern), callerAs(caller)), refusal);
      expect((await api.call(method, url(pattern).replace(subject, 'sub-none'), callerAs(caller))).status).toBe(404);
    },
  );

  test('HEAD is judged as GET', async () => {
    expect((await api.call('HEAD', `/v1/adhesions/${id}`, null)).status).toBe(401);
    expect((await api.call('HEAD', `/v1/adhesions/${id}`, bodyAt(api, 1))).status).toBe(404);
    expect((await api.call('HEAD', `/v1/adhesions/${id}/runs`, bodyAt(api, 0))).status).toBe(403);
  });

  test('a member adds persons of its own body only', async () => {
    const body = { body: bodyAt(api, 0), name: 'Prova Prova', email: 'p@example.org' };
    await expectRefusedOn('POST /v1/subjects', () => api.call('POST', '/v1/subjects', bodyAt(api, 1), { body }), NOT_PERMITTED);
  });
});

describe('every command by everyone', () => {
  const caseOf = (kind: CaseKind) => ({ adhesion: id, migration: `${id}.TRAINING`, campaign, constitution })[kind.name];
  const table = [ADHESION, MIGRATION, CAMPAIGN, CONSTITUTION].flatMap((kind) => Object.entries(kind.commands).map(([type, { by }]) => ({ kind: kind.name, of: kind, type, by })));
  /** Asked for and left as a fact, with data that no schema takes, in an envelope that is right and in one that is not. */
  const ways = [{ headers: {}, data: { nothing: [] } }, { headers: { prefer: 'respond-async' }, data: { nothing: [] } }, { headers: {}, data: 5 }];

  test.each(table.flatMap((one) => CALLERS.map((caller) => ({ ...one, caller }))))('$caller: $type of a $kind', async ({ of: kind, type, by, caller }) => {
    const path = `${kind.path}/${caseOf(kind)}/commands`;
    const access = ACCESS[`POST ${kind.path}/:id/commands`];
    if (access === undefined) throw new Error('no line');
    const mayRole = caller !== 'nobody' && by.includes(roleOf(caller));
    const refusal = refusalOf(access, caller) ?? (mayRole ? null : NOT_PERMITTED);
    for (const { headers, data } of ways) {
      const send = () => api.call('POST', path, callerAs(caller), { body: { type, data }, headers });
      await (refusal === null ? expectRead(send) : expectRefusedOn(`POST ${kind.path}/:id/commands`, send, refusal));
    }
  });

  test('the engine alone has commands of its own', () => {
    expect(table.filter(({ by }) => by.includes('engine') || by.length === 0)).toEqual([]);
  });
});

describe('the security log', () => {
  const ask = (headers: Readonly<Record<string, string>>, path = '/v1/adhesions') => api.call('GET', path, null, { headers });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const parts = async () => (await issueToken(api.keys, { role: 'operator', issuer: ISSUER })).split('.');
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test.each<[string, () => Promise<string>, string | undefined]>([
    ['a signature that was changed', async () => (await parts()).with(2, 'A'.repeat(86)).join('.'), 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['a role that was changed', async () => (await parts()).with(1, encoded({ roles: ['operator'] })).join('.'), 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['no signature', async () => [encoded({ alg: 'none', typ: 'at+jwt', kid: api.keys.signing.kid }), (await parts())[1], ''].join('.'), 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['the end of its time', () => issueToken(api.keys, { role: 'operator', issuer: ISSUER, hours: -1 }), 'ERR_JWT_EXPIRED'],
    ['another audience', () => issueToken(api.keys, { role: 'operator', issuer: ISSUER, audience: 'other' }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['another issuer', () => issueToken(api.keys, { role: 'operator', issuer: 'https://elsewhere.example' }), undefined],
    ['no token in it', async () => 'one', undefined],
  ])('has a line for %s', async (_name, make, why) => {
    const token = await make();
    await expectRefusedOn('GET /v1/adhesions', () => ask(bearer(token)), [401, 'UNAUTHENTICATED', 'TOKEN_REJECTED']);
    const entry = api.security.entries.at(-1);
    expect(entry?.['why']).toBe(why);
    expect(JSON.stringify(entry)).not.toContain(token.slice(0, 20));
  });

  test('says who was refused, by our own id, and no more', async () => {
    await expectRefused(api, () => api.call('GET', `/v1/adhesions/${id}/runs?x=Zefirina`, bodyAt(api, 0), { headers: { 'x-correlation-id': 'corr-7' } }), NOT_PERMITTED);
    expect(api.security.entries.at(-1)).toEqual({
      level: 40, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), log: 'security', event: 'REQUEST_REFUSED', code: 'FORBIDDEN', status: 403, ground: 'NOT_PERMITTED', method: 'GET', route: '/v1/adhesions/:id/runs', correlationId: 'corr-7',
      subject: expect.stringMatching(/^embedded:[0-9a-f]{24}$/), role: 'member', body: bodyAt(api, 0), msg: 'request refused',
    });
  });

  test('takes nothing that a caller wrote: no new line, no colour, no forged entry', async () => {
    const evil = '%0d%0a%1b[31m%e2%80%ae{"log":"security"}';
    const { entries, lines } = api.security;
    lines.length = 0;
    entries.length = 0;
    await ask({ authorization: 'Bearer \u001b[31mred', 'user-agent': evil, 'x-correlation-id': `a"},{"log":"security` }, `/v1/adhesions/${evil}?q=${evil}`);
    await api.call('GET', `/v1/adhesions/${evil}`, bodyAt(api, 1));
    await api.call('POST', `/v1/adhesions/${id}/commands`, bodyAt(api, 0), { body: { type: 'SendProposal', data: { reasons: 'evil' } } });
    expect(entries.map(({ code }) => code)).toEqual(['UNAUTHENTICATED', 'NOT_FOUND', 'FORBIDDEN']);
    expect(JSON.stringify(entries)).not.toMatch(/evil|31m|red|\\r|\\n|%0d|%1b/);
    for (const line of lines) expect(line.replace(/\n$/, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('is silent of what is served, and of what the process refuses', async () => {
    const seen = api.security.entries.length;
    await api.call('GET', `/v1/adhesions/${id}`, bodyAt(api, 0));
    const refused = await api.call('POST', '/v1/adhesions', 'operator', { body: { body: bodyAt(api, 0) } });
    expect([refused.status, refused.body['code']]).toEqual([409, 'ADHESION_OPEN']);
    expect(api.security.entries.slice(seen)).toEqual([]);
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

test('where claim and query both fail, the database shows and takes the own body only', async () => {
  const [own, other] = [bodyAt(api, 0), await open(api, bodyAt(api, 3))];
  const context = makeContext(api.stack.db, {
    engine: api.stack.engine, runs: new Runs(api.stack.client), sequencedWithinMs: 0, keys: api.keys, bodies: loadBodies(), log: pino({ level: 'silent' }), twoPersons: false,
  }, 35);
  const { db, texts, documents, subjects } = context.as({ subject: 's', role: 'member', body: own });
  const foreign = `adhesion/${other}`;
  const everyone = { process: 'adhesion', body: null, today: '2026-11-22', limit: 100 } as const;
  expect((await listCases(db, everyone)).map((one) => one.id)).toEqual([id]);
  expect((await listCases(context.whole.db, everyone)).map((one) => one.id)).toContain(other);
  expect([await findCase(db, foreign), await eventsAfter(db, foreign, 0, 10)]).toEqual([undefined, []]);
  expect((await eventsAfter(context.whole.db, foreign, 0, 10)).length).toBeGreaterThan(0);
  const caller = { subject: 's', role: 'member', body: own } as const;
  await expect(documents.add(foreign, { mediaType: 'text/plain', content: Buffer.from('x') })).rejects.toThrow('row-level security');
  await expect(texts.add({ id: 'txt-1', stream: foreign, commandId: 'c', path: 'reasons', text: 'x' })).rejects.toThrow('row-level security');
  await expect(subjects.add(bodyAt(api, 3), { name: 'X', email: 'x@example.org' }, caller)).rejects.toThrow('row-level security');
});

test('allowed shows each role its own commands with their schemas', async () => {
  const begun = await open(api, bodyAt(api, 2));
  const asOperator = await api.call('GET', `/v1/adhesions/${begun}/allowed`, 'operator');
  const asMember = await api.call('GET', `/v1/adhesions/${begun}/allowed`, bodyAt(api, 2));
  const asAuditor = await api.call('GET', `/v1/adhesions/${begun}/allowed`, 'auditor');
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
