import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { abbiategrassoPath, PATH_SUBJECTS, type PathStep } from '../support/adhesion-path.ts';
import { startConsole, type Console } from './console.ts';

const BODY = 'c_z004';
const CASE = `/pratiche/${BODY}-1`;
const NAMES = { mayor: 'Marta Sindaca', president: 'Piero Presidente', ict: 'Ida Informatica', rtd: 'Rita Digitale', dpo: 'Dario Dati', security: 'Silvia Sicura' };

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const main = (page: Page) => page.getByRole('main').innerText();

/** Fills in what is given, by the names of its places; a person, who is no id to people, by the name. */
async function fill(page: Page, data: object, within = ''): Promise<void> {
  for (const [name, value] of Object.entries(data) as [string, unknown][]) {
    const path = `${within}${name}`;
    if (typeof value === 'object' && value !== null) {
      await fill(page, value, `${path}.`);
      continue;
    }
    const control = page.locator(`main [name="${path}"]`).first();
    const kind = (await page.locator(`main select[name="${path}"]`).count()) > 0 ? 'select' : await control.getAttribute('type');
    if (kind === 'radio' || kind === 'checkbox') await page.locator(`main [name="${path}"][value="${String(value)}"]`).check();
    else if (kind === 'select') await control.selectOption((await control.locator(`option[value="${String(value)}"]`).count()) > 0 ? { value: String(value) } : { label: String(value) });
    else await control.fill(kind === 'datetime-local' ? String(value).slice(0, 19) : String(value));
  }
}

/** Where another process spoke to the case meanwhile the page says so and keeps what was typed: who reads that checks once more. */
async function checkAndSend(page: Page): Promise<void> {
  const isBehind = async () => (await page.getByRole('alert').filter({ hasText: 'Nel frattempo' }).count()) > 0;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await page.getByRole('button', { name: 'Controlla' }).click();
    if (await isBehind()) continue;
    expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    if (await isBehind()) continue;
    await page.getByText('Registrato:').waitFor();
    return;
  }
  throw new Error(await main(page));
}

/** From the page of the case, as a person goes. */
async function openForm(page: Page, type: string): Promise<void> {
  await page.goto(`${site.url}${CASE}`);
  await page.locator(`main a[href="${CASE}/comandi/${type}"]`).first().click();
}

async function record(page: Page, { type, data }: PathStep): Promise<void> {
  await openForm(page, type);
  await fill(page, data);
  await checkAndSend(page);
}

async function addPerson(page: Page, name: string): Promise<void> {
  await page.goto(`${site.url}${CASE}/persone`);
  await page.getByLabel('Nome e cognome').fill(name);
  await page.getByLabel("Indirizzo email dell'ufficio").fill('ufficio@example.org');
  await page.getByRole('button', { name: 'Aggiungi' }).click();
  await page.waitForURL(`${site.url}${CASE}`);
}

/** The path of a comune of 4,000 inhabitants: its council has twelve members and the mayor. */
function stepsFrom(first: PathStep['type'], last: PathStep['type']): readonly PathStep[] {
  const labels = Object.fromEntries(Object.keys(PATH_SUBJECTS).map((name) => [name, name === 'president' ? `${NAMES.president} (Agenzia)` : NAMES[name as keyof typeof NAMES]])) as Record<keyof typeof PATH_SUBJECTS, string>;
  const path = abbiategrassoPath(labels).map((step): PathStep => (step.type === 'RecordSession'
    ? { ...step, data: { ...step.data, councillorsPresent: 12, votes: { for: 12, against: 1, abstained: 0 } } } : step));
  return path.slice(path.findIndex(({ type }) => type === first), path.findLastIndex(({ type }) => type === last) + 1);
}

