import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { walk } from '../api/path.ts';
import { listOf } from '../api/support.ts';
import { RECOGNITION } from '../support/recognition.ts';
import { ENGINE } from '../../domain/shared/actor.ts';
import { addDays } from '../../domain/shared/civil-date.ts';
import { today } from '../support/brokered.ts';
import { later } from '../support/cutover.ts';
import { TEXT } from '../domain/migration/scenario.ts';
import { OPERATOR } from '../support/procedure.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

const BODY = 'c_z007';
const ADHESION = `${BODY}-1`;
const ID = `${ADHESION}.FIBRE`;
/** Takes a picture where somebody wants to look. */
const PICTURES = process.env['ASSOCIA_TEST_PICTURES'];
let site: Console;

beforeAll(async () => {
  site = await startConsole();
  await prepared();
}, 300_000);
afterAll(async () => { await site.stop(); });

async function send(as: 'operator' | typeof BODY, type: string, data: object): Promise<void> {
  const { status, text } = await site.api.call('POST', `/v1/adhesions/${ADHESION}/commands`, as, { body: { type, data } });
  if (status !== 200) throw new Error(`${type}: ${text}`);
}

async function person(body: string, name: string): Promise<string> {
  return String((await site.api.call('POST', '/v1/subjects', 'operator', { body: { body, name, email: 'ufficio@example.org' } })).body['id']);
}

