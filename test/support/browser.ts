/** What a browser does at a sign-on, without its looks: cookies for each origin, redirects one by one, forms. */
export class Browser {
  private readonly jar = new Map<string, Map<string, string>>();
  private readonly behind: Readonly<Record<string, string>>;

  /** `behind`: where an address is really served, as by a proxy that ends TLS before it. */
  constructor(behind: Readonly<Record<string, string>> = {}) {
    this.behind = behind;
  }

  async get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Visit> {
    return this.send(url, { headers: { 'sec-fetch-site': 'none', accept: 'text/html', ...headers } });
  }

  /** Sends a form as its own page would. */
  async post(url: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Visit> {
    const { origin } = new URL(url);
    return this.send(url, { method: 'POST', body: new URLSearchParams(form), headers: { origin, 'sec-fetch-site': 'same-origin', accept: 'text/html', ...headers } });
  }

  /** Goes where it is led until it is led no further. */
  async follow(visit: Visit, most = 10): Promise<Visit> {
    if (visit.location === null || most === 0) return visit;
    return this.follow(await this.get(visit.location), most - 1);
  }

  /** The cookies of an address, as it would send them. */
  cookies(url: string): ReadonlyMap<string, string> {
    return this.jar.get(new URL(url).origin) ?? new Map();
  }

  setCookie(url: string, name: string, value: string): void {
    const { origin } = new URL(url);
    this.jar.set(origin, new Map([...this.cookies(origin), [name, value]]));
  }

  private async send(url: string, init: RequestInit): Promise<Visit> {
    const cookie = [...this.cookies(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const { origin } = new URL(url);
    const answer = await fetch(url.replace(origin, this.behind[origin] ?? origin), { ...init, redirect: 'manual', headers: { ...init.headers as Record<string, string>, ...(cookie === '' ? {} : { cookie }) } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (!isTakenBy(url, name, line)) continue;
      this.setCookie(url, name, value);
      const expiry = /expires=([^;]+)/i.exec(line)?.[1];
      if (value === '' || (expiry !== undefined && Date.parse(expiry) < Date.now())) this.jar.get(new URL(url).origin)?.delete(name);
    }
    const location = answer.headers.get('location');
    return { url, status: answer.status, text: await answer.text(), location: location === null ? null : new URL(location, url).href, headers: answer.headers };
  }
}

/** Browsers drop what breaks the promise of its name, and what is secure where nothing is. */
function isTakenBy(url: string, name: string, line: string): boolean {
  const secure = /; *secure/i.test(line);
  if (secure && !url.startsWith('https:')) return false;
  if (name.startsWith('__Secure-') && !secure) return false;
  return !name.startsWith('__Host-') || (secure && /; *path=\/(;|$)/i.test(line) && !/; *domain=/i.test(line));
}

export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  /** Where it leads, whole; null when it leads nowhere. */
  readonly location: string | null;
  readonly headers: Headers;
}
