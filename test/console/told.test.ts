import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listOf } from '../api/support.ts';
import { startConsole, type Console } from './console.ts';
import { fillCase } from './pages.ts';

/** A case of which a migration tells while somebody fills in a form of it. */
let site: Console;
const BODY = 'c_z000';
const CASE = `/v1/adhesions/${BODY}-1`;
beforeAll(async () => {
  site = await startConsole();
  await fillCase(site.api, BODY);
  await site.api.calm();
});
afterAll(async () => { await site.stop(); });

const typesSince = async (version: number) => listOf((await site.api.call('GET', `${CASE}/events?after=${version}&limit=100`, 'operator')).body['items']).map((event) => String(event['type']));
const versionNow = async () => Number((await site.api.call('GET', CASE, 'operator')).body['version']);

/** Completes what is next of the service; all of it tells the case that it operates. */
async function complete(...items: readonly string[]): Promise<void> {
  for (const workItemId of items) {
    const { status, text } = await site.api.call('POST', `/v1/migrations/${BODY}-1.TRAINING/commands`, 'operator', { body: { type: 'CompleteWorkItem', data: { workItemId, completedOn: '2026-11-20' } } });
    if (status !== 200) throw new Error(text);
  }
}

describe('a form of a case that another one speaks to', () => {
  test('is checked once and recorded, whatever was told meanwhile', async () => {
    const { page, context } = await site.open('operator-1', { script: false });
    await page.goto(`${site.url}/pratiche/${BODY}-1/comandi/RecordMandateChange`);
    const before = await versionNow();
    await complete('analyse-needs', 'plan-courses', 'first-course');
    await expect.poll(() => typesSince(before), { timeout: 20_000 }).toEqual(['MigrationNoted']);
    await page.getByLabel('Che cosa è cambiato').selectOption('MAYOR_CHANGED');
    await page.getByLabel('Data del cambio').fill('2026-11-01');
    await page.getByRole('button', { name: 'Controlla' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Anteprima: nulla è ancora registrato');

    // Once more between the preview and the confirmation.
    const previewed = await versionNow();
    const closed = await site.api.call('POST', `/v1/migrations/${BODY}-1.TRAINING/commands`, 'operator', { body: { type: 'CloseMigration', data: { closedOn: '2026-11-21' } } });
    expect(closed.status).toBe(200);
    await expect.poll(() => typesSince(previewed), { timeout: 20_000 }).toEqual(['MigrationNoted']);
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    await page.getByText('Registrato:').waitFor();
    expect(await typesSince(previewed)).toEqual(['MigrationNoted', 'MandateChanged']);
    await context.close();
  });

  test('is checked again where somebody recorded a fact', async () => {
    const { page, context } = await site.open('operator-1', { script: false });
    await page.goto(`${site.url}/pratiche/${BODY}-1/comandi/RecordMandateChange`);
    await page.getByLabel('Che cosa è cambiato').selectOption('COMMISSIONER_APPOINTED');
    await page.getByLabel('Data del cambio').fill('2026-11-02');
    await page.getByRole('button', { name: 'Controlla' }).click();
    const { status } = await site.api.call('POST', `${CASE}/commands`, 'operator', { body: { type: 'RecordMandateChange', data: { kind: 'COUNCIL_ELECTED', on: '2026-11-03' } } });
    expect(status).toBe(200);
    await page.getByRole('button', { name: 'Conferma e registra' }).click();
    expect(await page.getByRole('main').innerText()).toContain('Nel frattempo la pratica è cambiata: Cambio di mandato.');
    await context.close();
  });
});
