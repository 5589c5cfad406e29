import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, type Visit } from '../support/browser.ts';
import { bodyAt, startApi, type Api } from './support.ts';

/** The whole sign-on of a trial over real HTTP: the server, its provider and a browser with cookies. */
let api: Api;
let url: string;

beforeAll(async () => {
  api = await startApi();
  url = await api.listen();
});
afterAll(async () => { await api.stop(); });

/** As far as the page on which one says who one is. */
async function atPersons(browser: Browser, from = '/'): Promise<Visit> {
  return browser.follow(await browser.get(`${url}${from}`));
}

async function signOn(person: string, browser = new Browser()): Promise<Browser> {
  const page = await atPersons(browser);
  const home = await browser.follow(await browser.post(page.url, { person }));
  expect([home.status, home.url]).toEqual([200, `${url}/`]);
  return browser;
}

test('x', async () => {
  const browser = new Browser();
  const page = await atPersons(browser);
  console.log(page.status, page.url, page.text.slice(0, 1500), page.headers);
  const v = await browser.follow(await browser.post(page.url, { person: `secretary-${bodyAt(api, 0)}` }));
  console.log(v.status, v.url, v.text);
  await signOn('operator-1');
});
