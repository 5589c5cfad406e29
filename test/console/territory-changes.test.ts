import { afterAll, beforeAll, expect, test } from 'vitest';
import { walk } from '../api/path.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

const [ONE, OTHER] = ['c_z007', 'c_z008'] as const;
let site: Console;
beforeAll(async () => {
  site = await startConsole();
  for (const body of [ONE, OTHER]) await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  await walk(site.api, ONE);
}, 120_000);
afterAll(async () => { await site.stop(); });

test('a merger is previewed and recorded in its form; the cases say who succeeded whom', async () => {
  const { page, complaints, context } = await site.open('operator-1');
  const faults: Record<string, readonly string[]> = {};
  const look = async (name: string) => {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      faults[`${name} at ${width}`] = await faultsOf(page);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await page.goto(`${site.url}/territorio/variazioni`);
  await page.getByRole('button', { name: 'Anteprima' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('La fusione non si può registrare');
  await look('faults');
  await page.getByLabel('Codici IPA dei comuni che si fondono').fill(`${ONE}\n${OTHER}`);
  await page.getByLabel('Codice IPA del nuovo comune').fill('c_z999');
  await page.getByLabel('Codice ISTAT del nuovo comune').fill('015999');
  await page.getByLabel('Nome del nuovo comune').fill('Comune Nuovo');
  await page.getByLabel('Abitanti').fill('9000');
  await page.getByLabel('Primo giorno del nuovo comune').fill('2026-11-01');
  await page.getByLabel('Legge regionale che lo istituisce').fill('L.R. 5/2026');
  await page.getByRole('button', { name: 'Anteprima' }).click();
  expect(await page.getByText('Comuni prima e dopo').innerText()).toBe('Comuni prima e dopo: 12 → 11.');
  expect(await page.locator('.notice li').allInnerTexts()).toEqual([`${ONE}-1: Attuazione`, `${OTHER}-1: Ricognizione`]);
  await look('preview');
  await page.getByRole('button', { name: 'Registra la fusione' }).click();
  expect(await page.locator('tbody tr').first().innerText()).toContain('Comune Nuovo (c_z999, ISTAT 015999)');
  await look('changes');
  await page.goto(`${site.url}/pratiche/${ONE}-1`);
  await look('predecessor');
  await page.locator('.notice.warn').getByRole('link', { name: 'c_z999-1' }).click();
  expect(await page.locator('.notice').first().innerText()).toContain(`${ONE}-1, di cui questa pratica ripete gli atti`);
  await look('successor');
  expect(Object.values(faults).flat()).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
