import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../api/app.ts';
import { openKeys } from '../../api/auth/keys.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import { DEFAULT_CLAIMS, type PdndConfig } from '../../config.ts';
import { Runs } from '../../engine/runs.ts';
import { answered, expectRefused } from './refusal.ts';
import { ISSUER, startApi, type Api } from './support.ts';

/** Tokens that lie, at each of the three who may issue some: ourselves, a provider elsewhere, PDND. */
let api: Api;
let external: FastifyInstance;
let elsewhere: Server;
let origin: string;
let rsa: { privateKey: CryptoKey; publicKey: CryptoKey };
let ed: typeof rsa;
let published: JWK[];
/** What the servers asked for, and who asked for what a token named. */
let asked: string[] = [];
const now = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  rsa = await generateKeyPair('RS256', { extractable: true });
  ed = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  published = [{ ...await exportJWK(rsa.publicKey), kid: 'one', alg: 'RS256', use: 'sig' }, { ...await exportJWK(ed.publicKey), kid: 'ed', alg: 'EdDSA', use: 'sig' }];
  elsewhere = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/.well-known/openid-configuration') response.end(JSON.stringify({ issuer: origin, jwks_uri: `${origin}/keys` }));
    else response.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => { elsewhere.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  api = await startApi();
  const { stack, keys } = api;
  external = await buildApp({
    db: stack.db, engine: stack.engine, runs: new Runs(stack.client), keys, log: pino({ level: 'info' }, api.security.stream), twoPersons: false, pdnd: pdnd(),
    oidc: { issuer: origin, clientId: null, clientSecret: null, clientKey: null, audience: 'associa', claims: DEFAULT_CLAIMS },
  });
});
afterAll(async () => {
  await external.close();
  await api.stop();
  elsewhere.close();
});

const CONSUMER = '69e2865e-65ab-4e48-a638-2037a9ee2ee7';
const pdnd = (): PdndConfig => ({
  issuer: 'interop.pagopa.example', audience: 'associa/v1', producerId: 'producer-1', eserviceId: 'eservice-1', jwksUrl: `${origin}/pdnd-keys`, consumers: { [CONSUMER]: 'c_a010' },
});

interface Kind {
  /** What a good token of this issuer holds. */
  readonly claims: () => Readonly<Record<string, unknown>>;
  readonly alg: string;
  readonly kid: () => string;
  readonly key: () => CryptoKey;
  readonly publicJwk: () => JWK;
  readonly app: () => FastifyInstance;
}

const KINDS: Readonly<Record<string, Kind>> = {
  embedded: {
    claims: () => ({ iss: ISSUER, aud: 'associa', sub: 'x', iat: now(), exp: now() + 60, roles: ['auditor'] }),
    alg: 'EdDSA', kid: () => api.keys.signing.kid, key: () => api.keys.signing.privateKey, publicJwk: () => api.keys.signing.publicJwk, app: () => api.app,
  },
  external: {
    claims: () => ({ iss: origin, aud: 'associa', sub: 'x', iat: now(), exp: now() + 60, roles: ['auditor'] }),
    alg: 'RS256', kid: () => 'one', key: () => rsa.privateKey, publicJwk: () => published[0] ?? {}, app: () => external,
  },
  PDND: {
    claims: () => ({
      iss: pdnd().issuer, aud: pdnd().audience, sub: 'client-9', client_id: 'client-9', iat: now(), nbf: now(), exp: now() + 60, jti: 'a-1', purposeId: 'purpose-1',
      producerId: 'producer-1', consumerId: CONSUMER, eserviceId: 'eservice-1', descriptorId: 'descriptor-1',
    }),
    alg: 'RS256', kid: () => 'one', key: () => rsa.privateKey, publicJwk: () => published[0] ?? {}, app: () => external,
  },
};

interface Change {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: CryptoKey;
}

/** A good token of a kind, but for what is changed in it; undefined takes a member out. */
function token({ claims, alg, kid, key }: Kind, change: Change = {}): Promise<string> {
  const header = { alg, typ: 'at+jwt', kid: kid(), ...change.header };
  return new SignJWT({ ...claims(), ...change.claims }).setProtectedHeader(Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined)) as { alg: string })
    .sign(change.key ?? key(), { crit: { exp2: true } });
}

const ask = (kind: Kind, bearer: string) => kind.app().inject({ url: '/v1/bodies', headers: { authorization: `Bearer ${bearer}` } });

