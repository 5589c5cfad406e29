import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { listOf } from '../api/support.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

/** A session that ends between the choice of a file and its upload. */
let site: Console;
const BODY = 'c_z000';
const PERSON = `secretary-${BODY}`;
beforeAll(async () => {
  site = await startConsole();
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: BODY } });
  await site.api.call('POST', `/v1/adhesions/${BODY}-1/commands`, 'operator', { body: { type: 'InviteRecognition', data: {} } });
});
afterAll(async () => { await site.stop(); });

const DOCUMENTS = `/pratiche/${BODY}-1/documenti`;
const LIST = `/pratiche/${BODY}-1/ricognizione/elenco-programmi`;
/** As large as it may be: the server answers before it has read it all. Each another, since the same is kept once. */
let files = 0;
function pdf() {
  files += 1;
  return { name: 'delibera.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from(`%PDF-1.7\n% ${files}\n`), Buffer.alloc(4_900_000, 0x20)]) };
}

const expire = (context: BrowserContext) => context.clearCookies({ name: cookiesOf(site.url).session });
const stored = async () => listOf((await site.api.call('GET', `/v1/adhesions/${BODY}-1/documents`, BODY)).body['items']).length;
const choose = (page: Page) => page.locator('input[type="file"]').setInputFiles(pdf());
const chosen = (page: Page) => page.evaluate<string>("document.querySelector('input[type=file]').files[0]?.name ?? ''");

async function signOnInAnotherTab(page: Page, context: BrowserContext): Promise<void> {
  const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: /^Accedi di nuovo/ }).click()]);
  await tab.locator(`button[value="${PERSON}"]`).click();
  await tab.waitForURL(`${site.url}${DOCUMENTS}`);
  await tab.close();
  await page.bringToFront();
}

describe('with script', () => {
  test('nothing is sent, the file stays chosen, and is uploaded after a new sign-on in another tab', async () => {
    const { page, complaints, context } = await site.open(PERSON);
    await page.goto(`${site.url}${DOCUMENTS}`);
    await choose(page);
    const [before, notice] = [await stored(), page.getByRole('alert')];
    await expire(context);
    const sent: string[] = [];
    page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
    await page.getByRole('button', { name: 'Carica' }).click();
    await notice.waitFor();
    expect(await notice.innerText()).toContain('Il file è ancora scelto in questa pagina, e non è stato caricato.');
    expect([sent, await chosen(page), await stored()]).toEqual([[], 'delibera.pdf', before]);
    expect(await faultsOf(page)).toEqual([]);
    await signOnInAnotherTab(page, context);
    await page.getByRole('button', { name: 'Carica' }).click();
    await page.getByText('Documento caricato.').waitFor();
    expect(await stored()).toBe(before + 1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('it is said early, when a file is chosen, and no more once somebody is signed on again', async () => {
    const { page, context } = await site.open(PERSON);
    await page.goto(`${site.url}${DOCUMENTS}`);
    expect(await page.getByRole('alert').isVisible()).toBe(false);
    await expire(context);
    await choose(page);
    await page.getByRole('alert').waitFor();
    await signOnInAnotherTab(page, context);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    await context.close();
  });

  test('who signed on anew meanwhile uploads with the page of before', async () => {
    const { page, context } = await site.open(PERSON);
    await page.goto(`${site.url}${DOCUMENTS}`);
    await choose(page);
    const before = await stored();
    await expire(context);
    const tab = await context.newPage();
    await tab.goto(`${site.url}/login`);
    await tab.locator(`button[value="${PERSON}"]`).click();
    await tab.waitForURL(`${site.url}/`);
    await page.bringToFront();
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.getByRole('button', { name: 'Carica' }).click();
    await page.getByText('Documento caricato.').waitFor();
    expect(await stored()).toBe(before + 1);
    await context.close();
  });

  test('a list of the questionnaire too, also on the page that said what was wrong with another file', async () => {
    const { page, context } = await site.open(PERSON);
    await page.goto(`${site.url}${LIST}`);
    await page.getByText('Carica un elenco da un file').click();
    await choose(page);
    await page.locator('form[enctype] button').click();
    await page.waitForURL(/\/file$/);
    await expire(context);
    await choose(page);
    await page.getByText('Il file è ancora scelto in questa pagina').waitFor();
    await context.close();
  });
});

describe('without script', () => {
  test.each([[DOCUMENTS, DOCUMENTS], [LIST, LIST]])('it is said that the file was not taken, and the way leads back to its page: %s', async (path, to) => {
    const { page, context } = await site.open(PERSON, { script: false, width: 320 });
    await page.goto(`${site.url}${path}`);
    const before = await stored();
    if (path === LIST) await page.getByText('Carica un elenco da un file').click();
    expect(await page.locator('main noscript').innerText()).toContain('Se l’accesso scade prima del caricamento');
    await choose(page);
    await expire(context);
    await page.locator('form[enctype] button').click();
    await page.getByRole('heading', { level: 1, name: "L'accesso è scaduto" }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain('Il file non è stato caricato, e nulla è stato registrato');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    await page.getByRole('link', { name: 'Accedi di nuovo e torna alla pagina del file' }).click();
    await page.locator(`button[value="${PERSON}"]`).click();
    await page.waitForURL(`${site.url}${to}`);
    expect(await stored()).toBe(before);
    await context.close();
  });
});
