import { axeViolations } from './axe.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Bodies } from '../../api/bodies.ts';
import { startApi, type Api } from '../api/support.ts';
import { startChromium } from '../support/chromium.ts';

/** The console on real servers, looked at by a real browser. */
export interface Console {
  readonly api: Api;
  readonly url: string;
  readonly browser: Browser;
  /** A window of its own for a person: signed on, of that width. */
  open(person: string, options?: WindowOptions): Promise<Window>;
  stop(): Promise<void>;
}

export interface WindowOptions {
  readonly width?: number;
  readonly script?: boolean;
  readonly locale?: string;
}

/** A window, and what went wrong in it that nobody asked for. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts and of the policy, and requests to another origin. */
  readonly complaints: string[];
}

/** Comuni by name, some with names that would be script if a page let them. */
export const XSS = `<img src=x onerror="document.title='owned'">"'&`;

/** A dozen comuni, one with a name that would be script if a page let it; anew for each server, which learns how its territory changes. */
const aDozen = (): Bodies => new Bodies(Array.from({ length: 12 }, (_, index) => ({
  ipaCode: `c_z${String(index).padStart(3, '0')}`, istatCode: String(15_900 + index).padStart(6, '0'), name: index === 11 ? XSS : `Prova ${String.fromCodePoint(65 + index)}`, population: 4_000 + index,
})));

export async function startConsole(bodies: Bodies = aDozen(), options: { readonly twoPersons?: boolean } = {}): Promise<Console> {
  const [api, browser] = await Promise.all([startApi({ bodies, ...options }), startChromium()]);
  const url = await api.listen();
  return {
    api, url, browser,
    open: (person, options) => open(browser, url, person, options),
    async stop() {
      await browser.close();
      await api.stop();
    },
  };
}

async function open(browser: Browser, url: string, person: string, { width = 1280, script = true, locale = 'it-IT' }: WindowOptions = {}): Promise<Window> {
  const context = await browser.newContext({ locale, javaScriptEnabled: script, viewport: { width, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  // That a page was refused is said by the page; browsers note the status as well.
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith(`${url}/`)) complaints.push(`another origin: ${request.url()}`); });
  await page.goto(`${url}/login`);
  await page.locator(`button[value="${person}"]`).click();
  await page.waitForURL(`${url}/`);
  return { context, page, complaints };
}

/** What axe finds against WCAG 2.0 to 2.2, A and AA, and how far a page reaches beyond its window. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const violations = await axeViolations(page);
  const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const frame = await page.evaluate<readonly string[]>(`[
    document.querySelectorAll('h1').length === 1 ? '' : 'not one h1',
    document.querySelectorAll('main').length === 1 ? '' : 'not one main',
    document.querySelector('body > header') && document.querySelector('body > footer') ? '' : 'no header or footer',
    ['accessibility-link', 'privacy-policy-link', 'legal-notes'].every((name) => document.querySelector('footer a[data-element=' + name + ']')) ? '' : 'a link of the footer is missing',
    document.querySelector('a, button, input').getAttribute('href') === '#contenuto' ? '' : 'the first control is no skip link',
    document.querySelector('[style], style, script:not([src])') ? 'inline style or script' : '',
  ].filter((text) => text !== '')`);
  return [...violations, ...frame, ...(sideways > 0 ? [`scrolls sideways by ${sideways}`] : [])];
}