async function answerTo(kind: Kind, bearer: string): Promise<readonly [number, string | undefined, unknown]> {
  const answer = await ask(kind, bearer);
  return [answer.statusCode, answer.json<{ code?: string }>().code, answer.headers['www-authenticate']];
}

const INVALID = [401, 'UNAUTHENTICATED', 'Bearer error="invalid_token"'] as const;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const foreignKey = async (alg: string): Promise<{ privateKey: CryptoKey; jwk: JWK }> => {
  const pair = await generateKeyPair(alg, { extractable: true });
  return { privateKey: pair.privateKey, jwk: await exportJWK(pair.publicKey) };
};
/** Signed with a text that everybody knows, as if it were the secret of both. */
const hmac = (header: object, claims: object, secret: string | Buffer) => {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};

type Attack = (kind: Kind) => string | Promise<string>;
const ATTACKS: Readonly<Record<string, Attack>> = {
  'forged by another key': async (kind) => token(kind, { key: (await foreignKey(kind.alg)).privateKey }),
  'with another content under the same signature': async (kind) => {
    const [header, , signature] = (await token(kind)).split('.');
    return [header, part({ ...kind.claims(), roles: ['operator'], consumerId: 'other' }), signature].join('.');
  },
  'signed by nobody': (kind) => `${part({ alg: 'none', typ: 'at+jwt', kid: kind.kid() })}.${part(kind.claims())}.`,
  'signed by nobody, in other letters': (kind) => `${part({ alg: 'nOnE', typ: 'at+jwt', kid: kind.kid() })}.${part(kind.claims())}.`,
  'signed by nobody, with a good header': async (kind) => `${(await token(kind)).split('.').slice(0, 2).join('.')}.`,
  'by HS256 with the public key as JSON': (kind) => hmac({ alg: 'HS256', typ: 'at+jwt', kid: kind.kid() }, kind.claims(), JSON.stringify(kind.publicJwk())),
  'by HS256 with the public key as PEM': async (kind) => hmac({ alg: 'HS256', typ: 'at+jwt', kid: kind.kid() }, kind.claims(), await exportSPKI(await importJWK(kind.publicJwk(), kind.alg) as CryptoKey)),
  'by HS256 with an empty secret': (kind) => hmac({ alg: 'HS256', typ: 'at+jwt', kid: kind.kid() }, kind.claims(), ''),
  'by an algorithm that is not asked for': async (kind) => token(kind, { header: { alg: 'ES256' }, key: (await foreignKey('ES256')).privateKey }),
  'of another issuer': (kind) => token(kind, { claims: { iss: 'https://evil.example' } }),
  'of an issuer that looks alike': (kind) => token(kind, { claims: { iss: `${String(kind.claims()['iss'])}/` } }),
  'of no issuer': (kind) => token(kind, { claims: { iss: undefined } }),
  'of an issuer that is a list': (kind) => token(kind, { claims: { iss: [kind.claims()['iss']] } }),
  'for another audience': (kind) => token(kind, { claims: { aud: 'other' } }),
  'for no audience': (kind) => token(kind, { claims: { aud: undefined } }),
  'of type JWT': (kind) => token(kind, { header: { typ: 'JWT' } }),
  'of no type': (kind) => token(kind, { header: { typ: undefined } }),
  'an identity token': (kind) => token(kind, { header: { typ: 'id_token' } }),
  expired: (kind) => token(kind, { claims: { exp: now() - 10 } }),
  'without a term': (kind) => token(kind, { claims: { exp: undefined } }),
  'with its term as text': (kind) => token(kind, { claims: { exp: String(now() + 60) } }),
  'with its term as a list': (kind) => token(kind, { claims: { exp: [now() + 60] } }),
  'not valid yet': (kind) => token(kind, { claims: { nbf: now() + 60 } }),
  'with its beginning as text': (kind) => token(kind, { claims: { nbf: '0' } }),
  'without the time of issue': (kind) => token(kind, { claims: { iat: undefined } }),
  'with the time of issue as text': (kind) => token(kind, { claims: { iat: String(now()) } }),
  'of no subject': (kind) => token(kind, { claims: { sub: undefined } }),
  'of an empty subject': (kind) => token(kind, { claims: { sub: '' } }),
  'of a subject that is a number': (kind) => token(kind, { claims: { sub: 7 } }),
  'of an endless subject': (kind) => token(kind, { claims: { sub: 'x'.repeat(256) } }),
  'by an unknown key': (kind) => token(kind, { header: { kid: 'two' } }),
  'by a key that is a path': (kind) => token(kind, { header: { kid: '../../../../dev/null' } }),
  'by a key that is a query': (kind) => token(kind, { header: { kid: "x' UNION SELECT 'secret' --" } }),
  'by a key of no name': (kind) => token(kind, { header: { kid: '' } }),
  'by no key': (kind) => token(kind, { header: { kid: undefined } }),
  'by a key that is a number': (kind) => token(kind, { header: { kid: 1 } }),
  'that brings its key': async (kind) => {
    const { privateKey, jwk } = await foreignKey(kind.alg);
    return token(kind, { header: { jwk }, key: privateKey });
  },
  'that brings its key beside a good signature': (kind) => token(kind, { header: { jwk: kind.publicJwk() } }),
  'that says where its keys are': async (kind) => token(kind, { header: { jku: `${origin}/jku` }, key: (await foreignKey(kind.alg)).privateKey }),
  'that says where its keys are, which is the right place': (kind) => token(kind, { header: { jku: `${origin}/keys` } }),
  'that says where its certificate is': (kind) => token(kind, { header: { x5u: `${origin}/x5u` } }),
  'that brings its certificate': (kind) => token(kind, { header: { x5c: ['MIIB'] } }),
  'that demands what nobody knows': (kind) => token(kind, { header: { crit: ['exp2'], exp2: 1 } }),
  'of two parts': async (kind) => (await token(kind)).split('.').slice(0, 2).join('.'),
  'of four parts': async (kind) => `${await token(kind)}.${part({})}`,
  'of five parts': async (kind) => `${await token(kind)}.a.b`,
  'whose header is no JSON': async (kind) => `bm90.${(await token(kind)).split('.').slice(1).join('.')}`,
  'whose header is a list': async (kind) => `${part(['at+jwt'])}.${(await token(kind)).split('.').slice(1).join('.')}`,
  'whose claims are a text': async (kind) => {
    const [header] = (await token(kind)).split('.');
    return `${header}.${part('claims')}.AAAA`;
  },
  'longer than any': (kind) => token(kind, { claims: { more: 'x'.repeat(7_000) } }),
  'that is none': () => 'abc',
};