test('a comune is taken from the start to its first service by operator and secretary, on a desk with script and on a phone without', async () => {
  const operator = await site.open('operator-1');
  const secretary = await site.open(`secretary-${BODY}`, { width: 320, script: false });
  const windowOf = ({ by }: PathStep) => (by === 'operator' ? operator.page : secretary.page);
  await operator.page.goto(`${site.url}/territorio?q=${BODY}`);
  await operator.page.getByRole('link', { name: /^Avvia ?: / }).first().click();
  await operator.page.getByRole('button', { name: 'Conferma e avvia' }).click();
  await operator.page.waitForURL(`${site.url}${CASE}`);
  for (const name of ['mayor', 'ict', 'rtd', 'dpo', 'security'] as const) await addPerson(secretary.page, NAMES[name]);
  await operator.page.goto(`${site.url}${CASE}/persone`);
  await operator.page.getByLabel('Per chi agisce').selectOption({ label: 'Agenzia' });
  await operator.page.getByLabel('Nome e cognome').fill(NAMES.president);
  await operator.page.getByLabel("Indirizzo email dell'ufficio").fill('presidenza@example.org');
  await operator.page.getByRole('button', { name: 'Aggiungi' }).click();
  await operator.page.waitForURL(`${site.url}${CASE}`);

  for (const step of stepsFrom('SendProposal', 'RecordSession')) await record(windowOf(step), step);

  // The secretary errs: a day before the session is refused at its field, what was typed stands; a wrong number is seen afterwards, and corrected.
  const { page } = secretary;
  await openForm(page, 'RecordPublication');
  await fill(page, { noticeBoardNo: '1302/2026', firstDay: '2026-07-07' });
  await page.getByRole('button', { name: 'Controlla' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('Primo giorno di pubblicazione');
  expect(await page.getByLabel('Primo giorno di pubblicazione').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel("Numero all'albo pretorio").inputValue()).toBe('1302/2026');
  await page.getByLabel('Primo giorno di pubblicazione').fill('2026-07-13');
  await checkAndSend(page);
  expect(await main(page)).toContain('24 luglio 2026');
  await page.getByRole('link', { name: /^Correggi: Pubblicazione all'albo registrata/ }).click();
  await page.getByLabel("Numero all'albo pretorio").fill('1203/2026');
  await checkAndSend(page);

  for (const step of stepsFrom('CertifyExecutivity', 'AcceptAppointment')) await record(windowOf(step), step);
  await openForm(operator.page, 'RequestMigration');
  await operator.page.getByLabel('Servizio', { exact: true }).selectOption('TRAINING');
  await checkAndSend(operator.page);
  await vi.waitFor(async () => { expect((await site.api.call('GET', `/v1/migrations/${BODY}-1.TRAINING`, 'operator')).status).toBe(200); }, 30_000);
  for (const [item, day] of [['analyse-needs', '2026-09-14'], ['plan-courses', '2026-09-21'], ['first-course', '2026-10-05']] as const) {
    await operator.page.goto(`${site.url}/migrazioni/${BODY}-1.TRAINING/comandi/CompleteWorkItem`);
    await operator.page.getByLabel('Attività').selectOption(item);
    await operator.page.getByLabel('Giorno in cui è stata completata').fill(day);
    await checkAndSend(operator.page);
  }
  await vi.waitFor(async () => {
    await secretary.page.goto(`${site.url}${CASE}`);
    expect(await main(secretary.page)).toMatch(/Fase\s+Gestione/);
  }, { timeout: 30_000, interval: 500 });
  const auditor = await site.open('auditor');
  await auditor.page.goto(`${site.url}${CASE}/eventi?tipo=FactCorrected`);
  expect(await auditor.page.getByRole('row').filter({ hasText: 'FactCorrected' }).count()).toBe(1);
  const view = (await site.api.call('GET', `/v1/adhesions/${BODY}-1`, 'operator')).body;
  expect([view['phase'], view['deliberation']?.['noticeBoardNo'], view['deliberation']?.['executiveOn']]).toEqual(['MANAGEMENT', '1203/2026', '2026-07-24']);
  expect([...operator.complaints, ...secretary.complaints, ...auditor.complaints]).toEqual([]);
  await Promise.all([operator, secretary, auditor].map(({ context }) => context.close()));
}, 240_000);