/** A comune whose convention is in force, with its recognition, its persons, the cover of its costs, and two documents; the fibre is asked for. */
async function prepared(): Promise<void> {
  const { api } = site;
  await api.call('POST', '/v1/adhesions', 'operator', { body: { body: BODY } });
  await walk(api, BODY);
  const subject = await person(BODY, 'Rosa Referente');
  await person('agency', 'Dario Direttore');
  const guard = await person(BODY, 'Gino Garante');
  for (const role of ['ICT_REFERENT', 'RTD', 'DPO', 'SECURITY_CONTACT', 'SERVICE_REFERENT']) {
    await send(BODY, 'AppointReferent', { role, subject: role === 'DPO' ? guard : subject, actNo: '9/2026', actOn: '2026-02-18', ...(role === 'SERVICE_REFERENT' ? { service: 'FIBRE' } : {}) });
  }
  const { body } = await api.call('GET', `/v1/adhesions/${ADHESION}`, 'operator');
  for (const { appointmentId } of listOf(body['referents'])) await send(BODY, 'AcceptAppointment', { appointmentId: String(appointmentId), acceptedAt: '2026-02-19T10:00:00+01:00' });
  await send('operator', 'InviteRecognition', {});
  await send(BODY, 'SubmitRecognition', { ...RECOGNITION, signedOffBy: subject });
  await send('operator', 'ValidateRecognition', {});
  await send(BODY, 'RecordBudgetCover', { covered: true, actNo: '10/2026' });
  const added = await api.call('POST', `/v1/adhesions/${ADHESION}/documents`, 'operator', { body: '%PDF-1.7 verbale', headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="verbale.pdf"' } });
  expect(added.status).toBe(201);
  const asked = await api.call('POST', `/v1/adhesions/${ADHESION}/migrations`, 'operator', { body: { service: 'FIBRE', parameters: { sites: 2 } } });
  if (asked.status !== 201) throw new Error(asked.text);
  await reaches('FEASIBILITY');
}

async function reaches(state: string): Promise<void> {
  await vi.waitFor(async () => { expect((await site.api.call('GET', `/v1/migrations/${ID}`, 'operator')).body['state']).toBe(state); }, 60_000);
}

const main = (page: Page) => page.getByRole('main').innerText();
const sha = 'c'.repeat(64);

/** As a field of a form has a moment: this one, in Rome. */
function thisMinute(): string {
  return new Date().toLocaleString('sv', { timeZone: 'Europe/Rome' }).slice(0, 16).replace(' ', 'T');
}

/** Fills the form of a command, reads the preview, and sends it; answers what the preview said. */
async function record(page: Page, command: string, fill: (page: Page) => Promise<void>): Promise<string> {
  await page.goto(`${site.url}/migrazioni/${ID}/comandi/${command}`);
  await fill(page);
  await page.getByRole('button', { name: 'Controlla' }).click();
  const confirm = page.getByRole('button', { name: 'Conferma e registra' });
  await confirm.waitFor({ timeout: 15_000 }).catch(async () => { throw new Error(`${command}: ${await main(page)}`); });
  const preview = await main(page);
  await confirm.click();
  await page.getByText('Registrato:').waitFor();
  return preview;
}

async function complete(page: Page, item: string, on: string): Promise<void> {
  await page.goto(`${site.url}/migrazioni/${ID}/comandi/CompleteWorkItem?attivita=${item}`);
  await page.getByLabel('Attività', { exact: true }).selectOption(item);
  await page.getByLabel('Giorno in cui è stata completata').fill(on);
  for (const box of await page.locator('input[name=checked]').all()) await box.check();
  const documents: readonly Locator[] = await page.locator('input[name=evidence]').all();
  await documents[0]?.check();
  await page.getByLabel('Note').fill(`Fatto: ${item}`);
  await page.getByRole('button', { name: 'Controlla' }).click();
  await page.getByRole('button', { name: 'Conferma e registra' }).click();
  await page.getByText('Registrato:').waitFor();
}

test('a fibre goes from its study to its operation by the console, operator and comune in turn', async () => {
  const operator = await site.open('operator-1');
  const member = await site.open(`secretary-${BODY}`);
  const faults: Record<string, readonly string[]> = {};
  const look = async (name: string, path = `/migrazioni/${ID}`) => {
    for (const width of [1280, 320]) {
      await operator.page.setViewportSize({ width, height: 800 });
      await operator.page.goto(`${site.url}${path}`);
      faults[`${name} at ${width}`] = await faultsOf(operator.page);
      if (PICTURES !== undefined) await operator.page.screenshot({ path: `${PICTURES}/${name}-${width}.png`, fullPage: true });
      if (PICTURES !== undefined && path.startsWith('/migr')) await operator.page.locator('.course').screenshot({ path: `${PICTURES}/${name}-gantt-${width}.png` });
    }
    await operator.page.setViewportSize({ width: 1280, height: 800 });
  };

  expect(await record(operator.page, 'ApproveFeasibility', (page) => page.getByLabel('Che cosa ha rilevato lo studio').fill('Due sedi, la rete è a 120 metri.'))).toContain('Fattibilità approvata');
  expect(await record(operator.page, 'ProposePlan', async (page) => {
    await page.getByLabel("Inizio previsto dell'attivazione").fill(today());
    await page.getByLabel('Messa in esercizio prevista').fill(today());
    await page.getByLabel('Come si torna indietro da ogni passo').fill('Si riattiva la vecchia linea.');
    await page.getByLabel('Costo per il Comune, in euro').fill('1.250,00');
  })).toMatch(/Piano proposto[^]*Propone la messa in esercizio il \d+ \S+ \d{4}\./);
  await look('piano');

  const act = (no: string, on: string) => async (page: Page) => {
    await page.getByLabel(/Numero dell'atto/).fill(no);
    await page.getByLabel("Data dell'atto").fill(on);
  };
  expect(await record(member.page, 'ApprovePlan', act('12/2026', today()))).toContain("Approvato con l'atto 12/2026 del ");
  expect(await record(member.page, 'CommitSpending', async (page) => {
    expect(await page.getByLabel('Importo impegnato, in euro').inputValue()).toBe('1250,00');
    await act('13/2026', today())(page);
  })).toMatch(/Spesa impegnata[^]*Impegnati 1\.250,00 € con l'atto 13\/2026/);
  await reaches('PROVISIONING');

  await complete(operator.page, 'survey-sites', today());
  await complete(member.page, 'prepare-sites', today());
  await complete(operator.page, 'lay-fibre', today());
  await complete(operator.page, 'switch-traffic', today());
  await record(operator.page, 'RecordProvisioned', (page) => page.getByLabel("Giorno in cui l'attivazione è finita").fill(today()));
  await reaches('ACCEPTANCE');

  await record(operator.page, 'RecordAcceptance', async (page) => {
    await page.getByLabel('Impronta SHA-256 del verbale di collaudo', { exact: true }).fill(sha);
    const [agency, comune] = [page.getByRole('group', { name: "Per l'Agenzia" }), page.getByRole('group', { name: 'Per il Comune' })];
    await agency.getByLabel('Carica').selectOption({ label: "Direttore dell'Agenzia" });
    await agency.getByLabel('Chi ha firmato').selectOption({ label: 'Dario Direttore (Agenzia)' });
    await agency.getByLabel('Data e ora della firma').fill(thisMinute());
    await comune.getByLabel('Carica').selectOption({ label: 'Sindaco' });
    await comune.getByLabel('Chi ha firmato').selectOption({ label: 'Rosa Referente' });
    await comune.getByLabel('Data e ora della firma').fill(thisMinute());
    for (const severity of [1, 2, 3]) await page.getByLabel(`Di gravità ${severity}`).fill('0');
  });
  await record(member.page, 'WaiveParallelRun', async (page) => {
    await page.getByLabel('Giorno della decisione').fill(today());
    await page.getByLabel("Perché si fa a meno dell'affiancamento").fill('La vecchia linea resta accesa.');
  });
  await look('finestre');
  expect(await record(operator.page, 'ScheduleCutover', async (page) => {
    // A preferred window: from Friday to Sunday at 20:00.
    expect([await page.getByLabel('La finestra inizia').inputValue(), await page.getByLabel('La finestra finisce').inputValue()]).toEqual([expect.stringMatching(/T20:00$/), expect.stringMatching(/T20:00$/)]);
  })).toContain('Finestra fissata:');
  await look('calendario', '/portafoglio/calendario');
  await operator.page.goto(`${site.url}/portafoglio/calendario`);
  const booked = operator.page.getByRole('row').filter({ hasText: 'Prova H' });
  expect(await booked.innerText()).toMatch(/^Prova H\s+Rete in fibra ottica\s+\d+ \S+ \d{4}, ore 20:00 – \d+ \S+ \d{4}, ore 20:00\s+Finestra fissata\s+Nessuno$/);
  await booked.getByRole('link', { name: 'Prova H' }).click();
  expect(new URL(operator.page.url()).pathname).toBe(`/migrazioni/${ID}`);
  const other = await site.open('secretary-c_z001');
  for (const [person, count] of [[member, 1], [other, 0]] as const) {
    await person.page.goto(`${site.url}/portafoglio/calendario`);
    expect(await person.page.getByRole('row').filter({ hasText: 'Prova H' }).count()).toBe(count);
  }
  await other.context.close();
  await record(member.page, 'DecideGo', async (page) => {
    await page.getByLabel('Sì').check();
    await page.getByLabel('Data e ora della decisione').fill(thisMinute());
  });
  await reaches('CUTOVER');
  // It was done before its window, so the form asks why.
  await operator.page.goto(`${site.url}/migrazioni/${ID}/comandi/RecordCutover`);
  await operator.page.getByLabel('Data e ora di inizio').fill(thisMinute());
  await operator.page.getByLabel('Data e ora di fine').fill(thisMinute());
  await operator.page.getByLabel('Esito').selectOption({ label: 'Riuscita' });
  await operator.page.getByRole('button', { name: 'Controlla' }).click();
  expect(await operator.page.getByRole('alert').innerText()).toContain('fuori di essa si registra con i motivi («Motivi»)');
  await operator.page.getByLabel('Motivi').fill('Fatta prima della finestra, in accordo.');
  await operator.page.getByRole('button', { name: 'Controlla' }).click();
  await operator.page.getByRole('button', { name: 'Conferma e registra' }).click();
  await operator.page.getByText('Registrato:').waitFor();

  expect(await main(operator.page)).toMatch(/Tornare indietro\s+Punto di non ritorno: \d+ \S+ \d{4}, ore [\d:]+\. Fino ad allora si torna indietro senza un atto\.\s+Tornando indietro si annullerebbe, in questo ordine:\s+La messa in esercizio\n/);
  // What takes weeks is received as if they had gone by.
  const { hypercare, timers } = (await site.api.call('GET', `/v1/migrations/${ID}`, 'operator')).body;
  const [endsOn, overFrom] = [String(hypercare?.['endsOn']), String(listOf(timers)[0]?.['at'])];
  await later(site.api.stack, ID, 'EndHypercareTerm', { endsOn }, ENGINE, overFrom);
  await later(site.api.stack, ID, 'EndHypercare', { endedOn: endsOn, trainingDoneOn: today() }, OPERATOR, overFrom);
  await reaches('OPERATING');

  await look('esercizio');
  await operator.page.goto(`${site.url}/migrazioni/${ID}`);
  expect(await operator.page.locator('.timeline h3').allTextContents()).toEqual([
    'Richiesta', 'Studio di fattibilità', 'Piano', 'Attivazione', 'Collaudo', 'Affiancamento', 'Messa in esercizio', 'Presidio rafforzato', 'Esercizio', 'Dismissione del vecchio sistema e chiusura',
  ]);
  expect(await operator.page.locator('.timeline > .done').count()).toBe(9);
  // The picture says in words what it shows, and the table the same.
  const chart = operator.page.getByRole('img', { name: 'Previsto e avvenuto' });
  expect(await chart.locator('desc').textContent()).toMatch(/Messa in esercizio, previsto (\d+ \S+ \d{4}), avvenuto \1\b/);
  expect([await chart.locator('path.planned').count() > 0, await chart.locator('circle.actual').count() > 0, await chart.locator('rect.actual').count()]).toEqual([true, true, 1]);
  const row = operator.page.getByRole('row').filter({ hasText: 'Messa in esercizio' });
  expect(await row.innerText()).toMatch(/(\d+ \S+ \d{4})\s+\1[^✓]*✓ superato/);
  expect(await main(operator.page)).not.toMatch(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b|\b[A-Z]{3,}_[A-Z_]+\b/);
  expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
  expect([operator.complaints, member.complaints]).toEqual([[], []]);
  await Promise.all([operator.context.close(), member.context.close()]);
}, 600_000);

test('without an incident the page of incidents says that all is well; with one it leads on', async () => {
  const { page, complaints, context } = await site.open('operator-1');
  await page.goto(`${site.url}/incidenti`);
  expect(await main(page)).toContain('Va tutto bene: nessuna migrazione ha un incidente.');
  const told = await site.api.call('POST', `/v1/migrations/${ID}/commands`, 'operator', { body: { type: 'ReportDefect', data: { defectNo: 'INC-17', severity: 1, reportedAt: new Date().toISOString(), description: 'La linea è caduta.' } } });
  expect(told.status).toBe(200);
  const faults: Record<string, readonly string[]> = {};
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${site.url}/incidenti`);
    faults[String(width)] = await faultsOf(page);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/incidenti-${width}.png`, fullPage: true });
  }
  expect(faults).toEqual({ 1280: [], 320: [] });
  const { body } = await site.api.call('GET', '/v1/incidents', BODY);
  expect(listOf(body['items']).map(({ id, kinds }) => [id, kinds])).toEqual([[ID, expect.arrayContaining(['SEVERITY_1'])]]);
  expect((await site.api.call('GET', '/v1/incidents', 'c_z001')).body['items']).toEqual([]);
  expect((await site.api.call('GET', '/v1/incidents?kind=EFFECT_FAILED', 'auditor')).body['items']).toEqual([]);
  await page.goto(`${site.url}/`);
  await page.getByRole('link', { name: 'Migrazioni con un incidente: 1' }).click();
  await page.getByRole('link', { name: /Prova H$/ }).first().click();
  await page.getByRole('link', { name: 'Registra la soluzione INC-17' }).click();
  expect(await page.getByLabel('Difetto', { exact: true }).inputValue()).toBe('INC-17');
  expect(complaints).toEqual([]);
  await context.close();

  const auditor = await site.open('auditor');
  await auditor.page.goto(`${site.url}/incidenti?tipo=SEVERITY_1`);
  expect(await main(auditor.page)).toContain('INC-17');
  expect(await auditor.page.getByRole('link', { name: /Torna indietro/ }).count()).toBe(0);
  const { body: reads } = await site.api.call('GET', `/v1/adhesions/${ADHESION}/access?limit=1`, BODY);
  expect(listOf(reads['items']).map((read) => [read['kind'], read['reader']?.['role'], read['case']].map(String))).toEqual([['LIST', 'auditor', `migration/${ID}`]]);
  await auditor.page.goto(`${site.url}/incidenti?tipo=EFFECT_FAILED`);
  expect(await main(auditor.page)).not.toContain('INC-17');
  await auditor.context.close();
}, 120_000);

test('of a migration that is closed the page says that its service goes on, until it is given up', async () => {
  const { hypercare } = (await site.api.call('GET', `/v1/migrations/${ID}`, 'operator')).body;
  const endsOn = String(hypercare?.['endsOn']);
  const afterwards = `${addDays(endsOn, 1)}T09:00:00Z`;
  await later(site.api.stack, ID, 'Decommission', { oldContractEndedOn: endsOn }, OPERATOR, afterwards);
  await later(site.api.stack, ID, 'CloseMigration', { closedOn: endsOn }, OPERATOR, afterwards);
  const { page, complaints, context } = await site.open('operator-1');
  await page.goto(`${site.url}/migrazioni/${ID}`);
  expect(await main(page)).toContain('La migrazione è chiusa: non vi è più nulla da fare. Il servizio resta in esercizio.');
  expect(await main(page)).not.toContain('Tornare indietro');
  await later(site.api.stack, ID, 'RetireService', { decidedOn: endsOn, reasons: TEXT }, OPERATOR, afterwards);
  await later(site.api.stack, ID, 'CloseMigration', { closedOn: endsOn }, OPERATOR, afterwards);
  await page.reload();
  expect(await main(page)).toContain('Il servizio è chiuso: non vi è più nulla da fare.');
  expect(complaints).toEqual([]);
  await context.close();
});
