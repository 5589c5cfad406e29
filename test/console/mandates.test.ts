import { afterAll, beforeAll, expect, test } from 'vitest';
import { sayDate } from '../../console/words/dates.ts';
import { walk } from '../api/path.ts';
import type { MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, XSS, type Console } from './console.ts';

const BODY = 'c_z000';
const EMPTY = 'c_z001';

let site: Console;
/** Ids of persons by name. */
const ids = new Map<string, string>();

beforeAll(async () => {
  site = await startConsole();
  for (const body of [BODY, EMPTY] as const) await sendTo('/v1/adhesions', 'operator', { body });
  await walk(site.api, BODY);
  for (const name of [XSS, 'Bice Seconda', 'Carla Terza']) ids.set(name, String((await sendTo('/v1/subjects', BODY, { body: BODY, name, email: 'ufficio@example.org' }))['id']));
  const appoint = { role: 'RTD', subject: ids.get(XSS), actNo: '15/2026', actOn: '2026-03-02' };
  await record('AppointReferent', appoint);
  await record('AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-03-05T10:00:00+01:00' });
  await record('AppointReferent', { ...appoint, role: 'DPO', subject: ids.get('Carla Terza'), actNo: '16/2026' });
  await record('AcceptAppointment', { appointmentId: 'ref-2', acceptedAt: '2026-03-06T10:00:00+01:00' });
  await record('ReplaceReferent', { appointmentId: 'ref-1', subject: ids.get('Bice Seconda'), actNo: '40/2026', actOn: '2026-06-01' });
  await record('DeclareVacancy', { role: 'DPO', from: '2026-11-10' });
  await record('RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-15', holder: ids.get('Carla Terza') });
  await record('RecordMandateChange', { kind: 'SECRETARY_CHANGED', on: '2026-01-10' });
  await record('RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-01-05', holder: ids.get('Bice Seconda') });
  await record('RecordMandateChange', { kind: 'ACTING_MAYOR', on: '2026-08-01', until: '2026-08-20', holder: ids.get(XSS) });
  await record('RecordMandateChange', { kind: 'MAYOR_RESIGNED', on: '2026-09-01' });
  await record('RecordMandateChange', { kind: 'ASSEMBLY_DELEGATE', on: '2026-11-16', holder: ids.get('Bice Seconda'), actNo: '77/2026' });
});
afterAll(async () => { await site.stop(); });

async function sendTo(path: string, as: MemberCode | 'operator', body: object) {
  const answer = await site.api.call('POST', path, as, { body });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
  return answer.body;
}

const record = (type: string, data: object) => sendTo(`/v1/adhesions/${BODY}-1/commands`, BODY, { type, data });

/** A date that depends on the day of the recording, as the interface gives it, in words. */
const said = async (path: string): Promise<string> => {
  const { text } = await site.api.call('GET', `/v1/adhesions/${BODY}-1`, BODY);
  const view = JSON.parse(text) as { readonly mandates: readonly { readonly on: string; readonly confirmBy: string }[]; readonly vacancies: readonly { readonly role: string; readonly fillBy: string }[] };
  return sayDate((path === 'confirm' ? view.mandates.find(({ on }) => on === '2026-11-15')?.confirmBy : view.vacancies.find(({ role }) => role === path)?.fillBy) ?? '', 'it');
};

/** The offices, where those who took over in November are in office or not yet. */
const HEAD = (since: string) => [
  `Nuovo sindaco 5 gennaio 2026 Sindaco Bice Seconda 5 gennaio 2026 15 novembre 2026 ${since === 'in carica' ? 'non in carica' : 'in carica'}`,
  'Nuovo segretario 10 gennaio 2026 Segretario – 10 gennaio 2026 tuttora in carica',
  `Vicesindaco che sostituisce il sindaco 1º agosto 2026, ultimo giorno 20 agosto 2026 Vicesindaco ${XSS} 1º agosto 2026 21 agosto 2026 non in carica`,
  'Dimissioni del sindaco 1º settembre 2026, definitive dal 22 settembre 2026 – – – – –',
  `Nuovo sindaco 15 novembre 2026 Sindaco Carla Terza 15 novembre 2026 tuttora ${since}`,
  `Delegato in assemblea 77/2026, 16 novembre 2026 Delegato in assemblea Bice Seconda 16 novembre 2026 tuttora ${since}`,
];

