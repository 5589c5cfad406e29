import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadBroker, PLAN_ID, SERVICE_ID } from '../brokers/bad-broker.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

let site: Console;
let broker: BadBroker;
beforeAll(async () => {
  [site, broker] = await Promise.all([startConsole(), new BadBroker().start()]);
  const { url, username, password } = broker.target;
  const added = await site.api.call('POST', '/v1/brokers', 'operator', { body: { name: 'hosting', url, username, password, local: true, services: { APP_HOSTING: { serviceId: SERVICE_ID, planIds: { small: PLAN_ID } } } } });
  if (added.status !== 201) throw new Error(added.text);
}, 120_000);
afterAll(async () => {
  await broker.stop();
  await site.stop();
});

test('an auditor reads the brokers and asks one whether it answers, with nothing to change; a comune has no such page', async () => {
  const { page, complaints, context } = await site.open('auditor');
  await page.goto(`${site.url}/broker`);
  const sheet = page.locator('.sheet');
  expect(await sheet.innerText()).toMatch(/^hosting\s+http:\/\/127\.0\.0\.1:\d+ \(indirizzo privato ammesso\)\s+Servizi\s+Ospitalità degli applicativi\s+Istanze\s+0\s/);
  await page.getByRole('link', { name: /^Verifica ora/ }).click();
  expect(await sheet.getByRole('status').innerText()).toBe('Risponde: il suo catalogo contiene tutto ciò che è registrato.');
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  expect(await page.content()).not.toContain(broker.target.password);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await faultsOf(page)).toEqual([]);
  }
  const member = await site.open('secretary-c_z000');
  expect((await member.page.goto(`${site.url}/broker`))?.status()).toBe(403);
  expect(complaints).toEqual([]);
  await Promise.all([context.close(), member.context.close()]);
});

test('the page says in words how the worker last heard a broker, and whether it leaves it alone, in both languages', async () => {
  const { page, context } = await site.open('auditor');
  const text = async (language: string) => {
    await page.goto(`${site.url}/lingua?${new URLSearchParams({ lang: language, to: '/broker' }).toString()}`);
    return page.locator('.sheet').innerText();
  };
  expect(await text('it')).toMatch(/Contatto\s+Non è ancora stato chiamato\./);
  const { db } = site.api.stack;
  const failed = { failed_at: '2026-11-22T11:00:00Z', failure: 'BROKER_UNREACHABLE', failures: 5 };
  await db.insertInto('broker_contacts').values({ broker: 'hosting', answered_at: '2026-11-22T10:00:00Z', ...failed, open_until: '2090-01-02T11:00:00Z' }).execute();
  const open = await text('it');
  expect(open).toMatch(/Contatto\s+Ha fallito più volte di seguito: non viene chiamato fino al 2 gennaio 2090, ore 12:00\.\s/);
  expect(open).toMatch(/Ultima risposta\s+22 novembre 2026, ore 11:00\s+Ultimo errore\s+22 novembre 2026, ore 12:00: Il broker non è raggiungibile\s/);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await faultsOf(page)).toEqual([]);
  }
  expect(await text('en')).toMatch(/Contact\s+It failed several times in a row: it is left alone until 2 January 2090, 12:00\.\s/);
  await db.updateTable('broker_contacts').set({ open_until: '2026-11-22T11:00:15Z' }).execute();
  expect(await text('it')).toMatch(/Contatto\s+Ha fallito più volte di seguito: la prossima chiamata lo mette alla prova\.\s/);
  await db.updateTable('broker_contacts').set({ failures: 1, open_until: null }).execute();
  expect(await text('it')).toMatch(/Contatto\s+Viene chiamato, ma l'ultima volta ha fallito\.\s/);
  await db.updateTable('broker_contacts').set({ failures: 0 }).execute();
  expect(await text('it')).toMatch(/Contatto\s+Viene chiamato\.\s/);
  await db.deleteFrom('broker_contacts').execute();
  await context.close();
});

test('an address says nothing that is not so, and what nobody prepared is not taken back', async () => {
  const { page, context } = await site.open('operator-1', { script: false });
  await page.goto(`${site.url}/broker?registrato=nessuno&preparato=hosting`);
  expect(await page.getByRole('main').getByRole('status').count()).toBe(0);
  await page.goto(`${site.url}/broker?registrato=hosting`);
  expect(await page.getByRole('main').getByRole('status').innerText()).toBe('Il broker è registrato.');
  const csrf = await page.locator('main input[name=csrf]').first().inputValue();
  expect((await context.request.post(`${site.url}/broker/hosting/ritira`, { form: { csrf }, headers: { origin: site.url } })).status()).toBe(404);
  await context.close();
});

test('an operator is told that a broker is away, and removes it, without script', async () => {
  const { page, context } = await site.open('operator-1', { script: false });
  await broker.stop();
  await page.goto(`${site.url}/broker?verifica=hosting`);
  expect(await page.getByRole('status').innerText()).toBe('Non risponde: Il broker non è raggiungibile.');
  await page.getByRole('button', { name: /^Rimuovi/ }).click();
  expect(await page.getByRole('status').innerText()).toBe('Il broker è stato rimosso.');
  expect(await page.getByRole('main').innerText()).toContain('Nessun broker è registrato.');
  expect((await site.api.call('GET', '/v1/brokers', 'operator')).body['items']).toEqual([]);
  await context.close();
});
