import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyAt, listOf, open, PROPOSAL, RECEIPT, startApi, type Answer, type Api, type As, type Json, type MemberCode, type Method } from './support.ts';

let api: Api;
let body: MemberCode;
let id: string;

beforeAll(async () => {
  api = await startApi();
  body = bodyAt(api, 0);
  id = await open(api, body);
  await api.call('POST', commands(), 'operator', { body: PROPOSAL });
  await api.call('POST', commands(), body, { body: RECEIPT });
});
afterAll(async () => { await api.stop(); });

const commands = () => `/v1/adhesions/${id}/commands`;
const ACCEPT = { type: 'AcceptResolution', data: {} };

/** The same request in Italian, which is what nobody asks for, and in English. */
async function inBoth(method: Method, url: string, as: As | null, options: { body?: unknown; headers?: Readonly<Record<string, string>> } = {}): Promise<readonly [Answer, Answer]> {
  const [it, en] = [
    await api.call(method, url, as, options),
    await api.call(method, url, as, { ...options, headers: { ...options.headers, 'accept-language': 'en-GB,en;q=0.9,it;q=0.1' } }),
  ];
  for (const [answer, language] of [[it, 'it'], [en, 'en']] as const) {
    expect([answer.headers['content-language'], String(answer.headers['vary'])]).toEqual([language, expect.stringContaining('Accept-Language')]);
  }
  expect(en.status).toBe(it.status);
  return [it, en];
}

const said = (answer: Answer) => ({ title: String(answer.body['title']), detail: String(answer.body['detail']), reasons: listOf(answer.body['reasons']) });

test('a refusal by the process is in the language of the caller, and the same otherwise', async () => {
  const [it, en] = await inBoth('POST', commands(), 'operator', { body: ACCEPT });
  const [italian, english] = [
    "AcceptResolution non è ora al suo turno (in attesa dei pareri); l'accettazione segue la trasmissione della delibera.",
    'AcceptResolution is not in turn now (opinions pending); it follows the transmission of the resolution.',
  ];
  expect(said(it)).toEqual({ title: 'Rifiutato dal processo', detail: italian, reasons: [{ code: 'OUT_OF_TURN', message: italian }] });
  expect(said(en)).toEqual({ title: 'Refused by the process', detail: english, reasons: [{ code: 'OUT_OF_TURN', message: english }] });
});

test('what is allowed and what is waited for, in the view and in the list', async () => {
  const missing = (answer: Json | undefined): Json | undefined => answer?.['waitingFor']?.[0]?.['reasons']?.[0]?.['message'];
  const [viewIt, viewEn] = await inBoth('GET', `/v1/adhesions/${id}`, body);
  expect([missing(viewIt.body), missing(viewEn.body)]).toEqual(['Manca il parere di regolarità tecnica.', 'The technical opinion is missing.']);
  expect([viewIt.headers['etag'], viewEn.headers['etag']]).toEqual(['"3"', '"3"']);
  const [listIt, listEn] = await inBoth('GET', '/v1/adhesions', body);
  expect([missing(listIt.body['items']?.[0]), missing(listEn.body['items']?.[0])]).toEqual([missing(viewIt.body), missing(viewEn.body)]);
  const [allowedIt, allowedEn] = await inBoth('GET', `/v1/adhesions/${id}/allowed`, body);
  const signing = (answer: Answer) => listOf(answer.body['items']).find((item) => String(item['command']) === 'SignConvention')?.['reasons'];
  expect(signing(allowedIt)).toEqual([{ code: 'RESOLUTION_NOT_ACCEPTED', message: "La convenzione si firma dopo l'accettazione della delibera." }]);
  expect(signing(allowedEn)).toEqual([{ code: 'RESOLUTION_NOT_ACCEPTED', message: 'The convention is signed once the resolution is accepted.' }]);
});

