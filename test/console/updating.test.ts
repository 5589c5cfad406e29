import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../api/catalogue.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import { listOf } from '../api/support.ts';
import { startReferenceBroker, type ReferenceBroker } from '../broker/support.ts';
import { commit, looseCatalogue, migrationUntil, plan, prepare, register } from '../support/brokered.ts';
import { operate } from '../support/cutover.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

/** Plan and parameters of a service in operation are changed by a form that is made of the catalogue, as a request is. */
const BODY = 'c_z000';
const ID = `${BODY}-1.FILE_SHARING`;
const FORM = `/migrazioni/${ID}/comandi/UpdateService`;
let site: Console;
let broker: ReferenceBroker;

const parameters = (properties: object, required: readonly string[]) => ({ type: 'object', properties, required, additionalProperties: false });
const PLANS = [
  { id: 'standard', title: { it: 'Fino a 1 TB', en: 'Up to 1 TB' }, parameters: parameters({ gigabytes: { type: 'integer', title: 'gigabytes', minimum: 1, maximum: 1000 }, shared: { type: 'boolean', title: 'shared' } }, []) },
  { id: 'large', title: { it: 'Fino a 10 TB', en: 'Up to 10 TB' }, parameters: parameters({ terabytes: { type: 'integer', title: 'terabytes', minimum: 1, maximum: 10 }, shared: { type: 'boolean', title: 'shared' } }, ['terabytes']) },
];

beforeAll(async () => {
  [site, broker] = await Promise.all([startConsole(), startReferenceBroker({ BROKER_CATALOGUE: looseCatalogue() })]);
  const { api } = site;
  const { service: _service, version: _version, ...entry } = findService(loadCatalogue(), 'FILE_SHARING') ?? {};
  const changed = await api.call('PUT', '/v1/catalogue/FILE_SHARING', 'operator', { body: { ...entry, plans: PLANS } });
  if (changed.status !== 200) throw new Error(changed.text);
  await register(api, broker, 'files');
  await prepare(api, BODY, ['FILE_SHARING']);
  await plan(api, BODY, 'FILE_SHARING', { asked: { plan: 'standard', parameters: { gigabytes: 10, shared: true } } });
  await commit(api, BODY, ID);
  await migrationUntil(api, ID, ({ state }) => String(state) === 'ACCEPTANCE');
  await operate(api, BODY, ID);
  // Asked for anew meanwhile, with a third plan: this migration goes by what it was asked for.
  await api.call('PUT', '/v1/catalogue/FILE_SHARING', 'operator', { body: { ...entry, plans: [...PLANS, { ...PLANS[0], id: 'huge' }] } });
}, 240_000);
afterAll(async () => {
  await site.stop();
  await broker.stop();
});

const main = (page: Page) => page.getByRole('main').innerText();
const button = (page: Page, name: string) => Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).click()]);
const updates = async () => listOf((await site.api.call('GET', `/v1/migrations/${ID}/events?type=ServiceUpdateStarted`, BODY)).body['items']).map(({ data }) => [data?.['plan'], data?.['parameters']]);
const ended = () => migrationUntil(site.api, ID, ({ change }) => change === undefined);

test('the form shows the plan and the parameters that there are; what is changed is sent, what is left empty is none, without script', async () => {
  const { page, context } = await site.open('operator-1', { script: false });
  await page.goto(`${site.url}${FORM}`);
  expect(await page.getByLabel('Piano').locator('option').allTextContents()).toEqual(['Scegli…', 'Fino a 1 TB', 'Fino a 10 TB']);
  expect([await page.getByLabel('Piano').inputValue(), await page.getByLabel('gigabytes').inputValue(), await page.getByLabel('shared').isChecked()]).toEqual(['standard', '10', true]);
  await button(page, 'Controlla');
  expect(await page.getByRole('alert').innerText()).toContain('Il servizio ha già questo piano e questi parametri.');
  await page.getByLabel('gigabytes').fill('5000');
  await button(page, 'Controlla');
  expect(await page.locator('#f-parameters-gigabytes-error').innerText()).toMatch(/gigabytes.*1000/);
  await page.getByLabel('gigabytes').fill('20');
  await page.getByLabel('shared').uncheck();
  await button(page, 'Controlla');
  expect(await main(page)).toMatch(/Piano\nFino a 1 TB\nChe cosa serve: gigabytes\n20/);
  await button(page, 'Conferma e registra');
  expect(await updates()).toEqual([['standard', { gigabytes: 20 }]]);
  await ended();
  await page.goto(`${site.url}${FORM}`);
  await page.getByLabel('gigabytes').fill('');
  await button(page, 'Controlla');
  await button(page, 'Conferma e registra');
  expect((await updates()).at(-1)).toEqual(['standard', {}]);
  await ended();
  await context.close();
}, 180_000);

test('another plan leads to its own parameters first', async () => {
  const { page, complaints, context } = await site.open('operator-1');
  await page.goto(`${site.url}${FORM}`);
  await page.getByLabel('Piano').selectOption('large');
  await button(page, 'Controlla');
  expect([new URL(page.url()).search, await page.getByLabel('Piano').inputValue(), await page.getByLabel('gigabytes').count()]).toEqual(['?plan=large', 'large', 0]);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await faultsOf(page)).toEqual([]);
  }
  await button(page, 'Controlla');
  expect(await page.getByRole('alert').innerText()).toContain('Manca «terabytes».');
  await page.getByLabel('terabytes').fill('3');
  await button(page, 'Controlla');
  await button(page, 'Conferma e registra');
  expect((await updates()).at(-1)).toEqual(['large', { terabytes: 3 }]);
  expect(await ended()).toMatchObject({ plan: 'large' });
  // And back, from the plan that it has now.
  await page.goto(`${site.url}${FORM}`);
  expect([await page.getByLabel('Piano').inputValue(), await page.getByLabel('terabytes').inputValue()]).toEqual(['large', '3']);
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);

test('the form is for operators', async () => {
  const { page, context } = await site.open(`secretary-${BODY}`);
  expect((await page.goto(`${site.url}${FORM}`))?.status()).toBe(403);
  await context.close();
});
