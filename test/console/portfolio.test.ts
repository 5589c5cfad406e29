import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, startConsole, type Console } from './console.ts';
import { fillCase } from './pages.ts';

let site: Console;
beforeAll(async () => {
  site = await startConsole(undefined, { twoPersons: true });
  await fillCase(site.api, 'c_z001');
});
afterAll(async () => { await site.stop(); });

/** Takes a picture where somebody wants to look. */
const PICTURES = process.env['ASSOCIA_TEST_PICTURES'];

async function lookedAt(person: string, path: string, width: number, script = true) {
  const window = await site.open(person, { width, script });
  await window.page.goto(`${site.url}${path}`);
  if (PICTURES !== undefined) await window.page.screenshot({ path: `${PICTURES}/${path.replaceAll(/\W+/g, '_')}-${person}-${width}.png`, fullPage: true });
  return window;
}

describe('the matrix', () => {
  test('shows a letter for each state, with its words for who hears it, and leads to the migration', async () => {
    const { page, complaints, context } = await lookedAt('auditor', '/portafoglio', 1280);
    const row = page.getByRole('row').filter({ hasText: 'Prova B' });
    expect(await row.getByRole('link').allTextContents()).toEqual(['Prova B', 'VFormazione sulle competenze digitali: in attivazione']);
    expect(await page.getByRole('listitem').filter({ hasText: 'In attivazione' }).textContent()).toBe('V In attivazione (1)');
    await row.getByRole('link', { name: 'in attivazione' }).click();
    expect(new URL(page.url()).pathname).toBe('/migrazioni/c_z001-1.TRAINING');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is filtered without script, and says so when nothing is left', async () => {
    const { page, context } = await lookedAt('operator-1', '/portafoglio', 1280, false);
    await page.getByLabel('Stato').selectOption('OPERATING');
    await page.getByRole('button', { name: 'Filtra' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Nessun comune ha servizi di questo tipo.');
    await page.goto(`${site.url}/portafoglio?servizio=TRAINING`);
    expect(await page.getByRole('row').count()).toBe(2);
    const file = await context.request.get(`${site.url}/portafoglio.csv?servizio=TRAINING`);
    expect((await file.text()).split('\r\n').slice(0, 2).map((line) => line.replace(/\d{4}-\d\d-\d\d/, 'DAY'))).toEqual(['\uFEFFIPA,ISTAT,Comune,Servizio,Stato,Dal,in ritardo,ID', 'c_z001,015901,Prova B,TRAINING,in attivazione,DAY,,c_z001-1.TRAINING']);
    await context.close();
  });

  test('is a list of its own services for a comune', async () => {
    const mine = await lookedAt('secretary-c_z001', '/portafoglio', 320);
    expect(await mine.page.getByRole('main').innerText()).toContain('Formazione sulle competenze digitali: in attivazione');
    expect(await mine.page.getByRole('link', { name: 'Pianifica' }).count()).toBe(0);
    const other = await lookedAt('secretary-c_z002', '/portafoglio', 320);
    expect(await other.page.getByRole('main').innerText()).toContain('Nessun comune ha servizi di questo tipo.');
    expect((await other.context.request.get(`${site.url}/portafoglio/piano`)).status()).toBe(403);
    await Promise.all([mine.context.close(), other.context.close()]);
  });
});

describe('the plan', () => {
  test('is proposed without script by a form, and says of each comune why', async () => {
    const { page, complaints, context } = await lookedAt('operator-1', '/portafoglio/piano', 1280, false);
    await page.getByLabel('Servizio', { exact: true }).selectOption('FIBRE');
    await page.getByLabel('Primo giorno possibile').fill('2026-12-14');
    await page.getByLabel('Messe in esercizio a settimana, di un servizio').fill('2');
    await page.getByRole('button', { name: 'Proponi' }).click();
    const main = await page.getByRole('main').innerText();
    expect(main).toContain('Ondate: 1; comuni con una finestra: 1 su 12');
    expect(main).toContain('Non è associato: la convenzione non è in vigore.');
    expect(await page.getByRole('row').filter({ hasText: 'Prova B' }).innerText()).toMatch(/8 gennaio 2027.*10 gennaio 2027/s);
    await page.getByText('Perché non prima').click();
    expect(await page.getByRole('main').innerText()).toContain('Chiusura del bilancio: da domenica 20 dicembre 2026 a mercoledì 6 gennaio 2027 compreso.');
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/plan-open.png`, fullPage: true });
    await page.getByLabel('Come se tutti').check();
    await page.getByRole('button', { name: 'Proponi' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Ondate: 6; comuni con una finestra: 12 su 12');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the catalogue', () => {
  test('shows the services by track, the picture, and each with what depends on it', async () => {
    const { page, complaints, context } = await lookedAt('secretary-c_z001', '/catalogo', 1280);
    await expect.poll(() => page.evaluate<number>("document.querySelector('img.picture').naturalWidth"), { timeout: 10_000 }).toBeGreaterThan(500);
    await page.getByRole('link', { name: 'Rete in fibra ottica' }).first().click();
    expect(await page.getByRole('main').innerText()).toMatch(/Ne dipendono\n.*Servizi di fonia/);
    expect(await page.getByRole('button').allTextContents()).toEqual(['Esci']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is changed by two persons: one prepares, another approves what it read; what is refused is said', async () => {
    const first = await lookedAt('operator-1', '/catalogo/TRAINING', 1280, false);
    await first.page.getByLabel('Nome in italiano').fill('');
    await first.page.getByRole('button', { name: 'Salva la modifica' }).click();
    expect(await first.page.getByRole('alert').innerText()).toMatch(/Non è stata salvata:\s+Il campo «Nome in italiano» manca\./);
    await first.page.getByLabel('Nome in italiano').fill('Formazione per tutti');
    await first.page.getByRole('button', { name: 'Salva la modifica' }).click();
    expect(await first.page.getByRole('status').innerText()).toBe('La modifica è preparata: vale quando un altro operatore la approva.');
    expect(await first.page.getByRole('heading', { level: 1 }).innerText()).toBe('Formazione sulle competenze digitali');
    await first.page.getByRole('button', { name: 'Approva' }).click();
    expect(await first.page.getByRole('alert').innerText()).toContain('Chi ha preparato questa modifica non la approva');
    if (PICTURES !== undefined) await first.page.screenshot({ path: `${PICTURES}/prepared.png`, fullPage: true });

    const second = await lookedAt('operator-2', '/catalogo/TRAINING', 1280, false);
    await second.page.getByRole('button', { name: 'Approva' }).click();
    expect([await second.page.getByRole('status').innerText(), await second.page.getByRole('heading', { level: 1 }).innerText()]).toEqual(['La modifica è fatta.', 'Formazione per tutti']);
    expect(await second.page.getByRole('listitem').filter({ hasText: 'Versione 3' }).innerText()).toMatch(/Fatta da \S+, .+; preparata da \S+/);
    await second.page.getByRole('link', { name: 'Versione 1' }).click();
    expect(await second.page.getByRole('main').innerText()).toContain('Questa è una versione precedente');
    await Promise.all([first.context.close(), second.context.close()]);
  });

  test('a change that waits is taken back; what took its place is not approved unread', async () => {
    const { page, context } = await lookedAt('operator-1', '/catalogo/OPEN_DATA', 1280, false);
    const prepare = async (title: string) => {
      await page.goto(`${site.url}/catalogo/OPEN_DATA`);
      await page.getByLabel('Nome in inglese').fill(title);
      await page.getByRole('button', { name: 'Salva la modifica' }).click();
    };
    await prepare('First');
    const other = await lookedAt('operator-2', '/catalogo/OPEN_DATA', 1280, false);
    await prepare('Second');
    await other.page.getByRole('button', { name: 'Approva' }).click();
    expect(await other.page.getByRole('alert').innerText()).toContain('Altri hanno cambiato questo servizio');
    await page.getByRole('button', { name: 'Ritira' }).click();
    expect(await page.getByRole('status').innerText()).toBe('La modifica è ritirata.');
    expect((await site.api.call('GET', '/v1/catalogue-preparations/OPEN_DATA', 'operator')).status).toBe(404);
    await Promise.all([context.close(), other.context.close()]);
  });
});

test.each([320, 1280])('all pages pass axe and fit a window of %i', async (width) => {
  const faults: string[] = [];
  for (const path of ['/portafoglio', '/portafoglio/calendario', '/portafoglio/piano?servizio=FIBRE&tutti=si&delservizio=3', '/catalogo', '/catalogo/FIBRE', '/catalogo/TRAINING']) {
    const { page, context } = await lookedAt('operator-1', path, width);
    faults.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`));
    await context.close();
  }
  expect(faults).toEqual([]);
});