test.each([
  ['a missing field', { type: 'ConfirmReceipt', data: {} }, 'deliveredAt',
    'Manca il campo deliveredAt: deve essere un testo, ad esempio 2026-06-01T09:30:00+02:00.',
    'The field deliveredAt is missing: it must be a text, like 2026-06-01T09:30:00+02:00.'],
  ['a field of another type', { type: 'ConfirmReceipt', data: { deliveredAt: 5 } }, 'deliveredAt',
    'Il campo deliveredAt deve essere un testo, ad esempio 2026-06-01T09:30:00+02:00.', 'The field deliveredAt must be a text, like 2026-06-01T09:30:00+02:00.'],
  ['a field of no such form', { type: 'ConfirmReceipt', data: { deliveredAt: '2026-06-01' } }, 'deliveredAt',
    'Il campo deliveredAt deve essere un istante RFC 3339 con offset, al più in millisecondi, ad esempio 2026-06-01T09:30:00+02:00.',
    'The field deliveredAt must be an instant by RFC 3339 with offset, milliseconds at most, like 2026-06-01T09:30:00+02:00.'],
  ['an extra field', { type: 'ConfirmReceipt', data: { ...RECEIPT.data, more: 1 } }, undefined,
    'Campo non previsto: "more"; i campi sono deliveredAt.', 'Unknown field: "more"; the fields are deliveredAt.'],
  ['a value that is none of those', { type: 'RevokeResolution', data: { actNo: '', on: '2026-06-01' } }, 'actNo',
    'Il campo actNo non può essere vuoto, ad esempio 42/2026.', 'The field actNo must not be empty, like 42/2026.'],
  ['an unknown command', { type: 'Invent', data: {} }, 'type', 'Il comando Invent non esiste.', 'There is no command Invent.'],
])('validation: %s', async (_name, command, path, italian, english) => {
  const [it, en] = await inBoth('POST', commands(), 'operator', { body: command });
  expect([it.body['code'], said(it).title, said(en).title]).toEqual(['VALIDATION', 'Richiesta non valida', 'Invalid request']);
  expect([said(it).detail, said(en).detail]).toEqual([italian, english]);
  expect([said(it).reasons[0]?.['path'], said(en).reasons[0]?.['message']]).toEqual([path, english]);
});

test.each([
  ['a choice', '/v1/adhesions?waitingFor=NOBODY', 'Il campo waitingFor deve essere uno tra OPERATOR, MEMBER, PROVIDER, CLOCK.', 'The field waitingFor must be one of OPERATOR, MEMBER, PROVIDER, CLOCK.'],
  ['a number', '/v1/adhesions?limit=0', 'Il campo limit deve essere un numero intero da 1 a 100.', 'The field limit must be a whole number from 1 to 100.'],
  ['an unknown one', '/v1/bodies?nope=1', 'Campo non previsto: "nope"; i campi sono q, at, type, limit, cursor.', 'Unknown field: "nope"; the fields are q, at, type, limit, cursor.'],
])('validation of the query: %s', async (_name, url, italian, english) => {
  const [it, en] = await inBoth('GET', url, 'operator');
  expect([it.status, said(it).detail, said(en).detail]).toEqual([400, italian, english]);
});

test('parameters against the schema of the catalogue', async () => {
  const [it, en] = await inBoth('POST', `/v1/adhesions/${id}/migrations`, 'operator', { body: { service: 'TRAINING', parameters: { colour: 'red' } } });
  expect([it.body['code'], said(it).detail, said(en).detail]).toEqual([
    'PARAMETERS_INVALID', 'Campo non previsto: "colour"; qui non ne è previsto alcuno.', 'Unknown field: "colour"; there is none here.',
  ]);
});

