import { afterAll, beforeAll, expect, test } from 'vitest';
import { open } from '../api/support.ts';
import { startConsole, type Console } from './console.ts';

let site: Console;
beforeAll(async () => {
  site = await startConsole();
  for (const body of ['c_z000', 'c_z001'] as const) await open(site.api, body);
});
afterAll(async () => { await site.stop(); });

test.each([['operator-1', 'c_z001-1'], ['auditor', 'c_z000-1'], ['secretary-c_z000', 'c_z000-1']])('%s finds a case by its id, and is led to it', async (person, id) => {
  const { page, complaints, context } = await site.open(person, { script: false });
  await page.goto(`${site.url}/ricerca`);
  await page.getByLabel('Che cosa cercate').fill(id);
  await page.getByRole('button', { name: 'Cerca' }).click();
  expect(await page.getByRole('status').innerText()).toBe(`1 risultato per «${id}».`);
  expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Pratiche']);
  await page.getByRole('main').getByRole('link').click();
  expect([page.url(), await page.getByRole('heading', { level: 1 }).innerText()]).toEqual([`${site.url}/pratiche/${id}`, `${id === 'c_z000-1' ? 'Prova A' : 'Prova B'} · ${id}`]);
  expect(complaints).toEqual([]);
  await context.close();
});

test.each([['of another comune', 'c_z001-1'], ['in part', 'c_z000-'], ['that there is not', 'c_z000-2']])('a secretary finds no case by an id %s', async (_name, id) => {
  const { page, context } = await site.open('secretary-c_z000', { script: false });
  await page.goto(`${site.url}/ricerca?q=${id}`);
  expect(await page.getByRole('status').innerText()).toBe(`Nessun risultato per «${id}».`);
  await context.close();
});
