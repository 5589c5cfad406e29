import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { checkArchive } from '../../dossier/check.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { walk } from '../api/path.ts';
import { tokenFor } from '../api/support.ts';
import { OTHER_SIGNER } from '../independent/ours.ts';
import { testBundle } from '../support/bundle.ts';
import { filesIn, sequenceAll, zipped } from '../support/dossier.ts';
import { temporaryFolder } from '../support/folders.ts';
import { axeViolations } from './axe.ts';
import { faultsOf as pageFaultsOf, startConsole, type Console } from './console.ts';

const BODY = 'c_z000';
const EVIL = 'c_z011';

let site: Console;
let folder: string;
let keys: LogKeys;
let dossier: Buffer;
let version: number;

/** The page of a dossier as somebody opens it who has unpacked the file on a disk, and what it asked of anybody. */
async function openPage(page: string | Buffer, { locale = 'it-IT', width = 1280, script = true } = {}) {
  const file = join(folder, `${Math.random()}`, 'index.html');
  mkdirSync(join(file, '..'));
  writeFileSync(file, page);
  const context = await site.browser.newContext({ locale, viewport: { width, height: 900 }, javaScriptEnabled: script });
  const opened = await context.newPage();
  const [asked, complaints]: [string[], string[]] = [[], []];
  opened.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()); });
  opened.on('pageerror', ({ message }) => complaints.push(message));
  opened.on('console', (message) => complaints.push(message.text()));
  const url = pathToFileURL(file).href;
  await opened.goto(url);
  return { context, page: opened, asked, complaints, url };
}

/** Of the newest tree. Without its size the newest histories would be archived first, and somebody would have to take them into the log. */
const dossierOf = async (id: string) => {
  const size = await sequenceAll(site.api.stack.db, keys);
  const headers = { authorization: `Bearer ${await tokenFor(site.api.keys, 'auditor')}` };
  const { statusCode, rawPayload } = await site.api.app.inject({ method: 'GET', url: `/v1/adhesions/${id}/dossier?treeSize=${size}`, headers });
  if (statusCode !== 200) throw new Error(String(rawPayload));
  return rawPayload;
};
const pageIn = (bytes: Buffer): string => String(filesIn(bytes).get('index.html'));
const checksOf = (page: Page) => page.evaluate<string[]>(`[...document.querySelectorAll('[data-check]')].map((line) => line.dataset.check)`);
const badEvents = (page: Page) => page.evaluate<string[]>(`[...document.querySelectorAll('[data-good=false]')].map((line) => line.dataset.event)`);
const faultsOf = async (page: Page) => [...await axeViolations(page), `sideways ${await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')}`];

