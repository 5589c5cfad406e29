import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { pathOf } from '../api/path.ts';
import { listOf, type As, type Json, type MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

async function send(body: MemberCode, as: As, type: string, data: object): Promise<void> {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${body}-1/commands`, as, { body: { type, data } });
  if (status !== 200) throw new Error(`${type}: ${text}`);
}

/** A case in which a command is the next. */
async function upTo(body: MemberCode, next: string): Promise<void> {
  await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  const path = pathOf(body, 'nobody');
  for (const [as, type, data] of path.slice(0, path.findIndex(([, type]) => type === next))) await send(body, as, type, data);
}

async function eventsOf(body: MemberCode): Promise<readonly Json[]> {
  return listOf((await site.api.call('GET', `/v1/adhesions/${body}-1/events`, body)).body['items']);
}

async function versionOf(body: MemberCode, type: string): Promise<number> {
  return Number((await eventsOf(body)).find((event) => String(event['type']) === type)?.['version']);
}

describe('a correction', () => {
  test.each([{ script: true }, { script: false }])('begins with what was recorded, shows which dates move, and is recorded once with its reason (script: $script)', async ({ script }) => {
    const body: MemberCode = script ? 'c_z000' : 'c_z001';
    await upTo(body, 'CertifyExecutivity');
    const version = await versionOf(body, 'PublicationRecorded');
    const { page, complaints, context } = await site.open(`secretary-${body}`, { script });
    await page.goto(`${site.url}/pratiche/${body}-1`);
    await page.getByRole('link', { name: `Correggi: Pubblicazione all'albo registrata (versione ${version})` }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe("Correggi: Registra la pubblicazione all'albo");
    expect(await page.getByLabel("Numero all'albo pretorio").inputValue()).toBe('77/2026');
    expect(await page.getByLabel('Primo giorno di pubblicazione').inputValue()).toBe('2026-01-28');

    // What the process refuses stands at the field, and the rest is kept.
    await page.getByLabel('Primo giorno di pubblicazione').fill('2026-01-20');
    await page.getByLabel('Perché si corregge').fill(`Errore di battitura ${XSS}`);
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByLabel('Primo giorno di pubblicazione').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('alert').innerText()).toContain('26 gennaio 2026');
    expect(await page.getByLabel('Perché si corregge').inputValue()).toBe(`Errore di battitura ${XSS}`);
    await page.getByLabel('Primo giorno di pubblicazione').fill('');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Manca «Primo giorno di pubblicazione».');

    await page.getByLabel('Primo giorno di pubblicazione').fill('2026-01-29');
    await page.getByRole('button', { name: 'Controlla' }).click();
    const preview = await page.getByRole('main').innerText();
    expect(preview).toContain("Non vale più: Esecutiva dall'8 febbraio 2026: undicesimo giorno dalla pubblicazione del 28 gennaio 2026");
    expect(preview).toContain('Esecutiva dal 9 febbraio 2026: undicesimo giorno dalla pubblicazione del 29 gennaio 2026');
    expect(preview).toContain(`Errore di battitura ${XSS}`);
    expect((await eventsOf(body)).some((event) => String(event['type']) === 'FactCorrected')).toBe(false);
    await page.getByRole('button', { name: 'Conferma e registra' }).dblclick();
    await page.getByText('Registrato:').waitFor();
    const corrected = (await eventsOf(body)).filter((event) => String(event['type']) === 'FactCorrected');
    expect(corrected).toHaveLength(1);
    expect(corrected[0]?.['data']).toMatchObject({ corrects: version, type: 'PublicationRecorded', reasons: { textId: expect.stringMatching(/^txt-/) as string } });
    const textId = String(corrected[0]?.['data']?.['reasons']?.['textId']);
    expect((await site.api.call('GET', `/v1/adhesions/${body}-1/texts/${textId}`, body)).body['text']).toBe(`Errore di battitura ${XSS}`);
    expect((await site.api.call('GET', `/v1/adhesions/${body}-1`, body)).body['deliberation']?.['executiveOn']).toBe('2026-02-09');

    // What was corrected is corrected again, beginning with the correction.
    const again = Number(corrected[0]?.['version']);
    await page.goto(`${site.url}/pratiche/${body}-1/correzioni/${again}`);
    expect(await page.getByLabel('Primo giorno di pubblicazione').inputValue()).toBe('2026-01-29');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('brings back texts, instants, groups and choices as they were typed, also of a fact that was parked', async () => {
    const body: MemberCode = 'c_z002';
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
    const path = pathOf(body, 'nobody');
    const [send1, receipt] = [path[0], path[1]];
    // The receipt comes before the sending, and waits for it.
    await send(body, body, receipt[1], { deliveredAt: '2026-01-12T10:00:30+01:00' });
    await send(body, 'operator', send1[1], send1[2]);
    await send(body, body, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-01-13', reasons: 'Riga uno\nRiga due' });
    const { page, context } = await site.open(`secretary-${body}`);
    await page.goto(`${site.url}/pratiche/${body}-1/eventi`);
    await page.getByRole('link', { name: `Correggi l'evento ${await versionOf(body, 'OpinionRecorded')}`, exact: true }).click();
    expect(await page.getByLabel('Quale parere').inputValue()).toBe('TECHNICAL');
    expect(await page.getByLabel('Esito del parere').inputValue()).toBe('UNFAVOURABLE');
    expect(await page.getByLabel('Motivazione').inputValue()).toBe('Riga uno\nRiga due');
    // The opinion rests on the receipt, which is too late to correct; its form is filled all the same, and says so.
    await page.goto(`${site.url}/pratiche/${body}-1/correzioni/${await versionOf(body, 'ReceiptConfirmed')}`);
    expect(await page.getByLabel('Data e ora della ricevuta di consegna PEC').inputValue()).toBe('2026-01-12T10:00:30');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('È tardi per correggere');
    await context.close();
  });

  test('is offered only for what its reader may correct: not to an auditor, not to the comune what the Agency records', async () => {
    const body: MemberCode = 'c_z003';
    await upTo(body, 'ConfirmReceipt');
    const version = await versionOf(body, 'ProposalSent');
    const link = `/pratiche/${body}-1/correzioni/${version}`;
    const secretary = await site.open(`secretary-${body}`);
    await secretary.page.goto(`${site.url}/pratiche/${body}-1`);
    expect(await secretary.page.locator(`a[href="${link}"]`).count()).toBe(0);
    const operator = await site.open('operator-1');
    await operator.page.goto(`${site.url}/pratiche/${body}-1`);
    expect(await operator.page.locator(`a[href="${link}"]`).count()).toBe(1);
    const auditor = await site.open('auditor');
    await auditor.page.goto(`${site.url}${link}`);
    expect(await auditor.page.getByRole('heading', { level: 1 }).textContent()).toBe('Operazione non permessa a questo ruolo');
    await operator.page.goto(`${site.url}/pratiche/${body}-1/correzioni/1`);
    expect(await operator.page.getByRole('heading', { level: 1 }).textContent()).toBe('Risorsa non trovata');
    await Promise.all([secretary, operator, auditor].map(({ context }) => context.close()));
  });

  test('is told that the case has changed, and survives an expired session', async () => {
    const body: MemberCode = 'c_z004';
    await upTo(body, 'CertifyExecutivity');
    const version = await versionOf(body, 'PublicationRecorded');
    const { page, context } = await site.open(`secretary-${body}`);
    await page.goto(`${site.url}/pratiche/${body}-1/correzioni/${version}`);
    await page.getByLabel("Numero all'albo pretorio").fill('78/2026');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await send(body, 'operator', 'InviteRecognition', {});
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Nel frattempo la pratica è cambiata');
    expect(await page.getByLabel("Numero all'albo pretorio").inputValue()).toBe('78/2026');
    await context.clearCookies({ name: cookiesOf(site.url).session });
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe("L'accesso è scaduto");
    const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Accedi di nuovo' }).click()]);
    await tab.locator(`button[value="secretary-${body}"]`).click();
    await tab.getByRole('heading', { level: 1, name: 'Correggi' }).waitFor();
    await page.getByRole('button', { name: 'Riprendi da dove eravate' }).click();
    expect(await page.getByLabel("Numero all'albo pretorio").inputValue()).toBe('78/2026');
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByText('Registrato:').waitFor();
    await context.close();
  });

  test('at 1280 and 320 px, filled, with errors and previewed: no violation, no sideways scroll; by the keyboard alone', async () => {
    const body: MemberCode = 'c_z005';
    await upTo(body, 'CertifyExecutivity');
    const { page, context, complaints } = await site.open(`secretary-${body}`, { locale: 'en-GB' });
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        found[`${name} at ${width}`] = await faultsOf(page);
      }
    };
    await page.goto(`${site.url}/pratiche/${body}-1`);
    await look('the case');
    await page.goto(`${site.url}/pratiche/${body}-1/eventi`);
    await look('the events');
    await page.goto(`${site.url}/pratiche/${body}-1/correzioni/${await versionOf(body, 'PublicationRecorded')}`);
    await look('filled');
    await page.locator('[name=firstDay]').fill('');
    await page.locator('button[value=check]').press('Enter');
    await look('with errors');
    await page.locator('[name=firstDay]').fill('2026-01-29');
    await page.locator('button[value=check]').press('Enter');
    await look('previewed');
    await page.locator('button[value=send]').press('Enter');
    await page.getByText('Recorded:').waitFor();
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
    expect(Object.keys(found)).toHaveLength(10);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
