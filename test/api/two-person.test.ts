import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathOf } from './path.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, listOf, startApi, tokenFor, type Api } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

test('who sent the proposal does not accept the resolution: 409 and nothing written; another operator does', async () => {
  const body = bodyAt(api, 0);
  const opened = await api.call('POST', '/v1/adhesions', 'operator', { body: { body, policies: { twoPerson: true } } });
  expect([opened.status, opened.body['policies']?.['twoPerson']]).toEqual([201, true]);
  const path = `/v1/adhesions/${body}-1`;
  const steps = pathOf(body, 's');
  const acceptance = steps.findIndex(([, type]) => type === 'AcceptResolution');
  for (const [as, type, data] of steps.slice(0, acceptance)) {
    expect([type, (await api.call('POST', `${path}/commands`, as, { body: { type, data } })).status]).toEqual([type, 200]);
  }

  const second = { authorization: `Bearer ${await tokenFor(api.keys, 'operator', 'the second')}` };
  const accept = { body: { type: 'AcceptResolution', data: {} } };
  const allowedFor = async (headers: Readonly<Record<string, string>>) => listOf((await api.call('GET', `${path}/allowed`, 'operator', { headers })).body['items'])
    .find((item) => String(item['command']) === 'AcceptResolution')?.['allowed'];
  expect([await allowedFor({}), await allowedFor(second)]).toEqual([false, true]);

  const refused = await expectRefused(api, () => api.call('POST', `${path}/commands`, 'operator', accept), [409, 'TWO_PERSON_REQUIRED', 'SAME_PERSON']);
  expect(refused.body['title']).toBe("Serve un'altra persona: chi prepara non approva");

  const accepted = await api.call('POST', `${path}/commands`, 'operator', { ...accept, headers: second });
  expect([accepted.status, accepted.body['adhesion']?.['deliberation']?.['state']]).toEqual([200, 'ACCEPTED']);
});
