import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { loadCatalogue } from '../../api/catalogue.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import { addDays } from '../../domain/shared/civil-date.ts';
import { listOf } from '../api/support.ts';
import { startConsole, type Console } from './console.ts';
import { fillCase } from './pages.ts';

/** What the pages of portfolio and catalogue say at their edges: lateness, days, who is told, versions that others have changed. */
let site: Console;
const [BODY, FORMULA] = ['c_z001', 'c_z002'] as const;
const BODIES = new Bodies([{ ipaCode: BODY, istatCode: '015901', name: 'Prova B', population: 4_001 }, { ipaCode: FORMULA, istatCode: '015902', name: '=SUM(1)', population: 4_002 }]);
beforeAll(async () => {
  site = await startConsole(BODIES, { twoPersons: true });
  for (const body of [BODY, FORMULA] as const) await fillCase(site.api, body);
  await site.api.calm();
}, 120_000);
afterAll(async () => { await site.stop(); });

const button = (page: Page, name: string) => Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).click()]);
const heard = async () => listOf((await site.api.call('GET', `/v1/adhesions/${BODY}-1/access`, BODY)).body['items']).map((read) => [read['kind'], read['reader']?.['role']].map(String).join());

describe('the portfolio', () => {
  test('marks what is late, in its cell, in words and in the legend', async () => {
    const row = () => site.api.stack.db.updateTable('cases').where('id', '=', `${BODY}-1.TRAINING`);
    await row().set({ late_from: '2026-01-01' }).execute();
    const { page, context } = await site.open('auditor');
    await page.goto(`${site.url}/portafoglio`);
    expect(await page.getByRole('row').filter({ hasText: 'Prova B' }).getByRole('link').allTextContents()).toEqual(['Prova B', 'V!Formazione sulle competenze digitali: in attivazione, in ritardo']);
    expect(await page.getByRole('listitem').filter({ hasText: '!' }).textContent()).toBe('! In ritardo');
    const [, line, ...lines] = (await (await context.request.get(`${site.url}/portafoglio.csv`)).text()).split('\r\n');
    expect(line?.split(',').at(6)).toBe('!');
    // No cell of the file is a formula.
    expect(lines.filter((one) => one.includes(FORMULA)).map((one) => one.split(',').at(2))).toEqual(["'=SUM(1)"]);
    await row().set({ late_from: null }).execute();
    await page.reload();
    expect(await page.getByRole('main').innerText()).not.toContain('!');
    await context.close();
  });

  test('is told to the comune whose cases were on a page, and not what the comune reads itself', async () => {
    const auditor = await site.open('auditor');
    for (const path of ['/portafoglio', '/portafoglio.csv', '/portafoglio/piano?servizio=FIBRE']) {
      const before = await heard();
      await auditor.context.request.get(`${site.url}${path}`);
      expect(await heard(), path).toEqual(['LIST,auditor', ...before]);
    }
    const member = await site.open(`secretary-${BODY}`);
    const before = await heard();
    for (const path of ['/portafoglio', '/portafoglio.csv', '/portafoglio/calendario']) await member.context.request.get(`${site.url}${path}`);
    expect(await heard()).toEqual(before);
    await Promise.all([auditor.context.close(), member.context.close()]);
  });

  test.each([
    ['dal=2027-03-01&al=2027-03-31', ['2027-03-01', '2027-03-31']], ['dal=2027-03-01&al=2027-02-01', ['2027-03-01', addDays('2027-03-01', 84)]], ['dal=2027-03-01&al=2027-02-30', ['2027-03-01', addDays('2027-03-01', 84)]],
  ])('shows the calendar of the days that are said, twelve weeks where they make no sense: %s', async (query, days) => {
    const { page, context } = await site.open('operator-1', { script: false });
    await page.goto(`${site.url}/portafoglio/calendario?${query}`);
    expect([await page.locator('#c-from').inputValue(), await page.locator('#c-to').inputValue()]).toEqual(days);
    await context.close();
  });
});

