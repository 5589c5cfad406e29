import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { walk } from '../api/path.ts';
import { LIGHT_ENTRY } from '../domain/catalogue/entries.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

/** A request of a service with plans and parameters, page by page. */
let site: Console;
beforeAll(async () => {
  site = await startConsole();
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z000' } });
  await walk(site.api, 'c_z000');
}, 120_000);
afterAll(async () => { await site.stop(); });

const FORM = '/pratiche/c_z000-1/comandi/RequestMigration';
const main = (page: Page) => page.getByRole('main').innerText();
const check = (page: Page) => page.getByRole('button', { name: /^(Controlla|Check)/ }).click();
const choose = async (page: Page, service: string) => {
  await page.goto(`${site.url}${FORM}`);
  await page.getByLabel('Servizio', { exact: true }).selectOption(service);
  await check(page);
};
/** What the migration was asked for with, as its first event holds it. */
const requested = async (service: string) => vi.waitFor(async () => {
  const events = await site.api.stack.db.selectFrom('events').select('data').where('stream', '=', 'adhesion/c_z000-1').where('type', '=', 'MigrationRequested').execute();
  const found = events.map(({ data }) => data as { readonly service?: unknown; readonly plan?: unknown; readonly parameters?: unknown }).filter((data) => data.service === service);
  expect(found).toHaveLength(1);
  return found.map(({ plan, parameters }) => [plan, parameters])[0];
}, 30_000);

test('plans of one kind and their parameters are asked for on the page of the service; what is wrong is said at its field, without script', async () => {
  const { page, context } = await site.open('operator-1', { script: false });
  await choose(page, 'FIBRE');
  expect(new URL(page.url()).search).toBe('?service=FIBRE');
  expect(await main(page)).toMatch(/Servizio: Rete in fibra ottica[^\n]* Cambia/);
  expect(await page.getByLabel('Piano').locator('option').allTextContents()).toEqual(['Scegli…', 'Una fibra per sede', 'Due vie per sede']);
  expect(await page.getByLabel('Piano').inputValue()).toBe('standard');
  await page.getByLabel('Piano').selectOption('Due vie per sede');
  const sites = page.getByLabel('Sedi da collegare');
  expect(await page.locator('#f-parameters-sites-help').innerText()).toBe('Da 1 a 200');

  await check(page);
  expect(await page.getByRole('alert').innerText()).toContain('Manca «Sedi da collegare».');
  expect([await sites.getAttribute('aria-invalid'), await page.getByLabel('Piano').inputValue()]).toEqual(['true', 'redundant']);
  await sites.fill('900');
  await check(page);
  expect(await page.locator('#f-parameters-sites-error').innerText()).toMatch(/Sedi da collegare.*200/);
  expect(await sites.inputValue()).toBe('900');
  await sites.fill('3');
  await check(page);
  expect(await main(page)).toMatch(/Servizio\nRete in fibra ottica[^\n]*\nPiano\nDue vie per sede\nChe cosa serve: Sedi da collegare\n3/);
  await page.getByRole('button', { name: 'Conferma e registra' }).click();
  expect(await requested('FIBRE')).toEqual(['redundant', { sites: 3 }]);

  // Asked for once more it is refused, at the service.
  await choose(page, 'FIBRE');
  await sites.fill('3');
  await check(page);
  expect(await page.locator('#f-service').innerText()).toMatch(/è già aperta/);
  await context.close();
});

test('several values are ticked, a yes too, in English; a service with nothing to ask for goes on at once', async () => {
  const { page, complaints, context } = await site.open('operator-1', { locale: 'en-GB' });
  await page.goto(`${site.url}${FORM}?service=AGGREGATE_PURCHASING`);
  await page.getByLabel('Hardware').check();
  await page.getByLabel('Cloud services').check();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await faultsOf(page)).toEqual([]);
  }
  await check(page);
  expect(await main(page)).toContain('What is needed: What is bought\nHardware, Cloud services');
  await page.getByRole('button', { name: /^Confirm/ }).click();
  expect(await requested('AGGREGATE_PURCHASING')).toEqual(['standard', { goods: ['HARDWARE', 'CLOUD'] }]);

  await page.goto(`${site.url}${FORM}?service=TRAINING`);
  expect(await page.getByLabel('Service', { exact: true }).inputValue()).toBe('TRAINING');
  await check(page);
  expect(await page.getByRole('status').innerText()).toMatch(/^Preview/);
  expect(complaints).toEqual([]);
  await context.close();
});

test('of plans with different parameters the plan comes first, then its own', async () => {
  expect((await site.api.call('PUT', '/v1/catalogue/DESK', 'operator', { body: LIGHT_ENTRY })).status).toBe(201);
  const { page, context } = await site.open('operator-1');
  await choose(page, 'DESK');
  expect(await page.getByLabel('Piano').locator('option').count()).toBe(3);
  expect(await page.locator('fieldset').count()).toBe(0);
  await page.getByLabel('Piano').selectOption('sized');
  await check(page);
  expect(new URL(page.url()).search).toBe('?service=DESK&plan=sized');
  expect(await main(page)).toMatch(/Piano: [^\n]+ Cambia/);
  await page.getByLabel('seats').fill('4');
  await check(page);
  await page.getByRole('button', { name: 'Conferma e registra' }).click();
  expect(await requested('DESK')).toEqual(['sized', { seats: 4 }]);
  await context.close();
});
