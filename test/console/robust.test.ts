import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startConsole, type Console, type Window } from './console.ts';
import { addressesOf, fillCase } from './pages.ts';

let site: Console;
let operator: Window;
let secretary: Window;
beforeAll(async () => {
  site = await startConsole();
  await fillCase(site.api, 'c_z000');
  [operator, secretary] = [await site.open('operator-1'), await site.open('secretary-c_z000')];
});
afterAll(async () => { await site.stop(); });

const CASE = '/pratiche/c_z000-1';
const FORM = `${CASE}/comandi/RecordMandateChange`;
const pagesOf = (role: 'operator' | 'member') => addressesOf('c_z000', 'c_z001', role);

/** Another window of a signed-on person, with its own way of looking. */
async function look({ context }: Window, options: BrowserContextOptions): Promise<Page> {
  const other = await site.browser.newContext({ locale: 'it-IT', storageState: await context.storageState(), ...options });
  return other.newPage();
}

/** The form with faults, and the preview of one that has none. */
async function statesOf(page: Page, see: (name: string) => Promise<void>): Promise<void> {
  await page.goto(`${site.url}${FORM}`);
  await page.getByRole('button', { name: 'Controlla' }).click();
  await see('the form with faults');
  await page.goto(`${site.url}/migrazioni/c_z000-1.TRAINING/comandi/Cancel`);
  await page.getByLabel('Perché si rinuncia').fill(`Prova ${'lunghissima'.repeat(40)}`);
  await page.getByRole('button', { name: 'Controlla' }).click();
  await see('the preview');
}

/** What reaches beyond the window, or is cut off by what it stands in. */
const CUT = `[...document.querySelectorAll('body *')].flatMap((element) => {
  const style = getComputedStyle(element);
  const { left, right, width, height } = element.getBoundingClientRect();
  const name = element.tagName.toLowerCase() + '.' + element.className + ' ' + element.textContent.trim().slice(0, 40);
  // What is for screen readers alone, and the skip link before it has the focus.
  if (width <= 1 || height <= 1 || style.visibility === 'hidden' || element.closest('.visually-hidden, .skip, .stack thead') !== null) return [];
  if (right > document.documentElement.clientWidth + 1 || left < -1) return ['beyond the window: ' + name];
  // What is longer than its field is read by moving in it.
  const clips = element.tagName !== 'INPUT' && ['hidden', 'clip'].some((way) => [style.overflowX, style.overflowY].includes(way));
  return clips && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) ? ['cut: ' + name] : [];
})`;

describe('at a zoom of 400 %', () => {
  test.each(['operator', 'secretary'] as const)('nothing scrolls sideways and nothing is cut for the %s (WCAG 1.4.10)', async (who) => {
    // 1280 by 1024 pixels of the screen, 320 by 256 of the page.
    const page = await look(who === 'operator' ? operator : secretary, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
    const found: Record<string, readonly string[]> = {};
    const see = async (name: string): Promise<void> => {
      const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      const cut = await page.evaluate<readonly string[]>(CUT);
      if (sideways > 0 || cut.length > 0) found[name] = [`sideways by ${sideways}`, ...cut];
    };
    for (const path of pagesOf(who === 'operator' ? 'operator' : 'member')) {
      await page.goto(`${site.url}${path}`);
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      await see(path);
    }
    if (who === 'operator') await statesOf(page, see);
    expect(found).toEqual({});
    await page.context().close();
  });
});

interface Stop {
  readonly name: string;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly outline: string;
  readonly width: number;
}

/** What the Tab key stops at, in order, with where it is and how the focus shows. */
async function stops(page: Page): Promise<readonly Stop[]> {
  const found: Stop[] = [];
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<Stop | null>(`(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const { top, left, bottom } = element.getBoundingClientRect();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { name: (element.name || element.textContent).trim().slice(0, 40), top: top + scrollY, bottom: bottom + scrollY, left, outline: outlineStyle, width: parseFloat(outlineWidth) };
    })()`);
    if (stop === null) return found;
    found.push(stop);
  }
  throw new Error('The Tab key never leaves the page');
}

