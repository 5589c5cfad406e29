import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, startConsole, type Console } from './console.ts';
import { PROPOSAL, RECEIPT } from '../api/support.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const begin = (body: string) => site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
const send = async (body: string, data: object, as: 'operator' | `c_${string}` = 'operator') => {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${body}-1/commands`, as, { body: data });
  if (status !== 200) throw new Error(text);
};

describe('a case that is open in a window', () => {
  test('follows what is done in another within two seconds: what it shows, and in words', async () => {
    await begin('c_z000');
    const [acting, reading] = [await site.open('operator-1'), await site.open('secretary-c_z000')];
    await reading.page.goto(`${site.url}/pratiche/c_z000-1`);
    expect(await reading.page.locator('#novita').innerText()).toBe('');
    await acting.page.goto(`${site.url}/pratiche/c_z000-1/comandi/SendProposal`);
    await acting.page.getByLabel('Nome dello schema').fill('convenzione-cst');
    await acting.page.getByLabel('Versione').fill('1');
    await acting.page.getByLabel('Impronta SHA-256').fill('ab'.repeat(32));
    await acting.page.getByLabel('Data e ora di invio della PEC').fill('2026-03-02T09:00');
    await acting.page.getByRole('button', { name: 'Controlla' }).click();
    await acting.page.getByRole('button', { name: 'Conferma e registra' }).click();
    await acting.page.getByText('Registrato:').waitFor();
    await reading.page.getByText('Inviata per PEC il 2 marzo 2026').waitFor({ timeout: 2_000 });
    expect(await reading.page.locator('#novita').innerText()).toBe('La pratica è stata aggiornata: proposta inviata.');
    // Who did it is told by the page that followed; of its own doing it hears no more.
    await acting.page.waitForTimeout(1_500);
    expect(await acting.page.locator('#novita').innerText()).toBe('');
    expect([...acting.complaints, ...reading.complaints]).toEqual([]);
    for (const width of [1280, 320]) {
      await reading.page.setViewportSize({ width, height: 800 });
      expect(await faultsOf(reading.page)).toEqual([]);
    }
    await acting.context.close();
    await reading.context.close();
  });

  test('keeps the focus on the control that had it, and open what was folded open', async () => {
    await begin('c_z001');
    const { page, context, complaints } = await site.open('operator-1');
    await page.goto(`${site.url}/pratiche/c_z001-1`);
    const folded = page.locator('summary').first();
    await folded.focus();
    await page.keyboard.press('Enter');
    const name = await folded.textContent();
    await send('c_z001', PROPOSAL);
    await page.getByText('La pratica è stata aggiornata: proposta inviata.').waitFor({ timeout: 3_000 });
    expect(await page.evaluate('[document.activeElement.textContent, document.activeElement.parentElement.open]')).toEqual([name, true]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is a page like any other without script, and asks for nothing more', async () => {
    await begin('c_z002');
    const { page, context } = await site.open('operator-1', { script: false });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${site.url}/pratiche/c_z002-1`);
    await send('c_z002', PROPOSAL);
    await page.waitForTimeout(1_500);
    expect(asked.filter((path) => path.includes('/v1/'))).toEqual([]);
    await page.reload();
    expect(await page.getByRole('main').innerText()).toContain('Inviata per PEC il 2 marzo 2026');
    await context.close();
  });
});

