import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHA256 } from '../api/digest.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';
import { fillCase } from './pages.ts';

const BODY = 'c_z000';
const CASE = `/pratiche/${BODY}-1`;
const HOUR_MS = 3_600_000;

let site: Console;
/** The notice of a sub-processor, whose text is stored, and the resolution, whose text is not. */
const NOTICE = Buffer.from('%PDF-1.7 comunicazione');
beforeAll(async () => {
  site = await startConsole();
  await fillCase(site.api, BODY);
  const { body: person } = await site.api.call('POST', '/v1/subjects', 'operator', { body: { body: BODY, name: 'Dora Po', email: 'dpo@example.org' } });
  await send(BODY, 'AppointReferent', { role: 'DPO', subject: String(person['id']), actNo: '9/2026', actOn: '2026-02-18' });
  await send('operator', 'DraftDpa', { sha256: SHA256 });
  await send(BODY, 'SignDpa', { sha256: SHA256, signedAt: '2026-02-19T10:00:00+01:00' });
  await send('operator', 'CountersignDpa', { sha256: SHA256, signedAt: '2026-02-20T10:00:00+01:00', inForceOn: '2026-02-21' });
});
afterAll(async () => { await site.stop(); });

const send = async (as: 'operator' | typeof BODY, type: string, data: object): Promise<void> => {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${BODY}-1/commands`, as, { body: { type, data } });
  if (status !== 200) throw new Error(text);
};
const main = (page: Page) => page.getByRole('main').innerText();
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString().replace(/\.\d+Z$/, 'Z');

async function faultsAtBoth(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    faults.push(...(await faultsOf(page)).map((fault) => `${width}: ${fault}`));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

test('a work item stands among what the Agency has to do with its term, and leads to its form', async () => {
  const { page, context, complaints } = await site.open('operator-1');
  const rows = page.locator('main table.stack').first().locator('tbody tr');
  const row = rows.filter({ hasText: "Registra un'attività completata" });
  expect(await row.innerText()).toMatch(/(?<!: )Analizzare le esigenze formative\.[^]*Prova A\s+\d{1,2} \p{L}+ \d{4}/u);
  expect(await page.getByRole('heading', { name: `Che cosa tocca a voi (${await rows.count()})` }).count()).toBe(1);
  await row.getByRole('link', { name: "Registra un'attività completata" }).click();
  expect(page.url()).toBe(`${site.url}/migrazioni/${BODY}-1.TRAINING/comandi/CompleteWorkItem`);
  // Of both cases the reading is noted.
  expect((await site.api.call('GET', `/v1/adhesions/${BODY}-1/access`, BODY)).text).toContain('"role":"operator"');
  expect(complaints).toEqual([]);
  await context.close();

  const secretary = await site.open(`secretary-${BODY}`);
  expect(await main(secretary.page)).not.toContain("Registra un'attività completata");
  await secretary.context.close();
});

test('each step and each event leads to the act it names where that is stored, and says where there is only a digest', async () => {
  const stored = await site.api.call('POST', `/v1/adhesions/${BODY}-1/documents`, BODY, { headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="delibera <b>.pdf"' }, body: NOTICE });
  expect(stored.status).toBe(201);
  const sha256 = createHash('sha256').update(NOTICE).digest('hex');
  await send('operator', 'NotifySubprocessor', { subprocessor: 'CLOUD_PROVIDER', sha256, deliveredAt: ago(48) });
  const { page, context, complaints } = await site.open('auditor');
  await page.goto(`${site.url}${CASE}`);
  const adoption = page.locator('.timeline li').filter({ has: page.getByRole('heading', { name: 'Deliberazione' }) });
  expect(await adoption.innerText()).toContain(`Atto: qui se ne conserva solo l’impronta SHA-256 ${SHA256.slice(0, 12)}…`);
  await page.goto(`${site.url}${CASE}/eventi?tipo=SubprocessorNotified`);
  const act = page.getByRole('row').filter({ hasText: 'Sub-responsabile comunicato' }).getByRole('link', { name: 'delibera <b>.pdf' });
  const [download] = await Promise.all([page.waitForEvent('download'), act.click()]);
  expect(download.suggestedFilename()).toContain('delibera');
  await page.goto(`${site.url}${CASE}/eventi?tipo=ResolutionAdopted`);
  expect(await main(page)).toContain(`qui se ne conserva solo l’impronta SHA-256 ${SHA256}`);
  await page.goto(`${site.url}${CASE}/eventi?tipo=ProposalSent`);
  expect(await main(page)).toContain(`qui se ne conserva solo l’impronta SHA-256 ${SHA256}`);
  expect(await faultsAtBoth(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();

  // Once it is erased there is only its digest left.
  await site.api.call('DELETE', `/v1/adhesions/${BODY}-1/documents/${String(stored.body['id'])}`, BODY);
  const operator = await site.open('operator-1', { script: false });
  await operator.page.goto(`${site.url}${CASE}/eventi?tipo=SubprocessorNotified`);
  expect(await main(operator.page)).toContain(`qui se ne conserva solo l’impronta SHA-256 ${sha256}`);
  await operator.context.close();
});

test('sub-processors and breaches stand on a page of their own with terms, hours and the forms of who reads it', async () => {
  await send('operator', 'ReportBreach', { breachNo: '1/2026', awareBy: 'PROCESSOR', awareAt: ago(30) });
  await send(BODY, 'ReportBreach', { breachNo: '2/2026', awareBy: 'CONTROLLER', awareAt: ago(2) });
  const operator = await site.open('operator-1');
  await operator.page.goto(`${site.url}${CASE}`);
  await operator.page.getByRole('link', { name: 'Sub-responsabili e violazioni dei dati' }).click();
  expect(await operator.page.getByRole('row').filter({ hasText: 'CLOUD_PROVIDER' }).innerText()).toMatch(/Comunicato, si può opporre[^]*Comunicato il[^]*Opposizione entro/);
  const first = operator.page.getByRole('table', { name: 'Violazione 1/2026' });
  expect(await first.getByRole('row').nth(1).innerText()).toMatch(/Comunicazione al Comune[^]*L'Agenzia[^]*Termine trascorso/);
  expect(await main(operator.page)).toContain('I termini verso le autorità decorrono da quando il Comune ne è a conoscenza.');
  expect(await operator.page.getByRole('link', { name: /^Registra la notifica della violazione/ }).count()).toBe(0);
  await operator.page.getByRole('link', { name: /^Registra la comunicazione della violazione al Comune ?: 1.2026/ }).click();
  expect(await operator.page.getByLabel('Numero nel registro delle violazioni').inputValue()).toBe('1/2026');
  expect(operator.complaints).toEqual([]);
  await operator.context.close();

  const { page, context, complaints } = await site.open(`secretary-${BODY}`, { script: false });
  await page.goto(`${site.url}${CASE}/trattamento`);
  const row = page.getByRole('table', { name: 'Violazione 2/2026' }).getByRole('row').filter({ hasText: 'Garante' });
  expect(await row.innerText()).toMatch(/Il Comune[^]*Da fare: mancano circa 69 ore/);
  await row.getByRole('link', { name: 'Motiva perché una notifica non è dovuta' }).click();
  await page.getByLabel('Motivazione').fill(XSS);
  await page.getByRole('button', { name: 'Controlla' }).click();
  await page.getByRole('button', { name: 'Conferma e registra' }).click();
  await page.getByText('Registrato:').waitFor();
  await page.goto(`${site.url}${CASE}/trattamento`);
  expect(await row.innerText()).toContain(`Non dovuta Motivi: ${XSS}`.replace(' Motivi', '\nMotivi'));
  expect(await row.getByRole('link').count()).toBe(0);
  await page.getByRole('link', { name: /^Registra l'opposizione a un sub-responsabile/ }).click();
  expect(await page.getByLabel("Codice del sub-responsabile nell'elenco dell'Agenzia").inputValue()).toBe('CLOUD_PROVIDER');
  expect(complaints).toEqual([]);
  await context.close();

  const english = await site.open('auditor', { locale: 'en-GB' });
  await english.page.goto(`${site.url}${CASE}/trattamento`);
  expect(await main(english.page)).toMatch(/Sub-processors[^]*Not due/);
  expect(await english.page.getByRole('main').getByRole('link', { name: /Record|Notify|Give/ }).count()).toBe(0);
  expect(await faultsAtBoth(english.page)).toEqual([]);
  expect((await site.api.call('GET', `/v1/adhesions/${BODY}-1/access`, BODY)).text).toContain('GET /pratiche/:id/trattamento');
  await english.context.close();
});
