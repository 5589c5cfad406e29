import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startConsole, type Console } from './console.ts';
import { addressesOf, fillCase } from './pages.ts';
import { tooHeavy, weigh } from './weight.ts';

let site: Console;
beforeAll(async () => {
  site = await startConsole();
  await fillCase(site.api, 'c_z000');
});
afterAll(async () => { await site.stop(); });

describe('over the line', () => {
  test('every page is within its weight, on the first visit and after', async () => {
    const [operator, secretary] = [await site.open('operator-1'), await site.open('secretary-c_z000')];
    const weights = { ...await weigh(site, secretary, addressesOf('c_z000', 'c_z001', 'member')), ...await weigh(site, operator, addressesOf('c_z000', 'c_z001', 'operator')) };
    expect(tooHeavy(weights)).toEqual([]);
    // What is weighed is what is sent: a first visit brings style and fonts, the next one does not.
    expect(Object.entries(weights).filter(([, { first, after }]) => first < 100_000 || after < 500)).toEqual([]);
    await operator.context.close();
    await secretary.context.close();
  }, 180_000);

  test('a page shrinks where our own page or the person asked for it, and not where a page of another site did', async () => {
    const { page, context } = await site.open('operator-1');
    const encodingFor = async (headers: Readonly<Record<string, string>>) => (await page.request.get(`${site.url}/pratiche/c_z000-1`, { headers })).headers()['content-encoding'];
    expect(await encodingFor({ 'sec-fetch-site': 'same-origin' })).toBe('br');
    expect(await encodingFor({ 'sec-fetch-site': 'none', 'accept-encoding': 'gzip' })).toBe('gzip');
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none, same-origin' }, {}]) expect(await encodingFor(headers)).toBe(undefined);
    // As a real browser has it: opened by a link of another site, then from our own page.
    await page.goto('data:text/html,<a>x</a>');
    const [foreign] = await Promise.all([page.waitForResponse(/pratiche/), page.evaluate(`location.href = ${JSON.stringify(`${site.url}/pratiche/c_z000-1?x=1`)}`)]);
    expect([foreign.request().headers()['sec-fetch-site'] ?? (await foreign.request().allHeaders())['sec-fetch-site'], await foreign.headerValue('content-encoding')]).toEqual(['cross-site', null]);
    const [own] = await Promise.all([page.waitForResponse(/eventi/), page.getByRole('link', { name: 'Vedi tutti gli eventi' }).click()]);
    expect(await own.headerValue('content-encoding')).toBe('br');
    // Beside an address that another site chose and a redirect of ours: still not our page's wish.
    await page.goto('data:text/html,<a>x</a>');
    const [led] = await Promise.all([page.waitForResponse(/pratiche/), page.evaluate(`location.href = ${JSON.stringify(`${site.url}/lingua?lang=it&to=/pratiche/c_z000-1?x=2`)}`)]);
    expect(await led.headerValue('content-encoding')).toBe(null);
    await context.close();
  });
});