describe('what the edge says itself', () => {
  test('403 says who may: by command and by route', async () => {
    const [command, commandEn] = await inBoth('POST', commands(), body, { body: PROPOSAL });
    expect([command.status, said(command).detail]).toEqual([403, "SendProposal è riservato a: l'Agenzia (operator); un ente agisce solo sulle proprie pratiche."]);
    expect(said(commandEn).detail).toBe('SendProposal is for: the Agency (operator); a member acts on its own cases only.');
    const [route, routeEn] = await inBoth('GET', `/v1/adhesions/${id}/runs`, body);
    expect([route.status, said(route).detail]).toEqual([403, "È riservato a: l'Agenzia (operator), chi controlla (auditor)."]);
    expect(said(routeEn).detail).toBe('It is for: the Agency (operator), the auditor (auditor).');
  });

  test.each([
    ['401', 'GET', '/v1/bodies', null, {}, 'Manca il token: si invia come Authorization: Bearer …', 'The token is missing: it is sent as Authorization: Bearer …'],
    ['404', 'GET', '/v1/nothing', 'operator', {}, 'Risorsa non trovata', 'Not found'],
    ['405', 'DELETE', '/v1/adhesions', 'operator', {}, 'Qui si ammette: GET, HEAD, POST.', 'Here these are allowed: GET, HEAD, POST.'],
    ['415', 'POST', '/v1/adhesions', 'operator', { body: 'x', headers: { 'content-type': 'text/plain' } },
      'Qui non si accetta questo Content-Type; i dati si inviano come application/json.', 'This Content-Type is not taken here; data are sent as application/json.'],
    ['400', 'POST', '/v1/adhesions', 'operator', { body: '{' }, 'Il contenuto della richiesta non è JSON.', 'The body is not JSON.'],
  ] as const)('%s', async (status, method, url, as, options, italian, english) => {
    const [it, en] = await inBoth(method, url, as, options);
    expect([String(it.status), said(it).detail, said(en).detail]).toEqual([status, italian, english]);
  });

  test('412, which counts versions whatever the language', async () => {
    const [it, en] = await inBoth('POST', commands(), 'operator', { body: ACCEPT, headers: { 'if-match': '"1"' } });
    expect([it.status, said(it).detail, said(en).detail]).toEqual([412, 'La pratica è alla versione 3.', 'The case stands at version 3.']);
    const taken = await api.call('POST', commands(), body, {
      body: { type: 'RecordOpinion', data: { kind: 'ACCOUNTING', outcome: 'FAVOURABLE', givenOn: '2026-03-04' } }, headers: { 'if-match': '"3"', 'accept-language': 'en' },
    });
    expect([taken.status, taken.headers['etag'], taken.headers['content-language']]).toEqual([200, '"4"', 'en']);
    expect(taken.body['adhesion']?.['waitingFor']?.[0]?.['reasons']?.[0]?.['message']).toBe('The technical opinion is missing.');
  });
});

test('a fact refused later is kept in both languages, and said in that of who asks for it again', async () => {
  const headers = { 'idempotency-key': 'late', prefer: 'respond-async' };
  expect((await api.call('POST', commands(), 'operator', { body: ACCEPT, headers })).status).toBe(202);
  await expect.poll(async () => (await api.call('GET', `${commands()}/late`, 'operator')).body['state'], { timeout: 15_000 }).toBe('REFUSED');
  const events = listOf((await api.call('GET', `/v1/adhesions/${id}/events`, 'operator')).body['items']);
  const kept = events.findLast((event) => String(event['type']) === 'FactRefused')?.['data']?.['reasons']?.[0];
  expect(kept).toEqual({ code: 'OUT_OF_TURN', message: expect.stringMatching(/^AcceptResolution non è ora/), messageEn: expect.stringMatching(/^AcceptResolution is not in turn/) });
  const [it, en] = await inBoth('POST', commands(), 'operator', { body: ACCEPT, headers: { 'idempotency-key': 'late' } });
  expect([it.status, said(it).detail, said(en).detail]).toEqual([409, String(kept?.['message']), String(kept?.['messageEn'])]);
});
