import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyAt, listOf, open, startApi, type Answer, type Api, type As } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const add = (id: string, as: As, content: string, disposition?: string): Promise<Answer> => api.call('POST', `/v1/adhesions/${id}/documents`, as, {
  body: Buffer.from(content), headers: { 'content-type': 'application/pdf', ...(disposition === undefined ? {} : { 'content-disposition': disposition }) },
});
const list = (id: string, as: As, query = ''): Promise<Answer> => api.call('GET', `/v1/adhesions/${id}/documents${query}`, as);

describe('the documents of a case', () => {
  test('are listed oldest first, page by page, with the names that were given and the role that gave them', async () => {
    const [body, other] = [bodyAt(api, 0), bodyAt(api, 1)];
    const id = await open(api, body);
    await open(api, other);
    await add(id, body, 'uno', 'attachment; filename="delibera 42.pdf"');
    await add(id, 'operator', 'due', "attachment; filename*=UTF-8''perch%C3%A9%20%E2%80%93%20parere.pdf");
    await add(id, body, 'tre');
    const first = await list(id, body, '?limit=2');
    const second = await list(id, 'auditor', `?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect([...listOf(first.body['items']), ...listOf(second.body['items'])].map(({ name, addedBy, size }) => [name, addedBy, size])).toEqual([
      ['delibera 42.pdf', 'member', 3], ['perché – parere.pdf', 'operator', 3], [null, 'member', 3],
    ]);
    expect(second.body['nextCursor']).toBeNull();
    expect([(await list(id, other)).status, (await list(`${other}-1`, other)).body]).toEqual([404, { items: [], nextCursor: null }]);
    expect((await list(id, body, '?cursor=AAAA')).body['code']).toBe('VALIDATION');
  });

  test('keep their names as encrypted as their bytes, and lose them with these', async () => {
    const body = bodyAt(api, 2);
    const id = await open(api, body);
    const { body: { id: document } } = await add(id, body, 'uno', 'attachment; filename="Rossi Mario.pdf"');
    const { rows } = await sql<{ row: string }>`SELECT t::text || encode(name_cipher, 'escape') AS row FROM documents t WHERE id = ${String(document)}`.execute(api.stack.db);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain('Rossi');
    const keyFile = join(api.keysDir, 'vault', 'documents', `${String(document)}-name.key`);
    expect(existsSync(keyFile)).toBe(true);
    expect((await api.call('DELETE', `/v1/adhesions/${id}/documents/${String(document)}`, body)).status).toBe(204);
    expect(existsSync(keyFile)).toBe(false);
    expect((await list(id, body)).body['items']).toEqual([]);
  });

  test.each([
    ['empty', 'attachment; filename=""', 400], ['of a folder alone', 'attachment; filename="folder/"', 400], ['too long', `attachment; filename="${'x'.repeat(201)}"`, 400],
    ['that turns its reader around', "attachment; filename*=UTF-8''atto%E2%80%AEfdp.exe", 400], ['with a line', "attachment; filename*=UTF-8''a%0Ab.pdf", 400], ['in a folder', 'attachment; filename="../../etc/atto.pdf"', 201],
  ])('never take a name that is %s', async (_name, disposition, status) => {
    const body = bodyAt(api, 3);
    const id = (await list(`${body}-1`, body)).status === 404 ? await open(api, body) : `${body}-1`;
    expect((await add(id, body, disposition, disposition)).status).toBe(status);
    expect(listOf((await list(id, body)).body['items']).map(({ name }) => name)).toEqual(status === 201 ? ['atto.pdf'] : []);
  });
});

test('a correction may say why; its event names the text, which stands beside the records', async () => {
  const body = bodyAt(api, 4);
  const id = await open(api, body);
  const send = (type: string, data: object) => api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: { type, data } });
  const proposal = { template: { id: 'convenzione-cst', version: 1, sha256: 'ab'.repeat(32) }, sentAt: '2026-03-02T09:00:00+01:00' };
  await send('SendProposal', proposal);
  expect((await send('CorrectFact', { version: 2, data: { ...proposal, sentAt: '2026-03-03T09:00:00+01:00' }, reasons: '  ' })).body['code']).toBe('VALIDATION');
  const corrected = await send('CorrectFact', { version: 2, data: { ...proposal, sentAt: '2026-03-03T09:00:00+01:00' }, reasons: 'Data letta male' });
  const data = corrected.body['events']?.[0]?.['data'];
  expect([data?.['corrects'], data?.['type'], Object.keys(data?.['data'] ?? {}).includes('reasons')]).toEqual([2, 'ProposalSent', false]);
  expect((await api.call('GET', `/v1/adhesions/${id}/texts/${String(data?.['reasons']?.['textId'])}`, body)).body['text']).toBe('Data letta male');
  expect(corrected.body['adhesion']?.['deliberation']?.['sentAt']).toBe('2026-03-03T08:00:00Z');
  // Said without a reason, its event has none.
  const again = await send('CorrectFact', { version: 3, data: proposal });
  expect(Object.keys(again.body['events']?.[0]?.['data'] ?? {}).toSorted()).toEqual(['corrects', 'data', 'type']);
});
