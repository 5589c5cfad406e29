import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf } from '../../api/auth/cookies.ts';
import type { Json, MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, type Console } from './console.ts';

let site: Console;
beforeAll(async () => { site = await startConsole(); });
afterAll(async () => { await site.stop(); });

const at = (body: MemberCode) => `${site.url}/territorio/${body}/avvio`;
const policiesOf = async (body: MemberCode): Promise<Json | undefined> => (await site.api.call('GET', `/v1/adhesions/${body}-1`, 'operator')).body['policies'];

describe('the rules of a new case', () => {
  test.each([{ script: true }, { script: false }])('stand folded as proposed, are chosen otherwise, and pinned in the case (script: $script)', async ({ script }) => {
    const body: MemberCode = script ? 'c_z000' : 'c_z001';
    const { page, context, complaints } = await site.open('operator-1', { script });
    await page.goto(at(body));
    expect(await page.getByLabel('Durata della convenzione, in anni').isVisible()).toBe(false);
    await page.getByText('Regole della pratica').click();
    expect(await page.getByLabel('Quando la delibera diventa esecutiva').inputValue()).toBe('START_EXCLUSIVE');
    expect(await page.getByLabel('Consiglieri assegnati').inputValue()).toBe('12');
    expect(await page.getByLabel('Prima della fine della finestra').inputValue()).toBe('30, 15, 7, 1');
    expect(await page.getByRole('group', { name: 'I termini che cadono di sabato' }).getByLabel('No').isChecked()).toBe(true);

    // What the interface refuses stands at the field; what was chosen is kept.
    await page.getByLabel('Durata della convenzione, in anni').fill('trenta');
    await page.getByLabel('Quando la delibera diventa esecutiva').selectOption('END');
    await page.getByLabel('Dal', { exact: true }).fill('2027-03-01');
    await page.getByLabel('Fino al').fill('2027-02-01');
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    expect(await page.getByLabel('Durata della convenzione, in anni').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Fino al').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Quando la delibera diventa esecutiva').inputValue()).toBe('END');
    // Looked at with script, which looking itself takes.
    expect(script ? await faultsOf(page) : []).toEqual([]);
    expect((await site.api.call('GET', `/v1/adhesions/${body}-1`, 'operator')).status).toBe(404);

    await page.getByLabel('Durata della convenzione, in anni').fill('5');
    await page.getByLabel('Fino al').fill('2027-04-30');
    await page.getByRole('group', { name: 'I termini che cadono di sabato' }).getByLabel('Sì').check();
    await page.getByLabel("Forma giuridica dell'Agenzia").selectOption('CONVENTION_ONLY');
    await page.getByLabel('Dall\'esecutività senza certificato').fill('');
    await page.getByLabel('Prima della fine della finestra').fill('20; 5');
    await page.getByRole('button', { name: 'Conferma e avvia' }).dblclick();
    await page.waitForURL(`${site.url}/pratiche/${body}-1`);
    const policies = await policiesOf(body);
    expect(policies).toMatchObject({
      executivity: 'END', conventionYears: 5, saturdayRolls: true, window: { from: '2027-03-01', to: '2027-04-30' }, agencyLegalForm: 'CONVENTION_ONLY', majority: 'SIMPLE_OF_VOTERS',
      councillors: 12, publicationCount: 'INCLUDE_FIRST', reminders: { certificate: null, dpaSignature: 10, beforeWindowEnd: [20, 5], publication: 5 },
    });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('left as they are give the same case as the interface does without any', async () => {
    const { page, context } = await site.open('operator-1');
    await page.goto(at('c_z002'));
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    await page.waitForURL(`${site.url}/pratiche/c_z002-1`);
    await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: 'c_z003' } });
    expect(await policiesOf('c_z002')).toEqual(await policiesOf('c_z003'));
    // Without any reminder, by one tick.
    await page.goto(at('c_z004'));
    await page.getByText('Regole della pratica').click();
    await page.getByLabel('Nessun promemoria in questa pratica').check();
    await page.getByRole('button', { name: 'Conferma e avvia' }).click();
    await page.waitForURL(`${site.url}/pratiche/c_z004-1`);
    expect((await policiesOf('c_z004'))?.['reminders']).toBeNull();
    await context.close();
  });

  test('come back after an expired session, open and folded they fit both widths, in both languages', async () => {
    const { page, context, complaints } = await site.open('operator-1', { locale: 'en-GB' });
    await page.goto(at('c_z005'));
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await faultsOf(page)).toEqual([]);
    }
    await page.getByText('Rules of the case').press('Enter');
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await faultsOf(page)).toEqual([]);
    }
    await page.getByLabel('Duration of the convention, in years').fill('7');
    await context.clearCookies({ name: cookiesOf(site.url).session });
    await page.getByRole('button', { name: 'Confirm and start' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Your session has expired');
    const [tab] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Sign on again' }).click()]);
    await tab.locator('button[value="operator-1"]').click();
    await tab.getByRole('heading', { level: 1, name: 'Prova F' }).waitFor();
    await page.getByRole('button', { name: 'Go on from where you were' }).click();
    expect(await page.getByLabel('Duration of the convention, in years').inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Confirm and start' }).click();
    await page.waitForURL(`${site.url}/pratiche/c_z005-1`);
    expect((await policiesOf('c_z005'))?.['conventionYears']?.toString()).toBe('7');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
