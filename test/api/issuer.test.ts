import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import { externalVerifier, type VerifyToken } from '../../api/auth/verify.ts';

/** An issuer elsewhere: its well-known document and its keys, by RS256. */
let provider: Server;
let issuer: string;
let privateKey: CryptoKey;
let published: JWK[];
let keys: Keys;
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
  keys = await openKeys(folder);
  verify = externalVerifier(keys, issuer, 'associa');
});
afterAll(() => {
  provider.close();
  rmSync(folder, { recursive: true, force: true });
});

const token = (claims: object, of = issuer) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'one' })
  .setIssuer(of).setAudience('associa').setSubject('TINIT-RSSDAA80A41F205X').setExpirationTime('5m').sign(privateKey);

test('a token of the issuer is taken, its subject only as a digest', async () => {
  const caller = await verify(await token({ roles: ['member'], body: 'c_a010' }));
  expect(caller).toEqual({ role: 'member', body: 'c_a010', subject: expect.stringMatching(/^oidc:[0-9a-f]{24}$/) });
  expect(await verify(await token({ roles: ['member'], body: 'c_a010' }))).toEqual(caller);
});

test('a token of the embedded issuer, of a third one, or by a key of nobody is not', async () => {
  const foreign = await generateKeyPair('RS256');
  const forged = await new SignJWT({ roles: ['operator'] }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'one' })
    .setIssuer(issuer).setAudience('associa').setSubject('x').setExpirationTime('5m').sign(foreign.privateKey);
  for (const bad of [await issueToken(keys, { role: 'operator', issuer }), await token({ roles: ['operator'] }, 'https://third.example'), forged]) {
    await expect(verify(bad)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});

test('an issuer that is away is no fault of the token: 503, and it is asked again', async () => {
  const late = externalVerifier(keys, issuer, 'associa');
  away = true;
  await expect(late(await token({ roles: ['auditor'] }))).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE', status: 503 });
  away = false;
  expect(await late(await token({ roles: ['auditor'] }))).toMatchObject({ role: 'auditor', body: null });
});

test('the keys folder is made once, whoever comes at the same time', async () => {
  const fresh = mkdtempSync(join(tmpdir(), 'associa-keys-'));
  const opened = await Promise.all(Array.from({ length: 8 }, () => openKeys(fresh)));
  expect(new Set(opened.map(({ signing }) => signing.kid)).size).toBe(1);
  expect(new Set(opened.map((one) => one.digest('request', 'a', 'b'))).size).toBe(1);
  expect(opened[0]?.digest('request', 'ab', '')).not.toBe(opened[0]?.digest('request', 'a', 'b'));
  rmSync(fresh, { recursive: true, force: true });
});
