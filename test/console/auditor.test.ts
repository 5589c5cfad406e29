import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { SHA256 } from '../api/digest.ts';
import { walk } from '../api/path.ts';
import { listOf, type Json } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

const BODY = 'c_z000';
const OTHER = 'c_z001';
const EVIL = 'c_z011';
const CASE = `/pratiche/${BODY}-1`;

let site: Console;
let events: readonly Json[];

beforeAll(async () => {
  site = await startConsole();
  for (const body of [BODY, OTHER, EVIL]) await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  await walk(site.api, BODY);
  const { body } = await site.api.call('GET', `/v1/adhesions/${BODY}-1/events?limit=100`, BODY);
  events = listOf(body['items']);
});
afterAll(async () => { await site.stop(); });

const versionOf = (type: string) => Number(events.find((event) => String(event['type']) === type)?.['version']);
const main = (page: Page) => page.getByRole('main').innerText();
const factsOf = async (page: Page) => Object.fromEntries(await page.evaluate<[string, string][]>(
  `[...document.querySelectorAll('.facts > div')].map((fact) => [fact.querySelector('dt').firstChild.textContent.trim(), fact.querySelector('dd').textContent.trim()])`,
));
describe('an auditor', () => {
  test('searches a comune, opens its case, reads it back by form without script, compares, and sees that it was seen', async () => {
    const { page, complaints, context } = await site.open('auditor', { script: false });
    await page.getByRole('link', { name: 'Ricerca' }).click();
    await page.getByLabel('Che cosa cercate').fill('prova a');
    await page.getByRole('button', { name: 'Cerca' }).click();
    expect(await page.getByRole('status').innerText()).toBe('1 risultato per «prova a».');
    await page.getByRole('link', { name: `Prova A · ${BODY}-1` }).click();
    expect(await factsOf(page)).toMatchObject({ Fase: 'Attuazione', Convenzione: 'In vigore' });
    // Nothing on the page sends anything, but the sign-off.
    expect(await page.locator('form[method=post]').count()).toBe(1);

    await page.getByRole('link', { name: "Com'era a una data o a un evento" }).click();
    expect(await main(page)).toContain(`Com'è ora: tutti i ${events.length} eventi registrati.`);
    expect(await page.getByLabel('Scorrete gli eventi').isVisible()).toBe(false);
    await page.getByLabel("Dopo l'evento numero").fill(String(versionOf('ResolutionAdopted')));
    await page.getByRole('button', { name: 'Mostra' }).click();
    expect(await factsOf(page)).toMatchObject({ Fase: 'Progettazione', Delibera: 'Delibera approvata', Convenzione: 'In bozza', Versione: String(versionOf('ResolutionAdopted')) });
    expect(await main(page)).toContain(`Com'era dopo l'evento ${versionOf('ResolutionAdopted')}, «Delibera approvata»`);
    expect(await main(page)).toContain('Non è lo stato di oggi.');

    // What was in force on a day, by all that is known.
    await page.getByLabel("Dopo l'evento numero").fill('');
    await page.getByLabel('In vigore il giorno').fill('2026-01-27');
    await page.getByRole('button', { name: 'Mostra' }).click();
    expect(await factsOf(page)).toMatchObject({ Delibera: 'Delibera approvata', Convenzione: 'In bozza', Versione: String(events.length) });
    expect(await main(page)).toContain('Contano solo i fatti in vigore il 27 gennaio 2026.');

    await page.goto(`${site.url}${CASE}/storia?evento=${versionOf('PublicationRecorded')}`);
    await page.getByRole('link', { name: 'Che cosa ha cambiato questo evento' }).click();
    const rows = (await page.getByRole('table', { name: 'Delibera' }).getByRole('row').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    const by = `${versionOf('PublicationRecorded')} · Pubblicazione all'albo registrata`;
    expect(rows).toContain(`Primo giorno di pubblicazione nessun valore 28 gennaio 2026 ${by}`);
    expect(rows).toContain(`Stato Delibera approvata Delibera pubblicata ${by}`);
    expect(rows).toContain(`Esecutività Nessuna In corso di maturazione ${by}`);

    await page.goto(`${site.url}${CASE}/letture`);
    const reads = (await page.getByRole('row').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    expect(reads[1]).toMatch(/Revisore \S+ le differenze tra due versioni pagina GET \/pratiche\/:id\/differenze/);
    expect(reads.join('\n')).toMatch(/Revisore \S+ com'era la pratica pagina/);
    expect(reads.join('\n')).toMatch(/Revisore \S+ in un elenco o in una ricerca/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('moves along the events by a slider, with the keyboard alone, without leaving the page', async () => {
    const { page, complaints, context } = await site.open('auditor');
    await page.goto(`${site.url}${CASE}/storia`);
    const slider = page.getByLabel('Scorrete gli eventi');
    await slider.focus();
    expect(await slider.getAttribute('aria-valuetext')).toBe(`evento ${events.length} di ${events.length}`);
    await page.keyboard.press('Home');
    await page.locator('#esito').getByText("Com'era dopo l'evento 1, «Pratica avviata»").waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('#esito').getByText("Com'era dopo l'evento 2, «Proposta inviata»").waitFor();
    expect(await factsOf(page)).toMatchObject({ Delibera: 'Proposta inviata', Versione: '2' });
    expect([page.url(), await slider.getAttribute('aria-valuetext'), await page.evaluate('document.activeElement.id')]).toEqual([`${site.url}${CASE}/storia?evento=2`, `evento 2 di ${events.length}`, 'f-cursore']);
    expect(await page.getByLabel("Dopo l'evento numero").inputValue()).toBe('2');
    expect(await page.locator('#annuncio').innerText()).toContain("Com'era dopo l'evento 2");
    expect(await faultsOf(page)).toEqual([]);
    // Where the session has ended, the slider leads to the sign-on.
    await context.clearCookies();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/\/oidc\/persons\//);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    ['al=2026-01-01T10:00', 404, 'In questo istante la pratica non era ancora nota.'], ['al=2999-01-01T10:00', 400, 'Questo momento è nel futuro'], ['al=ieri', 400, 'Questa data non esiste'],
    ['evento=999', 404, 'La pratica non ha la versione 999.'], ['evento=-1', 400, 'Il numero di evento è un numero intero'], ['evento=2&al=2026-11-01T10:00', 400, 'non entrambi'], ['valido=2026-02-30', 400, 'Questa data non esiste'],
  ])('is told in words what is wrong with %s', async (query, status, words) => {
    const { page, context } = await site.open('auditor', { script: false, width: 320 });
    const answer = await page.goto(`${site.url}${CASE}/storia?${query}`);
    expect(answer?.status()).toBe(status);
    expect(await page.getByRole('alert').innerText()).toContain(words);
    expect(await page.locator('[aria-invalid]').count()).toBe(1);
    await context.close();
  });

  test('reads the events, of one type too, with who, rule, both hashes and command', async () => {
    const { page, context } = await site.open('auditor', { width: 320 });
    await page.goto(`${site.url}${CASE}/eventi`);
    await page.getByLabel('Tipo di evento').selectOption('OpinionRecorded');
    await page.getByRole('button', { name: 'Mostra' }).click();
    const opinions = events.filter((event) => String(event['type']) === 'OpinionRecorded');
    expect(await page.locator('tbody tr').count()).toBe(3);
    const first = await page.locator('tbody tr').first().innerText();
    for (const member of ['hash', 'prevHash', 'commandId'] as const) expect(first).toContain(String(opinions[0]?.[member]));
    expect(first).toContain(`Segretario comunale (${BODY})`);
    expect(first).toContain(String(opinions[0]?.['actor']?.['subject']));
    await page.goto(`${site.url}${CASE}/eventi?tipo=ProposalSent`);
    expect(await main(page)).toContain('regole 2026.2, calendario 2026.1');
    await page.getByRole('link', { name: "Com'era dopo l'evento 2" }).click();
    expect(page.url()).toBe(`${site.url}${CASE}/storia?evento=2`);
    await context.close();
  });

  test('finds by number, digest, hash and id, and is told when nothing is found', async () => {
    const { page, context } = await site.open('auditor', { script: false });
    const adopted = events.find((event) => String(event['type']) === 'ResolutionAdopted');
    for (const [text, heading] of [['3/2026', 'Per numero di un atto'], [SHA256, 'Per impronta di un testo o documento'], [String(adopted?.['hash']), 'Eventi'], [String(adopted?.['commandId']), 'Comandi'], [`${BODY}-1`, 'Pratiche']] as const) {
      await page.goto(`${site.url}/ricerca?${new URLSearchParams({ q: text }).toString()}`);
      expect([text, await page.getByRole('heading', { level: 2 }).allInnerTexts()]).toEqual([text, [heading]]);
    }
    await page.goto(`${site.url}/ricerca?q=${encodeURIComponent(XSS)}`);
    expect(await page.getByRole('status').innerText()).toBe(`1 risultato per «${XSS}».`);
    await page.getByRole('link', { name: `${EVIL}-1` }).click();
    expect(await page.title()).toContain(XSS);
    await page.goto(`${site.url}/ricerca?q=%25%25`);
    expect(await page.getByLabel('Che cosa cercate').getAttribute('aria-invalid')).toBe('true');
    expect(await main(page)).toContain('deve contenere almeno una lettera o una cifra');
    await page.goto(`${site.url}/ricerca?q=niente%20di%20questo`);
    expect(await page.getByRole('status').innerText()).toBe('Nessun risultato per «niente di questo».');
    await context.close();
  });

  test('writes nothing: no form, no command, not past the pages either', async () => {
    const { page, context } = await site.open('auditor');
    await page.goto(`${site.url}${CASE}`);
    const csrf = await page.locator('input[name=csrf]').first().getAttribute('value') ?? '';
    const before = await site.api.written();
    const headers = { origin: site.url, accept: 'text/html' };
    for (const path of [`${CASE}/comandi/SendProposal`, `${CASE}/persone`, `${CASE}/in-attesa`, '/territorio/c_z005/avvio']) {
      expect([path, (await page.request.post(`${site.url}${path}`, { headers, form: { csrf, step: 'send', name: 'X', email: 'x@example.org' } })).status()]).toEqual([path, 403]);
    }
    expect((await page.request.post(`${site.url}/v1/adhesions/${BODY}-1/commands`, { headers: { origin: site.url }, data: { type: 'SendProposal', data: {} } })).status()).toBe(403);
    expect((await page.goto(`${site.url}${CASE}/comandi/SendProposal`))?.status()).toBe(403);
    expect(await site.api.written()).toEqual(before);
    await context.close();
  });
});

describe('a comune', () => {
  test('reads who has read its case, and finds its own case only', async () => {
    const { page, context } = await site.open(`secretary-${OTHER}`);
    await page.goto(`${site.url}/pratiche/${OTHER}-1/letture`);
    expect(await main(page)).toContain("Nessuno dell'Agenzia né dei revisori ha ancora letto la pratica.");
    await page.goto(`${site.url}/ricerca?q=prova`);
    expect(await page.locator('.hits a').allInnerTexts()).toEqual([`Prova B · ${OTHER}-1`]);
    for (const page404 of ['storia', 'differenze', 'letture', 'mandati', 'eventi']) expect((await page.goto(`${site.url}${CASE}/${page404}`))?.status()).toBe(404);
    await context.close();
  });

  test('reads the pages of readings one after the other', async () => {
    for (let index = 0; index < 51; index += 1) await site.api.call('GET', `/v1/adhesions/${EVIL}-1/allowed`, 'operator');
    const { page, context } = await site.open(`secretary-${EVIL}`);
    await page.goto(`${site.url}/pratiche/${EVIL}-1/letture`);
    expect(await page.locator('tbody tr').count()).toBe(50);
    await page.getByRole('link', { name: 'Letture precedenti' }).click();
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
    expect(await page.getByRole('link', { name: 'Letture precedenti' }).count()).toBe(0);
    await context.close();
  });
});

test('every page, full, empty and with an error, at 1280 px in Italian and at 320 px in English: WCAG 2.2 A and AA, no sideways scroll', async () => {
  const last = events.length;
  const paths = [
    '/ricerca', '/ricerca?q=prova', '/ricerca?q=3%2F2026', '/ricerca?q=niente', '/ricerca?q=x', `${CASE}/storia`, `${CASE}/storia?evento=7`, `${CASE}/storia?evento=0`, `/pratiche/${OTHER}-1/storia`,
    `${CASE}/differenze?da=1&a=${last}`, `${CASE}/differenze?da=3&a=3`, `${CASE}/differenze?da=x&a=999`, `${CASE}/letture`, `${CASE}/letture?prima=1`, `${CASE}/eventi`, `${CASE}/eventi?tipo=Nulla`,
  ];
  const found: Record<string, readonly string[]> = {};
  for (const [width, locale] of [[1280, 'it-IT'], [320, 'en-GB']] as const) {
    const { page, complaints, context } = await site.open('auditor', { width, locale });
    for (const path of paths) {
      await page.goto(`${site.url}${path}`);
      found[`${path} at ${width}`] = await faultsOf(page);
    }
    expect(complaints).toEqual([]);
    await context.close();
  }
  expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
  expect(Object.keys(found)).toHaveLength(paths.length * 2);
});
