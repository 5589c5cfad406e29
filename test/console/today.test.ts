import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROPOSAL, RECEIPT } from '../api/support.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

type Sender = 'operator' | `c_${string}`;
const begin = async (body: string) => {
  const { status, text } = await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  if (status !== 201) throw new Error(text);
};
const send = async (body: string, data: object, as: Sender = 'operator') => {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${body}-1/commands`, as, { body: data });
  if (status !== 200) throw new Error(text);
};
async function faultsAtBoth(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    faults.push(...(await faultsOf(page)).map((fault) => `${width}: ${fault}`));
  }
  return faults;
}

describe('what is new', () => {
  test.each([{ script: true, body: 'c_z000' }, { script: false, body: 'c_z001' }] as const)('is told by case and in words, but for what one did oneself, until it is marked as read (script: $script)', async ({ script, body }) => {
    await begin(body);
    const { page, context, complaints } = await site.open(`secretary-${body}`, { script });
    expect(await page.getByRole('main').innerText()).toContain('È la prima volta che aprite questa pagina');
    await send(body, PROPOSAL);
    await send(body, RECEIPT, body);
    await page.reload();
    const news = page.locator('.changes li');
    expect(await news.count()).toBe(1);
    // The receipt came by a program of the comune, which is another subject than its secretary.
    expect(await news.innerText()).toMatch(new RegExp(`^Prova [AB]: Proposta inviata; Consegna PEC confermata \\(${todayInRome()}, ore \\d+:\\d\\d\\)$`));
    // What looks at a page is a script itself.
    expect(script ? await faultsAtBoth(page) : []).toEqual([]);
    await page.getByRole('button', { name: 'Segna come letto' }).click();
    await page.getByText('Nessuna novità.').waitFor();
    await page.goto(`${site.url}/pratiche/${body}-1/comandi/RecordOpinion`);
    await page.getByLabel('Quale parere').selectOption('TECHNICAL');
    await page.getByLabel('Esito del parere').selectOption('FAVOURABLE');
    await page.getByLabel('Data del parere').fill('2026-03-04');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByText('Registrato:').waitFor();
    await page.goto(`${site.url}/`);
    expect(await page.getByRole('main').innerText()).toContain('Nessuna novità.');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is of one\'s own comune for a secretary, and of all for an auditor', async () => {
    await begin('c_z002');
    await begin('c_z003');
    const [secretary, auditor] = [await site.open('secretary-c_z002'), await site.open('auditor')];
    await send('c_z002', PROPOSAL);
    await send('c_z003', PROPOSAL);
    await secretary.page.reload();
    await auditor.page.reload();
    expect(await secretary.page.locator('.changes').innerText()).not.toContain('Prova D');
    expect(await auditor.page.locator('.changes').innerText()).toMatch(/Prova D: Proposta inviata[^]*Prova C: Proposta inviata/);
    expect(await faultsAtBoth(auditor.page)).toEqual([]);
    // The Agency and the auditors leave a trace of what they were shown.
    const { body } = await site.api.call('GET', '/v1/adhesions/c_z003-1/access', 'c_z003');
    expect(JSON.stringify(body)).toContain('"role":"auditor"');
    await secretary.context.close();
    await auditor.context.close();
  });
});

describe('deadlines', () => {
  test('stand in a month of weeks, which leads to the months around it; on a narrow window in a list', async () => {
    await begin('c_z004');
    await send('c_z004', PROPOSAL);
    await send('c_z004', RECEIPT, 'c_z004');
    const { page, context, complaints } = await site.open('secretary-c_z004');
    await page.goto(`${site.url}/?mese=2026-03`);
    const month = page.getByRole('table', { name: 'Scadenze di marzo 2026' });
    const { waitingFor } = (await site.api.call('GET', '/v1/adhesions/c_z004-1', 'c_z004')).body;
    const day = Number(String(waitingFor?.[0]?.['dueOn']).slice(8));
    const cell = month.getByRole('cell').filter({ hasText: 'Registra un parere' }).first();
    expect((await cell.innerText()).split('\n')[0]?.trim()).toBe(String(day));
    expect(await month.getByRole('columnheader').allInnerTexts()).toEqual(['lun', 'mar', 'mer', 'gio', 'ven', 'sab', 'dom']);
    // March 2026 began on a Sunday: six cells before it.
    expect(await month.locator('tbody tr').first().locator('td.none').count()).toBe(6);
    expect(await month.locator('tbody td:not(.none)').count()).toBe(31);
    expect(await faultsAtBoth(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.locator('.month .long:visible').count()).toBe(await page.locator('.month td:not(.free):not(.none)').count());
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('link', { name: 'Mese successivo' }).click();
    await page.getByRole('table', { name: 'Scadenze di aprile 2026' }).waitFor();
    for (const wrong of ['2026-13', 'x', '9999-99']) {
      await page.goto(`${site.url}/?mese=${wrong}`);
      expect(await page.getByRole('table', { name: 'Scadenze di novembre 2026' }).count()).toBe(1);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('go into one\'s own calendar by an address that is shown once, and revoked', async () => {
    const { page, context, complaints } = await site.open('secretary-c_z004');
    await page.getByRole('link', { name: 'Portate le scadenze nel vostro calendario' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Nessun indirizzo.');
    expect(await faultsAtBoth(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    // Twice at once, as by a double click: one address.
    await page.getByRole('button', { name: 'Crea un indirizzo privato' }).dblclick();
    const field = page.getByLabel('Indirizzo da incollare nel programma di calendario');
    const address = await field.inputValue();
    expect(address).toMatch(new RegExp(`^${site.url}/calendario/[\\w-]{43}\\.ics$`));
    expect(await page.getByRole('row').count()).toBe(2);
    expect(await faultsAtBoth(page)).toEqual([]);
    const file = await fetch(address);
    expect([file.status, file.headers.get('content-type'), (await file.text()).startsWith('BEGIN:VCALENDAR\r\n')]).toEqual([200, 'text/calendar; charset=utf-8', true]);
    await page.goto(`${site.url}/oggi/calendario`);
    expect(await page.content()).not.toContain(address);
    await page.getByRole('button', { name: /^Revoca/ }).click();
    expect(await page.getByRole('status').innerText()).toBe('Indirizzo revocato: non apre più nulla.');
    expect((await fetch(address)).status).toBe(404);
    for (let count = 0; count < 6; count += 1) await page.getByRole('button', { name: 'Crea un indirizzo privato' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Si possono avere al massimo 5 indirizzi');
    expect(await faultsAtBoth(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('are no matter of auditors, nor of a comune without a case: the page is whole all the same', async () => {
    const auditor = await site.open('auditor');
    expect(await auditor.page.getByRole('heading', { name: 'Scadenze' }).count()).toBe(0);
    expect((await auditor.page.goto(`${site.url}/oggi/calendario`))?.status()).toBe(403);
    const nobody = await site.open('secretary-c_z009');
    expect(await nobody.page.getByRole('main').innerText()).toContain('Nessuna scadenza in questo mese.');
    expect(await faultsAtBoth(nobody.page)).toEqual([]);
    await auditor.context.close();
    await nobody.context.close();
  });
});

describe('what the Agency has to do', () => {
  test('is in the order of urgency, page by page', async () => {
    for (const body of ['c_z005', 'c_z006']) await begin(body);
    // As many as a page holds and some, each with its day, some without: what the read model of that many comuni says.
    await site.api.stack.db.updateTable('cases').set({
      agenda: JSON.stringify([
        ...Array.from({ length: 52 }, (_, index) => ({ who: 'OPERATOR', what: `T${index}`, since: '2026-03-01T00:00:00Z', on: `2027-01-${String(1 + (index * 7) % 28).padStart(2, '0')}` })),
        { who: 'OPERATOR', what: 'SendProposal', since: '2026-03-01T00:00:00Z', on: null }, { who: 'OPERATOR', what: 'InviteRecognition', since: '2026-03-01T00:00:00Z', on: '2020-01-01' },
      ]), waiting_for: ['OPERATOR'],
    }).where('id', '=', 'c_z005-1').execute();
    const { page, context } = await site.open('operator-1');
    const heading = await page.getByRole('heading', { name: /^Che cosa tocca a voi/ }).textContent();
    const total = Number(/\((\d+)\)/.exec(heading ?? '')?.[1]);
    expect(total).toBeGreaterThan(54);
    const rows = page.locator('main table.stack').first().locator('tbody tr');
    expect(await rows.count()).toBe(50);
    expect(await rows.first().innerText()).toMatch(/Richiedi la ricognizione|Invita|ricognizione/i);
    expect(await rows.first().innerText()).toContain('Termine trascorso');
    await page.getByRole('link', { name: 'Successiva' }).click();
    expect(await rows.count()).toBe(total - 50);
    expect(await rows.last().innerText()).toContain('Senza termine');
    await page.goto(`${site.url}/?pagina=99`);
    expect(await rows.count()).toBe(50);
    expect(await faultsAtBoth(page)).toEqual([]);
    await context.close();
  });

  test('says of how many cases it knows nothing at present', async () => {
    await site.api.stack.db.updateTable('cases').set({ stale: true }).where('id', '=', 'c_z006-1').execute();
    const { page, context } = await site.open('operator-1');
    expect(await page.getByRole('main').innerText()).toContain('Di 1 pratiche i dati sono in aggiornamento');
    await context.close();
  });
});

/** As the pages say a day: `22 novembre 2026`. */
function todayInRome(): string {
  return new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', timeZone: 'Europe/Rome' }).format(new Date());
}
