import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadBroker, PLAN_ID, SERVICE_ID } from '../brokers/bad-broker.ts';
import { faultsOf, startConsole, type Console } from './console.ts';
import type { Page } from 'playwright-core';

/** Brokers are registered by two persons, by a form. */
let site: Console;
let broker: BadBroker;
beforeAll(async () => { [site, broker] = await Promise.all([startConsole(undefined, { twoPersons: true }), new BadBroker().start()]); }, 120_000);
afterAll(async () => {
  await broker.stop();
  await site.stop();
});

const main = (page: Page) => page.getByRole('main').innerText();
const hosting = (page: Page) => page.getByRole('group', { name: /^Ospitalità degli applicativi/ });
const press = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Registra', exact: true }).click();
async function fill(page: Page, planId = PLAN_ID): Promise<void> {
  const { url, username } = broker.target;
  await page.getByLabel('Nome del broker').fill('hosting');
  await page.getByLabel('Indirizzo', { exact: true }).fill(url);
  await page.getByLabel('Utente').fill(username);
  await page.getByLabel(/rete privata/).check();
  await hosting(page).getByLabel('Identificativo del servizio').fill(SERVICE_ID);
  await hosting(page).getByLabel('Identificativo del piano «Piccolo»').fill(planId);
}

test('an operator prepares a broker by the form, without script; each fault is said at its field, and the password never comes back', async () => {
  const { page, context } = await site.open('operator-1', { script: false });
  const { password } = broker.target;
  await page.goto(`${site.url}/broker`);
  await page.getByRole('link', { name: 'Registra un broker' }).click();
  await press(page);
  expect(await page.getByRole('alert').innerText()).toMatch(/Manca «Nome del broker»\.\s+Manca «Indirizzo»\.\s+Manca «Utente»\.\s+Manca «Password»\.\s+Il campo «Servizi» ha da 1 a 50 servizi/);

  await fill(page, 'no-such-plan');
  await page.getByLabel('Password').fill(` ${password} `);
  await press(page);
  expect(await hosting(page).locator('.error').innerText()).toBe("Il catalogo del broker non ha planId no-such-plan.");
  // As it was typed: spaces may be part of it.
  expect(broker.heard.at(-1)?.headers.authorization).toBe(`Basic ${Buffer.from(`${broker.target.username}: ${password} `).toString('base64')}`);
  expect([await hosting(page).getByLabel('Identificativo del piano «Piccolo»').inputValue(), await page.getByLabel('Password').inputValue(), (await page.content()).includes(password)]).toEqual(['no-such-plan', '', false]);

  await page.getByLabel(/rete privata/).uncheck();
  await page.getByLabel('Password').fill(password);
  await press(page);
  expect(await page.locator('#f-url-error').innerText()).toBe('Si invia solo via https.');
  expect((await site.api.call('GET', '/v1/broker-preparations', 'auditor')).body['items']).toEqual([]);

  await fill(page);
  await page.getByLabel('Password').fill(password);
  await press(page);
  await page.waitForURL(`${site.url}/broker?preparato=hosting`);
  expect(await page.getByRole('status').innerText()).toBe('La registrazione attende un altro operatore.');
  expect(await main(page)).toMatch(/Modifiche in attesa di un altro operatore\s+hosting: da registrare o cambiare[^]*Ospitalità degli applicativi/);

  // Who has prepared it does not approve it.
  await page.getByRole('link', { name: /^Approva la registrazione/ }).click();
  await fill(page);
  await page.getByLabel('Password').fill(password);
  await press(page);
  expect(await page.getByRole('alert').innerText()).toMatch(/un'altra persona|altro operatore|un'altra/i);
  await context.close();
});

test('another operator approves it by the same form, filled but for the sign-on; then it can be changed', async () => {
  const { page, complaints, context } = await site.open('operator-2');
  const { username, password } = broker.target;
  await page.goto(`${site.url}/broker`);
  await page.getByRole('link', { name: /^Approva la registrazione/ }).click();
  expect([await page.getByLabel('Nome del broker').inputValue(), await page.getByLabel('Utente').inputValue(), await hosting(page).getByLabel('Identificativo del servizio').inputValue(), await page.getByLabel(/rete privata/).isChecked()])
    .toEqual(['hosting', '', SERVICE_ID, true]);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await faultsOf(page)).toEqual([]);
  }
  await page.getByLabel('Utente').fill(username);
  await page.getByLabel('Password').fill(password);
  await press(page);
  await page.waitForURL(`${site.url}/broker?registrato=hosting`);
  expect(await page.getByRole('status').innerText()).toBe('Il broker è registrato.');
  expect((await site.api.call('GET', '/v1/brokers', 'auditor')).body['items']).toMatchObject([{ name: 'hosting', local: true, services: { APP_HOSTING: { serviceId: SERVICE_ID, planIds: { small: PLAN_ID } } } }]);
  expect(await page.getByRole('link', { name: /^Cambia/ }).getAttribute('href')).toBe('/broker/registra?nome=hosting');
  expect(complaints).toEqual([]);
  await context.close();
});

test('the form is for operators, and takes nothing without its token', async () => {
  const auditor = await site.open('auditor');
  expect((await auditor.page.goto(`${site.url}/broker/registra`))?.status()).toBe(403);
  const { context } = await site.open('operator-1');
  expect((await context.request.post(`${site.url}/broker/registra`, { form: { name: 'other' }, headers: { origin: site.url } })).status()).toBe(403);
  await Promise.all([auditor.context.close(), context.close()]);
});
