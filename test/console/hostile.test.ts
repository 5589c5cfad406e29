import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { ADHESION, MIGRATION } from '../../api/cases/kinds.ts';
import { formOfCommand, hasForm } from '../../console/case/commands.ts';
import { inputsOf } from '../../console/forms/fields.ts';
import { listOf } from '../api/support.ts';
import { startConsole, XSS, type Console, type Window } from './console.ts';
import { addressesOf, fillCase } from './pages.ts';

let site: Console;
beforeAll(async () => {
  site = await startConsole();
  await fillCase(site.api, 'c_z000');
});
afterAll(async () => { await site.stop(); });

const PERSONS = { operator: 'operator-1', member: 'secretary-c_z000', auditor: 'auditor' } as const;
const PAGES = addressesOf('c_z000', 'c_z001');

/** Every form of a command that a role may fill in, with the names of its fields and those that are typed as text. */
function formsFor(role: 'operator' | 'member') {
  return [{ kind: ADHESION, path: '/pratiche/c_z000-1' }, { kind: MIGRATION, path: '/migrazioni/c_z000-1.TRAINING' }].flatMap(({ kind, path }) => (
    Object.entries(kind.commands).filter(([command, { by }]) => by.includes(role) && hasForm(command, kind)).map(([command]) => ({
      command, path: `${path}/comandi/${command}`, inputs: inputsOf(formOfCommand(command, kind)),
    }))));
}

/** Sends fields from a page of ours, as its own form would: the controls of the form take no markup where they are dates or choices. */
async function submit(page: Page, action: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.evaluate(`(() => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: ${JSON.stringify(action)} });
    for (const [name, value] of Object.entries(${JSON.stringify(fields)})) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
  })()`)]);
}

/** What of the markup became more than text. */
const OWNED = "[document.title.includes('owned') ? 'script ran' : '', document.querySelector('img:not(.picture)') === null ? '' : 'an image', document.querySelector('[onerror]') === null ? '' : 'a handler'].filter((text) => text !== '')";

