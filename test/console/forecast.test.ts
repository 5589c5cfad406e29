import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, startConsole, type Console } from './console.ts';

let site: Console;
beforeAll(async () => {
  site = await startConsole();
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z000' } });
});
afterAll(async () => { await site.stop(); });

const main = (page: Page) => page.getByRole('main').innerText();

async function looked(page: Page, name: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    faults.push(...(await faultsOf(page)).map((fault) => `${name} at ${width}: ${fault}`));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

test.each([{ script: true }, { script: false }])('an operator asks what becomes of the path, and what if (script: $script)', async ({ script }) => {
  const { page, complaints, context } = await site.open('operator-1', { script });
  await page.goto(`${site.url}/`);
  await page.getByRole('link', { name: 'Previsione' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Previsione');
  expect(script ? await looked(page, 'question') : []).toEqual([]);
  expect(await page.getByRole('table').count()).toBe(0);
  await page.getByLabel('Soglia', { exact: true }).selectOption({ label: 'Un terzo dei comuni, più di metà degli abitanti' });
  await page.getByLabel('Comuni fermi (codici IPA)').fill('c_z000 c_z001');
  await page.getByLabel('Per quanti giorni').fill('200');
  await page.getByRole('button', { name: 'Calcola' }).click();
  await page.getByRole('heading', { name: 'Se fosse così' }).waitFor();
  const found = await main(page);
  expect(found).toMatch(/40 simulazioni dal seme 1, dal .+ al .+\. Errore di una probabilità: al massimo 15,5\s?% \(95 %\)\. Comuni: 0 con delibera esecutiva, \d+ in cammino, 0 su cui non si conta\./);
  expect(await page.getByRole('table', { name: 'I traguardi' }).count()).toBe(2);
  expect(await page.getByRole('table', { name: 'I traguardi' }).first().getByRole('row').count()).toBe(8);
  expect(await page.getByRole('row', { name: /^Dalla seduta alla pubblicazione/ }).innerText()).toContain('ipotesi, 1–4–20 giorni (nessun termine nel TUEL; ipotesi); registrate solo 0');
  const plots = page.getByRole('img', { name: /^Grafico: probabilità di ogni traguardo/ });
  expect(await plots.count()).toBe(2);
  expect(await plots.first().evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(0);
  expect(script ? await looked(page, 'answer') : []).toEqual([]);
  expect(await page.getByLabel('Per quanti giorni').inputValue()).toBe('200');
  // The address holds the question: asked again it is the same answer.
  await page.goto(page.url());
  expect(await main(page)).toBe(found);
  expect(complaints).toEqual([]);
  await context.close();
});

test('is told what is wrong with a question, and keeps it', async () => {
  const { page, context } = await site.open('operator-1');
  const answer = await page.goto(`${site.url}/previsione?calcola=si&fermi=c_x999&giorni=5`);
  expect(answer?.status()).toBe(400);
  expect(await page.getByRole('alert').innerText()).toContain('Nessun comune del territorio ha il codice IPA «c_x999».');
  expect(await page.getByLabel('Comuni fermi (codici IPA)').inputValue()).toBe('c_x999');
  expect(await looked(page, 'faults')).toEqual([]);
  await page.goto(`${site.url}/previsione?calcola=si&traguardo=CMM_RESOLUTION&dal=2026-01-01&al=2026-01-31`);
  expect(await page.getByRole('alert').innerText()).toContain('Il termine di CMM_RESOLUTION precede il suo inizio, o quello del traguardo prima.');
  await context.close();
});

test('an auditor may ask, a secretary may not', async () => {
  const auditor = await site.open('auditor');
  expect((await auditor.page.goto(`${site.url}/previsione`))?.status()).toBe(200);
  await auditor.context.close();
  const secretary = await site.open('secretary-c_z000');
  expect((await secretary.page.goto(`${site.url}/previsione`))?.status()).toBe(403);
  await secretary.context.close();
});
