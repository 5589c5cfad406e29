import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walk } from '../api/path.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

const [ONE, OTHER] = ['c_z007', 'c_z008'] as const;
const PATH = '/territorio/variazioni';
let site: Console;
beforeAll(async () => {
  site = await startConsole();
  for (const body of [ONE, OTHER]) await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  await walk(site.api, ONE);
}, 120_000);
afterAll(async () => { await site.stop(); });

/** What axe and the widths find of a page, by its name. */
async function look(page: Page, name: string): Promise<Record<string, readonly string[]>> {
  const faults: Record<string, readonly string[]> = {};
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    faults[`${name} at ${width}`] = await faultsOf(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

interface Body { readonly ipaCode: string; readonly istatCode: string; readonly name: string; readonly population: string }

/** Types a body in the place of the form that is its own. */
async function typeBody(page: Page, group: string, { ipaCode, istatCode, name, population }: Body): Promise<void> {
  const place = page.getByRole('group', { name: group, exact: true });
  await place.getByLabel('Codice IPA').fill(ipaCode);
  await place.getByLabel('Codice ISTAT').fill(istatCode);
  await place.getByLabel('Nome').fill(name);
  await place.getByLabel('Abitanti').fill(population);
}

async function typeDayAndAct(page: Page, on: string, act: string): Promise<void> {
  await page.getByLabel('Primo giorno in cui conta').fill(on);
  await page.getByLabel(/come si cita$/).fill(act);
}
const rowOf = async (page: Page, text: string) => (await page.locator('tbody tr', { hasText: text }).innerText()).replaceAll(/\s+/g, ' ');

test('a merger is previewed and recorded in its form; the cases say who succeeded whom', async () => {
  const { page, complaints, context } = await site.open('operator-1');
  const faults: Record<string, readonly string[]> = {};
  await page.goto(`${site.url}${PATH}`);
  await page.getByRole('button', { name: 'Anteprima' }).click();
  expect(await page.getByRole('alert').locator('li').allInnerTexts()).toEqual(['Primo giorno in cui conta', 'Legge regionale, come si cita', 'Codice IPA', 'Codice ISTAT', 'Nome', 'Abitanti'].map((label) => `Manca «${label}».`));
  Object.assign(faults, await look(page, 'faults'));
  await page.getByLabel('Codici IPA degli enti che si fondono').fill(`${ONE}\n${OTHER.toUpperCase()}`);
  await typeBody(page, 'Il nuovo ente', { ipaCode: 'C_Z999', istatCode: '015999', name: 'Comune Nuovo', population: '9000' });
  await typeDayAndAct(page, '2026-11-01', 'L.R. 5/2026');
  await page.getByRole('button', { name: 'Anteprima' }).click();
  expect(await page.getByText('Comuni prima e dopo').innerText()).toBe('Comuni prima e dopo: 12 → 11.');
  expect(await page.locator('.notice li').allInnerTexts()).toEqual([`${ONE}-1: Attuazione`, `${OTHER}-1: Ricognizione`]);
  Object.assign(faults, await look(page, 'preview'));
  await page.getByRole('button', { name: 'Modifica' }).click();
  expect([await page.getByLabel('Nome').inputValue(), await page.getByLabel('Codici IPA degli enti che si fondono').inputValue()]).toEqual(['Comune Nuovo', `${ONE}\n${OTHER.toUpperCase()}`]);
  await page.getByRole('button', { name: 'Anteprima' }).click();
  await page.getByRole('button', { name: 'Registra la variazione' }).click();
  expect(await page.locator('tbody tr').first().innerText()).toContain('Comune Nuovo (c_z999, ISTAT 015999)');
  Object.assign(faults, await look(page, 'changes'));
  await page.goto(`${site.url}/pratiche/${ONE}-1`);
  Object.assign(faults, await look(page, 'predecessor'));
  await page.locator('.notice.warn').getByRole('link', { name: 'c_z999-1' }).click();
  expect(await page.locator('.notice').first().innerText()).toContain(`${ONE}-1, di cui questa pratica ripete gli atti`);
  Object.assign(faults, await look(page, 'successor'));
  expect(Object.values(faults).flat()).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('every other kind of change has its form: incorporation, split of three, new name, registration of a union', async () => {
  const { page, complaints, context } = await site.open('operator-1', { width: 360 });
  const faults: Record<string, readonly string[]> = {};
  const choose = async (kind: string) => {
    await page.goto(`${site.url}${PATH}`);
    await page.getByRole('navigation', { name: 'Tipo di variazione' }).getByRole('link', { name: kind }).click();
    expect(await page.locator('.kinds [aria-current]').allInnerTexts()).toEqual([kind]);
  };
  const record = async (name: string, comuni: string) => {
    await page.getByRole('button', { name: 'Anteprima' }).click();
    expect(await page.getByText('Comuni prima e dopo').innerText()).toBe(`Comuni prima e dopo: ${comuni}.`);
    Object.assign(faults, await look(page, name));
    await page.getByRole('button', { name: 'Registra la variazione' }).click();
    await page.waitForURL(`${site.url}${PATH}`);
  };

  await choose('Incorporazione');
  await page.getByLabel('Codici IPA degli enti incorporati').fill('c_z000');
  await typeBody(page, "L'ente che incorpora, com'è da quel giorno", { ipaCode: 'c_z001', istatCode: '015901', name: 'Prova B', population: '8001' });
  await typeDayAndAct(page, '2026-11-02', 'L.R. 6/2026');
  await record('incorporation', '11 → 10');
  expect(await rowOf(page, 'L.R. 6/2026')).toMatch(/^2 novembre 2026 incorporazione .*c_z000.*Prova B \(c_z001, ISTAT 015901\) L\.R\. 6\/2026$/);

  await choose('Scissione');
  await page.getByLabel("Codice IPA dell'ente che si divide").fill('c_z002');
  await typeBody(page, 'Nuovo ente 1', { ipaCode: 'c_z921', istatCode: '015921', name: 'Alto', population: '2000' });
  await page.getByRole('button', { name: 'Aggiungi un ente' }).click();
  expect(await page.getByRole('group', { name: 'Nuovo ente 1', exact: true }).getByLabel('Nome').inputValue()).toBe('Alto');
  await typeBody(page, 'Nuovo ente 2', { ipaCode: 'c_z922', istatCode: '015922', name: 'Medio', population: '1000' });
  await typeBody(page, 'Nuovo ente 3', { ipaCode: 'c_z923', istatCode: '015923', name: 'Basso', population: '1002' });
  await typeDayAndAct(page, '2026-11-03', 'L.R. 7/2026');
  Object.assign(faults, await look(page, 'form of a split'));
  await record('split', '10 → 12');
  expect(await rowOf(page, 'L.R. 7/2026')).toContain('Alto (c_z921, ISTAT 015921); Medio (c_z922, ISTAT 015922); Basso (c_z923, ISTAT 015923)');

  await choose('Cambio di denominazione o di codice');
  await typeBody(page, "L'ente, com'è da quel giorno", { ipaCode: 'c_z003', istatCode: '015903', name: 'Prova D sul Naviglio', population: '4003' });
  await typeDayAndAct(page, '2026-11-04', 'Delibera 8/2026');
  await record('new name', '12 → 12');

  await choose('Iscrizione di un ente');
  await page.getByLabel('Tipo di ente').selectOption({ label: 'Unione di comuni' });
  await typeBody(page, "L'ente", { ipaCode: 'u_navigli', istatCode: '015903', name: 'Unione dei Navigli', population: '9000' });
  await typeDayAndAct(page, '2026-11-05', 'Statuto 1/2026');
  await record('registration', '12 → 12');

  const kinds = (await site.api.call('GET', '/v1/territory/changes', 'auditor')).body['items'] as unknown as readonly { readonly type: string; readonly predecessors: readonly string[]; readonly successors: readonly { readonly bodyType: string }[] }[];
  expect(kinds.map(({ type, predecessors, successors }) => [type, predecessors, successors.map(({ bodyType }) => bodyType)])).toEqual([
    ['BodiesMerged', [ONE, OTHER], ['COMUNE']], ['BodyIncorporated', ['c_z000'], ['COMUNE']], ['BodySplit', ['c_z002'], ['COMUNE', 'COMUNE', 'COMUNE']], ['BodyRenamed', ['c_z003'], ['COMUNE']],
    ['BodyRegistered', [], ['UNIONE_DI_COMUNI']],
  ]);
  expect(Object.values(faults).flat()).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a union that is renamed stays a union, and what no change can say is said beside the form', async () => {
  const { page, context } = await site.open('operator-1');
  await page.goto(`${site.url}${PATH}?tipo=BodyRenamed`);
  await typeBody(page, "L'ente, com'è da quel giorno", { ipaCode: 'u_navigli', istatCode: '015903', name: 'Unione dei Navigli', population: '9000' });
  await typeDayAndAct(page, '2026-11-06', 'Statuto 2/2026');
  await page.getByRole('button', { name: 'Anteprima' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('u_navigli si chiama già così e ha già questo codice ISTAT.');
  await page.getByLabel('Nome').fill('Unione del Naviglio');
  await page.getByRole('button', { name: 'Anteprima' }).click();
  await page.getByRole('button', { name: 'Registra la variazione' }).click();
  await page.waitForURL(`${site.url}${PATH}`);
  expect((await site.api.call('GET', '/v1/bodies/u_navigli', 'auditor')).body).toMatchObject({ name: 'Unione del Naviglio', bodyType: 'UNIONE_DI_COMUNI' });
  await page.goto(`${site.url}${PATH}?tipo=BodiesMerged`);
  await page.getByLabel('Codici IPA degli enti che si fondono').fill('c_z004, c_q000');
  await typeBody(page, 'Il nuovo ente', { ipaCode: 'c_z930', istatCode: 'x', name: 'Prova', population: 'molti' });
  await typeDayAndAct(page, '2026-11-07', 'L.R. 9/2026');
  await page.getByRole('button', { name: 'Anteprima' }).click();
  expect(await page.getByRole('alert').locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['#f-successors-0-istatCode', '#f-successors-0-population']);
  await context.close();
});

test('a change is corrected and then withdrawn on its page, each after its preview; readers see what it said before', async () => {
  const { page, complaints, context } = await site.open('operator-1');
  const faults: Record<string, readonly string[]> = {};
  const id = '2026-11-04.c_z003';
  await page.goto(`${site.url}${PATH}`);
  await page.locator('tbody tr', { hasText: 'Delibera 8/2026' }).getByRole('link').click();
  await page.waitForURL(`${site.url}${PATH}/${id}`);
  expect(await page.getByLabel('Nome').inputValue()).toBe('Prova D sul Naviglio');
  await page.getByRole('button', { name: /^Anteprima.*Correggi/ }).click();
  expect(await page.getByRole('alert').locator('li').allInnerTexts()).toEqual(['Manca «Perché».']);
  Object.assign(faults, await look(page, 'fault of a correction'));
  await page.getByLabel('Nome').fill('Prova D del Naviglio');
  await page.locator('#f-correct-reason').selectOption({ label: 'Errore di trascrizione' });
  await page.locator('#f-correct-basis-title').fill('Errata corrige, BURL 9/2026');
  await page.getByRole('button', { name: /^Anteprima.*Correggi/ }).click();
  expect(await page.locator('.notice').innerText()).toContain('Prova D del Naviglio (c_z003, ISTAT 015903, 4.003 abitanti)');
  Object.assign(faults, await look(page, 'preview of a correction'));
  await page.getByRole('button', { name: 'Correggi la variazione' }).click();
  await page.waitForURL(`${site.url}${PATH}/${id}`);
  expect(await page.locator('section', { hasText: 'prima diceva' }).innerText()).toMatch(/Errore di trascrizione, Errata corrige, BURL 9\/2026\.[\s\S]*Prova D sul Naviglio/);
  Object.assign(faults, await look(page, 'corrected'));

  await page.locator('#f-withdraw-reason').selectOption({ label: 'Era già registrata' });
  await page.getByRole('button', { name: /^Anteprima.*Annulla/ }).click();
  expect(await page.locator('.notice').innerText()).toContain('Comuni in quel giorno con e senza la variazione: 12 → 12.');
  await page.getByRole('button', { name: 'Annulla la variazione' }).click();
  await page.waitForURL(`${site.url}${PATH}/${id}`);
  expect(await page.locator('.notice.warn').innerText()).toMatch(/Questa variazione è stata annullata[\s\S]*Era già registrata\./);
  expect(await page.getByRole('button', { name: /Anteprima/ }).count()).toBe(0);
  Object.assign(faults, await look(page, 'withdrawn'));
  await page.goto(`${site.url}${PATH}`);
  expect(await page.locator('tbody tr', { hasText: 'Delibera 8/2026' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: new RegExp(id.replaceAll('.', '\\.')) }).count()).toBe(1);
  Object.assign(faults, await look(page, 'list with one withdrawn'));
  expect(Object.values(faults).flat()).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('one that joined cases says why it is not corrected, and lists them; an auditor reads and has no form', async () => {
  const id = '2026-11-01.c_z999';
  const { page, context } = await site.open('operator-1');
  await page.goto(`${site.url}${PATH}/${id}`);
  expect(await page.locator('h2:has-text("Pratiche chiuse") + ul li').allInnerTexts()).toEqual([`${ONE}-1 (unita) → c_z999-1`, `${OTHER}-1 (unita) → c_z999-1`]);
  await page.locator('#f-withdraw-reason').selectOption({ label: 'Era già registrata' });
  await page.getByRole('button', { name: /^Anteprima.*Annulla/ }).click();
  expect(await page.getByRole('alert').innerText()).toContain(`Per questa variazione sono già state unite delle pratiche (${ONE}-1, ${OTHER}-1, c_z999-1)`);
  await context.close();
  const reader = await site.open('auditor', { locale: 'en-GB' });
  await reader.page.goto(`${site.url}${PATH}/${id}`);
  expect([await reader.page.locator('h1').innerText(), await reader.page.locator('main form').count()]).toEqual([`Merger ${id}`, 0]);
  await reader.page.goto(`${site.url}${PATH}`);
  expect(await reader.page.locator('main form').count()).toBe(0);
  expect((await reader.page.goto(`${site.url}${PATH}/2026-11-01.c_q000`))?.status()).toBe(404);
  await reader.context.close();
});

test('the form of a change that led to several bodies shows each as it is', async () => {
  const { page, context } = await site.open('operator-1');
  await page.goto(`${site.url}${PATH}`);
  await page.locator('tbody tr', { hasText: 'L.R. 7/2026' }).getByRole('link').click();
  const named = async (n: number) => {
    const place = page.getByRole('group', { name: `Nuovo ente ${n}`, exact: true });
    return [await place.getByLabel('Codice IPA').inputValue(), await place.getByLabel('Nome').inputValue(), await place.getByLabel('Abitanti').inputValue()];
  };
  expect([await named(1), await named(2), await named(3)]).toEqual([['c_z921', 'Alto', '2000'], ['c_z922', 'Medio', '1000'], ['c_z923', 'Basso', '1002']]);
  await context.close();
});

test('a correction that leaves the act as it is cited keeps its digest', async () => {
  const sha256 = 'ab'.repeat(32);
  const recorded = await site.api.call('POST', '/v1/territory/changes', 'operator', { body: {
    type: 'BodyRenamed', predecessors: ['c_z004'], successors: [{ ipaCode: 'c_z004', istatCode: '015904', name: 'Prova E Nuova', bodyType: 'COMUNE', population: 5004 }], on: '2026-11-06', act: { title: 'Delibera 9/2026', sha256 },
  } });
  expect(recorded.status).toBe(201);
  const { page, context } = await site.open('operator-1');
  await page.goto(`${site.url}${PATH}/2026-11-06.c_z004`);
  await page.getByLabel('Nome').fill('Prova E Vecchia');
  await page.locator('#f-correct-reason').selectOption({ label: 'Errore di trascrizione' });
  await page.getByRole('button', { name: /^Anteprima.*Correggi/ }).click();
  await page.getByRole('button', { name: 'Correggi la variazione' }).click();
  await page.waitForURL(`${site.url}${PATH}/2026-11-06.c_z004`);
  expect((await site.api.call('GET', '/v1/territory/changes/2026-11-06.c_z004', 'auditor')).body).toMatchObject({ act: { title: 'Delibera 9/2026', sha256 }, successors: [{ name: 'Prova E Vecchia' }] });
  await context.close();
});

test('a form that is not of our page, or has no key, records nothing', async () => {
  const { page, context } = await site.open('operator-1');
  await page.goto(`${site.url}${PATH}`);
  const csrf = await page.locator('main input[name=csrf]').first().inputValue();
  const listed = async () => (await site.api.call('GET', '/v1/territory/changes?withdrawn=true', 'auditor')).text;
  const before = await listed();
  const change = {
    tipo: 'BodyRenamed', rows: '1', step: 'record', 'successors.0.ipaCode': 'c_z005', 'successors.0.istatCode': '015905', 'successors.0.name': 'Altrimenti', 'successors.0.population': '5', on: '2026-11-07', 'act.title': 'X',
  };
  const post = async (path: string, form: Record<string, string>) => (await context.request.post(`${site.url}${path}`, { form, headers: { origin: site.url } })).status();
  const withdrawal = { what: 'withdraw', step: 'record', 'withdraw.reason': 'RECORDED_TWICE' };
  for (const [path, form] of [[PATH, change], [`${PATH}/2026-11-06.c_z004`, withdrawal]] as const) {
    expect([await post(path, { ...form, key: 'k-1', csrf: 'x' }), await post(path, { ...form, key: 'k-1' }), await post(path, { ...form, csrf }), await post(path, { ...form, key: 'un altro', csrf })]).toEqual([403, 403, 400, 400]);
  }
  expect(await listed()).toBe(before);
  await context.close();
});

test('in English the forms ask for the same', async () => {
  const { page, context } = await site.open('operator-1', { locale: 'en-GB' });
  await page.goto(`${site.url}${PATH}?tipo=BodySplit`);
  expect(await page.locator('.kinds a').allInnerTexts()).toEqual(['Merger', 'Incorporation', 'Split', 'Change of name or code', 'Registration of a body']);
  expect(await page.locator('form[action="/territorio/variazioni"] label').allInnerTexts()).toEqual([
    'IPA code of the body that splits', ...[1, 2].flatMap(() => ['IPA code', 'ISTAT code', 'Name', 'Inhabitants']), 'First day on which it counts', 'Regional law, as it is cited',
  ]);
  expect(await page.locator('form[action="/territorio/variazioni"] legend').allInnerTexts()).toEqual(['New body 1', 'New body 2']);
  await context.close();
});
