import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { listOf, type MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const PDF = Buffer.from('%PDF-1.7\n% una delibera di prova\n');
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const at = (body: MemberCode) => `${site.url}/pratiche/${body}-1/documenti`;
const open = (body: MemberCode) => site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
const listed = async (body: MemberCode) => listOf((await site.api.call('GET', `/v1/adhesions/${body}-1/documents`, body)).body['items']);

describe('documents of a case', () => {
  test.each([{ script: true }, { script: false }])('are added, listed, taken along as they came, and named by a form (script: $script)', async ({ script }) => {
    const body: MemberCode = script ? 'c_z000' : 'c_z001';
    await open(body);
    const { page, context, complaints } = await site.open('operator-1', { script });
    await page.goto(`${site.url}/pratiche/${body}-1`);
    await page.getByRole('link', { name: 'Documenti della pratica' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Nessun documento.');
    await page.getByLabel('Documento', { exact: true }).setInputFiles({ name: "Delibera n. 42 – è l'atto.PDF", mimeType: 'application/octet-stream', buffer: PDF });
    await page.getByRole('button', { name: 'Carica' }).click();
    expect(await page.getByRole('status').innerText()).toBe('Documento caricato.');
    const row = await page.getByRole('row').nth(1).innerText();
    expect(row).toContain("Delibera n. 42 – è l'atto.PDF");
    expect(row).toContain("PDF, 33 byte");
    expect(row).toContain("da Operatore dell'Agenzia");
    expect(row).toContain(sha256(PDF));
    expect(await listed(body)).toEqual([{
      id: expect.stringMatching(/^doc-/) as string, sha256: sha256(PDF), mediaType: 'application/pdf', size: 33, name: "Delibera n. 42 – è l'atto.PDF", addedAt: expect.stringMatching(/Z$/) as string, addedBy: 'operator',
    }]);
    const file = await context.request.get(`${site.url}${await page.getByRole('link', { name: /^Delibera n. 42/ }).getAttribute('href') ?? ''}`);
    expect([file.headers()['content-type'], file.headers()['content-disposition']]).toEqual([
      'application/pdf', `attachment; filename="Delibera n. 42 ? ? l'atto.PDF"; filename*=UTF-8''Delibera%20n.%2042%20%E2%80%93%20%C3%A8%20l%27atto.PDF`,
    ]);
    expect(file.headers()['x-content-type-options']).toBe('nosniff');
    expect(await file.body()).toEqual(PDF);
    // A form that asks for a digest offers it beside what is typed, and the preview says which document it is.
    await page.goto(`${site.url}/pratiche/${body}-1/comandi/SendProposal`);
    await page.getByLabel('Nome dello schema').fill('convenzione-cst');
    await page.getByLabel('Versione').fill('1');
    await page.getByLabel(/^oppure scegli un documento/).selectOption(sha256(PDF));
    await page.getByLabel('Data e ora di invio della PEC').fill('2026-03-02T09:00');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('main').innerText()).toContain("Delibera n. 42 – è l'atto.PDF");
    await page.getByRole('button', { name: 'Modifica' }).click();
    expect(await page.getByLabel(/^oppure scegli un documento/).inputValue()).toBe(sha256(PDF));
    await page.getByLabel(/^oppure scegli un documento/).selectOption('');
    await page.getByLabel(/^Impronta SHA-256/).fill('non una impronta');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByLabel(/^Impronta SHA-256/).getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel(/^Impronta SHA-256/).inputValue()).toBe('non una impronta');
    await page.getByLabel(/^Impronta SHA-256/).fill('ab'.repeat(32));
    await page.getByRole('button', { name: 'Controlla' }).click();
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByText('Registrato:').waitFor();
    const { body: events } = await site.api.call('GET', `/v1/adhesions/${body}-1/events`, body);
    expect(listOf(events['items']).at(-1)?.['data']?.['template']?.['sha256']).toBe('ab'.repeat(32));
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what is not taken is said at the field: nothing, another type, too much; nothing of it is stored', async () => {
    const body: MemberCode = 'c_z002';
    await open(body);
    const { page, context } = await site.open(`secretary-${body}`);
    await page.goto(at(body));
    const tryWith = async (file: { name: string; mimeType: string; buffer: Buffer } | null): Promise<string> => {
      if (file !== null) await page.getByLabel('Documento', { exact: true }).setInputFiles(file);
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Carica' }).click()]);
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel('Documento', { exact: true }).getAttribute('aria-invalid')).toBe('true');
      expect(await faultsOf(page)).toEqual([]);
      return page.locator('#f-file-error').innerText();
    };
    expect(await tryWith(null)).toBe('Scegliete un documento: nessuno è stato caricato, o è vuoto.');
    expect(await tryWith({ name: 'vuoto.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) })).toBe('Scegliete un documento: nessuno è stato caricato, o è vuoto.');
    expect(await tryWith({ name: 'pagina.html', mimeType: 'application/pdf', buffer: PDF })).toBe('Questo tipo di documento non si può caricare: PDF, .p7m, .xml oppure .odt.');
    expect(await tryWith({ name: `${'x'.repeat(300)}.pdf`, mimeType: 'application/pdf', buffer: PDF })).toContain('da 1 a 200 caratteri');
    expect(await tryWith({ name: 'grande.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(5 * 1024 * 1024 + 1) })).toBe('Il documento è troppo grande: al massimo 5 MB.');
    expect(await listed(body)).toEqual([]);
    await context.close();
  });

  test('with markup for a name show it as text; those without a name, long names and full lists fit at 320 px', async () => {
    const body: MemberCode = 'c_z003';
    await open(body);
    const { page, context, complaints } = await site.open(`secretary-${body}`);
    await page.goto(at(body));
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Documento', { exact: true }).setInputFiles({ name: `${XSS.replace('/', '')}.pdf`, mimeType: 'application/pdf', buffer: PDF });
    await page.getByRole('button', { name: 'Carica' }).press('Enter');
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('row').nth(1).innerText()).toContain('<img src=x onerror=');
    await site.api.call('POST', `/v1/adhesions/${body}-1/documents`, 'operator', { body: Buffer.from('<a/>'), headers: { 'content-type': 'application/xml' } });
    await site.api.call('POST', `/v1/adhesions/${body}-1/documents`, 'operator', { body: Buffer.from('<b/>'), headers: { 'content-type': 'application/xml', 'content-disposition': `attachment; filename="${'Y'.repeat(190)}.xml"` } });
    await page.goto(at(body));
    expect(await page.getByRole('row').count()).toBe(4);
    expect(await page.getByRole('main').innerText()).toContain('senza nome');
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await faultsOf(page)).toEqual([]);
    }
    await page.goto(`${site.url}/pratiche/${body}-1/comandi/SignConvention`);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('are read by auditors, which is recorded, and added by none; a form without its token stores nothing', async () => {
    const body: MemberCode = 'c_z004';
    await open(body);
    await site.api.call('POST', `/v1/adhesions/${body}-1/documents`, body, { body: PDF, headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="atto.pdf"' } });
    const auditor = await site.open('auditor');
    await auditor.page.goto(at(body));
    expect(await auditor.page.getByRole('button', { name: 'Carica' }).count()).toBe(0);
    await auditor.context.request.get(`${site.url}${await auditor.page.getByRole('link', { name: 'atto.pdf' }).getAttribute('href') ?? ''}`);
    const reads = listOf((await site.api.call('GET', `/v1/adhesions/${body}-1/access`, body)).body['items']);
    expect(reads.map((read) => String(read['route']))).toEqual(expect.arrayContaining(['GET /pratiche/:id/documenti', 'GET /pratiche/:id/documenti/:documentId']));
    const form = (file: string) => ({ multipart: { csrf: 'x', file: { name: file, mimeType: 'application/pdf', buffer: Buffer.from('altro') } }, headers: { origin: site.url } });
    expect((await auditor.context.request.post(at(body), form('a.pdf'))).status()).toBe(403);
    const secretary = await site.open(`secretary-${body}`);
    expect((await secretary.context.request.post(at(body), form('a.pdf'))).status()).toBe(403);
    const other = await site.open('secretary-c_z005');
    expect((await other.context.request.get(at(body))).status()).toBe(404);
    expect(await listed(body)).toHaveLength(1);
    // Nobody signed on: nothing is sent (expired-file.test.ts).
    await secretary.page.goto(at(body));
    await secretary.context.clearCookies({ name: cookiesOf(site.url).session });
    await secretary.page.getByLabel('Documento', { exact: true }).setInputFiles({ name: 'b.pdf', mimeType: 'application/pdf', buffer: Buffer.from('altro') });
    await secretary.page.getByRole('button', { name: 'Carica' }).click();
    expect(await secretary.page.getByRole('alert').innerText()).toContain("L'accesso è scaduto.");
    expect(await listed(body)).toHaveLength(1);
    await Promise.all([auditor, secretary, other].map(({ context }) => context.close()));
  });
});
