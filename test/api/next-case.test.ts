import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathOf } from './path.ts';
import { bodyAt, listOf, startApi, type Answer, type Api, type MemberCode } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const TEXT = 'ef'.repeat(32);
/** The renewal of a convention of three years, from 17 February 2022: done in time, and recorded now. */
const ACT = { kind: 'ESSENTIAL', actNo: '30/2024', actOn: '2024-12-02', sha256: TEXT };
const signedFor = (signer: string) => ({ signer, office: 'MAYOR', form: 'PADES', signedAt: '2024-12-10T10:00:00+01:00', sha256: TEXT });
const countersignedBy = (signer: string) => ({ signer, office: 'AGENCY_DIRECTOR', form: 'PADES', signedAt: '2025-01-10T10:00:00+01:00', sha256: TEXT });

function send(id: string, as: 'operator' | MemberCode, type: string, data: object): Promise<Answer> {
  return api.call('POST', `/v1/adhesions/${id}/commands`, as, { body: { type, data } });
}

/** A case that was lived through years ago, and expired. */
async function expired(body: MemberCode): Promise<{ readonly id: string; readonly signer: string }> {
  const id = `${body}-1`;
  const { body: subject } = await api.call('POST', '/v1/subjects', 'operator', { body: { body, name: 'Firma Taria', email: 'sindaco@example.org' } });
  const signer = String(subject['id']);
  expect((await api.call('POST', '/v1/adhesions', 'operator', { body: { body, policies: { conventionYears: 3, exit: { renewalMonthsBefore: 6 } } } })).status).toBe(201);
  for (const [as, type, data] of pathOf(body, signer)) {
    const past = JSON.parse(JSON.stringify(data).replaceAll('2026', '2022')) as object;
    const { status, text } = await send(id, as, type, past);
    expect([type, status, status === 200 ? '' : text]).toEqual([type, 200, '']);
  }
  await expect.poll(async () => (await api.call('GET', `/v1/adhesions/${id}`, 'operator')).body['phase'], { timeout: 20_000 }).toBe('CLOSED');
  return { id, signer };
}

test('a late renewal does not reopen a case once the next one of its body was opened', async () => {
  const body = bodyAt(api, 0);
  const { id, signer } = await expired(body);
  expect((await send(id, body, 'AmendConvention', ACT)).status).toBe(200);
  const opened = await api.call('POST', '/v1/adhesions', 'operator', { body: { body }, headers: { 'idempotency-key': 'the-next-case' } });
  expect([opened.status, opened.body['id'] ?? opened.body['adhesion']?.['id']]).toEqual([201, `${body}-2`]);

  const refused = await send(id, body, 'SignConvention', signedFor(signer));
  expect([refused.status, refused.body['code']]).toEqual([409, 'SUCCESSOR_OPEN']);
  expect(refused.text).toContain(`${body}-2`);
  const events = listOf((await api.call('GET', `/v1/adhesions/${id}/events`, 'operator')).body['items']);
  expect(events.at(-1)).toMatchObject({ type: 'SuccessorNoted', data: { successor: `${body}-2` }, actor: { role: 'engine' } });

  const again = await api.call('POST', '/v1/adhesions', 'operator', { body: { body }, headers: { 'idempotency-key': 'the-next-case' } });
  expect(again.body).toEqual(opened.body);
});

test('a case that was renewed late is open: no other is opened', async () => {
  const body = bodyAt(api, 1);
  const { id, signer } = await expired(body);
  for (const [as, type, data] of [[body, 'AmendConvention', ACT], [body, 'SignConvention', signedFor(signer)], ['operator', 'CountersignConvention', countersignedBy(signer)]] as const) {
    expect([type, (await send(id, as, type, data)).status]).toEqual([type, 200]);
  }
  const opening = await api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  expect([opening.status, opening.body['code']]).toEqual([409, 'ADHESION_OPEN']);
});

test('of a late renewal and the opening of the next case that come at once only one is done', async () => {
  const body = bodyAt(api, 2);
  const { id, signer } = await expired(body);
  expect((await send(id, body, 'AmendConvention', ACT)).status).toBe(200);
  expect((await send(id, body, 'SignConvention', signedFor(signer))).status).toBe(200);
  const [renewal, opening] = await Promise.all([
    send(id, 'operator', 'CountersignConvention', countersignedBy(signer)), api.call('POST', '/v1/adhesions', 'operator', { body: { body } }),
  ]);
  // Whichever came first, the other one was refused.
  expect([[renewal.status, opening.status], [renewal.body['code'] ?? null, opening.body['code'] ?? null]]).toEqual(
    renewal.status === 200 ? [[200, 409], [null, 'ADHESION_OPEN']] : [[409, 201], ['SUCCESSOR_OPEN', null]],
  );
});
