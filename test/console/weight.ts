import type { Page } from 'playwright-core';
import type { Console, Window } from './console.ts';

/** Bytes over the line that a page may take: with nothing kept yet, and once another page has been seen. */
const FIRST = 300_000;
const AFTER = 50_000;

export interface Weight {
  readonly first: number;
  readonly after: number;
}

/** So many pages are looked at side by side: most of the time goes by in waiting for the line to be quiet. */
const AT_ONCE = 4;

/** What pages weigh for who is signed on in a window, each as the very first page and after another one. */
export async function weigh(site: Console, signedOn: Window, paths: readonly string[]): Promise<Readonly<Record<string, Weight>>> {
  const weights: Record<string, Weight> = {};
  const left = [...paths];
  const weighNext = async (): Promise<void> => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) weights[path] = await weighOne(site, signedOn, path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, weighNext));
  return weights;
}

async function weighOne(site: Console, signedOn: Window, path: string): Promise<Weight> {
  // A browser that has kept nothing but the session.
  const context = await site.browser.newContext({ locale: 'it-IT', storageState: await signedOn.context.storageState(), viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const first = await bytesOf(page, `${site.url}${path}`);
  await page.goto(`${site.url}/accessibilita`);
  const after = await bytesOf(page, `${site.url}${path}`);
  await context.close();
  return { first, after };
}

export function tooHeavy(weights: Readonly<Record<string, Weight>>): readonly (readonly [string, Weight])[] {
  return Object.entries(weights).filter(([, { first, after }]) => first > FIRST || after > AFTER);
}

/** Loads a page and sums what came over the line for it, as it came: what a browser had kept costs nothing. */
async function bytesOf(page: Page, url: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await session.send('Network.enable');
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  if (answer?.status() !== 200) throw new Error(`${url}: ${String(answer?.status())}`);
  await session.detach();
  return bytes;
}
