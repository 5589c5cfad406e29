import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { walk } from '../api/path.ts';
import { listOf, type MemberCode } from '../api/support.ts';
import { LIGHT_ENTRY } from '../domain/catalogue/entries.ts';
import { OFFERED } from '../domain/migration/work-items/scenario.ts';
import { migrationUntil } from '../support/brokered.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

/** A work item is completed with a file that its form takes: it becomes a document of the adhesion, or nothing of it is there. */
let site: Console;
const BODIES: readonly MemberCode[] = ['c_z000', 'c_z001', 'c_z002', 'c_z003'];
const [SCRIPTED, PLAIN, REFUSED, TAKEN] = BODIES as readonly [MemberCode, MemberCode, MemberCode, MemberCode];
/** Takes a picture where somebody wants to look. */
const PICTURES = process.env['ASSOCIA_TEST_PICTURES'];

beforeAll(async () => {
  site = await startConsole();
  await site.api.call('PUT', '/v1/catalogue/WIRES', 'operator', { body: { ...LIGHT_ENTRY, plans: LIGHT_ENTRY.plans.slice(0, 1), fulfilment: OFFERED.fulfilment } });
  await Promise.all(BODIES.map(async (body) => {
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
    await walk(site.api, body);
    await site.api.call('POST', `/v1/adhesions/${body}-1/migrations`, 'operator', { body: { service: 'WIRES' } });
    await migrationUntil(site.api, `${body}-1.WIRES`, ({ state }) => state !== undefined);
  }));
}, 180_000);
afterAll(async () => { await site.stop(); });

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n% ${text}\n`);
const file = (name: string, buffer = pdf(name)) => ({ name, mimeType: 'application/octet-stream', buffer });
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const formOf = (body: MemberCode) => `${site.url}/migrazioni/${body}-1.WIRES/comandi/CompleteWorkItem`;
const documents = async (body: MemberCode) => listOf((await site.api.call('GET', `/v1/adhesions/${body}-1/documents`, body)).body['items']).map((one) => [one['name'], one['sha256'], one['addedBy']].map(String));
const completed = async (body: MemberCode) => listOf((await site.api.call('GET', `/v1/migrations/${body}-1.WIRES/events?type=WorkItemCompleted`, body)).body['items']).map(({ data }) => [data?.['workItemId'], data?.['evidence']]);
const main = (page: Page) => page.getByRole('main').innerText();
const button = (page: Page, name: string) => Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).click()]);
const theFile = (page: Page) => page.getByLabel('Oppure un documento dal vostro computer');

async function fill(page: Page, body: MemberCode, points: readonly string[] = ["Punto d'ingresso", 'Alimentazione']): Promise<void> {
  await page.goto(`${formOf(body)}?attivita=survey`);
  await page.getByLabel('Attività', { exact: true }).selectOption('survey');
  await page.getByLabel('Giorno in cui è stata completata').fill('2026-11-20');
  for (const point of points) await page.getByLabel(point).check();
  await page.getByLabel('Note').fill('Rilevato tutto.');
}

describe('a file in the form of a work item', () => {
  test.each([{ script: true }, { script: false }])('becomes a document of the adhesion with the preview, and the evidence with the confirmation (script: $script)', async ({ script }) => {
    const body = script ? SCRIPTED : PLAIN;
    const { page, context, complaints } = await site.open('operator-1', { script });
    await fill(page, body);
    const faults: Record<string, readonly string[]> = {};
    // A picture leaves a style in the page: they are taken by themselves.
    const look = async (name: string) => {
      if (!script) return;
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        faults[`${name} ${width}`] = await faultsOf(page);
        if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/work-item-${name}-${width}.png`, fullPage: true });
      }
    };
    await theFile(page).setInputFiles(file('verbale.pdf'));
    await look('form');
    await button(page, 'Controlla');
    expect(await main(page)).toMatch(/Il documento che avete caricato è ora tra quelli della pratica di adesione[^]*Documenti che la provano\nverbale\.pdf/);
    await look('preview');
    expect([await documents(body), await completed(body)]).toEqual([[['verbale.pdf', sha256(pdf('verbale.pdf')), 'operator']], []]);
    // Who changes something finds the document chosen.
    await button(page, 'Modifica');
    expect([await page.getByLabel(/^verbale\.pdf/).isChecked(), await page.getByLabel('Note').inputValue()]).toEqual([true, 'Rilevato tutto.']);
    await button(page, 'Controlla');
    await button(page, 'Conferma e registra');
    expect(await main(page)).toContain('Registrato:');
    expect(await completed(body)).toEqual([['survey', [{ sha256: sha256(pdf('verbale.pdf')), documentId: null }]]]);
    expect(await documents(body)).toHaveLength(1);
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that is not taken is said at its field, with what was typed; nothing of it is stored or recorded', async () => {
    const { page, context } = await site.open(`secretary-${REFUSED}`);
    const tryWith = async (given: ReturnType<typeof file>): Promise<string> => {
      await fill(page, REFUSED);
      await theFile(page).setInputFiles(given);
      await button(page, 'Controlla');
      expect([await theFile(page).getAttribute('aria-invalid'), await page.getByLabel('Note').inputValue(), await page.getByLabel('Alimentazione').isChecked()]).toEqual(['true', 'Rilevato tutto.', true]);
      expect(await faultsOf(page)).toEqual([]);
      return page.locator('#f-file-error').innerText();
    };
    expect(await tryWith(file('pagina.html'))).toBe('Questo tipo di documento non si può caricare: PDF, .p7m, .xml oppure .odt.');
    expect(await tryWith(file('grande.pdf', Buffer.alloc(5 * 1024 * 1024 + 1)))).toBe('Il documento è troppo grande: al massimo 5 MB.');
    expect(await tryWith(file('vuoto.pdf', Buffer.alloc(0)))).toBe('Scegliete un documento: nessuno è stato caricato, o è vuoto.');
    expect([await documents(REFUSED), await completed(REFUSED)]).toEqual([[], []]);
    await context.close();
  });

  test('with a name that is not taken leaves nothing, also where all else is right', async () => {
    const { page, context } = await site.open('operator-1');
    await fill(page, REFUSED);
    await theFile(page).setInputFiles(file(`${'x'.repeat(300)}.pdf`));
    await button(page, 'Controlla');
    expect(await page.locator('#f-file-error').innerText()).toContain('da 1 a 200 caratteri');
    expect(await documents(REFUSED)).toEqual([]);
    await context.close();
  });

  test('of a command that is refused is not stored, and the page says that it is chosen anew', async () => {
    const { page, context } = await site.open('operator-1');
    await fill(page, REFUSED, ['Alimentazione']);
    await theFile(page).setInputFiles(file('verbale.pdf'));
    await button(page, 'Controlla');
    const said = await page.getByRole('alert').innerText();
    expect(said).toMatch(/Punto d'ingresso[^]*Il file «verbale\.pdf» non è stato caricato: sceglietelo di nuovo\./);
    expect([await documents(REFUSED), await completed(REFUSED)]).toEqual([[], []]);
    await context.close();
  });

  test('of a command that is refused after its preview stays a document, which the page says', async () => {
    const { page, context } = await site.open('operator-1');
    await fill(page, TAKEN);
    await theFile(page).setInputFiles(file('verbale.pdf'));
    await button(page, 'Controlla');
    const other = await site.api.call('POST', `/v1/migrations/${TAKEN}-1.WIRES/commands`, 'operator', { body: { type: 'CompleteWorkItem', data: { workItemId: 'survey', completedOn: '2026-11-19', checked: ['entry', 'power'], evidence: [{ sha256: 'a'.repeat(64) }] } } });
    expect(other.status).toBe(200);
    await button(page, 'Conferma e registra');
    expect(await main(page)).toMatch(/Nel frattempo la pratica è cambiata[^]*Il documento che avete caricato è ora tra quelli della pratica di adesione[^]*Vi resta anche se non confermate/);
    expect(await page.getByLabel(/^verbale\.pdf/).isChecked()).toBe(true);
    expect([(await documents(TAKEN)).map(([name]) => name), (await completed(TAKEN)).length]).toEqual([['verbale.pdf'], 1]);
    await context.close();
  });

  test('without the token of the form, of another comune, or to a form that takes none, is not stored', async () => {
    const sent = async (person: string, url: string, more: Record<string, string> = {}, from?: string) => {
      const window = await site.open(person);
      if (from !== undefined) await window.page.goto(from);
      const csrf = from === undefined ? 'x' : await window.page.locator('main input[name=csrf]').first().inputValue();
      const answer = await window.context.request.post(url, {
        multipart: { csrf, step: 'check', workItemId: 'survey', completedOn: '2026-11-20', checked: 'survey/power', ...more, file: file('verbale.pdf') }, headers: { origin: site.url },
      });
      await window.context.close();
      return answer.status();
    };
    expect([
      await sent('operator-1', formOf(REFUSED)), await sent('secretary-c_z005', formOf(REFUSED)), await sent('auditor', formOf(REFUSED)),
      await sent('operator-1', formOf(REFUSED).replace('CompleteWorkItem', 'Cancel'), { reasons: 'No.' }, formOf(REFUSED)),
    ]).toEqual([403, 404, 403, 415]);
    expect([await documents(REFUSED), await completed(REFUSED)]).toEqual([[], []]);
  });

  test('of who is not signed on any more is chosen anew, and what was typed is kept, without script', async () => {
    const { page, context } = await site.open('operator-1', { script: false });
    await fill(page, REFUSED);
    await theFile(page).setInputFiles(file('verbale.pdf'));
    await context.clearCookies({ name: cookiesOf(site.url).session });
    await button(page, 'Controlla');
    expect(await main(page)).toMatch(/quanto avete scritto è conservato in questa pagina[^]*Il file «verbale\.pdf» non è stato caricato: sceglietelo di nuovo\./);
    const tab = await context.newPage();
    await tab.goto(`${site.url}/login`);
    await tab.locator('button[value="operator-1"]').click();
    await tab.waitForURL(`${site.url}/`);
    await button(page, 'Riprendi da dove eravate');
    expect([await page.getByLabel('Note').inputValue(), await page.getByLabel('Alimentazione').isChecked(), await documents(REFUSED)]).toEqual(['Rilevato tutto.', true, []]);
    await context.close();
  });

  test('stays chosen in the page with script, and is sent after a new sign-on in another tab, by the button that was pressed', async () => {
    const { page, context } = await site.open('operator-1');
    await fill(page, REFUSED);
    await theFile(page).setInputFiles(file('verbale.pdf'));
    await context.clearCookies({ name: cookiesOf(site.url).session });
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByText('Il file è ancora scelto in questa pagina').waitFor();
    const tab = await context.newPage();
    await tab.goto(`${site.url}/login`);
    await tab.locator('button[value="operator-1"]').click();
    await tab.waitForURL(`${site.url}/`);
    await page.bringToFront();
    await button(page, 'Controlla');
    expect(await main(page)).toContain('Anteprima: nulla è ancora registrato');
    expect((await documents(REFUSED)).map(([name]) => name)).toEqual(['verbale.pdf']);
    await context.close();
  });

  test('is chosen also where the adhesion has more documents than a form offers: the last ones are', async () => {
    for (let n = 0; n < 201; n += 1) await site.api.call('POST', `/v1/adhesions/${TAKEN}-1/documents`, 'operator', { body: `<a n="${n}"/>`, headers: { 'content-type': 'application/xml' } });
    const { page, context } = await site.open('operator-1');
    await page.goto(`${site.url}/migrazioni/${TAKEN}-1.WIRES/comandi/CompleteWorkItem?attivita=lay`);
    await page.getByLabel('Attività', { exact: true }).selectOption('lay');
    await page.getByLabel('Giorno in cui è stata completata').fill('2026-11-21');
    await theFile(page).setInputFiles(file('misure.pdf'));
    await button(page, 'Controlla');
    expect(await main(page)).toMatch(/Documenti che la provano\nmisure\.pdf/);
    await button(page, 'Modifica');
    expect([await page.getByLabel(/^misure\.pdf/).isChecked(), await page.locator('input[name=evidence]').count()]).toEqual([true, 200]);
    await context.close();
  });
});
