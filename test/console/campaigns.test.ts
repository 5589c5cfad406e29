import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const main = (page: Page) => page.getByRole('main').innerText();
const WIDTHS = [1280, 320] as const;

/** Looks at a page at both widths; answers what is wrong with it. */
async function looked(page: Page, name: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    faults.push(...(await faultsOf(page)).map((fault) => `${name} at ${width}: ${fault}`));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

async function choose(page: Page, title: string, act: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.goto(`${site.url}/campagne/nuova`);
  await page.getByLabel('Titolo').fill(title);
  await page.getByLabel('Atto', { exact: true }).selectOption({ label: act });
  for (const [label, text] of Object.entries(more)) await page.getByLabel(label).fill(text);
  await page.getByRole('button', { name: 'Avanti' }).click();
}

describe('an operator', () => {
  test.each([{ script: true }, { script: false }])('starts a campaign in steps, and follows it to its end (script: $script)', async ({ script }) => {
    const { page, complaints, context } = await site.open('operator-1', { script });
    const codes = script ? ['c_z000', 'c_z001', 'c_z011'] : ['c_z002', 'c_z003', 'c_z000'];
    await page.goto(`${site.url}/campagne`);
    expect((await main(page)).includes('Nessuna campagna è stata ancora avviata.')).toBe(script);
    expect(script ? await looked(page, 'list') : []).toEqual([]);
    await page.getByRole('link', { name: 'Nuova campagna' }).click();
    expect(script ? await looked(page, 'choose') : []).toEqual([]);
    await choose(page, 'Avvio delle adesioni', "Avvia l'adesione", { 'Codici IPA, uno per riga': codes.join('\n') });
    const preview = await main(page);
    expect(preview).toContain('Anteprima: nulla è ancora avviato');
    // The second round finds the first comune open already.
    expect(preview).toContain(script ? '3 comuni su cui si agirà' : '2 comuni su cui si agirà');
    expect(preview.includes("Prova A\tL'adesione c_z000-1 è aperta.")).toBe(!script);
    expect(script ? await looked(page, 'preview') : []).toEqual([]);
    expect((await site.api.call('GET', '/v1/campaigns', 'operator')).text.includes(script ? 'Avvio' : 'c_z002')).toBe(false);
    await page.getByRole('button', { name: 'Conferma e avvia' }).dblclick();
    await page.waitForURL(/\/campagne\/\d{8}-[0-9a-f]{8}$/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Avvio delle adesioni');
    // Sent twice by the double click, started once.
    expect((await site.api.call('GET', '/v1/campaigns', 'operator')).text.split('"Avvio delle adesioni"').length - 1).toBe(script ? 1 : 2);
    for (let left = 100; !(await main(page)).includes('Conclusa') && left > 0; left -= 1) {
      await page.waitForTimeout(200);
      // Without script a reader asks again; with it the page comes up to date by itself.
      if (!script) await page.getByRole('link', { name: 'Aggiorna la pagina' }).click();
    }
    expect(await main(page)).toContain(script ? '3 fatti, 0 non riusciti, 0 saltati, 0 da fare, su 3' : '2 fatti, 0 non riusciti, 1 saltati, 0 da fare, su 3');
    expect(await main(page)).toContain(script ? XSS : "L'adesione c_z000-1 è aperta.");
    expect(script ? await looked(page, 'page') : []).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('sends a command with its data, pauses, resumes and cancels by buttons', async () => {
    for (const body of ['c_z004', 'c_z005', 'c_z006'] as const) await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
    const { page, complaints, context } = await site.open('operator-1');
    await choose(page, 'Invio della proposta', "Registra l'invio della proposta", { 'Codici IPA, uno per riga': 'body;name\nc_z004;Prova E\nc_z005;Prova F\nc_z006;Prova G', 'Atti al minuto, al massimo': '1' });
    expect(await looked(page, 'data')).toEqual([]);
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Manca');
    const fields = page.locator('form.data');
    await fields.locator('input[name="template.id"]').fill('schema-delibera');
    await fields.locator('input[name="template.version"]').fill('1');
    await fields.locator('input[name="template.sha256"]').fill('0'.repeat(64));
    await fields.locator('input[name="sentAt"]').fill('2026-06-01T09:00');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await main(page)).toContain('3 comuni su cui si agirà');
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    await page.getByRole('button', { name: 'Metti in pausa' }).click();
    await page.getByText('La campagna è in pausa.').waitFor();
    expect(await page.getByRole('button').allInnerTexts()).toEqual(expect.arrayContaining(['Riprendi', 'Annulla la campagna']));
    expect(await page.getByRole('button', { name: 'Metti in pausa' }).count()).toBe(0);
    expect(await looked(page, 'paused')).toEqual([]);
    await page.goto(`${site.url}/`);
    expect(await main(page)).toMatch(/Campagne ferme, che attendono voi:\s+Invio della proposta: La campagna è in pausa\./);
    expect(await looked(page, 'today')).toEqual([]);
    await page.getByRole('link', { name: 'Invio della proposta', exact: true }).click();
    await page.getByRole('button', { name: 'Riprendi' }).click();
    await page.getByRole('button', { name: 'Annulla la campagna' }).click();
    await page.getByText('Annullata').first().waitFor();
    expect(await main(page)).toContain('Saltato');
    await page.goto(`${site.url}/`);
    expect(await main(page)).not.toContain('Campagne ferme');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('archives closed cases: an open one is skipped before anything begins', async () => {
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z008' } });
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z009' } });
    await site.api.call('POST', '/v1/adhesions/c_z009-1/commands', 'operator', { body: { type: 'CloseAdhesion', data: { reasons: 'Aperta per errore.' } } });
    const { page, complaints, context } = await site.open('operator-1');
    await choose(page, 'Archiviazione', 'Archivia la pratica conclusa', { 'Codici IPA, uno per riga': 'c_z008\nc_z009' });
    expect(await main(page)).toMatch(/Archiviazione: Archivia la pratica conclusa\s+1 comuni su cui si agirà[^]*Prova I\tL'adesione è ancora aperta: si archivia una pratica conclusa\./);
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    await page.getByText('1 fatti, 0 non riusciti, 1 saltati, 0 da fare, su 2').waitFor();
    const address = page.url();
    await page.getByRole('link', { name: 'perché? Perché (Prova I)' }).click();
    expect(await page.locator('.chain > li').innerText()).toMatch(/Destinatari della campagna fissati[^]*L'atto è stato rifiutato: L'adesione è ancora aperta: si archivia una pratica conclusa\./);
    expect(await looked(page, 'why an item')).toEqual([]);
    await page.goto(address);
    await page.getByRole('link', { name: 'perché? Stato della campagna' }).click();
    expect(await page.locator('.chain > li').first().innerText()).toMatch(/Campagna conclusa[^]*È conclusa quando nessun atto è più da fare\.[^]*Ricalcolato ora da questi dati: dà lo stesso\./);
    await page.goto(`${address}/perche`);
    expect(await page.getByRole('link', { name: /Prova I/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('erases why a campaign was given up: the event stays, its text goes for good', async () => {
    const started = await site.api.call('POST', '/v1/campaigns', 'operator', { body: { name: 'Errata', select: { bodies: ['c_z007', 'c_z010', 'c_z009'] }, action: { kind: 'OPEN_ADHESION' }, pace: { perMinute: 1 } } });
    const id = String(started.body['id']);
    await site.api.call('POST', `/v1/campaigns/${id}/commands`, 'operator', { body: { type: 'Cancel', data: { reasons: 'Elenco di un altro ufficio.' } } });
    const { page, complaints, context } = await site.open('operator-1');
    await page.goto(`${site.url}/campagne/${id}`);
    await page.getByRole('link', { name: 'Che cosa è stato registrato' }).click();
    await page.getByRole('link', { name: /^Cancella/ }).click();
    expect(await main(page)).toContain('Elenco di un altro ufficio.');
    expect(await looked(page, 'erase')).toEqual([]);
    await page.getByRole('button', { name: /Cancella/ }).click();
    expect(page.url()).toBe(`${site.url}/campagne/${id}/eventi?cancellato`);
    expect(await page.getByRole('link', { name: /^Cancella/ }).count()).toBe(0);
    expect(await main(page)).toContain('Campagna annullata');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is told what is wrong with a list, by its rows, and keeps what was typed', async () => {
    const { page, context } = await site.open('operator-1');
    await choose(page, 'Prova', "Avvia l'adesione", { 'Codici IPA, uno per riga': 'c_z007\nc_x999\n=CMD()\nc_z007' });
    expect(await page.getByRole('alert').innerText()).toMatch(/riga 3: Nessun comune del territorio ha il codice IPA «c_x999»\.[^]*riga 4: Una cella comincia come una formula[^]*riga 5: Prova H \(c_z007\) è già nell'elenco\./);
    expect(await page.getByLabel('Titolo').inputValue()).toBe('Prova');
    expect(await page.getByLabel('Codici IPA, uno per riga').inputValue()).toContain('c_x999');
    expect(await looked(page, 'faults')).toEqual([]);
    await context.close();
  });
});

test('an auditor sees the campaigns and steers none; a secretary sees none', async () => {
  const auditor = await site.open('auditor');
  await auditor.page.goto(`${site.url}/campagne`);
  expect(await auditor.page.getByRole('link', { name: 'Nuova campagna' }).count()).toBe(0);
  await auditor.page.getByRole('link', { name: 'Avvio delle adesioni' }).first().click();
  expect(await auditor.page.getByRole('button', { name: 'Metti in pausa' }).count()).toBe(0);
  await auditor.context.close();
  const secretary = await site.open('secretary-c_z000');
  expect(await secretary.page.getByRole('link', { name: 'Campagne' }).count()).toBe(0);
  expect((await secretary.page.goto(`${site.url}/campagne`))?.status()).toBe(403);
  await secretary.context.close();
});
