import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf } from '../api/support.ts';
import { startConsole, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const BODY = 'c_z000';
const CASE = `/v1/adhesions/${BODY}-1`;

test('an answer stays saved when somebody else said meanwhile that the recognition is under way', async () => {
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: BODY } });
  await site.api.call('POST', `${CASE}/commands`, 'operator', { body: { type: 'InviteRecognition', data: { dueOn: '2100-03-31' } } });
  const { page, context, complaints } = await site.open(`secretary-${BODY}`);
  await page.goto(`${site.url}/pratiche/${BODY}-1/ricognizione/servizi-digitali`);
  await site.api.stack.db.transaction().execute(async (transaction) => {
    await sql`LOCK TABLE drafts IN SHARE MODE`.execute(transaction);
    await page.getByLabel('2 – Parziale').check();
    await page.getByLabel('Su che cosa si basa la risposta').fill('Scritto insieme');
    await page.getByRole('button', { name: 'Salva e continua' }).click({ noWaitAfter: true });
    // The save has read the case, which is only invited, and waits for the table.
    const waiting = sql`SELECT pid FROM pg_locks WHERE relation = 'drafts'::regclass AND NOT granted`;
    await expect.poll(async () => (await waiting.execute(transaction)).rows.length, { timeout: 20_000 }).toBe(1);
    const { status } = await site.api.call('POST', `${CASE}/commands`, BODY, { body: { type: 'BeginRecognition', data: {} } });
    expect(status).toBe(200);
  });
  await page.waitForURL((url) => !url.pathname.endsWith('/servizi-digitali'));
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Programmi in uso');
  expect((await site.api.call('GET', `${CASE}/drafts/SubmitRecognition`, BODY)).body['data']?.['dimensions']).toEqual({ DIGITISED_SERVICES: { score: 2, evidence: 'Scritto insieme' } });
  expect(listOf((await site.api.call('GET', `${CASE}/events?type=RecognitionBegun`, BODY)).body['items'])).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
});