describe('a form that is filled in', () => {
  test('says that the case has changed before it is sent, and keeps what was typed through the reload that it offers', async () => {
    await begin('c_z003');
    const { page, context, complaints } = await site.open('operator-1');
    await page.goto(`${site.url}/pratiche/c_z003-1/comandi/CloseAdhesion`);
    await page.getByLabel('Motivazione').fill('Il Comune rinuncia.');
    await send('c_z003', PROPOSAL);
    const said = page.locator('#novita');
    await said.getByText('Nel frattempo la pratica è stata aggiornata: proposta inviata.').waitFor({ timeout: 2_000 });
    // Nothing was touched meanwhile, the focus neither.
    expect(await page.getByLabel('Motivazione').inputValue()).toBe('Il Comune rinuncia.');
    expect(await page.evaluate('document.activeElement.name')).toBe('reasons');
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await faultsOf(page)).toEqual([]);
    }
    expect(await said.getByRole('link').getAttribute('href')).toBe('/pratiche/c_z003-1');
    await said.getByRole('button').click();
    expect(await page.getByRole('alert').innerText()).toContain('Nel frattempo la pratica è cambiata: Proposta inviata. Nulla di quanto avete scritto è registrato, né perduto');
    expect(await page.getByLabel('Motivazione').inputValue()).toBe('Il Comune rinuncia.');
    expect(await page.locator('#novita').innerText()).toBe('');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByText('Registrato:').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('lists', () => {
  test('the territory and the first page follow; a filter that is being typed stays', async () => {
    await begin('c_z004');
    const [territory, today] = [await site.open('operator-1'), await site.open('operator-2')];
    await territory.page.goto(`${site.url}/territorio`);
    await territory.page.getByLabel('Nome o codice').fill('prova e');
    await territory.page.getByLabel('Fase').focus();
    await begin('c_z005');
    await territory.page.getByRole('link', { name: 'c_z005-1' }).waitFor({ timeout: 3_000 });
    await today.page.getByRole('link', { name: 'Prova F' }).first().waitFor({ timeout: 3_000 });
    expect(await territory.page.getByLabel('Nome o codice').inputValue()).toBe('prova e');
    expect(await territory.page.evaluate('document.activeElement.name')).toBe('fase');
    expect(await territory.page.locator('#novita').innerText()).toBe('Pagina aggiornata: pratica avviata (c_z005-1).');
    await send('c_z005', PROPOSAL);
    await send('c_z005', RECEIPT, 'c_z005');
    await send('c_z004', PROPOSAL);
    await today.page.getByText(/Pagina aggiornata: (?:sono cambiate 2 pratiche|.*\(c_z004-1\))\./).waitFor({ timeout: 4_000 });
    expect([...territory.complaints, ...today.complaints]).toEqual([]);
    await territory.context.close();
    await today.context.close();
  });

  test('a window that is signed off in another says so, and asks no more', async () => {
    const { page, context } = await site.open('operator-2');
    const other = await context.newPage();
    await other.goto(`${site.url}/territorio`);
    await other.getByRole('button', { name: 'Esci' }).click();
    await page.getByText("L'accesso è terminato").waitFor({ timeout: 10_000 });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await begin('c_z006');
    await page.waitForTimeout(3_000);
    expect(asked).toEqual([]);
    await context.close();
  });
});

/** Opens a page as if it had been read when the feed stood there: what came since comes once more. */
async function openAfter(page: Page, path: string, after: string): Promise<void> {
  await page.route(`${site.url}${path}`, async (route) => {
    if (route.request().headers()['x-refresh'] !== undefined) return route.continue();
    const answer = await route.fetch();
    return route.fulfill({ response: answer, body: (await answer.text()).replace(/data-after="[^"]*"/, `data-after="${after}"`) });
  });
  await page.goto(`${site.url}${path}`);
}
const feedAt = async (page: Page) => String(await page.locator('#novita').getAttribute('data-after'));

describe('what comes late', () => {
  test('and stands on the page already is not told again; what comes after it is', async () => {
    await begin('c_z007');
    const { page, context, complaints } = await site.open('operator-1');
    const path = '/pratiche/c_z007-1';
    await page.goto(`${site.url}${path}`);
    const before = await feedAt(page);
    await send('c_z007', PROPOSAL);
    const refreshed: string[] = [];
    page.on('request', (request) => { if (request.headers()['x-refresh'] !== undefined) refreshed.push(request.url()); });
    const followed = page.waitForResponse((response) => response.url().includes(`/v1/adhesions/c_z007-1/changes?after=${before}`));
    await openAfter(page, path, before);
    expect((await followed).status()).toBe(200);
    // It came at once, before the page could have been brought up to date twice.
    await page.waitForTimeout(1_500);
    expect([await page.locator('#novita').innerText(), refreshed]).toEqual(['', []]);
    await send('c_z007', RECEIPT, 'c_z007');
    await page.locator('#novita p').waitFor();
    expect(await page.locator('#novita').innerText()).toBe('La pratica è stata aggiornata: consegna PEC confermata.');
    expect(refreshed).toHaveLength(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('and is more than can be told one by one is told as such, by stream and page', async () => {
    await begin('c_z008');
    const { page, context, complaints } = await site.open('operator-1');
    const before = await feedAt(page);
    // A thousand cases more, each with the first event of this one.
    await sql`WITH command AS (INSERT INTO commands (stream, command_id, type, data, actor, request_hash, received_at, recorded_at, first_version, last_version, record, digest)
      SELECT 'adhesion/c_z008-' || n, command_id || n, type, data, actor, request_hash, received_at, recorded_at, 1, 1, record, digest
      FROM commands, generate_series(1000, 1999) AS n WHERE stream = 'adhesion/c_z008-1')
      INSERT INTO events (stream, version, prev_version, type, schema_version, data, actor, recorded_at, effective_on, command_id, ordinal, record, prev_hash, hash)
      SELECT 'adhesion/c_z008-' || n, 1, 0, type, schema_version, data, actor, recorded_at, effective_on, command_id || n, ordinal, record, NULL, hash
      FROM events, generate_series(1000, 1999) AS n WHERE stream = 'adhesion/c_z008-1' AND version = 1`.execute(site.api.stack.db);
    await openAfter(page, '/', before);
    await page.getByText('Pagina aggiornata: molte pratiche sono cambiate.').waitFor({ timeout: 10_000 });
    // It is up to date from there on: what comes next is told by itself.
    await send('c_z008', PROPOSAL);
    await page.getByText('Pagina aggiornata: proposta inviata (c_z008-1).').waitFor({ timeout: 5_000 });
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('only pages with a script may run one, and none of another origin', async () => {
  const { page, context } = await site.open('auditor');
  const policyOf = async (path: string) => (await page.goto(`${site.url}${path}`))?.headers()['content-security-policy'] ?? '';
  const [live, still] = [await policyOf('/territorio'), await policyOf('/privacy')];
  expect(live).toContain("default-src 'none'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; script-src 'self'; connect-src 'self'; form-action 'self'");
  expect(still).not.toContain('script-src');
  expect(still).not.toContain('connect-src');
  await context.close();
});
