import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOf } from '../api/path.ts';
import { SHA256 } from '../api/digest.ts';
import { open } from '../api/support.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

/** A publication of 28 January, corrected to 30 January: the events 9 and 11 of a case of 12. */
let site: Console;
let path: string;
const body = 'c_z000';

beforeAll(async () => {
  site = await startConsole();
  const id = await open(site.api, body);
  path = `${site.url}/pratiche/${id}`;
  const correction = { version: 9, data: { noticeBoardNo: '77/2026', firstDay: '2026-01-30' } };
  for (const [as, type, data] of [...pathOf(body, 's').slice(0, 8), ['operator', 'CorrectFact', correction] as const]) {
    const { status, text } = await site.api.call('POST', `/v1/adhesions/${id}/commands`, as, { body: { type, data } });
    if (status !== 200) throw new Error(text);
  }
});
afterAll(async () => { await site.stop(); });

const FIELDS = ['deliberation.executiveOn', 'deliberation.executivity', 'deliberation.challengeableUntil', 'phase', 'convention.endsOn'];

describe('why', () => {
  test('a secretary is led from a date to the facts behind it, without script, and back to the case as it was then', async () => {
    const { page, complaints, context } = await site.open(`secretary-${body}`, { script: false });
    await page.goto(path);
    const step = page.locator('.timeline > li', { has: page.getByRole('heading', { name: 'Esecutività' }) });
    await step.getByRole('link', { name: 'perché? Esecutiva dal' }).click();
    expect(await page.locator('h1').innerText()).toBe('Perché: Esecutiva dal');
    expect(await page.locator('.lead').innerText()).toBe('Esecutiva dal: 10 febbraio 2026');
    const links = page.locator('.chain > li');
    expect(await links.locator('h3').allInnerTexts()).toEqual(['Evento 11: Fatto corretto', "Evento 9: Pubblicazione all'albo registrata"]);
    const first = links.first();
    expect(await first.locator('.turned').innerText()).toBe('prima 8 febbraio 2026 → 10 febbraio 2026');
    const text = await first.innerText();
    expect(text).toContain("con «Correggi un fatto registrato», da: Operatore dell'Agenzia");
    expect(text).toContain("Corregge l'evento 9, «Pubblicazione all'albo registrata».");
    expect(text).toContain('(art. 134 c.3 TUEL)');
    expect(text).toContain('Ricalcolato ora da questi dati: dà lo stesso.');
    expect(text).toContain("Primo giorno di pubblicazione: 30 gennaio 2026 (dall'evento 11)");
    expect(text).toContain('Regola della pratica: Come si contano i 15 giorni di pubblicazione: Il primo giorno si conta');
    expect(text).toContain("Numero all'albo pretorio 77/2026");
    expect(text).toContain('Versioni: regole 2026.2, calendario 2026.1.');
    expect(text).toContain('adhesion/c_z000-1@11');
    // The rule of the end of the publication stands under it.
    expect(await first.locator('.tree .tree > li').allInnerTexts()).toHaveLength(3);
    await first.locator('.tree > li', { hasText: 'Ultimo giorno di pubblicazione: 13 febbraio' }).locator('> .small a').click();
    expect(await page.locator('.lead').innerText()).toBe('Ultimo giorno di pubblicazione: 13 febbraio 2026');
    expect(await page.locator('.notice').innerText()).toContain("Com'era dopo l'evento 11.");
    await page.locator('.chain > li').last().getByRole('link', { name: "Com'era dopo questo atto" }).click();
    expect(await page.locator('#esito .notice').first().innerText()).toContain("Com'era dopo l'evento 9");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what came by the day says which day, and which event fixed it', async () => {
    const { page, context } = await site.open('auditor');
    await page.goto(`${path}/perche?campo=deliberation.executivity`);
    expect(await page.locator('.chain > li').first().innerText()).toContain('È avvenuto da sé, con il passare del tempo: la delibera diventa esecutiva, il 10 febbraio 2026, ore 0:00. Il giorno era fissato dall’evento 11, «Fatto corretto».');
    expect(await page.locator('.chain > li h3').allInnerTexts()).toHaveLength(5);
    await context.close();
  });

  test('an act is led to where it is kept', async () => {
    const { page, context } = await site.open(`secretary-${body}`);
    await page.goto(`${path}/perche?campo=deliberation.adoptedOn`);
    const item = page.locator('.chain > li');
    expect(await item.count()).toBe(1);
    expect(await item.innerText()).toContain('Numero della delibera 3/2026');
    expect(await item.innerText()).toContain(`Atto: qui se ne conserva solo l’impronta SHA-256 ${SHA256.slice(0, 12)}…`);
    await context.close();
  });

  test('a value that never was, one that there is not, none at all: said in words, the values of the case to choose from', async () => {
    const { page, context } = await site.open('operator-1', { locale: 'en-GB' });
    await page.goto(`${path}/perche?campo=convention.endsOn`);
    expect(await page.locator('main').innerText()).toContain('It never had a value: no event has given one yet.');
    const answer = await page.goto(`${path}/perche?campo=deliberation.executivOn`);
    expect(answer?.status()).toBe(400);
    expect(await page.locator('[role="alert"]').innerText()).toBe('The case has no such value. Choose one.');
    await page.goto(`${path}/perche`);
    await page.getByRole('link', { name: 'why? Executive from' }).click();
    expect(await page.locator('.lead').innerText()).toBe('Executive from: 10 February 2026');
    expect(await page.locator('.chain > li').first().innerText()).toContain('After the tenth day from the publication, by the reading that the case pinned');
    await context.close();
  });

  test.each([1280, 320])('at %i px: no fault for axe, no scrolling sideways', async (width) => {
    const { page, complaints, context } = await site.open('operator-1', { width });
    for (const address of ['', '/perche', ...FIELDS.map((field) => `/perche?campo=${field}`), '/storia?campo=deliberation.firstDay']) {
      await page.goto(`${path}${address}`);
      expect({ address, faults: await faultsOf(page) }).toEqual({ address, faults: [] });
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the case as it was', () => {
  test.each<[string, string, string]>([
    ['a version', 'evento=9', "Com'era dopo l'evento 9"],
    ['the id of an event', 'evento=adhesion%2Fc_z000-1%409', "Com'era dopo l'evento 9"],
    ['a value, after the act that it comes from', 'campo=deliberation.firstDay', "Com'era dopo l'evento 11"],
  ])('after %s', async (_name, query, says) => {
    const { page, context } = await site.open('auditor', { script: false });
    await page.goto(`${path}/storia?${query}`);
    expect(await page.locator('#esito .notice').first().innerText()).toContain(says);
    await context.close();
  });

  test('after the event at a position, as the page of why names it; of a position that is not there it is said', async () => {
    const { page, context } = await site.open('auditor', { script: false });
    await page.goto(`${path}/perche?campo=deliberation.firstDay`);
    const position = /posizione (\d+) nel registro/.exec(await page.locator('.chain > li').last().innerText())?.[1] ?? '';
    await page.goto(`${path}/storia`);
    await page.getByLabel("Dopo l'evento numero").fill(`#${position}`);
    await page.getByRole('button', { name: 'Mostra' }).click();
    expect(await page.locator('#esito .notice').first().innerText()).toContain("Com'era dopo l'evento 9");
    const missing = await page.goto(`${path}/storia?evento=${encodeURIComponent('#2000000')}`);
    expect(missing?.status()).toBe(404);
    expect(await page.locator('[role="alert"]').innerText()).toBe('Non vi è alcun evento alla posizione 2000000.');
    await context.close();
  });

  test('each step of the way leads there, and from there the values say why they were so', async () => {
    const { page, context } = await site.open('operator-1');
    await page.goto(path);
    await page.getByRole('link', { name: /^Com'era dopo questo atto.*Deliberazione$/ }).click();
    expect(await page.locator('#esito .notice').first().innerText()).toContain("Com'era dopo l'evento 8");
    await page.getByRole('link', { name: 'perché? Delibera, stato' }).click();
    expect(await page.locator('.lead').innerText()).toBe('Delibera, stato: Delibera approvata');
    await context.close();
  });
});
