import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import type { MemberCode } from '../api/support.ts';
import { faultsOf, startConsole, type Console } from './console.ts';
import { tooHeavy, weigh } from './weight.ts';

/** All comuni of Italy, and a few more. */
const COUNT = 7_900;
/** Of processor for one answer, whatever else the machine does: some ten times what it takes. */
const QUICK_MS = 250;

const codeOf = (index: number): MemberCode => `c_${String.fromCodePoint(97 + Math.floor(index / 1_000))}${String(index % 1_000).padStart(3, '0')}`;
const bodies = new Bodies(Array.from({ length: COUNT }, (_, index) => ({
  ipaCode: codeOf(index), istatCode: String(100_000 + index), name: `Comune ${index % 26 === 0 ? 'Sant’Elpidio sul Colle ' : ''}${String(index).padStart(4, '0')}`, population: 100 + ((index * 7_919) % 100_000),
})));

let site: Console;
beforeAll(async () => {
  site = await startConsole(bodies);
  for (let index = 0; index < 20; index += 1) await site.api.call('POST', '/v1/adhesions', 'operator', { body: { body: codeOf(index * 390) } });
});
afterAll(async () => { await site.stop(); });

const WAYS = ['/territorio', '/territorio?pagina=158', '/territorio?q=sant%E2%80%99elpidio', '/territorio?ordine=population&verso=giu', '/territorio?ordine=phase', '/territorio?fase=RECOGNITION', '/territorio?attesa=OPERATOR&ritardo=no'];

describe('a territory of 7,900 comuni', () => {
  test('is filtered, sorted and read page by page', async () => {
    const { page, complaints, context } = await site.open('operator-1');
    await page.getByRole('link', { name: 'Territorio' }).click();
    const main = page.getByRole('main');
    expect(await main.getByRole('status').innerText()).toBe('7.900 comuni');
    expect([await page.locator('.tiles li').count(), await page.getByRole('row').count()]).toEqual([50, 51]);
    expect(await main.innerText()).toContain('Pagina 1 di 158');
    await page.getByRole('link', { name: 'Successiva' }).click();
    expect(await main.innerText()).toContain('Pagina 2 di 158');
    expect(await page.getByRole('row').nth(1).innerText()).toContain('Comune 0053');

    await page.goto(`${site.url}/territorio?ordine=population&verso=giu`);
    const populations = await page.locator('tbody tr td:nth-of-type(1)').allInnerTexts();
    expect(populations.map((text) => Number(text.replace('.', '')))).toEqual(bodies.all.map(({ population }) => population).toSorted((a, b) => b - a).slice(0, 50));

    await page.getByLabel('Nome o codice').fill('sant’elpidio');
    await page.getByRole('button', { name: 'Filtra' }).click();
    // Few enough for a tile each.
    expect([await main.getByRole('status').innerText(), await page.locator('.tiles li').count()]).toEqual(['304 comuni', 304]);
    await page.goto(`${site.url}/territorio?fase=RECOGNITION`);
    expect(await page.getByRole('row').count()).toBe(21);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('costs the server little whichever way it is asked, with the file too', async () => {
    const { page, context } = await site.open('operator-1');
    const times: Record<string, number> = {};
    for (const path of [...WAYS, '/territorio.csv']) {
      const taken: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const start = process.cpuUsage();
        const answer = await page.request.get(`${site.url}${path}`);
        const { user, system } = process.cpuUsage(start);
        taken.push((user + system) / 1_000);
        expect(answer.status()).toBe(200);
      }
      times[path] = Math.min(...taken);
    }
    expect((await (await page.request.get(`${site.url}/territorio.csv`)).text()).trimEnd().split('\r\n')).toHaveLength(COUNT + 1);
    expect(Object.entries(times).filter(([, ms]) => ms > QUICK_MS)).toEqual([]);
    await context.close();
  });

  test('keeps within the weight of a page, sign-on included, passes axe and does not scroll sideways', async () => {
    const signedOn = await site.open('operator-1');
    const weights = await weigh(site, signedOn, [...WAYS, '/login']);
    expect(tooHeavy(weights)).toEqual([]);
    const found: Record<string, readonly string[]> = {};
    for (const path of ['/territorio', '/territorio?q=sant%E2%80%99elpidio']) {
      for (const width of [1280, 320]) {
        await signedOn.page.setViewportSize({ width, height: 800 });
        await signedOn.page.goto(`${site.url}${path}`);
        found[`${path} at ${width}`] = await faultsOf(signedOn.page);
      }
    }
    expect(Object.values(found).flat()).toEqual([]);
    expect(signedOn.complaints).toEqual([]);
    await signedOn.context.close();
  }, 180_000);
});
