import { cookiesOf } from '../../api/auth/cookies.ts';
import { Browser, type Visit } from '../support/browser.ts';

/** Where a problem is asked for as programs ask. */
export const PROGRAM = { accept: 'application/json' };

export const codeOf = ({ text }: Visit): string => (JSON.parse(text) as { code: string }).code;

/** What a person does at the sign-on of a trial. */
export class Site {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  sessionOf(browser: Browser): string | undefined {
    return browser.cookies(this.url).get(cookiesOf(this.url).session);
  }

  attemptOf(browser: Browser): string | undefined {
    return browser.cookies(this.url).get(cookiesOf(this.url).attempt);
  }

  setSession(browser: Browser, id: string): void {
    browser.setCookie(this.url, cookiesOf(this.url).session, id);
  }

  setAttempt(browser: Browser, sealed: string): void {
    browser.setCookie(this.url, cookiesOf(this.url).attempt, sealed);
  }

  async isSignedOn(browser: Browser): Promise<boolean> {
    return (await browser.get(`${this.url}/v1/bodies`, PROGRAM)).status === 200;
  }

  /** As far as the page on which one says who one is. */
  async atPersons(browser: Browser, from = '/login'): Promise<Visit> {
    return browser.follow(await browser.get(`${this.url}${from}`));
  }

  /** As far as the address with the code, which is not yet called. */
  async withCode(browser: Browser, person = 'operator-1', from = '/login'): Promise<string> {
    const page = await this.atPersons(browser, from);
    let visit = await browser.post(page.url, { person });
    while (visit.location !== null && !visit.location.includes('/oidc/callback')) visit = await browser.get(visit.location);
    return visit.location ?? '';
  }

  async signOn(person: string, browser = new Browser()): Promise<Browser> {
    const home = await browser.follow(await browser.get(await this.withCode(browser, person)));
    if (home.status !== 200 || home.url !== `${this.url}/`) throw new Error(`Not signed on: ${home.status} ${home.url}`);
    return browser;
  }

  /** The token of the form by which a session ends. */
  async csrfOf(browser: Browser): Promise<string> {
    return /name="csrf" value="([0-9a-f]{64})"/.exec((await browser.get(`${this.url}/`)).text)?.[1] ?? '';
  }

  /** Opens an adhesion as a page of the console would, with the browser's cookies and these headers. */
  async openAs(browser: Browser, body: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; headers: Headers; text: string }> {
    const answer = await fetch(`${this.url}/v1/adhesions`, {
      method: 'POST', body: JSON.stringify({ body }),
      headers: { cookie: [...browser.cookies(this.url)].map((pair) => pair.join('=')).join('; '), 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }
}
