import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const SHA256 = 'ab'.repeat(32);

describe('an operator', () => {
  test('starts an adhesion from the territory, and records what the Agency did', async () => {
    const { page, complaints, context } = await site.open('operator-1');
    await page.getByRole('link', { name: 'Territorio' }).click();
    await page.getByRole('link', { name: /^Avvia ?: Prova A$/ }).click();
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    await page.waitForURL(`${site.url}/pratiche/c_z000-1`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Prova A · c_z000-1');

    await page.getByRole('main').getByRole('link', { name: "Registra l'invio della proposta", exact: true }).first().click();
    await page.getByLabel('Nome dello schema').fill('convenzione-cst');
    await page.getByLabel('Versione').fill('1');
    await page.getByLabel('Impronta SHA-256').fill(SHA256);
    await page.getByLabel('Data e ora di invio della PEC').fill('2026-03-02T09:00');
    await page.getByRole('button', { name: 'Controlla' }).click();
    // The preview says what will happen, and has written nothing.
    expect(await page.getByRole('main').innerText()).toContain('Inviata per PEC il 2 marzo 2026, ore 9:00.');
    expect((await site.api.call('GET', '/v1/adhesions/c_z000-1', 'operator')).body['version']).toBe(1);

    // Twice at once, as by a double click.
    await page.getByRole('button', { name: 'Conferma e registra' }).dblclick();
    await page.getByText('Registrato:').waitFor();
    expect(await page.getByRole('status').innerText()).toContain('Proposta inviata');
    // Reload sends nothing again; back leads to a page that browsers do not keep, and at most ask about.
    await page.reload();
    await page.goBack().catch(() => null);
    const { body } = await site.api.call('GET', '/v1/adhesions/c_z000-1/events', 'operator');
    expect(JSON.stringify(body).match(/"type":"ProposalSent"/g)).toHaveLength(1);
    expect((await site.api.call('GET', '/v1/adhesions/c_z000-1', 'operator')).body['deliberation']?.['sentAt']).toBe('2026-03-02T08:00:00Z');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is told that the case has changed, keeps what was typed, and records it then', async () => {
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z001' } });
    const { page, context } = await site.open('operator-1');
    await page.goto(`${site.url}/pratiche/c_z001-1/comandi/CloseAdhesion`);
    await page.getByLabel('Motivazione').fill('Il Comune rinuncia.');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await site.api.call('POST', '/v1/adhesions/c_z001-1/commands', 'operator', { body: { type: 'InviteRecognition', data: {} } });
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Nel frattempo la pratica è cambiata');
    expect(await page.getByLabel('Motivazione').inputValue()).toBe('Il Comune rinuncia.');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByText('Registrato:').waitFor();
    expect((await site.api.call('GET', '/v1/adhesions/c_z001-1', 'operator')).body['phase']).toBe('CLOSED');
    await context.close();
  });

  test('filters and sorts the territory, and takes it along as a file without formulas', async () => {
    const { page, context } = await site.open('operator-1');
    await page.goto(`${site.url}/territorio`);
    await page.getByLabel('Nome o codice').fill('prova c');
    await page.getByRole('button', { name: 'Filtra' }).click();
    expect(await page.getByRole('row').count()).toBe(2);
    const answer = await page.request.get(`${site.url}/territorio.csv?q=c_z002`);
    expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8');
    expect(await answer.text()).toBe('\uFEFFCodice IPA,Codice ISTAT,Comune,Popolazione,Fase,In attesa di,In ritardo,Pratica\r\nc_z002,015902,Prova C,4002,Nessuna pratica,,no,\r\n');
    await page.goto(`${site.url}/territorio?ordine=population&verso=giu`);
    expect(await page.getByRole('row').nth(1).innerText()).toContain('4.011');
    await context.close();
  });

  test('sees markup as text wherever it was typed', async () => {
    const { page, complaints, context } = await site.open('operator-1');
    await page.goto(`${site.url}/territorio`);
    expect(await page.getByRole('row').filter({ hasText: 'c_z011' }).innerText()).toContain(XSS);
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z011' } });
    await page.goto(`${site.url}/pratiche/c_z011-1/comandi/SendProposal`);
    await page.getByLabel('Nome dello schema').fill(XSS);
    await page.getByLabel('Versione').fill(XSS);
    await page.getByLabel('Impronta SHA-256').fill(XSS);
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByLabel('Versione').inputValue()).toBe(XSS);
    await page.getByLabel('Versione').fill('1');
    await page.getByLabel('Impronta SHA-256').fill(SHA256);
    await page.getByLabel('Data e ora di invio della PEC').fill('2026-03-02T09:00');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('main').innerText()).toContain(XSS);
    await page.goto(`${site.url}/territorio?q=${encodeURIComponent(XSS)}`);
    expect(await page.getByLabel('Nome o codice').inputValue()).toBe(XSS);
    expect(await page.title()).toBe('Territorio · Associa');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('every page', () => {
  test('at 1280 and 320 px: no violation of WCAG 2.2 A and AA, one heading, no sideways scroll, nothing from elsewhere', async () => {
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z003' } });
    await site.api.call('POST', '/v1/adhesions/c_z003-1/commands', 'operator', { body: { type: 'ConfirmReceipt', data: { deliveredAt: '2026-03-02T09:05:00+01:00' } } });
    const { page, complaints, context } = await site.open('operator-1');
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        found[`${name} at ${width}`] = await faultsOf(page);
      }
    };
    const paths = [
      '/', '/territorio', '/territorio?q=niente', '/territorio/c_z005/avvio', '/pratiche/c_z003-1', '/pratiche/c_z003-1/eventi', '/pratiche/c_z003-1/riepilogo', '/pratiche/c_z003-1/persone',
      '/pratiche/c_z003-1/comandi/SendProposal', '/pratiche/c_z003-1/comandi/CountersignConvention', '/accessibilita', '/privacy', '/note-legali', '/nulla',
    ];
    for (const path of paths) {
      await page.goto(`${site.url}${path}`);
      await look(path);
    }
    await page.goto(`${site.url}/pratiche/c_z003-1/comandi/SendProposal`);
    await page.getByRole('button', { name: 'Controlla' }).click();
    await look('the form with errors');
    await page.goto(`${site.url}/pratiche/c_z003-1/comandi/CloseAdhesion`);
    await page.getByLabel('Motivazione').fill('Prova');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await look('the preview');
    await page.getByRole('button', { name: 'Esci' }).click();
    await look('the sign-on');
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
    expect(Object.keys(found)).toHaveLength((paths.length + 3) * 2);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
