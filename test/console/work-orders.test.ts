import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sayDate } from '../../console/words/dates.ts';
import { csvOf } from '../../console/work-orders/csv.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
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

test('what is due today is not overdue yet, on the page and in the file; an auditor is led to the service, and to no form', async () => {
  const today = civilDateOf(new Date().toISOString());
  const agenda = () => site.api.stack.db.updateTable('cases').where('id', '=', ID);
  const { agenda: before } = await site.api.stack.db.selectFrom('cases').select('agenda').where('id', '=', ID).executeTakeFirstOrThrow();
  await agenda().set({ agenda: JSON.stringify(before.map((item) => ({ ...item, on: today }))) }).execute();
  const { page, context } = await site.open('auditor', { script: false });
  await page.goto(`${site.url}/attivita?spetta=MEMBER&comune=${BODY}`);
  expect(await page.locator('tbody tr').innerText()).toContain(sayDate(today, 'it'));
  expect(await page.locator('tbody tr').innerText()).not.toContain('Oltre il termine');
  expect(await page.locator('tbody th a').getAttribute('href')).toBe(`/migrazioni/${ID}`);
  const [, line = ''] = (await (await context.request.get(`${site.url}/attivita.csv?spetta=MEMBER&comune=${BODY}`)).text()).split('\r\n');
  expect(line.split(',').slice(5, 7)).toEqual([today, 'no']);
  await agenda().set({ agenda: JSON.stringify(before) }).execute();
  await context.close();
});

test('the list is a file too, with the same filters; a comune gets its own, and no cell is a formula', async () => {
  const operator = await site.open('operator-1', { script: false });
  await operator.page.goto(`${site.url}/attivita?servizio=WIRES`);
  const address = await operator.page.getByRole('link', { name: 'Scarica come CSV' }).getAttribute('href') ?? '';
  const reads = async () => (await site.api.stack.db.selectFrom('events').select('version').where('stream', 'like', 'access/%').execute()).length;
  const before = await reads();
  const file = await operator.context.request.get(`${site.url}${address}`);
  expect(await reads()).toBe(before + 1);
  expect([file.headers()['content-type'], file.headers()['content-disposition']]).toEqual(['text/csv; charset=utf-8', 'attachment; filename="attivita.csv"']);
  const [head, ...lines] = (await file.text()).replace(/\r\n$/, '').split('\r\n');
  expect(head).toBe('\u{FEFF}Attività,Servizio,Codice IPA,Comune,A chi spetta,Termine,Oltre il termine,Pratica');
  expect(lines.length).toBe(await operator.page.locator('tbody tr').count());
  expect(lines.filter((line) => line.startsWith('Preparare i locali'))).toEqual(['Preparare i locali,Sportello di prova,c_z006,Prova G,Il Comune,2026-01-08,sì,c_z006-1.WIRES']);
  expect((await (await operator.context.request.get(`${site.url}/attivita.csv?servizio=FIBRE`)).text()).trim().split('\r\n')).toHaveLength(1);
  const other = await site.open('secretary-c_z001');
  expect((await (await other.context.request.get(`${site.url}/attivita.csv?comune=${BODY}`)).text()).trim().split('\r\n')).toHaveLength(1);
  const row = { id: 'c_z006-1.X', adhesion: 'c_z006-1', body: 'c_z006', service: 'X', workItem: 'x', title: { it: '=HYPERLINK("x")', en: '+1' }, role: 'OPERATOR', since: '2026-01-01T00:00:00Z', dueOn: '2026-01-02' } as const;
  const parts = { today: '2026-01-03', nameOf: () => '@SUM(1)', titleOf: () => '-2' };
  expect(csvOf([row], { ...parts, language: 'it' }).split('\r\n')[1]).toBe(`"'=HYPERLINK(""x"")",'-2,c_z006,'@SUM(1),L'Agenzia,2026-01-02,sì,c_z006-1.X`);
  expect(csvOf([{ ...row, dueOn: null }], { ...parts, language: 'en' }).split('\r\n')[1]).toBe("'+1,'-2,c_z006,'@SUM(1),The Agency,,no,c_z006-1.X");
  await Promise.all([operator.context.close(), other.context.close()]);
});
