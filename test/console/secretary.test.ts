import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { pathOf } from '../api/path.ts';
import type { MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

/** Brings the case of a comune so far that a command is the next. */
async function upTo(body: MemberCode, next: string): Promise<void> {
  const opened = await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  if (opened.status !== 201) throw new Error(opened.text);
  const path = pathOf(body, 'nobody');
  for (const [as, type, data] of path.slice(0, path.findIndex(([, type]) => type === next))) {
    const { status, text } = await site.api.call('POST', `/v1/adhesions/${body}-1/commands`, as, { body: { type, data } });
    if (status !== 200) throw new Error(`${type}: ${text}`);
  }
}

async function view(body: MemberCode) {
  return (await site.api.call('GET', `/v1/adhesions/${body}-1`, body)).body;
}

describe('a municipal secretary', () => {
  test.each([{ script: true }, { script: false }])('is led to the next step, errs, sees the error at its field, corrects it (script: $script)', async ({ script }) => {
    const body: MemberCode = script ? 'c_z000' : 'c_z001';
    await upTo(body, 'RecordPublication');
    const { page, complaints, context } = await site.open(`secretary-${body}`, { script });
    expect(await page.getByRole('heading', { level: 3 }).first().textContent()).toBe("La delibera è stata pubblicata all'albo pretorio?");
    await page.getByRole('link', { name: 'Sì, registriamolo' }).first().click();
    await page.getByLabel('Primo giorno di pubblicazione').fill('2026-01-20');
    await page.getByRole('button', { name: 'Controlla' }).click();

    // What is missing is said in the summary, which leads to the field, and at the field; the rest is kept.
    expect(await page.getByRole('alert').innerText()).toBe("Da correggere\nManca «Numero all'albo pretorio».");
    const number = page.getByLabel("Numero all'albo pretorio");
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    const described = (await number.getAttribute('aria-describedby') ?? '').split(' ');
    expect(await page.locator(`#${described.at(-1) ?? ''}`).innerText()).toBe("Manca «Numero all'albo pretorio».");
    expect(await page.getByLabel('Primo giorno di pubblicazione').inputValue()).toBe('2026-01-20');
    expect(await page.evaluate('document.activeElement.id')).toBe('faults');

    // The process refuses a day before the session; its reason stands at the field too.
    await number.fill('77/2026');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByLabel('Primo giorno di pubblicazione').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('alert').innerText()).toContain('26 gennaio 2026');
    await page.getByLabel('Primo giorno di pubblicazione').fill('2026-01-28');
    await page.getByRole('button', { name: 'Controlla' }).click();

    const preview = await page.getByRole('main').innerText();
    expect(preview).toContain('Ultimo giorno: 11 febbraio 2026, dopo 15 giorni consecutivi, festivi compresi (art. 124 TUEL).');
    expect(preview).toContain("Esecutiva dall'8 febbraio 2026: undicesimo giorno dalla pubblicazione del 28 gennaio 2026, che non si conta (art. 134 c.3 TUEL).");
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.waitForURL(/\/pratiche\/.*fatto=/);
    expect(await page.getByRole('status').innerText()).toContain('Pubblicazione all\'albo registrata');
    expect((await view(body))['deliberation']?.['executiveOn']).toBe('2026-02-08');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('goes through a form by the keyboard alone', async () => {
    await upTo('c_z002', 'RecordOpinion');
    const { page, context } = await site.open('secretary-c_z002');
    await page.goto(`${site.url}/pratiche/c_z002-1/comandi/RecordBudgetCover`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Vai al contenuto principale');
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate<string>("document.activeElement.name || document.activeElement.textContent");
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 12; presses += 1) {
        if (await focused() === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not reach ${name}`);
    };
    await tabTo('covered');
    await page.keyboard.press('Space');
    await tabTo('actNo');
    await page.keyboard.type('12/2026');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('step');
    await page.keyboard.press('Enter');
    await page.getByText('Anteprima').waitFor();
    await tabTo('step');
    await page.keyboard.press('Enter');
    await page.getByText('Registrato:').waitFor();
    expect((await view('c_z002'))['convention']?.['budget']).toMatchObject({ covered: true, actNo: '12/2026' });
    await context.close();
  });

  test('whose session has ended gets the form back with what was typed', async () => {
    await upTo('c_z003', 'RecordPublication');
    const { page, context } = await site.open('secretary-c_z003');
    await page.goto(`${site.url}/pratiche/c_z003-1/comandi/RecordPublication`);
    await page.getByLabel("Numero all'albo pretorio").fill('9/2026');
    await context.clearCookies({ name: cookiesOf(site.url).session });
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe("L'accesso è scaduto");
    expect(await faultsOf(page)).toEqual([]);
    const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Accedi di nuovo' }).click()]);
    await tab.locator('button[value="secretary-c_z003"]').click();
    await tab.getByRole('heading', { level: 1, name: 'Registra la pubblicazione' }).waitFor();
    await page.getByRole('button', { name: 'Riprendi da dove eravate' }).click();
    expect(await page.getByLabel("Numero all'albo pretorio").inputValue()).toBe('9/2026');
    await context.close();
  });

  test('sees its own case only, and reads in words that another is not there', async () => {
    await upTo('c_z004', 'RecordOpinion');
    const { page, context } = await site.open('secretary-c_z005');
    await page.goto(`${site.url}/pratiche/c_z004-1`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Risorsa non trovata');
    await page.getByRole('link', { name: 'Torna alla pagina iniziale' }).click();
    expect(await page.getByRole('main').innerText()).toContain("L'Agenzia non ha ancora avviato la pratica");
    await page.goto(`${site.url}/territorio`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Operazione non permessa a questo ruolo');
    await context.close();
  });

  test('adds a person, whose name is text, and appoints it; a fact that came early waits and can be withdrawn', async () => {
    await upTo('c_z006', 'ConfirmReceipt');
    const { page, complaints, context } = await site.open('secretary-c_z006');
    await page.goto(`${site.url}/pratiche/c_z006-1/comandi/RecordPublication`);
    await page.getByLabel("Numero all'albo pretorio").fill('1/2026');
    await page.getByLabel('Primo giorno di pubblicazione').fill('2026-01-28');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('main').innerText()).toContain("prima del suo turno");
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByRole('button', { name: /^Ritira/ }).click();
    await page.getByText('Fatto in attesa ritirato').waitFor();
    expect((await view('c_z006'))['parked']).toEqual([]);

    await page.goto(`${site.url}/pratiche/c_z006-1/persone?da=comandi/AppointReferent`);
    await page.getByLabel('Nome e cognome').fill(XSS);
    await page.getByLabel("Indirizzo email dell'ufficio").fill('non un indirizzo');
    await page.getByRole('button', { name: 'Aggiungi' }).click();
    expect(await page.getByLabel("Indirizzo email dell'ufficio").getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel("Indirizzo email dell'ufficio").fill('ufficio@example.org');
    await page.getByRole('button', { name: 'Aggiungi' }).click();
    expect(await page.getByLabel('Persona nominata').locator('option').allTextContents()).toEqual(['Scegli…', XSS]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('reads the same in English, by the browser and by the switch', async () => {
    const { page, context } = await site.open('secretary-c_z007', { locale: 'en-GB', width: 320 });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Today');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(`${site.url}/privacy`);
    await page.getByRole('link', { name: 'Italiano' }).click();
    expect([page.url(), await page.getByRole('heading', { level: 1 }).textContent()]).toEqual([`${site.url}/privacy`, 'Informativa privacy']);
    await context.close();
  });
});
