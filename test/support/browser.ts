/** What a browser does at a sign-on, without its looks: cookies for each origin, redirects one by one, forms. */
export class Browser {
  private readonly jar = new Map<string, Map<string, string>>();

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
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers as Record<string, string>, ...(cookie === '' ? {} : { cookie }) } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.setCookie(url, name, value);
      const expiry = /expires=([^;]+)/i.exec(line)?.[1];
      if (value === '' || (expiry !== undefined && Date.parse(expiry) < Date.now())) this.jar.get(new URL(url).origin)?.delete(name);
    }
    const location = answer.headers.get('location');
    return { url, status: answer.status, text: await answer.text(), location: location === null ? null : new URL(location, url).href, headers: answer.headers };
  }
}

export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  /** Where it leads, whole; null when it leads nowhere. */
  readonly location: string | null;
  readonly headers: Headers;
}
