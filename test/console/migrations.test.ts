import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { walk } from '../api/path.ts';
import type { MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

/** A case whose convention is in force. */
async function inForce(body: MemberCode): Promise<void> {
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  await walk(site.api, body);
}

async function begun(id: string): Promise<void> {
  await vi.waitFor(async () => { expect((await site.api.call('GET', `/v1/migrations/${id}`, 'operator')).status).toBe(200); }, 30_000);
}

async function requested(body: MemberCode, service: string): Promise<void> {
  const answer = await site.api.call('POST', `/v1/adhesions/${body}-1/migrations`, 'operator', { body: { service } });
  if (answer.status !== 201) throw new Error(answer.text);
  await begun(`${body}-1.${service}`);
}

const main = (page: Page) => page.getByRole('main').innerText();

async function checkAndSend(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Controlla' }).click();
  await page.getByRole('button', { name: 'Conferma e registra' }).dblclick();
  await page.getByText('Registrato:').waitFor();
}

describe('an operator', () => {
  test('asks for a service in words, does its work in order, and closes it', async () => {
    await inForce('c_z000');
    const { page, complaints, context } = await site.open('operator-1');
    await page.goto(`${site.url}/pratiche/c_z000-1`);
    expect(await main(page)).toContain('Nessun servizio è stato ancora richiesto.');
    await page.getByRole('link', { name: 'Richiedi un servizio' }).last().click();
    const offered = await page.getByLabel('Servizio', { exact: true }).locator('option').allTextContents();
    expect(offered.slice(1)).toEqual(offered.slice(1).toSorted((one, other) => one.localeCompare(other, 'it')));
    expect([offered.length, offered[0], ...offered.filter((title) => /^(Rete in fibra|Formazione)/.test(title))]).toEqual([41, 'Scegli…', 'Formazione sulle competenze digitali', 'Rete in fibra ottica']);
    await page.getByLabel('Servizio', { exact: true }).selectOption('TRAINING');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await main(page)).toMatch(/Servizio richiesto[^]*Servizio\nFormazione sulle competenze digitali/);
    await page.getByRole('button', { name: 'Conferma e registra' }).dblclick();
    await page.getByText('Registrato:').waitFor();
    await begun('c_z000-1.TRAINING');
    await page.reload();
    expect(await page.getByRole('row').filter({ hasText: 'c_z000-1.TRAINING' }).innerText()).toMatch(/In attivazione\s+L'Agenzia: Registra un'attività completata/);

    // Asked for once more while it is open it is refused, at its field.
    await page.goto(`${site.url}/pratiche/c_z000-1/comandi/RequestMigration`);
    await page.getByLabel('Servizio', { exact: true }).selectOption('TRAINING');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('c_z000-1.TRAINING è già aperta');
    expect(await page.getByLabel('Servizio', { exact: true }).getAttribute('aria-invalid')).toBe('true');

    await page.goto(`${site.url}/pratiche/c_z000-1`);
    const sheet = page.locator('.sheet').filter({ hasText: 'Formazione sulle competenze digitali' });
    expect(await sheet.innerText()).toMatch(/^Tocca a voi\s+Formazione sulle competenze digitali\s+L'Agenzia: Registra un'attività completata/);
    await sheet.getByRole('link', { name: 'Formazione sulle competenze digitali' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Formazione sulle competenze digitali · Prova A');
    expect(await main(page)).toContain('Tocca a voi');
    expect(await main(page)).toContain('Analizzare le esigenze formative.');
    expect(await main(page)).not.toContain('analyse-needs');
    const form = page.getByRole('link', { name: "Registra un'attività completata" }).first();
    await form.click();
    // What follows another is offered when that is done.
    expect(await page.getByLabel('Attività').locator('option').allTextContents()).toEqual(['Scegli…', 'Analizzare le esigenze formative']);
    for (const [item, day] of [['analyse-needs', '2026-03-02'], ['plan-courses', '2026-03-08'], ['first-course', '2026-04-01']] as const) {
      await page.getByLabel('Attività').selectOption(item);
      await page.getByLabel('Giorno in cui è stata completata').fill(day);
      if (item === 'plan-courses') await page.getByLabel('Note').fill(XSS);
      await checkAndSend(page);
      if (item !== 'first-course') await form.click();
    }
    const way = await page.getByRole('list').filter({ hasText: 'Richiesto il' }).innerText();
    expect(way).toContain("Completata l'8 marzo 2026.");
    expect(way).toContain(XSS);
    expect(way).toContain("In esercizio dal 1º aprile 2026: giorno dell'ultima attività.");

    await page.getByRole('link', { name: 'Registra la chiusura del servizio' }).click();
    await page.getByLabel('Giorno della chiusura').fill('2026-05-04');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await main(page)).toContain('Chiuso il 4 maggio 2026.');
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByText('Registrato:').waitFor();
    await page.reload();
    await page.goBack().catch(() => null);
    const { body } = await site.api.call('GET', '/v1/migrations/c_z000-1.TRAINING/events', 'operator');
    expect(JSON.stringify(body).match(/"type":"(?:WorkItemCompleted|ServiceDelivered|MigrationClosed)"/g)).toHaveLength(5);
    expect((await site.api.call('GET', '/v1/migrations/c_z000-1.TRAINING', 'operator')).body['state']).toBe('CLOSED');
    // A window of its own: going back may end on the browser's own question, whenever it comes to it.
    const events = await context.newPage();
    await events.goto(`${site.url}/migrazioni/c_z000-1.TRAINING/eventi`);
    expect(await events.getByRole('row').filter({ hasText: 'MigrationClosed' }).innerText()).toContain('Servizio chiuso');
    expect(complaints).toEqual([]);
    await context.close();
  }, 180_000);

  test('reads why no service can be asked for yet', async () => {
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z001' } });
    const { page, context } = await site.open('operator-1');
    await page.goto(`${site.url}/pratiche/c_z001-1`);
    expect(await main(page)).toMatch(/Ora non si può richiedere un servizio: .*convenzione/);
    await context.close();
  });
});

describe('a municipal secretary', () => {
  test('sees its own services, and gives one up without script', async () => {
    await inForce('c_z002');
    await requested('c_z002', 'RTD_COMMUNITY');
    const { page, complaints, context } = await site.open('secretary-c_z002', { script: false, width: 320 });
    await page.goto(`${site.url}/pratiche/c_z002-1`);
    expect(await main(page)).toMatch(/Che cosa deve ancora fare l'Agenzia\s+Community dei Responsabili per la Transizione Digitale\s+L'Agenzia: Registra un'attività completata/);
    await page.getByRole('link', { name: 'Community dei Responsabili' }).first().click();
    expect(await page.getByRole('link', { name: "Registra un'attività completata" }).count()).toBe(0);
    await page.getByRole('link', { name: 'Annulla la richiesta del servizio' }).click();
    await page.getByLabel('Perché si rinuncia').fill('Non abbiamo ancora un RTD.');
    await checkAndSend(page);
    expect(await main(page)).toContain('Non abbiamo ancora un RTD.');
    expect((await site.api.call('GET', '/v1/migrations/c_z002-1.RTD_COMMUNITY', 'c_z002')).body['state']).toBe('CANCELLED');
    expect((await page.goto(`${site.url}/migrazioni/c_z002-1.RTD_COMMUNITY/comandi/CloseMigration`))?.status()).toBe(403);
    expect(complaints).toEqual([]);
    await context.close();

    const other = await site.open('secretary-c_z003');
    expect((await other.page.goto(`${site.url}/migrazioni/c_z002-1.RTD_COMMUNITY`))?.status()).toBe(404);
    await other.context.close();
  });
});

describe('an auditor', () => {
  test('reads a service, with nothing to press, and the reading is recorded', async () => {
    await inForce('c_z004');
    await requested('c_z004', 'TRAINING');
    const { page, context } = await site.open('auditor');
    await page.goto(`${site.url}/migrazioni/c_z004-1.TRAINING`);
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['A chi tocca', 'Il percorso del servizio', 'I tempi', 'Eventi registrati']);
    const { body } = await site.api.call('GET', '/v1/adhesions/c_z004-1/access', 'auditor');
    expect(JSON.stringify(body)).toContain('GET /migrazioni/:id');
    await page.goto(`${site.url}/pratiche/c_z004-1`);
    expect(JSON.stringify((await site.api.call('GET', '/v1/adhesions/c_z004-1/access', 'auditor')).body)).toMatch(/GET \/pratiche\/:id/);
    await context.close();
  });
});

describe('the pages of a service', () => {
  test('at 1280 and 320 px, in both languages: no violation of WCAG 2.2 A and AA, no sideways scroll', async () => {
    await inForce('c_z005');
    await requested('c_z005', 'TRAINING');
    const { page, complaints, context } = await site.open('operator-1');
    const found: Record<string, readonly string[]> = {};
    for (const path of ['/pratiche/c_z005-1', '/pratiche/c_z005-1/comandi/RequestMigration', '/migrazioni/c_z005-1.TRAINING', '/migrazioni/c_z005-1.TRAINING/eventi', '/migrazioni/c_z005-1.TRAINING/comandi/CompleteWorkItem', '/migrazioni/c_z005-1.TRAINING/comandi/Cancel']) {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${site.url}${path}`);
        found[`${path} at ${width}`] = await faultsOf(page);

      }
    }
    await page.goto(`${site.url}/lingua?lang=en&to=/migrazioni/c_z005-1.TRAINING`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Training in digital skills · Prova F');
    expect(await main(page)).toContain('Record that a work item was done');
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
