import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf, type As } from '../api/support.ts';
import { RECOGNITION } from '../support/recognition.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

const BODY = 'c_z000';
const OTHER = 'c_z001';
const CASE = `/pratiche/${BODY}-1`;

let site: Console;
beforeAll(async () => {
  site = await startConsole();
  for (const body of [BODY, OTHER]) await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
});
afterAll(async () => { await site.stop(); });

const main = (page: Page) => page.getByRole('main').innerText();
const draft = async () => (await site.api.call('GET', `/v1/adhesions/${BODY}-1/drafts/SubmitRecognition`, BODY)).body;

async function faultsAtBoth(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    faults.push(...(await faultsOf(page)).map((fault) => `${width}: ${fault}`));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

test.each([{ script: true }, { script: false }])('a list comes as a file: errors stand at the field, entries are put in their places (script: $script)', async ({ script }) => {
  const { page, context, complaints } = await site.open(`secretary-${BODY}`, { script });
  const upload = async (name: string, content: string): Promise<void> => {
    const details = page.locator('details').filter({ hasText: 'Carica un elenco da un file' });
    if ((await details.getAttribute('open')) === null) await page.getByText('Carica un elenco da un file').click();
    await page.getByLabel('File CSV o JSON').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
    // With script the page asks first whether it is still known, and sends then.
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Carica', exact: true }).click()]);
  };
  await page.goto(`${site.url}${CASE}/ricognizione/elenco-programmi`);
  expect(script ? await faultsAtBoth(page) : []).toEqual([]);
  await upload('programmi.csv', `Codice;A che cosa serve;Quante persone lo usano\nPROT;Protocollo;dodici\n`);
  expect(await page.getByRole('alert').innerText()).toBe('Da correggere\nRiga 2: Il campo «Quante persone lo usano» deve essere un numero.');
  const field = page.getByLabel('File CSV o JSON');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('#f-file-error').innerText()).toContain('Riga 2');
  expect(script ? await faultsAtBoth(page) : []).toEqual([]);
  await upload('programmi.csv', `Codice;A che cosa serve;name\nPROT;Protocollo;${XSS.replaceAll('"', "'")}\nANPR;Anagrafe;\n`);
  expect(await page.getByRole('status').innerText()).toBe('Voci caricate: 2.');
  expect(await main(page)).toContain(XSS.replaceAll('"', "'"));
  await upload('programmi.json', JSON.stringify([{ code: 'ANPR', area: 'Stato civile' }, { code: 'PAGO', area: 'Pagamenti' }]));
  expect(await page.getByRole('status').innerText()).toBe('Voci caricate: 2.');
  expect(listOf(((await draft())['data'] as { readonly [name: string]: never })['applications']).map(String)).toHaveLength(3);
  expect(await page.getByRole('row').filter({ hasText: 'ANPR' }).innerText()).toContain('Stato civile');
  await upload('grande.csv', `code;area\n${'A;'.padEnd(600_000, 'x')}\n`);
  expect(await page.getByRole('alert').innerText()).toContain('Il file è troppo grande: al massimo 512 kB.');
  expect(complaints).toEqual([]);
  await context.close();
});