test('the register says who held which role from when to when, by which act, and how it stood on a day', async () => {
  const { page, complaints, context } = await site.open('operator-1');
  await page.goto(`${site.url}/pratiche/${BODY}-1`);
  await page.getByRole('link', { name: 'Registro dei mandati' }).click();
  const rows = async (heading: string) => (await page.getByRole('table', { name: heading }).getByRole('row').allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  expect(await rows('Ruoli e referenti')).toEqual([
    `RTD ref-1 ${XSS} 15/2026, 2 marzo 2026 5 marzo 2026 1º giugno 2026 sostituito`,
    `DPO ref-2 Carla Terza 16/2026, 2 marzo 2026 6 marzo 2026 10 novembre 2026 cessato`,
    `RTD ref-3 Bice Seconda 40/2026, 1º giugno 2026 – tuttora in attesa di accettazione da confermare entro il ${await said('confirm')}`,
  ]);
  expect(await rows('Vertice, segretario e delegato del Comune')).toEqual(HEAD('in carica'));
  const open = await page.locator('h2:has-text("Scoperti") + ul').innerText();
  expect(open).toContain(`RTD: scoperto dal 1º giugno 2026, da ricoprire entro il ${await said('RTD')}.`);
  expect(open).toContain(`DPO: scoperto dal 10 novembre 2026, da ricoprire entro il ${await said('DPO')}.`);
  expect(open).toContain(`RTD, Bice Seconda (ref-3): da confermare entro il ${await said('confirm')}, dopo «Nuovo sindaco» del 15 novembre 2026.`);

  await page.getByLabel('Come stava il giorno').fill('2026-04-01');
  await page.getByRole('button', { name: 'Mostra' }).click();
  expect(page.url()).toBe(`${site.url}/pratiche/${BODY}-1/mandati?il=2026-04-01`);
  expect((await rows('Ruoli e referenti')).map((text) => text.replace(/ da confermare.*/, '').split(' ').slice(-3).join(' '))).toEqual(['1º giugno 2026 attivo', '10 novembre 2026 attivo', 'non ancora nominato'].map((text) => text.split(' ').slice(-3).join(' ')));
  expect(await rows('Vertice, segretario e delegato del Comune')).toEqual(HEAD('non in carica'));
  expect(await page.getByRole('main').innerText()).toContain('Sindaco: Firma Taria. Firmata il 12 febbraio 2026, ore 10:00.');
  expect(await page.locator('.notice.warn').innerText()).toMatch(/^Dubbi sul potere di firma\s+Il 12 febbraio 2026 la carica di sindaco era ricoperta da un'altra persona, dal 5 gennaio 2026: /);
  expect(await page.title()).toBe('Registro dei mandati · Associa');
  expect(complaints).toEqual([]);
  await context.close();
});

test('a comune reads its own register with names, an auditor with ids alone, another comune none', async () => {
  const read = async (person: string) => {
    const { page, context } = await site.open(person);
    await page.goto(`${site.url}/pratiche/${BODY}-1/mandati`);
    const text = await page.locator('body').innerText();
    await context.close();
    return text;
  };
  expect(await read(`secretary-${BODY}`)).toContain('Bice Seconda');
  const auditors = await read('auditor');
  expect(auditors).not.toContain('Bice');
  expect(auditors).toContain(ids.get('Bice Seconda'));
  const other = await read(`secretary-${EMPTY}`);
  expect(other).toContain('Risorsa non trovata');
  expect(other).not.toContain('RTD');
});

test('full, empty and with an error: WCAG 2.2 A and AA, no sideways scroll, in both languages', async () => {
  const found: Record<string, readonly string[]> = {};
  for (const [width, locale] of [[1280, 'it-IT'], [320, 'en-GB']] as const) {
    const { page, complaints, context } = await site.open('operator-1', { width, locale });
    for (const path of [`${BODY}-1/mandati`, `${EMPTY}-1/mandati`, `${BODY}-1/mandati?il=2026-02-30`]) {
      await page.goto(`${site.url}/pratiche/${path}`);
      found[`${path} at ${width}`] = await faultsOf(page);
    }
    expect(await page.getByLabel(locale === 'it-IT' ? 'Come stava il giorno' : 'As it stood on').getAttribute('aria-invalid')).toBe('true');
    expect(complaints).toEqual([]);
    await context.close();
  }
  expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
  expect(Object.keys(found)).toHaveLength(6);
});

test('a day is chosen by the keyboard alone', async () => {
  const { page, context } = await site.open('operator-1');
  await page.goto(`${site.url}/pratiche/${BODY}-1/mandati`);
  await page.getByLabel('Come stava il giorno').focus();
  // Day, month and year are typed one after the other, as the language of the browser has them.
  await page.keyboard.type('01042026');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/mandati?il=2026-*');
  expect(await page.getByRole('status').innerText()).toMatch(/^Stato (?:al|all')/);
  await context.close();
});
