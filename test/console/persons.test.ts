import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { walk } from '../api/path.ts';
import { listOf } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

const BODY = 'c_z000';
const CASE = `/pratiche/${BODY}-1`;

let site: Console;
beforeAll(async () => {
  site = await startConsole();
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: BODY } });
  await walk(site.api, BODY);
});
afterAll(async () => { await site.stop(); });

async function addsPerson(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Aggiungi una persona' }).click();
  await page.getByLabel('Nome e cognome').fill(name);
  await page.getByLabel("Indirizzo email dell'ufficio").fill('ufficio@example.org');
  await page.getByRole('button', { name: 'Aggiungi', exact: true }).click();
  await page.getByRole('button', { name: 'Torna al modulo' }).click();
}
const chosen = (page: Page, label: string) => page.getByLabel(label).locator('option:checked').innerText();

test.each([{ script: true, name: 'Ada Nuova' }, { script: false, name: `Bice ${XSS}` }])('from a form one goes back to it, with what was typed and whom one added (script: $script)', async ({ script, name }) => {
  const { page, context, complaints } = await site.open(`secretary-${BODY}`, { script });
  await page.goto(`${site.url}${CASE}/comandi/AppointReferent`);
  await page.getByLabel("Numero dell'atto").fill('7/2026 «è»');
  await page.getByLabel("Data dell'atto").fill('2026-03-01');
  await page.getByRole('button', { name: 'Aggiungi una persona' }).click();
  expect(script ? await faultsOf(page) : []).toEqual([]);
  // Going back without anybody loses nothing; nor does a mistake on the way.
  await page.getByRole('button', { name: 'Torna al modulo senza aggiungere' }).click();
  expect(await page.getByLabel("Numero dell'atto").inputValue()).toBe('7/2026 «è»');
  await page.getByRole('button', { name: 'Aggiungi una persona' }).click();
  await page.getByRole('button', { name: 'Aggiungi', exact: true }).click();
  expect(await page.getByLabel('Nome e cognome').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Nome e cognome').fill(name);
  await page.getByLabel("Indirizzo email dell'ufficio").fill('ufficio@example.org');
  await page.getByRole('button', { name: 'Aggiungi', exact: true }).dblclick();
  expect(await page.getByRole('status').innerText()).toContain("Ora è nell'elenco.");
  expect(script ? await faultsOf(page) : []).toEqual([]);
  await page.getByRole('button', { name: 'Torna al modulo' }).click();
  expect(await chosen(page, 'Persona nominata')).toBe(name);
  expect([await page.getByLabel("Numero dell'atto").inputValue(), await page.getByLabel("Data dell'atto").inputValue()]).toEqual(['7/2026 «è»', '2026-03-01']);
  // It is the same form: by the keyboard it is checked, not left.
  await page.getByLabel('Ruolo').selectOption('ICT_REFERENT');
  await page.getByLabel("Numero dell'atto").press('Enter');
  expect(await page.getByRole('main').innerText()).toContain(name);
  const persons = listOf((await site.api.call('GET', `/v1/subjects?body=${BODY}`, BODY)).body['items']);
  expect(persons.filter((person) => String(person['name']) === name)).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test('from a correction, and from the questionnaire, too', async () => {
  const { page, context } = await site.open(`secretary-${BODY}`, { width: 320 });
  const persons = listOf((await site.api.call('GET', `/v1/subjects?body=${BODY}`, BODY)).body['items']);
  const subject = String(persons.find((person) => String(person['name']) === 'Firma Taria')?.['id']);
  const { status, body: answer, text } = await site.api.call('POST', `/v1/adhesions/${BODY}-1/commands`, BODY, { body: { type: 'AppointReferent', data: { role: 'SECURITY_CONTACT', subject, actNo: '9/2026', actOn: '2026-03-01' } } });
  if (status !== 200) throw new Error(text);
  const correction = `${site.url}${CASE}/correzioni/${listOf(answer['events']).map((event) => String(event['version'])).join()}`;
  await page.goto(correction);
  expect([correction, await page.getByRole('heading', { level: 1 }).innerText()]).toEqual([correction, 'Correggi: Registra la nomina di un referente']);
  await page.getByLabel('Perché si corregge').fill('È un altro.');
  await page.getByLabel("Numero dell'atto").fill('10/2026');
  await addsPerson(page, 'Carla Firma');
  expect(page.url()).toBe(correction);
  expect([await page.getByLabel('Perché si corregge').inputValue(), await page.getByLabel("Numero dell'atto").inputValue()]).toEqual(['È un altro.', '10/2026']);
  // Somebody stands there already, who is not replaced unasked.
  expect(await chosen(page, 'Persona nominata')).toBe('Firma Taria');
  expect(await page.getByLabel('Persona nominata').locator('option').allInnerTexts()).toContain('Carla Firma');

  await page.goto(`${site.url}${CASE}/ricognizione/risorse-e-firma`);
  await page.getByLabel("Spesa dell'ultimo anno, in euro").fill('41.500,00');
  await addsPerson(page, 'Dina Erretidi');
  expect(await page.getByLabel("Spesa dell'ultimo anno, in euro").inputValue()).toBe('41.500,00');
  expect(await chosen(page, 'Chi la sottoscrive come RTD')).toBe('Dina Erretidi');
  await page.getByRole('button', { name: "Salva e torna all'elenco" }).click();
  await page.goto(`${site.url}${CASE}/ricognizione/risorse-e-firma`);
  expect(await chosen(page, 'Chi la sottoscrive come RTD')).toBe('Dina Erretidi');
  await context.close();
});

test('a session that expires on the way keeps both forms; an address that is no form of the case leads to the case', async () => {
  const { page, context } = await site.open(`secretary-${BODY}`);
  await page.goto(`${site.url}${CASE}/comandi/AppointReferent`);
  await page.getByLabel("Numero dell'atto").fill('8/2026');
  await context.clearCookies({ name: cookiesOf(site.url).session });
  await page.getByRole('button', { name: 'Aggiungi una persona' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe("L'accesso è scaduto");
  const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Accedi di nuovo' }).click()]);
  await tab.locator(`button[value="secretary-${BODY}"]`).click();
  await tab.waitForURL(/persone/);
  await page.getByRole('button', { name: 'Riprendi da dove eravate' }).click();
  await page.getByLabel('Nome e cognome').fill('Elsa Tornata');
  await page.getByLabel("Indirizzo email dell'ufficio").fill('ufficio@example.org');
  await page.getByRole('button', { name: 'Aggiungi', exact: true }).click();
  await page.getByRole('button', { name: 'Torna al modulo' }).click();
  expect(await page.getByLabel("Numero dell'atto").inputValue()).toBe('8/2026');
  for (const da of ['//altrove.example', '../c_z001-1', 'comandi/AppointReferent/../x', 'ricognizione/%0d']) {
    await page.goto(`${site.url}${CASE}/persone?${new URLSearchParams({ da }).toString()}`);
    expect(await page.getByRole('link', { name: 'Annulla' }).getAttribute('href')).toBe(CASE);
  }
  await context.close();
});
