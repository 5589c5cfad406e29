import { mkdirSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';
import { pathOf } from '../api/path.ts';
import { startChromium } from '../support/chromium.ts';

/**
 * Makes the pictures of `docs/console/` from a fresh running instance: `npx tsx test/console/screenshots.ts http://127.0.0.1:8080`.
 * The cases are made by the interface, as the signed-on persons.
 */
const [, , url = 'http://127.0.0.1:8080', folder = 'docs/console'] = process.argv;
/** A comune whose council is as large as that of the path. */
const BODY = 'c_a375';

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
const [operator, secretary] = await Promise.all([browser.newContext({ locale: 'it-IT' }), browser.newContext({ locale: 'it-IT' })]);
await signOn(operator, 'operator-1');
await signOn(secretary, `secretary-${BODY}`);

await send(operator, '/v1/adhesions', { body: BODY });
const signer = (await send(operator, '/v1/subjects', { body: BODY, name: 'Ada Prova', email: 'sindaco@example.org' })).id;
const path = pathOf(BODY, signer);
for (const [as, type, data] of path.slice(0, path.findIndex(([, type]) => type === 'RecordPublication'))) {
  await send(as === 'operator' ? operator : secretary, `/v1/adhesions/${BODY}-1/commands`, { type, data });
}
for (const body of ['c_a010', 'c_a127', 'c_a389', 'c_a413']) await send(operator, '/v1/adhesions', { body });
for (const body of ['c_a010', 'c_a389']) await send(operator, `/v1/adhesions/${body}-1/commands`, { type: 'SendProposal', data: { template: { id: 'convenzione-cst', version: 1, sha256: 'ab'.repeat(32) }, sentAt: '2026-03-02T09:00:00+01:00' } });

mkdirSync(folder, { recursive: true });
const FORM = `/pratiche/${BODY}-1/comandi/RecordPublication`;
for (const width of [1280, 320]) {
  const take = async (context: BrowserContext, address: string, name: string, act?: 'errors' | 'preview'): Promise<void> => {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${url}${address}`);
    if (act === 'preview') {
      await page.getByLabel("Numero all'albo pretorio").fill('77/2026');
      await page.getByLabel('Primo giorno di pubblicazione').fill('2026-01-28');
    }
    if (act !== undefined) await page.getByRole('button', { name: 'Controlla' }).click();
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
}
await browser.close();
