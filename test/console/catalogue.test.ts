import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { walk } from '../api/path.ts';
import { LIGHT_ENTRY } from '../domain/catalogue/entries.ts';
import { startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const put = async (entry: object) => {
  const answer = await site.api.call('PUT', '/v1/catalogue/DESK', 'operator', { body: entry });
  if (answer.status >= 300) throw new Error(answer.text);
};

test('what changes in the catalogue is on the pages at once: names, what is offered; a plan is called as it was when it was asked for', async () => {
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z010' } });
  await walk(site.api, 'c_z010');
  const { page, complaints, context } = await site.open('operator-1');
  const options = async () => {
    await page.goto(`${site.url}/pratiche/c_z010-1/comandi/RequestMigration`);
    return page.getByLabel('Servizio', { exact: true }).locator('option').allTextContents();
  };
  expect(await options()).not.toContain('Sportello di prova');
  await put(LIGHT_ENTRY);
  expect(await options()).toContain('Sportello di prova');
  await page.getByLabel('Servizio', { exact: true }).selectOption('DESK');
  await page.getByRole('button', { name: 'Controlla' }).click();
  await page.getByLabel('Piano').selectOption('Standard');
  await page.getByRole('button', { name: 'Controlla' }).click();
  expect(await page.getByRole('main').innerText()).toMatch(/Servizio\nSportello di prova/);
  await page.getByRole('button', { name: 'Conferma e registra' }).click();
  await page.getByText('Registrato:').waitFor();
  await vi.waitFor(async () => { expect((await site.api.call('GET', '/v1/migrations/c_z010-1.DESK', 'operator')).status).toBe(200); }, 30_000);

  // Another name, and another name of the plan; and no longer offered.
  const [standard, sized] = LIGHT_ENTRY.plans;
  await put({ ...LIGHT_ENTRY, title: { it: `Sportello ${XSS}`, en: 'New desk' }, plans: [{ ...standard, title: { it: 'Di base', en: 'Basic' } }, sized], active: false });
  expect((await options()).filter((one) => one.startsWith('Sportello'))).toEqual([]);
  await page.goto(`${site.url}/migrazioni/c_z010-1.DESK`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`Sportello ${XSS} · Prova K`);
  expect(await page.getByRole('main').innerText()).toMatch(/Piano\nStandard\n/);
  await page.goto(`${site.url}/catalogo/DESK`);
  const [one, two] = await site.api.stack.db.selectFrom('events').select('actor').where('stream', '=', 'catalogue').orderBy('version').execute();
  const versions = await page.getByRole('listitem').filter({ hasText: 'Versione' }).allInnerTexts();
  expect(versions.map((version) => /Fatta da (\S+), \d/.exec(version)?.[1])).toEqual([two?.actor.subject, one?.actor.subject]);
  await page.goto(`${site.url}/catalogo/FIBRE`);
  expect(await page.getByRole('listitem').filter({ hasText: 'Versione 1' }).innerText()).toContain('Distribuita con il progetto');
  await page.goto(`${site.url}/pratiche/c_z010-1`);
  expect(await page.getByRole('row').filter({ hasText: 'c_z010-1.DESK' }).innerText()).toContain(`Sportello ${XSS}`);
  expect(complaints).toEqual([]);
  await context.close();
});