describe.each(Object.keys(KINDS))('%s', (name) => {
  const kind = (): Kind => KINDS[name] as Kind;

  test('a good token is taken', async () => {
    expect((await answerTo(kind(), await token(kind())))[0]).toBe(200);
    expect((await answerTo(kind(), await token(kind(), { header: { typ: 'application/at+jwt' } })))[0]).toBe(200);
    // Clocks may differ a little.
    expect((await answerTo(kind(), await token(kind(), { claims: { exp: now() - 2, nbf: now() + 2 } })))[0]).toBe(200);
  });

  test.each(Object.keys(ATTACKS))('%s: 401, nothing written, and a line in the security log that holds nothing of it', async (attack) => {
    const bearer = await ATTACKS[attack]?.(kind()) ?? '';
    const { lines } = api.security;
    lines.length = 0;
    const { scheme } = await expectRefused(api, async () => {
      const answer = await ask(kind(), bearer);
      return { ...answered({ status: answer.statusCode, text: answer.body }), scheme: answer.headers['www-authenticate'] };
    }, [401, 'UNAUTHENTICATED', 'TOKEN_REJECTED']);
    expect(scheme).toBe('Bearer error="invalid_token"');
    for (const piece of bearer.split('.').filter(({ length }) => length > 5)) expect(lines.join('\n')).not.toContain(piece);
  });
});

test('a token of megabytes goes no further than the door', async () => {
  const url = await api.listen();
  const status = await fetch(`${url}/v1/bodies`, { headers: { authorization: `Bearer ${'x'.repeat(2_000_000)}` } }).then((answer) => answer.status, () => 'closed');
  expect([431, 'closed']).toContain(status);
});

test('no address that a token names is ever asked, and unknown keys ask ours no more than once in a while', () => {
  expect([...new Set(asked)].toSorted()).toEqual(['/.well-known/openid-configuration', '/keys', '/pdnd-keys']);
  expect(asked.length).toBeLessThanOrEqual(5);
});

