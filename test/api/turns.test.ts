import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asApplication } from '../support/database.ts';
import { Browser } from '../support/browser.ts';
import { Site } from './signing-on.ts';
import { bodyAt, open, startApi, tokenFor, type Api } from './support.ts';

/** Who sends many requests at once waits for himself. */
let api: Api;
let url: string;
beforeAll(async () => {
  api = await startApi({ rateLimitPerMinute: 1_000 });
  url = await api.listen();
  await open(api, bodyAt(api, 0));
});
afterAll(async () => { await api.stop(); });

const ask = async (body: `${string}_${string}`, path: string, signal?: AbortSignal) => {
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${await tokenFor(api.keys, body)}` }, ...(signal === undefined ? {} : { signal }) });
  await answer.arrayBuffer();
  return answer.status;
};

test('reads of one caller that hang hold up his own and nobody else\'s, and go on when they are through, also behind one who went away', async () => {
  const [noisy, other] = [bodyAt(api, 0), bodyAt(api, 1)];
  await asApplication(api.stack.ownerUrl, null, async (client) => {
    await client.query('BEGIN');
    // Nobody reads the cases while it is held.
    await client.query('LOCK TABLE cases IN ACCESS EXCLUSIVE MODE');
    const hanging = [ask(noisy, '/v1/adhesions'), ask(noisy, '/v1/adhesions')];
    await delay(300);
    const gone = new AbortController();
    const away = ask(noisy, '/v1/bodies', gone.signal).catch(() => 'went away');
    const behind = [ask(noisy, '/v1/bodies'), ask(noisy, '/v1/catalogue')];
    let passed = false;
    void behind[0]?.then(() => { passed = true; });
    expect(await ask(other, '/v1/bodies')).toBe(200);
    await delay(300);
    gone.abort();
    expect([passed, await away]).toEqual([false, 'went away']);
    await client.query('ROLLBACK');
    expect(await Promise.all([...hanging, ...behind])).toEqual([200, 200, 200, 200]);
  });
  // No place is left taken.
  for (let time = 0; time < 5; time += 1) expect(await ask(noisy, '/v1/bodies')).toBe(200);
});

test('the first sign-ons of all, several at once, do not wait for what this server asks itself', async () => {
  const cold = await startApi({ rateLimitPerMinute: 1_000 });
  const site = new Site(await cold.listen());
  const persons = ['operator-1', 'operator-2', 'auditor', `secretary-${bodyAt(cold, 0)}`];
  const arriving: { readonly browser: Browser; readonly address: string }[] = [];
  for (const person of persons) {
    const browser = new Browser();
    arriving.push({ browser, address: await site.withCode(browser, person) });
  }
  // All come back from the provider at once, and nobody has asked for its keys yet.
  await Promise.all(arriving.map(({ browser, address }) => browser.get(address)));
  expect(await Promise.all(arriving.map(({ browser }) => site.isSignedOn(browser)))).toEqual([true, true, true, true]);
  await cold.stop();
});
