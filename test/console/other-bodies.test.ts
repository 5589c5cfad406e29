import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { pathOf } from '../api/path.ts';
import type { MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

const COMPANY: MemberCode = 'asp_prova';
const BODIES = new Bodies([
  { ipaCode: 'c_y001', istatCode: '015901', name: 'Prova A', population: 4_001 },
  { ipaCode: COMPANY, istatCode: '015901', name: 'Azienda speciale di prova', population: 9_000, bodyType: 'AZIENDA_SPECIALE' },
]);

let site: Console;
beforeAll(async () => { site = await startConsole(BODIES); });
afterAll(async () => { await site.stop(); });

describe('a special company in the console', () => {
  test.each([360, 1280])('stands in the territory by its kind, counted apart (%i px)', async (width) => {
    const { page, context, complaints } = await site.open('operator-1', { width });
    await page.goto(`${site.url}/territorio`);
    expect(await page.getByRole('main').getByRole('status').innerText()).toBe('1 comuni, 1 altro ente');
    expect(await page.getByRole('row', { name: 'Azienda speciale di prova' }).innerText()).toContain(`azienda speciale, ${COMPANY}`);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is started with the size of its board, which the form asks for at its field', async () => {
    const { page, context } = await site.open('operator-1');
    await page.goto(`${site.url}/territorio/${COMPANY}/avvio`);
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    expect(await page.getByLabel('Consiglieri assegnati').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('main').innerText()).toContain("Delibera il Consiglio di amministrazione dell'azienda (art. 114 c.3 TUEL)");
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Consiglieri assegnati').fill('15');
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    await page.waitForURL(`${site.url}/pratiche/${COMPANY}-1`);
    expect(await page.locator('dl.facts').first().innerText()).toContain("il Consiglio di amministrazione dell'azienda (art. 114 c.3 TUEL)");
    await context.close();
  });

  test('shows no notice board and no certificate, and why its act takes effect', async () => {
    const { body: subject } = await site.api.call('POST', '/v1/subjects', COMPANY, { body: { body: COMPANY, name: 'Firma Taria', email: 'presidente@example.org' } });
    for (const [as, type, data] of pathOf(COMPANY, String(subject['id'])).slice(0, 7)) {
      if (type === 'RecordOpinion') continue;
      const { status, text } = await site.api.call('POST', `/v1/adhesions/${COMPANY}-1/commands`, as, { body: { type, data: type === 'RecordSession' ? { ...data, organ: 'BOARD_OF_DIRECTORS' } : data } });
      expect(status, text).toBe(200);
    }
    const { page, context } = await site.open(`secretary-${COMPANY}`, { width: 360 });
    await page.goto(`${site.url}/pratiche/${COMPANY}-1`);
    const main = await page.getByRole('main').innerText();
    expect(main).toContain("Efficace dal 26 gennaio 2026, giorno dell'adozione, per statuto (art. 114 TUEL).");
    expect(await page.locator('.timeline h3').allInnerTexts()).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?:Pubblicazione all'albo|Pareri|Certificato di esecutività)$/)]));
    expect(main).toContain("Trasmissione all'Agenzia");
    expect(await page.getByRole('banner').innerText()).toContain('Azienda speciale di prova');
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  });
});