beforeAll(async () => {
  site = await startConsole();
  folder = temporaryFolder('dossier-page');
  keys = await openLogKeys(site.api.keysDir, 'associa.example/log');
  await keepRunningBundle(site.api.stack.db, testBundle());
  for (const body of [BODY, EVIL]) await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  ({ body: { version } } = await walk(site.api, BODY) as unknown as { body: { version: number } });
  await site.api.calm();
  dossier = await dossierOf(`${BODY}-1`);
});
afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page of a dossier, opened from disk', () => {
  test('verifies all but the replay, and asks nobody for anything', async () => {
    const { page, asked, complaints, url, context } = await openPage(pageIn(dossier));
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(`Pratica ${BODY}-1 · Prova A`);
    expect(await page.getByRole('status').first().innerText()).toContain('Tutto ciò che questa pagina può verificare è integro.');
    expect(await checksOf(page)).toEqual(['good', 'good', 'good', 'good', 'good', 'good', 'none', 'none']);
    const events = await page.locator('[data-good=true]').count();
    expect(events).toBe(String(filesIn(dossier).get('events.ndjson')).trimEnd().split('\n').length);
    expect(events).toBeGreaterThanOrEqual(version);
    expect(await badEvents(page)).toEqual([]);
    const first = page.locator(`[data-event="adhesion/${BODY}-1@2"]`);
    expect(await first.innerText()).toContain('Proposta inviata');
    await first.locator('summary').click();
    const { items } = (await site.api.call('GET', `/v1/adhesions/${BODY}-1/events?after=1&limit=1`, 'auditor')).body;
    expect(await first.innerText()).toContain(String(items?.[0]?.['hash']));
    expect([await page.title(), await page.evaluate('document.documentElement.lang')]).toEqual([`Pratica ${BODY}-1 · Fascicolo verificabile`, 'it']);
    expect([asked, complaints]).toEqual([[url], []]);
    await context.close();
  });

  test('compares a key that is pasted, and reads the zip that is chosen', async () => {
    const { page, asked, complaints, url, context } = await openPage(pageIn(dossier), { locale: 'en-GB' });
    expect(await page.getByRole('status').first().innerText()).toContain('The key remains to be compared');
    expect([await page.title(), await page.evaluate('document.documentElement.lang')]).toEqual([`Case ${BODY}-1 · Verifiable dossier`, 'en']);
    const key = page.getByLabel('Published key');
    const said = page.locator('#esito-chiave');
    await key.fill(keys.verifiers[0]?.text ?? '');
    expect(await said.innerText()).toContain('It is the key that signed this dossier.');
    expect(await page.getByRole('status').first().innerText()).not.toContain('The key remains');
    await key.fill(OTHER_SIGNER.verifier.text);
    expect(await said.innerText()).toContain('This key has not signed the dossier.');
    await key.fill('associa.example/log');
    expect(await said.innerText()).toContain('This is no key');

    const choose = async (name: string, buffer: Buffer) => {
      await page.getByLabel('File of the dossier (.zip)').setInputFiles({ name, mimeType: 'application/zip', buffer });
      await page.locator('#esito-zip .mark').waitFor();
      return page.locator('#esito-zip').innerText();
    };
    expect(await choose('a.zip', dossier)).toContain(`The file holds to the last byte: ${filesIn(dossier).size} files`);
    const files = filesIn(dossier);
    files.set('events.ndjson', Buffer.from(String(files.get('events.ndjson')).replace('convenzione-cst', 'convenzione-cSt')));
    await expect.poll(async () => choose('b.zip', await zipped(files))).toContain('The file does not hold: EVENT_NOT_IN_LOG');
    await expect.poll(async () => choose('c.zip', dossier.subarray(1))).toContain('The file does not hold: DOSSIER_UNREADABLE');
    await expect.poll(async () => choose('d.zip', await dossierOf(`${EVIL}-1`))).toContain('another dossier');
    expect([asked, complaints]).toEqual([[url], []]);
    await context.close();
  });

  test.each<[string, (page: string) => string, string, string[]]>([
    ['a record that was changed', (page) => page.replace('convenzione-cst', 'convenzione-cSt'), 'EVENT_NOT_IN_LOG', [`adhesion/${BODY}-1@2`, `adhesion/${BODY}-1@3`]],
    ['a checkpoint that was changed', (page) => page.replace('associa.example/log\\n', 'associa.example/log\\n1'), 'CHECKPOINT_NOT_SIGNED', []],
    ['a manifest that was changed', (page) => page.replace(`\\"case\\": \\"${BODY}-1\\"`, `\\"case\\": \\"${BODY}-2\\"`), 'EVENT_OF_ANOTHER_CASE', []],
  ])('shows %s in red, with its place', async (_what, change, code, events) => {
    const whole = pageIn(dossier);
    expect(change(whole)).not.toBe(whole);
    const { page, complaints, context } = await openPage(change(whole));
    expect(await page.getByRole('alert').innerText()).toContain('Il fascicolo non è integro.');
    expect(await page.getByRole('alert').innerText()).toContain(code);
    expect(await checksOf(page)).toContain('bad');
    expect(await badEvents(page)).toEqual(expect.arrayContaining(events));
    expect(await faultsOf(page)).toEqual(['sideways 0']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is no place for script from a record: names are text', async () => {
    const { page, complaints, context } = await openPage(pageIn(await dossierOf(`${EVIL}-1`)));
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('<img src=x onerror=');
    expect([await page.title(), await page.locator('img').count(), complaints]).toEqual([`Pratica ${EVIL}-1 · Fascicolo verificabile`, 0, []]);
    await context.close();
  });

  test('is read at 1280 px in Italian and at 320 px in English, unfolded too, on paper, and without script: axe finds nothing', async () => {
    for (const [width, locale] of [[1280, 'it-IT'], [320, 'en-GB']] as const) {
      const { page, context } = await openPage(pageIn(dossier), { width, locale });
      expect([width, await faultsOf(page)]).toEqual([width, ['sideways 0']]);
      await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
      expect(await page.locator('details:not([open])').count()).toBe(0);
      expect([width, await faultsOf(page)]).toEqual([width, ['sideways 0']]);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.no-print, summary').filter({ visible: true }).count()).toBe(0);
      await context.close();
    }
    const { page, context } = await openPage(pageIn(dossier), { script: false });
    expect(await page.locator('body').innerText()).toContain('npx associa audit check');
    await context.close();
  });
});

describe('the page of the events', () => {
  test.each([['auditor', 'it-IT', 1280, 'Scarica il fascicolo'], ['operator-1', 'en-GB', 320, 'Download the dossier']])('gives the dossier to the %s, as a file', async (person, locale, width, name) => {
    const { page, complaints, context } = await site.open(person, { locale, width });
    await page.goto(`${site.url}/pratiche/${BODY}-1/eventi`);
    await sequenceAll(site.api.stack.db, keys);
    const link = page.getByRole('link', { name });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^${BODY}-1-\\d+\\.zip$`));
    const bytes = readFileSync(await download.path());
    expect(checkArchive(bytes, keys.verifiers).faults).toEqual([]);
    expect([await pageFaultsOf(page), complaints]).toEqual([[], []]);
    const { items } = (await site.api.call('GET', `/v1/adhesions/${BODY}-1/access?limit=1`, BODY)).body;
    expect([items?.[0]?.['kind'], items?.[0]?.['reader']?.['role']].map(String)).toEqual(['EXPORT', person.replace('-1', '')]);
    await context.close();
  });

  test('does not offer it to a comune, nor for a service', async () => {
    const { page, context } = await site.open(`secretary-${BODY}`);
    await page.goto(`${site.url}/pratiche/${BODY}-1/eventi`);
    expect(await page.locator('a[href$="/dossier"]').count()).toBe(0);
    await context.close();
    await site.api.call('POST', `/v1/adhesions/${BODY}-1/migrations`, 'operator', { body: { service: 'TRAINING' } });
    const operator = await site.open('operator-1');
    await expect.poll(async () => (await operator.page.goto(`${site.url}/migrazioni/${BODY}-1.TRAINING/eventi`))?.status()).toBe(200);
    expect(await operator.page.locator('a[href$="/dossier"]').count()).toBe(0);
    await operator.context.close();
  });
});