describe('by the keyboard', () => {
  test.each([
    { who: 'operator', path: CASE }, { who: 'operator', path: `${CASE}/comandi/SendProposal` }, { who: 'operator', path: '/migrazioni/c_z000-1.TRAINING' }, { who: 'operator', path: '/territorio' },
    { who: 'secretary', path: CASE }, { who: 'secretary', path: `${CASE}/comandi/RecordSession` }, { who: 'secretary', path: `${CASE}/persone` },
  ] as const)('the focus goes as the eye reads, and shows: $path for the $who', async ({ who, path }) => {
    const page = await look(who === 'operator' ? operator : secretary, { viewport: { width: 1280, height: 800 } });
    await page.goto(`${site.url}${path}`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Vai al contenuto principale');
    const order = await stops(page);
    expect(order.length).toBeGreaterThan(8);
    const backwards = order.slice(1).flatMap((stop, index) => {
      const before = order[index];
      if (before === undefined || stop.top >= before.bottom - 1) return [];
      // In one line: from left to right.
      return stop.left >= before.left && stop.bottom >= before.top ? [] : [`${before.name} -> ${stop.name}`];
    });
    expect(backwards).toEqual([]);
    expect(order.filter(({ outline, width }) => outline === 'none' || width < 2)).toEqual([]);
    await page.context().close();
  });

  test('faults and preview take the focus as they come', async () => {
    const page = await look(operator, {});
    const focused: string[] = [];
    // A page gives the focus when it is drawn first.
    const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
    await statesOf(page, async () => { focused.push(await page.evaluate<string>(`${drawn}.then(() => document.activeElement.getAttribute("role") ?? "")`)); });
    expect(focused).toEqual(['alert', 'status']);
    await page.context().close();
  });
});

describe('as a person has set the screen', () => {
  test('nothing moves where less motion is asked for', async () => {
    const page = await look(operator, { reducedMotion: 'reduce' });
    const moving: Record<string, readonly string[]> = {};
    for (const path of pagesOf('operator')) {
      await page.goto(`${site.url}${path}`);
      const found = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('*')].filter((element) => ['', '::before', '::after'].some((part) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
        return transitionDuration.split(', ').some((time) => parseFloat(time) > 0) || animationName !== 'none' || scrollBehavior === 'smooth';
      })).map((element) => element.tagName + '.' + element.className)`);
      if (found.length > 0) moving[path] = found;
    }
    expect(moving).toEqual({});
    await page.context().close();
  });

  test('with colours of the own, what one may press or fill in has an edge, and where one is stands out', async () => {
    const page = await look(operator, { forcedColors: 'active', viewport: { width: 1280, height: 800 } });
    const bare: Record<string, readonly string[]> = {};
    const see = async (name: string): Promise<void> => {
      const found = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('.btn, .console-sign, .notice, .sheet, .tag, .letter, input:not([type=hidden], [type=radio], [type=checkbox], [type=range], [type=file]), select, textarea')].filter((element) => {
        const { borderTopWidth, borderLeftWidth, borderLeftStyle, borderLeftColor, backgroundColor } = getComputedStyle(element);
        return (parseFloat(borderLeftWidth) === 0 && parseFloat(borderTopWidth) === 0) || borderLeftStyle === 'none' || borderLeftColor === backgroundColor;
      }).map((element) => element.tagName + '.' + element.className)`);
      if (found.length > 0) bare[name] = found;
    };
    for (const path of pagesOf('operator')) {
      await page.goto(`${site.url}${path}`);
      await see(path);
    }
    await statesOf(page, see);
    expect(bare).toEqual({});
    await page.goto(`${site.url}/territorio`);
    const lines = await page.evaluate<readonly string[]>("[...document.querySelectorAll('.console-nav a')].map((link) => getComputedStyle(link).borderBottomColor)");
    expect(new Set(lines).size).toBe(2);
    await page.context().close();
  });
});