test('a key that came new is found by one more reading', async () => {
  const { remoteKeys } = await import('../../api/auth/verify.ts');
  const second = await exportJWK((await generateKeyPair('RS256', { extractable: true })).publicKey);
  const keys = remoteKeys(new URL(`${origin}/rotating`), 600);
  const readings = () => asked.filter((path) => path === '/rotating').length;
  const key = (kid: string) => Promise.resolve(keys({ alg: 'RS256', kid }, { payload: '', signature: '' }));
  await key('one');
  published = [...published, { ...second, kid: 'two', alg: 'RS256', use: 'sig' }];
  await expect(key('two')).rejects.toThrow('no applicable key');
  await vi.waitFor(async () => { await key('two'); }, { timeout: 5_000, interval: 100 });
  expect(readings()).toBe(2);
  await key('two');
  expect(readings()).toBe(2);
});

describe('PDND', () => {
  const voucher = KINDS['PDND'] as Kind;
  const asks = async (change: Change) => answerTo(voucher, await token(voucher, change));

  test('a voucher acts as member of the body that its consumer is, and its purpose and id stand in the log', async () => {
    const bearer = await token(voucher, { claims: { jti: 'voucher-77' } });
    const ask = (method: 'GET' | 'POST', url: string, payload?: object) => external.inject({ method, url, headers: { authorization: `Bearer ${bearer}` }, ...(payload === undefined ? {} : { payload }) });
    expect((await ask('GET', '/v1/adhesions')).json()).toEqual({ items: [], nextCursor: null });
    expect((await ask('POST', '/v1/adhesions', { body: 'c_a010' })).statusCode).toBe(403);
    expect((await ask('GET', '/v1/adhesions/c_f205-1')).statusCode).toBe(404);
    expect((await ask('POST', '/v1/subjects', { body: 'c_a010', name: 'N', email: 'n@example.org' })).statusCode).toBe(201);
    expect((await ask('POST', '/v1/subjects', { body: 'c_f205', name: 'N', email: 'n@example.org' })).statusCode).toBe(403);
    expect(api.security.lines.join('\n')).toMatch(/"subject":"client-[0-9a-f]{32}","role":"member","voucher":{"jti":"voucher-77","purposeId":"purpose-1","clientId":"client-9"}/);
  });

  test('may be used again until it expires', async () => {
    const bearer = await token(voucher);
    expect([(await answerTo(voucher, bearer))[0], (await answerTo(voucher, bearer))[0]]).toEqual([200, 200]);
  });

  test.each(['nbf', 'jti', 'client_id', 'purposeId', 'producerId', 'consumerId', 'eserviceId', 'descriptorId'])('without %s: 401', async (claim) => {
    expect(await asks({ claims: { [claim]: undefined } })).toEqual(INVALID);
  });

  test.each([['producerId', 'producer-2'], ['eserviceId', 'eservice-2'], ['purposeId', 7], ['jti', ''], ['jti', 'a\nb'], ['consumerId', ['x']], ['client_id', 'x'.repeat(201)]])('with %s %o: 401', async (claim, value) => {
    expect(await asks({ claims: { [claim]: value } })).toEqual(INVALID);
  });

  test.each(['c_f205', '__proto__', 'constructor'])('of a consumer that is no body of ours (%s): 403', async (consumerId) => {
    expect((await asks({ claims: { consumerId } })).slice(0, 2)).toEqual([403, 'FORBIDDEN']);
  });

  test('what it says of roles and bodies beside is not heard', async () => {
    const bearer = await token(voucher, { claims: { roles: ['operator'], body: 'c_f205' } });
    const answer = await external.inject({ method: 'POST', url: '/v1/adhesions', headers: { authorization: `Bearer ${bearer}` }, payload: { body: 'c_a010' } });
    expect(answer.statusCode).toBe(403);
  });

  test('by an algorithm that the platform does not use, by a key of its own: 401', async () => {
    const change = { header: { alg: 'EdDSA', kid: 'ed' }, key: ed.privateKey };
    expect(await asks(change)).toEqual(INVALID);
    const other = KINDS['external'] as Kind;
    expect((await answerTo(other, await token(other, change)))[0]).toBe(200);
  });

  test('an issuer cannot speak for another: keys are those of the one named', async () => {
    const embedded = await issueToken(api.keys, { role: 'operator', issuer: pdnd().issuer, audience: pdnd().audience });
    expect(await answerTo(voucher, embedded)).toEqual(INVALID);
    const foreign = await issueToken(await openKeys(`${api.keysDir}/foreign`), { role: 'operator', issuer: ISSUER });
    expect(await answerTo(KINDS['embedded'] as Kind, foreign)).toEqual(INVALID);
  });
});