const PDF = Buffer.from('%PDF-1.7\n% una delibera di prova\n');
const DIGEST = createHash('sha256').update(PDF).digest('hex');
const send = async (as: As, type: string, data: object): Promise<void> => {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${OTHER}-1/commands`, as, { body: { type, data } });
  if (status !== 200) throw new Error(text);
};

test.each([{ person: `secretary-${OTHER}`, script: true }, { person: 'operator-1', script: false }])('a document is erased in two steps: what goes and what stays is said before (by $person)', async ({ person, script }) => {
  await site.api.call('POST', `/v1/adhesions/${OTHER}-1/documents`, OTHER, { headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="delibera.pdf"' }, body: PDF });
  if (script) await send('operator', 'SendProposal', { template: { id: 'convenzione-cst', version: 1, sha256: DIGEST }, sentAt: '2026-03-02T09:00:00+01:00' });
  const { page, context, complaints } = await site.open(person, { script });
  await page.goto(`${site.url}/pratiche/${OTHER}-1/documenti`);
  await page.getByRole('link', { name: 'Cancella… delibera.pdf' }).click();
  expect(await page.getByRole('heading').allInnerTexts()).toEqual(['Cancella un documento', 'Che cosa si cancella per sempre', 'Che cosa resta']);
  expect(await main(page)).toMatch(new RegExp(`delibera\\.pdf[^]*PDF, 33 byte[^]*${DIGEST}[^]*2: Proposta inviata[^]*registro delle cancellazioni[^]*esce dall'ultimo backup il \\d{1,2} \\p{L}+ 20\\d\\d`, 'u'));
  expect(script ? await faultsAtBoth(page) : []).toEqual([]);
  await page.getByRole('link', { name: 'Annulla' }).click();
  await page.getByRole('link', { name: 'Cancella… delibera.pdf' }).click();
  await page.getByRole('button', { name: 'Cancella per sempre' }).dblclick();
  expect(await page.getByRole('status').innerText()).toContain('il contenuto non è più conservato');
  expect(await main(page)).toContain('Nessun documento.');
  const receipts = await site.api.stack.db.selectFrom('events').select('data').where('stream', '=', 'register').where('type', '=', 'DocumentErased').execute();
  expect(receipts).toHaveLength(script ? 1 : 2);
  await page.goto(`${site.url}/pratiche/${OTHER}-1/eventi`);
  expect(await main(page)).toContain(`qui se ne conserva solo l’impronta SHA-256 ${DIGEST}`);
  expect(complaints).toEqual([]);
  await context.close();
});

test('free texts and lists are erased by the Agency alone, which reads before what goes', async () => {
  const { body: person } = await site.api.call('POST', '/v1/subjects', OTHER, { body: { body: OTHER, name: 'Rita Prova', email: 'rtd@example.org' } });
  await send('operator', 'InviteRecognition', { dueOn: '2100-03-31' });
  await send(OTHER, 'SubmitRecognition', { ...RECOGNITION, signedOffBy: String(person['id']) });
  await send('operator', 'ReturnRecognition', { reasons: `Manca qualcosa ${XSS}` });
  const { page, context, complaints } = await site.open('operator-1');
  const events = `${site.url}/pratiche/${OTHER}-1/eventi`;
  for (const { type, link, title, lost, stays } of [
    { type: 'RecognitionReturned', link: /^Cancella… txt-/, title: 'Cancella un testo', lost: `Manca qualcosa ${XSS}`, stays: 'Ricognizione restituita' },
    { type: 'RecognitionSubmitted', link: /^Cancella… inv-/, title: 'Cancella un elenco', lost: '2 voci: MUNICIPIO, BIBLIOTECA', stays: 'Ricognizione presentata' },
  ]) {
    await page.goto(`${events}?tipo=${type}`);
    const before = await page.getByText('conservato a parte, cifrato').count();
    await page.getByRole('link', { name: link }).first().click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
    const said = await main(page);
    for (const part of [lost, stays, "L'impronta negli eventi"]) expect(said).toContain(part);
    expect(said).toMatch(/\b[0-9a-f]{64}\b/);
    expect(await faultsAtBoth(page)).toEqual([]);
    const address = page.url();
    const secretary = await site.open(`secretary-${OTHER}`);
    expect((await secretary.page.goto(address))?.status()).toBe(403);
    await secretary.context.close();
    await page.getByRole('button', { name: 'Cancella per sempre' }).click();
    expect(await page.getByRole('status').innerText()).toContain('Cancellato');
    expect((await page.goto(address))?.status()).toBe(404);
    await page.goto(`${events}?tipo=${type}`);
    expect([await page.getByText('conservato a parte, cifrato').count(), await page.getByText(': cancellato').count()]).toEqual([before - 1, 1]);
  }
  // The address of one kind opens no other.
  const [text] = await site.api.stack.db.selectFrom('texts').select('id').where('stream', '=', `adhesion/${OTHER}-1`).where('id', 'like', 'txt-%').execute();
  expect((await page.goto(`${site.url}/pratiche/${OTHER}-1/elenchi/${text?.id ?? ''}/cancella`))?.status()).toBe(404);
  expect((await page.goto(`${site.url}${CASE}/testi/${text?.id ?? ''}/cancella`))?.status()).toBe(404);
  expect(complaints).toEqual([]);
  await context.close();
});
