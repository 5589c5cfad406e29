import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadBodies } from '../api/bodies.ts';
import { pathOf } from '../test/api/path.ts';
import { startChromium } from '../test/support/chromium.ts';
import { median } from './measure.ts';
import { startService, type Service } from './service.ts';

const ROUNDS = 9;
const BODY = 'c_a375';
const OTHER_CASES = 20;

/** The main pages of an operator, by what the table calls them. */
const PAGES: Readonly<Record<string, string>> = {
  today: '/', territory: '/territorio', case: `/pratiche/${BODY}-1`, form: `/pratiche/${BODY}-1/comandi/CloseAdhesion`, events: `/pratiche/${BODY}-1/eventi`, service: `/migrazioni/${BODY}-1.TRAINING`,
};

type Visit = 'first' | 'after';
type State = Awaited<ReturnType<BrowserContext['storageState']>>;
/** Milliseconds from the start of the navigation to the largest paint. */
type Paints = Readonly<Record<Visit, number>>;
interface Round {
  readonly ours: Paints;
  readonly fixed: Paints;
}

/** Largest contentful paint of the main pages to that of a server that sends the very same bytes from memory, in interleaved rounds in a real Chromium; prints ratios. */
export async function benchPages(): Promise<void> {
  const service = await startService();
  const browser = await startChromium();
  try {
    await fill(service);
    const state = await signOn(browser, service.url);
    const fixed = await serveRecorded(browser, state, service.url);
    const rounds: Record<string, Round[]> = {};
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const [name, path] of Object.entries(PAGES)) {
        const paint = (url: string) => paints(browser, state, url, path);
        // Who goes first alternates: what one leaves behind must not always burden the other.
        const fixedFirst = round % 2 === 0 ? await paint(fixed.url) : undefined;
        const ours = await paint(service.url);
        const measured = { ours, fixed: fixedFirst ?? await paint(fixed.url) };
        // The first round warms both up.
        if (round >= 0) (rounds[name] ??= []).push(measured);
      }
      process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    }
    await fixed.stop();
    print(rounds);
  } finally {
    await browser.close();
    await service.stop();
  }
}

/** A territory with cases, one of them at work, with a service that has begun. */
async function fill({ token, post }: Service): Promise<void> {
  const [operator, member] = await Promise.all([token('operator'), token('member', BODY)]);
  const others = loadBodies().all.map(({ ipaCode }) => ipaCode).filter((code) => code !== BODY).slice(0, OTHER_CASES);
  for (const body of [BODY, ...others]) await post('/v1/adhesions', operator, { body });
  const { id: signer } = await post('/v1/subjects', operator, { body: BODY, name: 'Ada Prova', email: 'sindaco@example.org' });
  for (const [as, type, data] of pathOf(BODY, signer)) await post(`/v1/adhesions/${BODY}-1/commands`, as === 'operator' ? operator : member, { type, data }, 200);
  await post(`/v1/adhesions/${BODY}-1/migrations`, operator, { service: 'TRAINING' });
}

async function signOn(browser: Browser, url: string): Promise<State> {
  const context = await browser.newContext({ locale: 'it-IT' });
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.locator('button[value="operator-1"]').click();
  await page.waitForURL(`${url}/`);
  const state = await context.storageState();
  await context.close();
  return state;
}

interface Recorded {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly content: Buffer;
}

/** Everything that the pages ask for, sent once more to the byte, headers and encoding included, by a server that does nothing else. */
async function serveRecorded(browser: Browser, state: State, url: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const recorded = new Map<string, Recorded>();
  const context = await browser.newContext({ locale: 'it-IT', storageState: state });
  for (const path of [...Object.values(PAGES), '/accessibilita']) {
    const page = await context.newPage();
    const asked: Promise<void>[] = [];
    page.on('request', (one) => {
      // An answer that stays open has no end to be recorded; where it is not there the page does not follow.
      if (new URL(one.url()).pathname.endsWith('/changes')) return;
      asked.push((async () => { recorded.set(new URL(one.url()).pathname, await rawAnswer(one.url(), await one.allHeaders())); })());
    });
    await page.goto(`${url}${path}`, { waitUntil: 'networkidle' });
    await Promise.all(asked);
    await page.close();
  }
  await context.close();
  const server = createServer((asking, answer) => {
    const known = recorded.get(new URL(asking.url ?? '/', url).pathname);
    answer.writeHead(known === undefined ? 404 : 200, known?.headers).end(known?.content);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    // The address of a server that listens is one of this family.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

/** An answer as it comes over the line, still encoded. */
function rawAnswer(url: string, headers: Readonly<Record<string, string>>): Promise<Recorded> {
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
  return new Promise((resolve, reject) => {
    request(url, { headers: own }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => {
        const { date: _date, connection: _connection, 'keep-alive': _alive, 'transfer-encoding': _chunked, ...kept } = answer.headers;
        resolve({ headers: kept, content: Buffer.concat(chunks) });
      });
    }).on('error', reject).end();
  });
}

/** Paints of a page as the first one that a browser sees, and once style and fonts are kept. */
async function paints(browser: Browser, state: State, url: string, path: string): Promise<Paints> {
  const context = await browser.newContext({ locale: 'it-IT', storageState: state, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const first = await largestPaint(page, `${url}${path}`);
  await page.goto(`${url}/accessibilita`);
  const after = await largestPaint(page, `${url}${path}`);
  await context.close();
  return { first, after };
}

async function largestPaint(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'networkidle' });
  return page.evaluate<number>(`new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
  })`);
}

function print(rounds: Readonly<Record<string, readonly Round[]>>): void {
  console.log(`${ROUNDS} interleaved rounds; largest paint of ours to that of the same bytes from memory:\n`);
  console.log('| page | visit | min | median | max | medians |\n|---|---|---|---|---|---|');
  for (const [name, list] of Object.entries(rounds)) {
    for (const visit of ['first', 'after'] as const) {
      const ratios = list.map(({ ours, fixed }) => ours[visit] / fixed[visit]);
      const figures = [Math.min(...ratios), median(ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
      const typical = [median(list.map(({ ours }) => ours[visit])), median(list.map(({ fixed }) => fixed[visit]))].map((ms) => ms.toFixed(0)).join(' / ');
      console.log(`| ${[name, visit, ...figures, `${typical} ms`].join(' | ')} |`);
    }
  }
}
