import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import { externalVerifier, type VerifyToken } from '../../api/auth/verify.ts';
import { Identities } from '../../db/identities.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

/** An issuer elsewhere: its well-known document and its keys, by RS256. */
let provider: Server;
let issuer: string;
let privateKey: CryptoKey;
let published: JWK[];
let keys: Keys;
let database: TestDatabase;
let verify: VerifyToken;
let away = false;
const folder = mkdtempSync(join(tmpdir(), 'associa-keys-'));

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  privateKey = pair.privateKey;
  published = [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256' }];
  provider = createServer((request, response) => {
    if (away) response.writeHead(503).end();
    else if (request.url === '/.well-known/openid-configuration') response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }));
    else response.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => { provider.listen(0, '127.0.0.1', resolve); });
  const address = provider.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  issuer = `http://127.0.0.1:${address.port}`;
  [keys, database] = await Promise.all([openKeys(folder), testDatabase()]);
  verify = verifier();
});
afterAll(async () => {
  provider.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Of a server just started: it remembers nobody. */
const verifier = () => externalVerifier({ keys, identities: new Identities(database.db), issuer, audience: 'associa' });
const token = (claims: object, of = issuer) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'one' })
  .setIssuer(of).setAudience('associa').setSubject('TINIT-RSSDAA80A41F205X').setIssuedAt().setExpirationTime('5m').sign(privateKey);

test('a token of the issuer is taken, its subject as a random id of our own that stays', async () => {
  const { caller } = await verify(await token({ roles: ['member'], body: 'c_a010' }));
  expect(caller).toEqual({ role: 'member', body: 'c_a010', subject: expect.stringMatching(/^person-[0-9a-f]{32}$/) });
  expect((await verifier()(await token({ roles: ['auditor'] }))).caller.subject).toBe(caller.subject);
  const rows = await database.db.selectFrom('identities').selectAll().execute();
  expect(rows.map(({ issuer, subject }) => ({ issuer, subject }))).toEqual([{ issuer, subject: caller.subject }]);
  expect(JSON.stringify(rows)).not.toContain('RSSDAA');
});

test('a program has an id of its own kind, another for each client, the same when seen first by many at once', async () => {
  const asClient = async (id: string) => (await verifier()(await new SignJWT({ roles: ['operator'], client_id: id }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'one' })
    .setIssuer(issuer).setAudience('associa').setSubject(id).setIssuedAt().setExpirationTime('5m').sign(privateKey))).caller.subject;
  const seen = await Promise.all(Array.from({ length: 8 }, () => asClient('gestionale')));
  expect(new Set(seen).size).toBe(1);
  expect(seen[0]).toMatch(/^client-[0-9a-f]{32}$/);
  expect(await asClient('protocollo')).not.toBe(seen[0]);
});

test('who was seen before is known while the database is away', async () => {
  const lost = await testDatabase();
  const remembering = externalVerifier({ keys, identities: new Identities(lost.db), issuer, audience: 'associa' });
  const before = await remembering(await token({ roles: ['auditor'] }));
  await lost.drop();
  expect(await remembering(await token({ roles: ['auditor'] }))).toEqual(before);
});

test('a token of the embedded issuer, of a third one, or by a key of nobody is not', async () => {
  const foreign = await generateKeyPair('RS256');
  const forged = await new SignJWT({ roles: ['operator'] }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'one' })
    .setIssuer(issuer).setAudience('associa').setSubject('x').setIssuedAt().setExpirationTime('5m').sign(foreign.privateKey);
  for (const bad of [await issueToken(keys, { role: 'operator', issuer }), await token({ roles: ['operator'] }, 'https://third.example'), forged]) {
    await expect(verify(bad)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});

test('an issuer that is away is no fault of the token: 503, and it is asked again', async () => {
  const late = verifier();
  away = true;
  await expect(late(await token({ roles: ['auditor'] }))).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE', status: 503 });
  away = false;
  expect(await late(await token({ roles: ['auditor'] }))).toMatchObject({ caller: { role: 'auditor', body: null } });
});

test('the keys folder is made once, whoever comes at the same time', async () => {
  const fresh = mkdtempSync(join(tmpdir(), 'associa-keys-'));
  const opened = await Promise.all(Array.from({ length: 8 }, () => openKeys(fresh)));
  expect(new Set(opened.map(({ signing }) => signing.kid)).size).toBe(1);
  expect(new Set(opened.map((one) => one.digest('request', 'a', 'b'))).size).toBe(1);
  expect(opened[0]?.digest('request', 'ab', '')).not.toBe(opened[0]?.digest('request', 'a', 'b'));
  rmSync(fresh, { recursive: true, force: true });
});
