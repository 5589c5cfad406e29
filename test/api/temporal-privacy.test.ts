import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RECOGNITION } from '../support/recognition.ts';
import { bodyAt, open, PROPOSAL, RECEIPT, startApi, type Api } from './support.ts';

const NAME = 'Canarina Gialletti';
const EMAIL = 'canarina.gialletti@example.org';
const FREE_TEXT = 'il canarino del sindaco canta';
const CANARIES = ['Canarina', 'Gialletti', 'canarina', 'canarino'];

let api: Api;
let id: string;
let signer: string;

/** A case whose commands carry a person, free text in several places, and facts that come by signal. */
beforeAll(async () => {
  api = await startApi();
  const body = bodyAt(api, 0);
  id = await open(api, body);
  signer = String((await api.call('POST', '/v1/subjects', body, { body: { body, name: NAME, email: EMAIL } })).body['id']);
  const send = async (type: string, data: object, async = false) => {
    const as = ['SendProposal', 'InviteRecognition', 'ReturnRecognition'].includes(type) ? 'operator' : body;
    const { status, text } = await api.call('POST', `/v1/adhesions/${id}/commands`, as, { body: { type, data }, ...(async ? { headers: { prefer: 'respond-async' } } : {}) });
    expect(status, `${type} ${text}`).toBe(async ? 202 : 200);
  };
  await send('InviteRecognition', {});
  await send('SubmitRecognition', withCanary({ ...RECOGNITION, signedOffBy: signer }));
  await send('ReturnRecognition', { reasons: FREE_TEXT });
  await send('SendProposal', PROPOSAL.data);
  await send('ConfirmReceipt', RECEIPT.data);
  await send('RecordOpinion', { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-03-03', reasons: FREE_TEXT }, true);
  await vi.waitFor(async () => { if (!(await api.call('GET', `/v1/adhesions/${id}`, 'operator')).text.includes('UNFAVOURABLE')) throw new Error('not yet'); }, { timeout: 15_000, interval: 200 });
});
afterAll(async () => { await api.stop(); });

function withCanary(data: object): object {
  return JSON.parse(JSON.stringify(data), (key, value: unknown) => (key === 'evidence' ? FREE_TEXT : value)) as object;
}

/** As someone sees it who has Temporal and not our keys. */
function stranger(): Client {
  return new Client({ connection: api.stack.client.connection, namespace: api.stack.namespace });
}

test('ids, memo and search attributes of a case name its body and nothing else', async () => {
  const { raw, searchAttributes, memo } = await stranger().workflow.getHandle(`adhesion/${id}`).describe();
  expect(memo ?? {}).toEqual({});
  expect(Object.keys(searchAttributes).filter((name) => name !== 'BuildIds')).toEqual([]);
  const { workflowId } = raw.workflowExecutionInfo?.execution ?? {};
  expect(workflowId).toBe(`adhesion/${id}`);
  const bytes = Buffer.from(JSON.stringify(raw)).toString();
  for (const canary of CANARIES) expect(bytes, canary).not.toContain(canary);
});

test('no canary is in the bytes of a history, nor in it decrypted: persons and texts stand beside', async () => {
  const history = await stranger().workflow.getHandle(`adhesion/${id}`).fetchHistory();
  const raw = Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish()).toString('latin1');
  const runs = (await api.call('GET', `/v1/adhesions/${id}/runs`, 'auditor')).body['items'];
  const { text } = await api.call('GET', `/v1/adhesions/${id}/runs/${String(runs?.[0]?.['runId'])}/history`, 'auditor');
  const decrypted = [...text.matchAll(/"data": "([^"]*)"/g)].map(([, data]) => Buffer.from(data ?? '', 'base64').toString()).join('\n');
  expect(raw.length).toBeGreaterThan(5_000);
  expect(decrypted).toContain('SubmitRecognition');
  expect(decrypted).toContain(signer);
  for (const canary of CANARIES) {
    expect(raw, canary).not.toContain(canary);
    expect(decrypted, canary).not.toContain(canary);
  }
  // The payloads are closed as well: not even the id of the person is open to who has Temporal.
  for (const word of [signer, 'SubmitRecognition', 'UNFAVOURABLE']) expect(raw, word).not.toContain(word);
});

test('the canaries were really sent, and are read where they belong', async () => {
  expect((await api.call('GET', `/v1/subjects/${signer}`, 'operator')).body).toMatchObject({ name: NAME, email: EMAIL });
  const texts = await api.stack.db.selectFrom('texts').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  expect(texts.n).toBeGreaterThan(2);
});
