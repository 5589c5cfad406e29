import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { openKeys } from '../../api/auth/keys.ts';
import { trialProvider } from '../../api/auth/trial-provider.ts';
import { freePort } from '../../embedded/ports.ts';
import { temporaryFolder } from '../support/folders.ts';
import { newId, startReferenceBroker, type ReferenceBroker } from './support.ts';

/** Identity for real: a client for each instance at the trial provider. */
const IDS = { service_id: '0c5e2a9d-3f74-4f5b-8a1e-7b9d5c2e6f33', plan_id: '9e4f7a16-1c2b-4d8e-b3a5-6d0f8c7e2a44' };
const BODY = { ...IDS, organization_guid: 'o', space_guid: 's', parameters: { schemes: ['SPID'] } };
const TOKEN = 'initial-access-token-of-a-test';

let broker: ReferenceBroker;
let issuer: string;
let clientsFile: string;
let server: Server;

/** The provider, made anew as a restarted server makes it. */
async function serve(keysDir: string): Promise<void> {
  const provider = trialProvider(await openKeys(keysDir), [], cookiesOf(issuer), `${issuer}/oidc/callback`, TOKEN);
  const answer = provider.callback();
  server.removeAllListeners('request');
  server.on('request', (request, response) => void answer(request, response));
}

beforeAll(async () => {
  const keysDir = join(temporaryFolder('identity'), 'keys');
  clientsFile = join(keysDir, 'trial-clients.json');
  const port = await freePort();
  issuer = `http://127.0.0.1:${port}`;
  server = createServer();
  await serve(keysDir);
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  broker = await startReferenceBroker({ BROKER_OIDC_ISSUER: issuer, BROKER_OIDC_REGISTRATION: `${issuer}/oidc/reg`, BROKER_OIDC_TOKEN: TOKEN });
});
afterAll(async () => {
  await broker.stop();
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
});

interface Credentials { readonly issuer: string; readonly client_id: string; readonly client_secret: string }

const clients = (): Record<string, Record<string, unknown>> => JSON.parse(readFileSync(clientsFile, 'utf8')) as Record<string, Record<string, unknown>>;
const clientIds = (): string[] => Object.keys(clients()).filter((key) => key.startsWith('Client ')).map((key) => key.slice('Client '.length));

async function provisioned(): Promise<string> {
  const path = `/v2/service_instances/${newId()}`;
  expect((await broker.client.put(path, { body: BODY })).status).toBe(201);
  return path;
}

async function credentialsOf(path: string): Promise<Credentials> {
  const reply = await broker.client.put(`${path}/service_bindings/${newId()}`, { body: IDS });
  expect(reply.status).toBe(201);
  return reply.body['credentials'] as Credentials;
}

/** What the provider says to a code that it never gave: of the client first, then of the code. */
async function tokenError({ client_id, client_secret }: Credentials): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`).toString('base64')}`;
  const response = await fetch(`${issuer}/oidc/token`, { method: 'POST', headers: { authorization }, body: new URLSearchParams({ grant_type: 'authorization_code', code: 'none', redirect_uri: 'http://127.0.0.1/', code_verifier: 'a'.repeat(43) }) });
  return ((await response.json()) as { error: unknown }).error;
}

test('credentials are those of a client that the provider knows, and another secret is refused', async () => {
  const credentials = await credentialsOf(await provisioned());
  expect(credentials.issuer).toBe(issuer);
  expect(clientIds()).toContain(credentials.client_id);
  expect(await tokenError(credentials)).toBe('invalid_grant');
  expect(await tokenError({ ...credentials, client_secret: 'another' })).toBe('invalid_client');
});

test('the client outlives a restart of the provider, and the file is for its owner only', async () => {
  const credentials = await credentialsOf(await provisioned());
  await serve(join(clientsFile, '..'));
  expect(await tokenError(credentials)).toBe('invalid_grant');
});

test('an update changes the client, whose secret stays', async () => {
  const path = await provisioned();
  const credentials = await credentialsOf(path);
  expect((await broker.client.patch(path, { body: { service_id: IDS.service_id, parameters: { schemes: ['SPID', 'CIE'] } } })).status).toBe(200);
  expect(clients()[`Client ${credentials.client_id}`]).toMatchObject({ identity_schemes: ['SPID', 'CIE'] });
  expect(await credentialsOf(path)).toEqual(credentials);
});

test('deprovisioning removes the client and its token', async () => {
  const path = await provisioned();
  const credentials = await credentialsOf(path);
  expect((await broker.client.delete(path, { query: IDS })).status).toBe(200);
  expect(JSON.stringify(clients())).not.toContain(credentials.client_id);
  expect(await tokenError(credentials)).toBe('invalid_client');
});

test('bindings of a client are not rotatable: 400', async () => {
  const path = await provisioned();
  const binding = `${path}/service_bindings/${newId()}`;
  await broker.client.put(binding, { body: IDS });
  const reply = await broker.client.put(`${path}/service_bindings/${newId()}`, { body: { predecessor_binding_id: binding.split('/').at(-1) } });
  expect({ status: reply.status, description: reply.body['description'] }).toEqual({ status: 400, description: 'Bindings of this plan are not rotatable.' });
});

test.each(['client', 'done'])('killed in a provision after the client was made (step "%s"): one client, whose credentials are good', async (step) => {
  const path = `/v2/service_instances/${newId()}`;
  const before = clientIds().length;
  broker.order({ kind: 'die', name: newId(), on: ['provision'], step, times: 1 });
  await broker.client.put(path, { body: BODY }).catch(() => null);
  await broker.ended();
  await broker.start();
  broker.order();
  await expect.poll(async () => (await broker.client.get(path)).status, { timeout: 20_000 }).toBe(200);
  expect(clientIds()).toHaveLength(before + 1);
  expect(await tokenError(await credentialsOf(path))).toBe('invalid_grant');
});

test('the provider registers nothing without the initial access token, and shows no client without its own', async () => {
  const { client_id } = await credentialsOf(await provisioned());
  const body = JSON.stringify({ redirect_uris: ['http://127.0.0.1/'] });
  for (const authorization of [undefined, 'Bearer wrong']) {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    expect((await fetch(`${issuer}/oidc/reg`, { method: 'POST', headers, body })).status).toBeGreaterThanOrEqual(400);
    for (const method of ['GET', 'DELETE']) expect((await fetch(`${issuer}/oidc/reg/${client_id}`, { method, headers })).status).toBeGreaterThanOrEqual(400);
  }
  expect(clientIds()).toContain(client_id);
});
