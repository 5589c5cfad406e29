import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { DIMENSIONS } from '../../domain/adhesion/recognition/terms.ts';
import { DIMENSION_WORDS } from '../../console/words/recognition.ts';
import type { MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const SLUGS = DIMENSIONS.map((dimension) => DIMENSION_WORDS[dimension].slug);
const at = (body: MemberCode, part = '') => `${site.url}/pratiche/${body}-1/ricognizione${part === '' ? '' : `/${part}`}`;

async function send(body: MemberCode, type: string, data: object): Promise<void> {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${body}-1/commands`, 'operator', { body: { type, data } });
  if (status !== 200) throw new Error(text);
}

/** A case that is invited to its recognition, with somebody who can sign it off. */
async function invited(body: MemberCode): Promise<void> {
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  await send(body, 'InviteRecognition', { dueOn: '2100-03-31' });
  await site.api.call('POST', '/v1/subjects', body, { body: { body, name: 'Rita Prova', email: 'rtd@example.org' } });
}

const draftOf = async (body: MemberCode) => (await site.api.call('GET', `/v1/adhesions/${body}-1/drafts/SubmitRecognition`, body)).body;
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();

async function answerDimension(page: Page, evidence: string): Promise<void> {
  await page.getByLabel('2 – Parziale').check();
  await page.getByLabel('Su che cosa si basa la risposta').fill(evidence);
  await page.getByRole('button', { name: 'Salva e continua' }).click();
}

describe('the questionnaire of the recognition', () => {
  test.each([{ script: true }, { script: false }])('is filled in by two persons on two machines, checked, corrected and submitted once (script: $script)', async ({ script }) => {
    const body: MemberCode = script ? 'c_z000' : 'c_z001';
    await invited(body);
    const one = await site.open(`secretary-${body}`, { script });
    await one.page.getByRole('link', { name: 'Sì, registriamolo' }).click();
    expect(one.page.url()).toBe(at(body));
    expect(await one.page.getByRole('main').innerText()).toContain('0 di 8 dimensioni compilate');
    await one.page.getByRole('link', { name: 'Servizi digitali ai cittadini' }).click();
    for (const slug of SLUGS.slice(0, 5)) {
      expect(one.page.url()).toBe(at(body, slug));
      await answerDimension(one.page, `Prova per ${slug}`);
    }

    // Another person of the same comune finds it, and goes on.
    const two = await site.open(`secretary-${body}`, { script, width: 320 });
    await two.page.goto(at(body));
    expect(await two.page.getByRole('main').innerText()).toContain('5 di 8 dimensioni compilate');
    await two.page.getByRole('button', { name: 'Controlla e presenta' }).click();
    const missing = await two.page.getByRole('alert').innerText();
    expect(missing).toContain('Manca la risposta su infrastrutture');
    expect(missing).toContain("L'inventario indica almeno un applicativo.");
    expect(missing).toContain("L'RTD sottoscrive la ricognizione.");
    await two.page.getByRole('alert').getByRole('link', { name: /infrastrutture/ }).click();
    for (const slug of SLUGS.slice(5)) await answerDimension(two.page, `Prova per ${slug}`);

    expect(await heading(two.page)).toBe('Elenco dei programmi');
    await two.page.getByLabel('Codice', { exact: true }).fill('PROT 01');
    await two.page.getByLabel('A che cosa serve').fill(XSS);
    await two.page.getByRole('button', { name: 'Aggiungi' }).click();
    expect(await two.page.getByLabel('Codice', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    expect(await two.page.getByLabel('A che cosa serve').inputValue()).toBe(XSS);
    await two.page.getByLabel('Codice', { exact: true }).fill('PROT-01');
    await two.page.getByRole('button', { name: 'Aggiungi' }).click();
    expect(await two.page.getByRole('row').nth(1).innerText()).toContain(XSS);
    await two.page.getByRole('link', { name: 'Continua' }).click();
    await two.page.getByLabel('Codice', { exact: true }).fill('MUNICIPIO');
    await two.page.getByLabel('Tipo di connessione').selectOption('FTTH');
    await two.page.getByRole('button', { name: 'Aggiungi' }).click();
    await two.page.getByRole('link', { name: 'Continua' }).click();
    await two.page.getByLabel("Spesa dell'ultimo anno, in euro").fill('41.500,50');
    await two.page.getByLabel('Personale che se ne occupa, a tempo pieno').fill('1,5');
    await two.page.getByLabel('Chi la sottoscrive come RTD').selectOption({ label: 'Rita Prova' });
    await two.page.getByRole('button', { name: 'Salva e continua' }).click();
    expect((await draftOf(body))['data']?.['resources']).toEqual({ ictSpendCents: 4_150_050, ictStaffFte: 1.5 });

    await one.page.goto(at(body));
    await one.page.getByRole('button', { name: 'Controlla e presenta' }).click();
    const preview = await one.page.getByRole('main').innerText();
    expect(preview).toContain('Ricognizione presentata');
    expect(preview).toContain(`Prova per ${SLUGS[7]}`);
    expect(preview).toContain('2 – Parziale');
    expect((await site.api.call('GET', `/v1/adhesions/${body}-1`, body)).body['recognition']?.['state']).toBe('IN_PROGRESS');
    await one.page.getByRole('button', { name: 'Conferma e registra' }).dblclick();
    await one.page.getByText('Registrato:').waitFor();
    const { body: view } = await site.api.call('GET', `/v1/adhesions/${body}-1`, body);
    expect([view['recognition']?.['state'], view['version'], view['recognition']?.['resources']?.['ictSpendCents']]).toEqual(['SUBMITTED', 4, 4_150_050]);
    expect((await draftOf(body))['code']).toBe('NOT_FOUND');

    // What was submitted is what the next one begins with.
    await send(body, 'ReturnRecognition', { reasons: 'Mancano le sedi' });
    await two.page.goto(at(body));
    await two.page.getByRole('button', { name: "Riparti dall'ultima ricognizione presentata" }).click();
    expect(await two.page.getByRole('main').innerText()).toContain('8 di 8 dimensioni compilate');
    await two.page.goto(at(body, SLUGS[0]));
    expect(await two.page.getByLabel('Su che cosa si basa la risposta').inputValue()).toBe(`Prova per ${SLUGS[0]}`);
    expect([...one.complaints, ...two.complaints]).toEqual([]);
    await Promise.all([one.context.close(), two.context.close()]);
  });

  test('says when somebody else has saved the same part, keeps what was typed, and loses nothing of other parts', async () => {
    const body: MemberCode = 'c_z002';
    await invited(body);
    const [one, two] = [await site.open(`secretary-${body}`), await site.open(`secretary-${body}`)];
    await one.page.goto(at(body, SLUGS[0]));
    await two.page.goto(at(body, SLUGS[0]));
    await answerDimension(one.page, 'Quello che ha scritto Anna');
    await answerDimension(one.page, "Un'altra parte");
    await two.page.getByLabel('4 – Completo').check();
    await two.page.getByLabel('Su che cosa si basa la risposta').fill(`Quello che ha scritto Bruno ${XSS}`);
    await two.page.getByRole('button', { name: 'Salva e continua' }).click();
    expect(await two.page.getByRole('alert').innerText()).toContain("Nel frattempo un'altra persona ha salvato questa parte.");
    expect(await two.page.getByRole('main').innerText()).toContain('Quello che ha scritto Anna');
    expect(await two.page.getByLabel('Su che cosa si basa la risposta').inputValue()).toBe(`Quello che ha scritto Bruno ${XSS}`);
    expect(await faultsOf(two.page)).toEqual([]);
    expect((await draftOf(body))['data']?.['dimensions']?.['DIGITISED_SERVICES']?.['evidence']).toBe('Quello che ha scritto Anna');
    // Saved again it is meant.
    await two.page.getByRole('button', { name: 'Salva e continua' }).click();
    expect((await draftOf(body))['data']?.['dimensions']).toEqual({
      DIGITISED_SERVICES: { score: 4, evidence: `Quello che ha scritto Bruno ${XSS}` }, APPLICATIONS: { score: 2, evidence: "Un'altra parte" },
    });
    expect([...one.complaints, ...two.complaints]).toEqual([]);
    await Promise.all([one.context.close(), two.context.close()]);
  });

  test('says to the case, once, that the recognition is under way: by the first answer that is saved, of two at the same moment too', async () => {
    const body: MemberCode = 'c_z009';
    await invited(body);
    const [one, two] = [await site.open(`secretary-${body}`), await site.open(`secretary-${body}`)];
    const stateOf = async () => (await site.api.call('GET', `/v1/adhesions/${body}-1`, body)).body['recognition']?.['state'];
    const begun = async () => {
      const { text } = await site.api.call('GET', `/v1/adhesions/${body}-1/events?type=RecognitionBegun`, body);
      return (JSON.parse(text) as { readonly items: readonly { readonly actor: { readonly role: string } }[] }).items.map(({ actor }) => actor.role);
    };
    await one.page.goto(at(body, SLUGS[0]));
    await two.page.goto(at(body, SLUGS[1]));
    expect([await stateOf(), await begun()]).toEqual(['INVITED', []]);
    await Promise.all([answerDimension(one.page, 'Anna'), answerDimension(two.page, 'Bruno')]);
    await Promise.all([one.page.waitForURL(at(body, SLUGS[1])), two.page.waitForURL(at(body, SLUGS[2]))]);
    expect(Object.keys((await draftOf(body))['data']?.['dimensions'] ?? {})).toEqual(expect.arrayContaining(['DIGITISED_SERVICES', 'APPLICATIONS']));
    expect([await stateOf(), await begun()]).toEqual(['IN_PROGRESS', ['member']]);
    await answerDimension(one.page, 'Ancora');
    expect(await begun()).toEqual(['member']);
    expect([...one.complaints, ...two.complaints]).toEqual([]);
    await Promise.all([one.context.close(), two.context.close()]);
  });

  test('whose session has ended comes back with what was typed', async () => {
    const body: MemberCode = 'c_z003';
    await invited(body);
    const { page, context } = await site.open(`secretary-${body}`);
    await page.goto(at(body, SLUGS[4]));
    await page.getByLabel('3 – Buono').check();
    await page.getByLabel('Su che cosa si basa la risposta').fill('Scritto prima della pausa');
    await context.clearCookies({ name: cookiesOf(site.url).session });
    await page.getByRole('button', { name: 'Salva e continua' }).click();
    expect(await heading(page)).toBe("L'accesso è scaduto");
    const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Accedi di nuovo' }).click()]);
    await tab.locator(`button[value="secretary-${body}"]`).click();
    await tab.getByRole('heading', { level: 1, name: 'Piattaforme nazionali' }).waitFor();
    await page.getByRole('button', { name: 'Riprendi da dove eravate' }).click();
    expect(await page.getByLabel('3 – Buono').isChecked()).toBe(true);
    expect(await page.getByLabel('Su che cosa si basa la risposta').inputValue()).toBe('Scritto prima della pausa');
    expect((await draftOf(body))['code']).toBe('NOT_FOUND');
    await page.getByRole('button', { name: "Salva e torna all'elenco" }).click();
    expect((await draftOf(body))['data']?.['dimensions']).toEqual({ PLATFORMS: { score: 3, evidence: 'Scritto prima della pausa' } });
    await context.close();
  });

  test('takes records out and changes them, refuses a code twice, and erases the whole draft', async () => {
    const body: MemberCode = 'c_z004';
    await invited(body);
    const { page, context, complaints } = await site.open(`secretary-${body}`);
    const add = async (code: string, area: string): Promise<void> => {
      await page.goto(at(body, 'elenco-programmi'));
      await page.getByLabel('Codice', { exact: true }).fill(code);
      await page.getByLabel('A che cosa serve').fill(area);
      await page.getByRole('button', { name: 'Aggiungi' }).click();
    };
    await add('A', 'Protocollo');
    await add('B', 'Tributi');
    await add('A', 'Un altro');
    expect(await page.getByRole('alert').innerText()).toContain("«Codice» è già nell'elenco.");
    await page.goto(at(body, 'elenco-programmi'));
    await page.getByRole('link', { name: /^Modifica ?: B$/ }).click();
    await page.getByText('Altri dati').click();
    await page.getByLabel('Dove si trova').selectOption('SAAS');
    await page.getByLabel('SPID').check();
    await page.getByLabel('Con che cosa scambia dati').fill('PEC\nConservazione');
    await page.getByRole('button', { name: 'Salva le modifiche' }).click();
    expect((await draftOf(body))['data']?.['applications']?.[1]).toEqual({ code: 'B', area: 'Tributi', hosting: 'SAAS', auth: ['SPID'], interfaces: ['PEC', 'Conservazione'] });
    await page.getByRole('button', { name: /^Togli ?: A$/ }).click();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.goto(at(body));
    await page.getByText('Elimina la bozza').first().click();
    await page.getByRole('button', { name: 'Elimina la bozza' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Nulla è ancora salvato.');
    expect((await draftOf(body))['code']).toBe('NOT_FOUND');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is filled in and saved by the keyboard alone', async () => {
    const body: MemberCode = 'c_z005';
    await invited(body);
    const { page, context } = await site.open(`secretary-${body}`);
    await page.goto(at(body, SLUGS[0]));
    const focused = () => page.evaluate<string>('document.activeElement.name || document.activeElement.textContent');
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        if (await focused() === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not reach ${name}`);
    };
    await tabTo('score');
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('evidence');
    await page.keyboard.type('A mano');
    await tabTo('step');
    await page.keyboard.press('Enter');
    await page.waitForURL(at(body, SLUGS[1]));
    expect((await draftOf(body))['data']?.['dimensions']).toEqual({ DIGITISED_SERVICES: { score: 3, evidence: 'A mano' } });
    await context.close();
  });

  test('is the comune\'s own: neither the Agency, nor an auditor, nor another comune reads it', async () => {
    const body: MemberCode = 'c_z006';
    await invited(body);
    for (const [person, words] of [['operator-1', 'Operazione non permessa a questo ruolo'], ['auditor', 'Operazione non permessa a questo ruolo'], ['secretary-c_z007', 'Risorsa non trovata']] as const) {
      const { page, context } = await site.open(person);
      for (const part of ['', SLUGS[0]]) {
        await page.goto(at(body, part));
        expect(await heading(page)).toBe(words);
      }
      await context.close();
    }
  });

  test('at 1280 and 320 px, empty, full, with errors, in both languages: no violation, no sideways scroll', async () => {
    const body: MemberCode = 'c_z008';
    await invited(body);
    const found: Record<string, readonly string[]> = {};
    for (const locale of ['it-IT', 'en-GB']) {
      const { page, context, complaints } = await site.open(`secretary-${body}`, { locale });
      const look = async (name: string): Promise<void> => {
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 800 });
          found[`${name} at ${width} in ${locale}`] = await faultsOf(page);
        }
      };
      for (const part of ['', SLUGS[0] ?? '', 'elenco-programmi', 'elenco-sedi', 'risorse-e-firma']) {
        await page.goto(at(body, part));
        await look(`/${part}`);
      }
      await page.goto(at(body));
      await page.locator('button[value=check]').click();
      await look('what is missing');
      await page.goto(at(body, 'elenco-programmi'));
      await page.locator('button[value=save]').click();
      await look('a record with errors');
      if (locale === 'it-IT') {
        await page.locator('[name=code]').first().fill('X'.repeat(40));
        await page.locator('[name=area]').fill('Y'.repeat(100));
        await page.locator('button[value=save]').click();
      }
      await page.goto(at(body, 'elenco-programmi'));
      await look('a list with a long record');
      expect(complaints).toEqual([]);
      await context.close();
    }
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
    expect(Object.keys(found)).toHaveLength(32);
  });
});