describe('markup in every field of every form of a command', () => {
  test.each(['operator', 'member'] as const)('shows as text to the %s who typed it', async (role) => {
    const { page, complaints, context } = await site.open(PERSONS[role]);
    const forms = formsFor(role);
    expect(forms.length).toBeGreaterThan(role === 'operator' ? 25 : 15);
    const wrong: Record<string, readonly string[]> = {};
    for (const { command, path, inputs } of forms) {
      await page.goto(`${site.url}${path}`);
      await submit(page, path, { ...Object.fromEntries(inputs.map(({ path: name }) => [name, XSS])), step: 'check', commandId: XSS, version: XSS });
      const owned = await page.evaluate<readonly string[]>(OWNED);
      const kept = inputs.length === 0 ? [] : await page.locator('main input[type=text], main textarea').evaluateAll((controls) => controls.map((control) => (control as unknown as { readonly value: string }).value));
      // Of a form that was refused what was typed is there still, letter by letter.
      const lost = kept.filter((value) => value !== XSS).map((value) => `kept as ${value}`);
      if (owned.length + lost.length > 0) wrong[command] = [...owned, ...lost];
    }
    expect(wrong).toEqual({});
    expect(complaints).toEqual([]);
    await context.close();
  }, 180_000);

  test('in addresses shows as text too, on every page', async () => {
    const { page, complaints, context } = await site.open('operator-1');
    const wrong: Record<string, readonly string[]> = {};
    const query = new URLSearchParams(['q', 'fatto', 'dopo', 'comando', 'fase', 'attesa', 'ordine', 'pagina', 'x'].map((name) => [name, XSS])).toString();
    for (const path of [...PAGES.map((one) => `${one}?${query}`), `/pratiche/${encodeURIComponent(XSS)}`, `/${encodeURIComponent(XSS)}`, `/territorio/${encodeURIComponent(XSS)}/avvio`, `/pratiche/c_z000-1/comandi/${encodeURIComponent(XSS)}`]) {
      await page.goto(`${site.url}${path}`);
      const owned = await page.evaluate<readonly string[]>(OWNED);
      if (owned.length > 0) wrong[path] = owned;
    }
    expect(wrong).toEqual({});
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('every page', () => {
  test.each([...Object.entries(PERSONS), ['nobody', null] as const])('for the %s: is kept by no cache, runs and loads nothing but its own, is framed by nobody', async (_role, person) => {
    const window = person === null ? null : await site.open(person);
    const page = window?.page ?? await site.browser.newPage();
    const elsewhere: string[] = [];
    page.on('request', (request) => { if (!request.url().startsWith(`${site.url}/`)) elsewhere.push(request.url()); });
    const wrong: Record<string, readonly string[]> = {};
    for (const path of [...PAGES, '/nulla', '/pratiche/c_z001-9', '/pratiche/c_z000-1/comandi/Nulla']) {
      const answer = await page.goto(`${site.url}${path}`);
      const headers = await answer?.allHeaders() ?? {};
      const policy = new Map((headers['content-security-policy'] ?? '').split(';').map((part) => {
        const [name = '', ...sources] = part.trim().split(' ');
        return [name, sources.join(' ')] as const;
      }));
      const sources = [...policy.values()].flatMap((list) => list.split(' '));
      const faults = [
        headers['content-type'] === 'text/html; charset=utf-8' ? '' : `is ${String(headers['content-type'])}`,
        policy.get('default-src') === "'none'" && policy.get('base-uri') === "'none'" && policy.get('frame-ancestors') === "'none'" && policy.get('form-action')?.startsWith("'self'") === true ? '' : `policy ${String(headers['content-security-policy'])}`,
        sources.every((source) => ["'none'", "'self'", 'data:', ''].includes(source)) ? '' : `sources ${sources.join(' ')}`,
        ['script-src', 'connect-src', 'style-src'].every((name) => ["'self'", undefined].includes(policy.get(name))) ? '' : 'scripts or styles from elsewhere, or inline',
        headers['cache-control'] === 'no-store' ? '' : `cache ${String(headers['cache-control'])}`,
        headers['x-content-type-options'] === 'nosniff' && headers['x-frame-options'] === 'DENY' && headers['referrer-policy'] === 'same-origin' ? '' : 'a header is missing',
      ].filter((text) => text !== '');
      if (faults.length > 0) wrong[path] = faults;
    }
    expect(wrong).toEqual({});
    expect([elsewhere, window?.complaints ?? []]).toEqual([[], []]);
    await page.context().close();
  });

  test('brings style and fonts that a browser may keep for ever, under the names of their content', async () => {
    const { page, context } = await site.open('operator-1');
    const assets: (readonly [string, string | undefined])[] = [];
    page.on('response', (response) => { if (response.url().includes('/assets/')) assets.push([response.url().slice(site.url.length), response.headers()['cache-control']]); });
    await page.goto(`${site.url}/territorio`, { waitUntil: 'networkidle' });
    expect(assets.length).toBeGreaterThan(3);
    expect(assets.filter(([path, cache]) => !/-[0-9a-f]{16}\.(?:css|woff2|svg|js|json)$/.test(path) || cache !== 'public, max-age=31536000, immutable')).toEqual([]);
    await context.close();
  });
});

/** The form that is shown, as it would be sent. */
async function fieldsOf(page: Page, step: string): Promise<Record<string, string>> {
  const fields = await page.evaluate<Record<string, string>>("Object.fromEntries(new FormData([...document.querySelectorAll('main form')].at(-1)))");
  return step === '' ? fields : { ...fields, step };
}

async function sendAgain({ page }: Window, path: string, form: Record<string, string>): Promise<readonly [number, string | undefined]> {
  const answer = await page.request.post(`${site.url}${path}`, { form, headers: { origin: site.url, 'sec-fetch-site': 'same-origin', accept: 'text/html' }, maxRedirects: 0 });
  return [answer.status(), answer.headers()['location']];
}

describe('what is sent twice is done once', () => {
  test('the start of an adhesion: a double click, and the same form again from the history', async () => {
    const window = await site.open('operator-1');
    const { page, context } = window;
    await page.goto(`${site.url}/territorio/c_z002/avvio`);
    const form = await fieldsOf(page, '');
    await page.getByRole('button', { name: 'Conferma e avvia' }).dblclick();
    await page.waitForURL(`${site.url}/pratiche/c_z002-1`);
    expect(await sendAgain(window, '/territorio/c_z002/avvio', form)).toEqual([303, '/pratiche/c_z002-1']);
    await page.reload();
    expect(listOf((await site.api.call('GET', '/v1/adhesions?q=c_z002', 'operator')).body['items'])).toHaveLength(1);
    await context.close();
  });

  test('a command: confirmed and checked again after it is recorded, it leads to what was recorded', async () => {
    const window = await site.open('operator-1');
    const { page, context } = window;
    const path = '/migrazioni/c_z000-1.TRAINING/comandi/CompleteWorkItem';
    await page.goto(`${site.url}${path}`);
    await page.getByLabel('Attività').selectOption('analyse-needs');
    await page.getByLabel('Giorno in cui è stata completata').fill('2026-03-02');
    await page.getByRole('button', { name: 'Controlla' }).click();
    const form = await fieldsOf(page, 'send');
    await page.getByRole('button', { name: 'Conferma e registra' }).dblclick();
    await page.getByText('Registrato:').waitFor();
    const recorded = [303, `/migrazioni/c_z000-1.TRAINING?fatto=${form['commandId'] ?? ''}`];
    expect([await sendAgain(window, path, form), await sendAgain(window, path, { ...form, step: 'check' })]).toEqual([recorded, recorded]);
    const { body } = await site.api.call('GET', '/v1/migrations/c_z000-1.TRAINING/events', 'operator');
    expect(JSON.stringify(body).match(/"type":"WorkItemCompleted"/g)).toHaveLength(1);
    await context.close();
  });

  test('a person: a double click, and the same form again', async () => {
    const window = await site.open('secretary-c_z000');
    const { page, context } = window;
    const path = '/pratiche/c_z000-1/persone?da=comandi/AppointReferent';
    await page.goto(`${site.url}${path}`);
    await page.getByLabel('Nome e cognome').fill('Maria Doppia');
    await page.getByLabel("Indirizzo email dell'ufficio").fill('maria@example.org');
    const form = await fieldsOf(page, '');
    await page.getByRole('button', { name: 'Aggiungi' }).dblclick();
    await page.waitForURL(/AppointReferent$/);
    expect(await sendAgain(window, path, form)).toEqual([303, '/pratiche/c_z000-1/comandi/AppointReferent']);
    const choices = await (await page.request.get(`${site.url}/pratiche/c_z000-1/comandi/AppointReferent`)).text();
    expect(choices.match(/<option[^>]*>Maria Doppia<\/option>/g)).toHaveLength(1);
    await context.close();
  });
});

describe('a session that has expired', () => {
  test.each([
    { path: '/migrazioni/c_z000-1.TRAINING/comandi/Cancel', label: 'Perché si rinuncia', button: 'Controlla', text: 'Non serve più.\nDavvero.', then: 'Anteprima' },
    { path: '/pratiche/c_z000-1/persone', label: 'Nome e cognome', button: 'Aggiungi', text: 'Rosa Prova', then: 'Da correggere' },
  ])('returns to the same form with its content: $path', async ({ path, label, button, text, then }) => {
    const { page, complaints, context } = await site.open('secretary-c_z000');
    await page.goto(`${site.url}${path}`);
    await page.getByLabel(label).fill(text);
    await context.clearCookies({ name: cookiesOf(site.url).session });
    await page.getByRole('button', { name: button }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe("L'accesso è scaduto");
    const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Accedi di nuovo' }).click()]);
    await tab.locator('button[value="secretary-c_z000"]').click();
    await tab.waitForURL(`${site.url}${path}`);
    await page.getByRole('button', { name: 'Riprendi da dove eravate' }).click();
    expect(await page.getByLabel(label).inputValue()).toBe(text);
    // It is a form like any other again.
    await page.getByRole('button', { name: button }).click();
    expect(await page.getByRole('main').innerText()).toContain(then);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
