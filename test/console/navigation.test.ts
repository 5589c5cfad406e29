import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, startConsole, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); }, 120_000);
afterAll(async () => { await site.stop(); });

const ENTRIES = ['Portafoglio', 'Catalogo', 'Campagne', 'Broker', 'Incidenti'];

test.each([1280, 320])('an operator opens the menu of the services without script, and it says on which page one is, %i px', async (width) => {
  const { page, complaints, context } = await site.open('operator-1', { width, script: false });
  const nav = page.getByRole('navigation', { name: 'Navigazione principale' });
  expect(await nav.getByRole('link').allInnerTexts()).toEqual(['Oggi', 'Territorio', 'Costituzione', 'Previsione', 'Attività', 'Ricerca']);
  expect(await nav.getByRole('link', { name: 'Broker' }).isVisible()).toBe(false);
  await nav.getByText('Servizi', { exact: true }).click();
  expect(await nav.locator('details').getByRole('link').allInnerTexts()).toEqual(ENTRIES);
  await nav.getByRole('link', { name: 'Broker' }).click();
  await page.waitForURL(`${site.url}/broker`);
  expect(await nav.locator('summary').innerText()).toBe('Servizi: Broker');
  expect(await nav.locator('[aria-current=page]').textContent()).toBe('Broker');
  expect(complaints).toEqual([]);
  await context.close();
});

test('the open menu passes axe and does not widen the page, at 1280 and 320 px', async () => {
  const { page, context } = await site.open('auditor');
  await page.locator('.console-nav summary').click();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.getByRole('link', { name: 'Incidenti' }).isVisible()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
  }
  await context.close();
});

test('a secretary has its few entries beside each other', async () => {
  const { page, context } = await site.open('secretary-c_z000', { width: 320 });
  const nav = page.getByRole('navigation', { name: 'Navigazione principale' });
  expect(await nav.getByRole('link').allInnerTexts()).toEqual(['Oggi', 'Attività', 'Portafoglio', 'Catalogo', 'Ricerca']);
  expect(await nav.locator('summary').count()).toBe(0);
  await context.close();
});
