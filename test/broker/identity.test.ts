import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, startReferenceBroker, type ReferenceBroker } from './support.ts';
import { startTrialProvider, type ClientCredentials, type TrialProvider } from './trial-provider.ts';

/** Identity for real: a client for each instance at the trial provider. */
const IDS = { service_id: '0c5e2a9d-3f74-4f5b-8a1e-7b9d5c2e6f33', plan_id: '9e4f7a16-1c2b-4d8e-b3a5-6d0f8c7e2a44' };
const BODY = { ...IDS, organization_guid: 'o', space_guid: 's', parameters: { schemes: ['SPID'] } };
let broker: ReferenceBroker;
let provider: TrialProvider;
beforeAll(async () => {
  provider = await startTrialProvider();
  broker = await startReferenceBroker(provider.environment);
});
afterAll(async () => {
  await broker.stop();
  await provider.stop();
});

async function provisioned(): Promise<string> {
  const path = `/v2/service_instances/${newId()}`;
  expect((await broker.client.put(path, { body: BODY })).status).toBe(201);
  return path;
}

async function credentialsOf(path: string): Promise<ClientCredentials> {
  const reply = await broker.client.put(`${path}/service_bindings/${newId()}`, { body: IDS });
  expect(reply.status).toBe(201);
  return reply.body['credentials'] as ClientCredentials;
}

test('credentials are those of a client that the provider knows, and another secret is refused', async () => {
  const credentials = await credentialsOf(await provisioned());
  expect(credentials.issuer).toBe(provider.issuer);
  expect(provider.clientIds()).toContain(credentials.client_id);
  expect(await provider.tokenError(credentials)).toBe('invalid_grant');
  expect(await provider.tokenError({ ...credentials, client_secret: 'another' })).toBe('invalid_client');
});

test('the client outlives a restart of the provider, and the file is for its owner only', async () => {
  const credentials = await credentialsOf(await provisioned());
  await provider.restart();
  expect(await provider.tokenError(credentials)).toBe('invalid_grant');
  expect(provider.fileMode()).toBe(0o600);
});

test('an update changes the client, whose secret stays', async () => {
  const path = await provisioned();
  const credentials = await credentialsOf(path);
  expect((await broker.client.patch(path, { body: { service_id: IDS.service_id, parameters: { schemes: ['SPID', 'CIE'] } } })).status).toBe(200);
  expect(provider.clients()[`Client ${credentials.client_id}`]).toMatchObject({ identity_schemes: ['SPID', 'CIE'] });
  expect(await credentialsOf(path)).toEqual(credentials);
});

test('deprovisioning removes the client and its token', async () => {
  const path = await provisioned();
  const credentials = await credentialsOf(path);
  expect((await broker.client.delete(path, { query: IDS })).status).toBe(200);
  expect(JSON.stringify(provider.clients())).not.toContain(credentials.client_id);
  expect(await provider.tokenError(credentials)).toBe('invalid_client');
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
  const before = provider.clientIds().length;
  broker.order({ kind: 'die', name: newId(), on: ['provision'], step, times: 1 });
  await broker.client.put(path, { body: BODY }).catch(() => null);
  await broker.ended();
  await broker.start();
  broker.order();
  await expect.poll(async () => (await broker.client.get(path)).status, { timeout: 20_000 }).toBe(200);
  expect(provider.clientIds()).toHaveLength(before + 1);
  expect(await provider.tokenError(await credentialsOf(path))).toBe('invalid_grant');
});

test('deleted after a provision that failed once its client was made: the client is found again, and removed', async () => {
  const path = `/v2/service_instances/${newId()}`;
  const before = provider.clientIds();
  broker.order({ kind: 'fail', name: newId(), on: ['provision'], step: 'client' });
  expect((await broker.client.put(path, { body: BODY })).body).toMatchObject({ error: 'OperationFailed' });
  broker.order();
  expect(provider.clientIds()).toHaveLength(before.length + 1);
  expect((await broker.client.delete(path, { query: IDS })).status).toBe(200);
  expect(provider.clientIds().toSorted()).toEqual(before.toSorted());
});

test('the provider registers nothing without the initial access token, and shows no client without its own', async () => {
  const { client_id } = await credentialsOf(await provisioned());
  const body = JSON.stringify({ redirect_uris: ['http://127.0.0.1/'] });
  for (const authorization of [undefined, 'Bearer wrong']) {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    expect((await fetch(`${provider.issuer}/oidc/reg`, { method: 'POST', headers, body })).status).toBeGreaterThanOrEqual(400);
    for (const method of ['GET', 'DELETE']) expect((await fetch(`${provider.issuer}/oidc/reg/${client_id}`, { method, headers })).status).toBeGreaterThanOrEqual(400);
  }
  expect(provider.clientIds()).toContain(client_id);
});