describe('the catalogue', () => {
  const save = async (page: Page, title: string) => {
    await page.getByLabel('Nome in inglese').fill(title);
    await button(page, 'Salva la modifica');
  };
  const approve = async (service: string) => {
    const { page, context } = await site.open('operator-2', { script: false });
    await page.goto(`${site.url}/catalogo/${service}`);
    await button(page, 'Approva');
    expect(await page.getByRole('status').innerText()).toBe('La modifica è fatta.');
    await context.close();
  };

  test('shows no comune what waits, and no form at an older version', async () => {
    const { page, context } = await site.open('operator-1', { script: false });
    await page.goto(`${site.url}/catalogo/TRAINING`);
    await save(page, 'For all');
    const member = await site.open(`secretary-${BODY}`);
    await member.page.goto(`${site.url}/catalogo/TRAINING`);
    expect(await member.page.getByRole('main').innerText()).not.toContain('For all');
    await approve('TRAINING');
    await page.goto(`${site.url}/catalogo/TRAINING?versione=1`);
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    await Promise.all([context.close(), member.context.close()]);
  });

  test('refuses a change of a version that others have changed, and keeps what was typed', async () => {
    const [late, quick] = [await site.open('operator-1', { script: false }), await site.open('operator-1', { script: false })];
    for (const { page } of [late, quick]) await page.goto(`${site.url}/catalogo/OPEN_DATA`);
    await save(quick.page, 'Quick');
    await approve('OPEN_DATA');
    await save(late.page, 'Late');
    expect(await late.page.getByRole('alert').innerText()).toContain('Altri hanno cambiato questo servizio');
    expect(await late.page.getByLabel('Nome in inglese').inputValue()).toBe('Late');
    expect((await site.api.call('GET', '/v1/catalogue-preparations/OPEN_DATA', 'operator')).status).toBe(404);
    await Promise.all([late.context.close(), quick.context.close()]);
  });

  test('takes back what was read, and not what took its place', async () => {
    const [first, second] = [await site.open('operator-1', { script: false }), await site.open('operator-2', { script: false })];
    await first.page.goto(`${site.url}/catalogo/ACCESSIBILITY`);
    await save(first.page, 'One');
    await second.page.goto(`${site.url}/catalogo/ACCESSIBILITY`);
    await first.page.goto(`${site.url}/catalogo/ACCESSIBILITY`);
    await save(first.page, 'Two');
    await button(second.page, 'Ritira');
    expect((await site.api.call('GET', '/v1/catalogue-preparations/ACCESSIBILITY', 'operator')).body['entry']?.['title']?.['en']).toBe('Two');
    await Promise.all([first.context.close(), second.context.close()]);
  });

  test('takes a service out of the offer', async () => {
    const { page, context } = await site.open('operator-1', { script: false });
    await page.goto(`${site.url}/catalogo/AI_GUIDELINES`);
    await page.getByRole('group', { name: 'Si può richiedere' }).getByLabel('No').check();
    await button(page, 'Salva la modifica');
    await approve('AI_GUIDELINES');
    expect((await site.api.call('GET', '/v1/catalogue/AI_GUIDELINES', 'operator')).body['active']).toBe(false);
    await context.close();
  });

  test('says a yearly cost as people write it', async () => {
    const { service, version: _version, ...entry } = findService(loadCatalogue(), 'WEB_ANALYTICS') ?? { service: '' };
    await site.api.call('PUT', `/v1/catalogue/${service}`, 'operator', { body: { ...entry, cost: { kind: 'YEARLY', cents: 125_000 } } });
    await approve(service);
    const { page, context } = await site.open(`secretary-${BODY}`);
    await page.goto(`${site.url}/catalogo/${service}`);
    expect(await page.getByRole('main').innerText()).toContain('Annuale: 1.250,00 €');
    await context.close();
  });
});
