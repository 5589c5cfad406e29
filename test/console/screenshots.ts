import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { pathOf } from '../api/path.ts';
import type { MemberCode } from '../api/support.ts';
import { startChromium } from '../support/chromium.ts';
import { RECOGNITION } from '../support/recognition.ts';

/**
 * Makes the pictures of `docs/console/` from a fresh running instance: `node test/console/screenshots.ts http://127.0.0.1:8080`.
 * The cases are made by the interface, as the signed-on persons.
 */
const [, , url = 'http://127.0.0.1:8080', folder = 'docs/console'] = process.argv;
/** A comune whose council is as large as that of the path. */
const BODY = 'c_a375';
/** One that is further on, of the same size. */
const NEIGHBOUR = 'c_a127';

const NOTICE = Buffer.from('%PDF-1.7 accordo sul trattamento dei dati');
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString().replace(/\.\d+Z$/, 'Z');

async function signOn(context: BrowserContext, person: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.locator(`button[value="${person}"]`).click();
  await page.waitForURL(`${url}/`);
  await page.close();
}

async function send(context: BrowserContext, path: string, data: object): Promise<{ readonly id: string }> {
  const answer = await context.request.post(`${url}${path}`, { data, headers: { origin: url } });
  if (!answer.ok()) throw new Error(await answer.text());
  return answer.json() as Promise<{ readonly id: string }>;
}

const browser = await startChromium();
const signedOn = async (person: string): Promise<BrowserContext> => {
  const context = await browser.newContext({ locale: 'it-IT' });
  await signOn(context, person);
  return context;
};
const [operator, auditor, secretary, neighbour] = await Promise.all(['operator-1', 'auditor', `secretary-${BODY}`, `secretary-${NEIGHBOUR}`].map(signedOn)) as [BrowserContext, BrowserContext, BrowserContext, BrowserContext];

/** Walks the way of a comune up to a command, or to its end. */
async function walk(body: MemberCode, member: BrowserContext, until?: string): Promise<void> {
  await send(operator, '/v1/adhesions', { body });
  const signer = (await send(operator, '/v1/subjects', { body, name: 'Ada Prova', email: 'sindaco@example.org' })).id;
  for (const [as, type, data] of pathOf(body, signer)) {
    if (type === until) return;
    await send(as === 'operator' ? operator : member, `/v1/adhesions/${body}-1/commands`, { type, data });
  }
}

