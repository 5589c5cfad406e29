import { setTimeout as sleep } from 'node:timers/promises';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, or an empty object where it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Ask {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly signal?: AbortSignal;
}

/** A platform that sends what it is told to, wrong or right. */
export class Client {
  readonly url: string;
  readonly #authorization: string;

  constructor(url: string, username: string, password: string) {
    this.url = url.replace(/\/$/, '');
    this.#authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  get(path: string, ask: Ask = {}): Promise<Reply> { return this.send('GET', path, ask); }
  put(path: string, ask: Ask = {}): Promise<Reply> { return this.send('PUT', path, ask); }
  patch(path: string, ask: Ask = {}): Promise<Reply> { return this.send('PATCH', path, ask); }
  delete(path: string, ask: Ask = {}): Promise<Reply> { return this.send('DELETE', path, ask); }

  /** A header given as null is left out; a body that is a string is sent as it is. */
  async send(method: string, path: string, { query = {}, body, headers = {}, signal }: Ask): Promise<Reply> {
    const wanted = {
      Authorization: this.#authorization, 'X-Broker-API-Version': '2.17', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers,
    };
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${this.url}${path}${search === '' ? '' : `?${search}`}`, {
      method, redirect: 'manual', headers: Object.entries(wanted).flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]])),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }), ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: objectIn(text) };
  }

  /** Polls until the operation has ended; answers the last reply. */
  async ended(path: string, operation: unknown): Promise<Reply> {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
      const reply = await this.get(`${path}/last_operation`, typeof operation === 'string' ? { query: { operation } } : {});
      if (reply.status === 410 || (reply.status === 200 && reply.body['state'] !== 'in progress')) return reply;
    }
    throw new Error(`${path}: the operation does not end`);
  }

  /** The reply, or for a 202 how its operation ended. */
  async settled(path: string, reply: Reply): Promise<Reply> {
    return reply.status === 202 ? this.ended(path, reply.body['operation']) : reply;
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : {};
  } catch {
    return {};
  }
}
