import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LIGHT_ENTRY } from '../domain/catalogue/entries.ts';
import { OFFERED } from '../domain/migration/work-items/scenario.ts';
import { faultsOf, startConsole, type Console } from './console.ts';
import { walk } from '../api/path.ts';

const BODY = 'c_z006';
const ID = `${BODY}-1.WIRES`;
let site: Console;
beforeAll(async () => {
  site = await startConsole();
  const { api } = site;
  const entry = { ...LIGHT_ENTRY, plans: LIGHT_ENTRY.plans.slice(0, 1), fulfilment: OFFERED.fulfilment };
  await api.call('PUT', '/v1/catalogue/WIRES', 'operator', { body: entry });
  await api.call('POST', '/v1/adhesions', 'operator', { body: { body: BODY } });
  await walk(api, BODY);
  await api.call('POST', `/v1/adhesions/${BODY}-1/migrations`, 'operator', { body: { service: 'WIRES' } });
  await vi.waitFor(async () => {
    const { status, text } = await api.call('GET', `/v1/migrations/${ID}`, 'operator');
    if (status !== 200) throw new Error(text);
  }, 30_000);
}, 120_000);
afterAll(async () => { await site.stop(); });

test('a work order leads to its form, with its checklist and its documents, and is gone when it is done', async () => {
  const added = await site.api.call('POST', `/v1/adhesions/${BODY}-1/documents`, 'operator', { body: '%PDF-1.7 verbale', headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="verbale.pdf"' } });
  expect(added.status).toBe(201);
  const { page, complaints, context } = await site.open('operator-1');
  await page.goto(`${site.url}/attivita?servizio=WIRES`);
  const faults: Record<string, readonly string[]> = {};
  const look = async (name: string) => {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      faults[`${name} at ${width}`] = await faultsOf(page);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await look('orders');
  expect(await page.locator('tbody tr').count()).toBe(2);
  await page.getByRole('link', { name: 'Sopralluogo' }).first().click();
  expect(page.url()).toBe(`${site.url}/migrazioni/${ID}/comandi/CompleteWorkItem?attivita=survey`);
  await look('form');
  await page.getByLabel('Attività').selectOption('survey');
  await page.getByLabel('Giorno in cui è stata completata').fill('2026-11-20');
  await page.getByLabel("Punto d'ingresso").check();
  await page.getByLabel('Alimentazione').check();
  await page.getByLabel(/verbale\.pdf/).check();
  await page.getByRole('button', { name: 'Controlla' }).click();
  await page.getByRole('button', { name: 'Conferma e registra' }).click();
  await page.waitForURL((url) => url.pathname === `/migrazioni/${ID}`);
  await page.goto(`${site.url}/attivita?servizio=WIRES`);
  expect(await page.locator('tbody th').allInnerTexts()).toEqual([expect.stringContaining('Posare la tratta'), expect.stringContaining('Preparare i locali')]);
  expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((name) => [name, []])));
  expect(complaints).toEqual([]);
  await context.close();
});

test('a comune sees its own, and is told what is overdue', async () => {
  const { page, context } = await site.open(`secretary-${BODY}`);
  await page.goto(`${site.url}/attivita?spetta=MEMBER`);
  expect(await page.locator('tbody th').allInnerTexts()).toEqual([expect.stringContaining('Preparare i locali')]);
  expect(await page.getByLabel('Comune').count()).toBe(0);
  const late = [{ who: 'MEMBER', what: 'CompleteWorkItem', since: '2026-01-01T00:00:00Z', on: '2026-01-08', workItem: { id: 'rooms', title: { it: 'Preparare i locali', en: 'Prepare the rooms' } } }];
  await site.api.stack.db.updateTable('cases').set({ agenda: JSON.stringify(late) }).where('id', '=', ID).execute();
  await page.goto(`${site.url}/`);
  await page.getByRole('link', { name: 'Attività oltre il termine: 1' }).click();
  expect(await page.locator('tbody tr').innerText()).toContain('Oltre il termine');
  await context.close();
});
