import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listOf } from '../api/support.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const main = (page: Page) => page.getByRole('main').innerText();

/** Looks at a page at both widths; answers what is wrong with it. */
async function looked(page: Page, name: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    faults.push(...(await faultsOf(page)).map((fault) => `${name} at ${width}: ${fault}`));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

test('before it begins an auditor sees that there is none, and no form', async () => {
  const { page, context } = await site.open('auditor');
  await page.goto(`${site.url}/costituzione`);
  expect(await main(page)).toContain('Il percorso non è ancora avviato.');
  expect(await page.locator('form[action="/costituzione"]').count()).toBe(0);
  await context.close();
});

describe('an operator', () => {
  test('starts the path by the published programme, sees plan and actual, records the conference and decides on a missed gate', async () => {
    const { page, complaints, context } = await site.open('operator-1');
    await page.getByRole('link', { name: 'Costituzione', exact: true }).click();
    expect(await main(page)).toContain('Il percorso non è ancora avviato.');
    expect(await looked(page, 'start')).toEqual([]);

    // A threshold that is none, one that nobody reaches, a plan out of order: each is said at its field, and what was typed stays.
    const start = page.getByRole('button', { name: 'Avvia il percorso' });
    await page.getByLabel('Comuni, almeno').fill('4/3');
    await start.click();
    expect(await page.getByRole('alert').innerText()).toContain('È una soglia propria: scegliete «Numeri propri»');
    await page.getByLabel('Soglia').selectOption('OWN');
    await page.getByLabel('Abitanti, almeno').fill('più della metà');
    await start.click();
    expect(await page.locator('.field.bad .error').allInnerTexts()).toEqual(Array.from({ length: 2 }, () => 'Occorre un numero intero, ad esempio 60, o una frazione non maggiore di 1, ad esempio 1/3.'));
    await page.getByLabel('Comuni, almeno').fill('9999');
    await page.getByLabel('Abitanti, almeno').fill('1/2');
    await start.click();
    expect(await page.locator('.field.bad').innerText()).toMatch(/^Comuni, almeno[^]*Nemmeno tutti i comuni del territorio insieme raggiungono questa soglia\./);
    expect(await page.getByLabel('Abitanti, almeno').inputValue()).toBe('1/2');
    expect(await looked(page, 'unreachable')).toEqual([]);
    await page.getByLabel('Comuni, almeno').fill('2/5');
    await page.getByText('Date del piano').click();
    const resolutions = page.getByRole('group', { name: 'Deliberazione del Consiglio metropolitano' });
    expect(await resolutions.getByLabel('Fino al').inputValue()).toBe('2026-10-31');
    await resolutions.getByLabel('Fino al').fill('2026-12-31');
    await start.click();
    expect(await page.locator('.field.bad').innerText()).toContain('finisce prima del proprio inizio o della tappa precedente');
    expect(await page.locator('details.plan').getAttribute('open')).not.toBeNull();
    expect(await looked(page, 'out of order')).toEqual([]);
    await resolutions.getByLabel('Dal').fill('');
    await resolutions.getByLabel('Fino al').fill('2026-11-15');
    await start.click();
    expect(await page.locator('.field.bad .error').allInnerTexts()).toEqual(['Manca «Dal».']);
    expect((await site.api.call('GET', '/v1/constitution', 'operator')).body['items']).toEqual([]);

    await resolutions.getByLabel('Dal').fill('2026-10-01');
    await page.getByLabel('Forma giuridica').selectOption('SPECIAL_CONSORTIUM');
    await start.click();
    await page.waitForURL(/\/costituzione$/);
    for (let left = 50; !(await main(page)).includes('«Deliberazioni dei comuni» è mancata') && left > 0; left -= 1) {
      await page.waitForTimeout(200);
      await page.reload();
    }
    const { body: started } = await site.api.call('GET', '/v1/constitution/agency-1', 'operator');
    expect(started['threshold']).toMatchObject({ preset: null, minMembers: { numerator: 2, denominator: 5 }, minPopulation: { numerator: 1, denominator: 2 } });
    expect(started['gates']).toMatchObject([{}, {}, {}, { planned: { from: '2026-10-01', to: '2026-11-15' } }, { planned: { from: '2026-11-01', to: '2026-11-30' } }, {}, {}]);
    const shown = await main(page);
    expect(shown).toContain('la Città metropolitana, fino alla costituzione');
    expect(shown).toContain('Non ancora raggiunta.');
    expect(await page.getByRole('row', { name: /Deliberazioni dei comuni/ }).innerText()).toMatch(/Mancata.*da decidere.*1º giugno 2026 – 31 luglio 2026.*31 luglio 2026/s);
    expect(await page.getByRole('img', { name: 'Piano ed effettivo' }).getByText('Primo bilancio predisposto').count()).toBe(1);
    expect(await looked(page, 'page')).toEqual([]);

    await page.goto(`${site.url}/`);
    await page.getByRole('link', { name: /tappe mancate o riaperte, da decidere: \d/ }).click();

    await page.getByRole('link', { name: 'Registra la Conferenza metropolitana' }).first().click();
    expect(await looked(page, 'form')).toEqual([]);
    await page.getByLabel('Giorno della Conferenza metropolitana').fill('2026-05-21');
    await page.getByLabel('Numero del verbale').fill('3/2026');
    await page.getByLabel('Impronta SHA-256 del testo').fill('a'.repeat(64));
    await page.getByRole('button', { name: /Controlla|Anteprima|Verifica/ }).click();
    await page.getByRole('button', { name: /Conferma/ }).click();
    expect(await main(page)).toContain('Progetto illustrato alla Conferenza metropolitana; Tappa raggiunta');
    expect(await page.getByRole('row', { name: /Progetto illustrato/ }).innerText()).toContain('Raggiunta');

    await page.goto(`${site.url}/costituzione/agency-1/comandi/DecideMilestone`);
    expect(await page.getByLabel('Tappa').inputValue()).toBe('MUNICIPAL_RESOLUTIONS');
    await page.getByLabel('Decisione').selectOption('PROCEED_WITH_THRESHOLD');
    await page.getByRole('button', { name: /Controlla|Anteprima|Verifica/ }).click();
    expect(await main(page)).toContain('La soglia non è raggiunta');
    await page.goto(`${site.url}/costituzione`);
    await page.getByRole('link', { name: 'perché? Stato (Deliberazioni dei comuni)' }).click();
    const missed = page.locator('.chain > li').first();
    expect(await missed.innerText()).toContain('È avvenuto da sé, con il passare del tempo: scade il giorno della tappa, il 1º agosto 2026, ore 0:00.');
    expect(await missed.innerText()).toContain('Nessun giorno si sposta da sé.');
    expect(await missed.innerText()).toContain('Ricalcolato ora da questi dati: dà lo stesso.');
    expect(await looked(page, 'why a state')).toEqual([]);
    await page.goto(`${site.url}/costituzione/agency-1/perche?campo=legalForm.majority`);
    expect(await main(page)).toContain('(art. 31 c.1 TUEL)');
    expect((await page.goto(`${site.url}/costituzione/agency-1/perche?campo=gates.CMM.state`))?.status()).toBe(400);
    expect(await main(page)).toContain('Sceglietene uno.');
    expect(await looked(page, 'choice')).toEqual([]);
    await page.getByRole('link', { name: 'perché? Attesa entro il (Primo bilancio predisposto)' }).click();
    expect(await page.locator('.lead').innerText()).toBe('Attesa entro il (Primo bilancio predisposto): 31 gennaio 2027');

    // Why an extension was decided is a text beside: it can be erased, its event stays.
    await site.api.call('POST', '/v1/constitution/agency-1/commands', 'operator', { body: { type: 'DecideMilestone', data: { gate: 'MUNICIPAL_RESOLUTIONS', decision: 'EXTEND', to: '2029-01-31', reasons: 'Il sindaco Bianchi è malato.' } } });
    await page.goto(`${site.url}/costituzione/agency-1/eventi`);
    await page.getByRole('link', { name: /^Cancella… txt-/ }).click();
    expect(await main(page)).toContain('Il sindaco Bianchi è malato.');
    expect(await looked(page, 'erase')).toEqual([]);
    await page.getByRole('button', { name: 'Cancella per sempre' }).click();
    expect(await page.getByRole('status').innerText()).toContain('Cancellato');
    expect(await page.getByRole('link', { name: /^Cancella… txt-/ }).count()).toBe(0);
    const [decided] = listOf((await site.api.call('GET', '/v1/constitution/agency-1/events?type=MilestoneDecided', 'operator')).body['items']);
    expect((await site.api.call('GET', `/v1/constitution/agency-1/texts/${String(decided?.['data']?.['reasons']?.['textId'])}`, 'operator')).status).toBe(404);
    await page.goto(`${site.url}/costituzione/agency-1/perche?campo=gates.MUNICIPAL_RESOLUTIONS.awaitedBy`);
    expect(await page.locator('.chain > li').first().innerText()).toMatch(/31 luglio 2026[^]*31 gennaio 2029[^]*Il giorno della proroga decisa per ultima\./);

    await page.goto(`${site.url}/costituzione/agency-1/eventi`);
    expect(await main(page)).toContain('Tappa mancata');
    expect(await page.getByRole('link', { name: 'Scarica il fascicolo' }).getAttribute('href')).toBe('/v1/constitution/agency-1/dossier');
    expect(await looked(page, 'events')).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('an auditor sees where the path stands and why, and records nothing; the comuni are named', async () => {
  const { page, context } = await site.open('auditor', { locale: 'en-GB' });
  await page.goto(`${site.url}/costituzione`);
  expect(await main(page)).toContain('not due before the first budget: free services only');
  expect(await page.getByRole('link', { name: 'Record the metropolitan conference' }).count()).toBe(0);
  expect((await page.goto(`${site.url}/costituzione/agency-1/comandi/Replan`))?.status()).toBe(403);
  await page.goto(`${site.url}/costituzione`);
  await page.getByText('Show the list (12)').click();
  expect(await page.getByRole('row', { name: /Prova A/ }).innerText()).toMatch(/Prova A\s+–\s+–\s+No resolution/);
  expect(await page.getByRole('row', { name: /Project shown/ }).innerText()).toMatch(/Reached why\?[^]*21 May 2026[^]*\s0$/);
  await page.getByRole('link', { name: 'why? Majority in the councils' }).click();
  expect(await page.locator('.chain > li').innerText()).toContain('For a consortium the councils approve by the absolute majority of their members. (art. 31 c.1 TUEL)');
  await context.close();
});

test('a municipal secretary has no entry, and no page', async () => {
  const { page, context } = await site.open('secretary-c_z000');
  expect(await page.getByRole('link', { name: 'Costituzione', exact: true }).count()).toBe(0);
  expect((await page.goto(`${site.url}/costituzione`))?.status()).toBe(403);
  await context.close();
});