/** The agreement on the data, a sub-processor that the comune may object to, and a breach whose terms run. */
async function processData(body: MemberCode, member: BrowserContext): Promise<void> {
  const record = (as: BrowserContext, type: string, data: object) => send(as, `/v1/adhesions/${body}-1/commands`, { type, data });
  const dpo = (await send(operator, '/v1/subjects', { body, name: 'Dora Po', email: 'dpo@example.org' })).id;
  const sha256 = createHash('sha256').update(NOTICE).digest('hex');
  await record(member, 'AppointReferent', { role: 'DPO', subject: dpo, actNo: '9/2026', actOn: '2026-02-18' });
  await record(operator, 'DraftDpa', { sha256 });
  await record(member, 'SignDpa', { sha256, signedAt: '2026-02-19T10:00:00+01:00' });
  await record(operator, 'CountersignDpa', { sha256, signedAt: '2026-02-20T10:00:00+01:00', inForceOn: '2026-02-21' });
  const stored = await operator.request.post(`${url}/v1/adhesions/${body}-1/documents`, {
    data: NOTICE, headers: { origin: url, 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="accordo-dati.pdf"' },
  });
  if (!stored.ok()) throw new Error(await stored.text());
  await record(operator, 'NotifySubprocessor', { subprocessor: 'CLOUD_PROVIDER', sha256, deliveredAt: hoursAgo(48) });
  await record(operator, 'ReportBreach', { breachNo: '1/2026', awareBy: 'PROCESSOR', awareAt: hoursAgo(30) });
  await record(member, 'ReportBreach', { breachNo: '2/2026', awareBy: 'CONTROLLER', awareAt: hoursAgo(2) });
}
/** The fibre of a comune up to its provisioning: studied, planned, its sites looked at. */
async function layFibre(body: MemberCode, member: BrowserContext): Promise<void> {
  const adhesion = `/v1/adhesions/${body}-1`;
  const migration = `/v1/migrations/${body}-1.FIBRE`;
  const record = (as: BrowserContext, path: string, type: string, data: object) => send(as, `${path}/commands`, { type, data });
  const read = async (path: string) => await (await operator.request.get(`${url}${path}`)).json() as { readonly state?: string; readonly referents?: readonly { readonly appointmentId: string; readonly state: string }[] };
  const reaches = async (state: string): Promise<void> => {
    for (let tries = 0; (await read(migration)).state !== state; tries += 1) {
      if (tries > 100) throw new Error(`The fibre does not reach ${state}`);
      await setTimeout(300);
    }
  };
  const subject = (await send(operator, '/v1/subjects', { body, name: 'Rosa Referente', email: 'rosa@example.org' })).id;
  for (const role of ['ICT_REFERENT', 'RTD', 'SECURITY_CONTACT', 'SERVICE_REFERENT']) {
    await record(member, adhesion, 'AppointReferent', { role, subject, actNo: '9/2026', actOn: '2026-02-18', ...(role === 'SERVICE_REFERENT' ? { service: 'FIBRE' } : {}) });
  }
  for (const { appointmentId, state } of (await read(adhesion)).referents ?? []) {
    if (state === 'APPOINTED') await record(member, adhesion, 'AcceptAppointment', { appointmentId, acceptedAt: '2026-02-19T10:00:00+01:00' });
  }
  await record(operator, adhesion, 'InviteRecognition', {});
  await record(member, adhesion, 'SubmitRecognition', { ...RECOGNITION, signedOffBy: subject });
  await record(operator, adhesion, 'ValidateRecognition', {});
  await record(member, adhesion, 'RecordBudgetCover', { covered: true, actNo: '10/2026' });
  await send(operator, `${adhesion}/migrations`, { service: 'FIBRE', parameters: { sites: 2 } });
  await reaches('FEASIBILITY');
  await record(operator, migration, 'ApproveFeasibility', {});
  const today = civilDateOf(new Date().toISOString());
  await record(operator, migration, 'ProposePlan', { provisioningOn: addDays(today, 7), cutoverOn: addDays(today, 75), rollback: 'Si riattiva la vecchia linea.', costCents: 125_000 });
  await record(member, migration, 'ApprovePlan', { actNo: '12/2026', actOn: today });
  await record(member, migration, 'CommitSpending', { actNo: '13/2026', actOn: today, cents: 125_000 });
  await reaches('PROVISIONING');
}
await walk(BODY, secretary, 'RecordPublication');
await walk(NEIGHBOUR, neighbour);
await send(operator, `/v1/adhesions/${NEIGHBOUR}-1/migrations`, { service: 'TRAINING' });
await processData(NEIGHBOUR, neighbour);
await layFibre(NEIGHBOUR, neighbour);
for (const body of ['c_a010', 'c_a389', 'c_a413']) await send(operator, '/v1/adhesions', { body });
for (const body of ['c_a010', 'c_a389']) await send(operator, `/v1/adhesions/${body}-1/commands`, { type: 'SendProposal', data: { template: { id: 'convenzione-cst', version: 1, sha256: 'ab'.repeat(32) }, sentAt: '2026-03-02T09:00:00+01:00' } });
const campaign = await send(operator, '/v1/campaigns', { name: 'Avvio in autunno', select: { bodies: ['c_a652', 'c_a699', 'c_a751', 'c_a820'] }, action: { kind: 'OPEN_ADHESION' } });
const constitution = await send(operator, '/v1/constitution', {});
await send(operator, '/v1/territory/changes', { type: 'BodyRenamed', predecessors: ['c_a697'], successors: [{ ipaCode: 'c_a697', istatCode: '015014', name: 'Basiano sul Molgora', bodyType: 'COMUNE', population: 3684 }], on: '2026-10-01', act: { title: 'L.R. 9/2026' } });

mkdirSync(folder, { recursive: true });
const FORM = `/pratiche/${BODY}-1/comandi/RecordPublication`;
for (const width of [1280, 320]) {
  const take = async (context: BrowserContext, address: string, name: string, act?: 'errors' | 'preview' | 'forecast'): Promise<void> => {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${url}${address}`);
    if (act === 'preview') {
      await page.getByLabel("Numero all'albo pretorio").fill('77/2026');
      await page.getByLabel('Primo giorno di pubblicazione').fill('2026-01-28');
    }
    if (act !== undefined) await page.getByRole('button', { name: act === 'forecast' ? 'Calcola' : 'Controlla' }).click({ timeout: 120_000 });
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
    await page.close();
  };
  await take(operator, '/', 'oggi');
  await take(operator, '/territorio', 'territorio');
  await take(operator, `/pratiche/${BODY}-1`, 'pratica');
  await take(secretary, '/', 'comune');
  await take(secretary, FORM, 'modulo-errori', 'errors');
  await take(secretary, FORM, 'anteprima', 'preview');
  await take(secretary, `/pratiche/${BODY}-1/ricognizione`, 'ricognizione');
  await take(operator, `/pratiche/${BODY}-1/eventi`, 'eventi');
  await take(auditor, `/pratiche/${BODY}-1/storia?evento=5`, 'storia');
  await take(auditor, `/pratiche/${BODY}-1/differenze?da=5&a=8`, 'differenze');
  await take(auditor, '/ricerca?q=3/2026', 'ricerca');
  await take(operator, `/migrazioni/${NEIGHBOUR}-1.TRAINING`, 'servizio');
  await take(operator, `/migrazioni/${NEIGHBOUR}-1.FIBRE`, 'migrazione');
  await take(operator, `/pratiche/${NEIGHBOUR}-1/comandi/RequestMigration?service=VOIP_TELEPHONY`, 'richiesta');
  await take(operator, '/catalogo/FIBRE', 'catalogo');
  await take(operator, '/portafoglio', 'portafoglio');
  await take(operator, '/portafoglio/calendario', 'calendario-servizi');
  await take(operator, '/attivita', 'attivita');
  await take(operator, '/broker', 'broker');
  await take(operator, '/incidenti', 'incidenti');
  await take(operator, '/campagne', 'campagne');
  await take(operator, `/campagne/${campaign.id}`, 'campagna');
  await take(operator, `/costituzione/${constitution.id}`, 'costituzione');
  await take(operator, '/previsione', 'previsione', 'forecast');
  await take(operator, '/territorio/variazioni', 'variazioni');
  await take(operator, '/territorio/variazioni/2026-10-01.c_a697', 'variazione');
  await take(neighbour, `/pratiche/${NEIGHBOUR}-1/trattamento`, 'trattamento');
  await take(neighbour, `/pratiche/${NEIGHBOUR}-1/documenti`, 'documenti');
  await take(auditor, `/pratiche/${NEIGHBOUR}-1/mandati`, 'mandati');
  await take(neighbour, `/pratiche/${NEIGHBOUR}-1/perche?campo=deliberation.executiveOn`, 'perche');
}
await browser.close();
