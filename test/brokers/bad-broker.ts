import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerTarget } from '../../brokers/client.ts';

export const SERVICE_ID = 'a3c1f6b2-0a53-4c8b-9d5e-1f6f2f1f0001';
export const PLAN_ID = 'a3c1f6b2-0a53-4c8b-9d5e-1f6f2f1f0002';
export const LARGE_PLAN_ID = 'a3c1f6b2-0a53-4c8b-9d5e-1f6f2f1f0003';

export type Kind = 'CATALOG' | 'PROVISION' | 'UPDATE' | 'BIND' | 'UNBIND' | 'DEPROVISION' | 'LAST' | 'LAST_OF_BINDING' | 'FETCH' | 'FETCH_BINDING';

export interface Heard {
  readonly kind: Kind;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** What the broker does with one request. `act` does to its ledger what the request asks for; it says whether something was there before. */
export type Behaviour = (heard: Heard, response: ServerResponse, act: () => boolean, broker: BadBroker) => void | Promise<void>;

/** A real server with a ledger of what it holds, that behaves as told: request by request, then as a good synchronous broker. */
export class BadBroker {
  readonly heard: Heard[] = [];
  readonly instances = new Map<string, unknown>();
  readonly bindings = new Map<string, object>();
  /** Every id that was ever in the ledger, as often as it was made. */
  readonly made: string[] = [];
  catalog: object = CATALOG;
  private readonly told = new Map<Kind, Behaviour[]>();
  private readonly always = new Map<Kind, Behaviour>();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private port = 0;
  private readonly scheme: 'http' | 'https';

  constructor(tls?: { readonly cert: Buffer; readonly key: Buffer }) {
    this.scheme = tls === undefined ? 'http' : 'https';
    const listener = (request: IncomingMessage, response: ServerResponse) => { void this.serve(request, response); };
    this.server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
    this.server.on('connection', (socket) => { this.sockets.add(socket); socket.on('close', () => this.sockets.delete(socket)); });
    this.server.on('tlsClientError', () => undefined);
  }

  /** Where it listened before, if it did. */
  async start(): Promise<this> {
    await new Promise<void>((resolve) => { this.server.listen(this.port, '127.0.0.1', resolve); });
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => { this.server.close(() => { resolve(); }); });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  get target(): BrokerTarget {
    return { name: 'bad', url: `${this.scheme}://127.0.0.1:${this.port}`, username: 'associa', password: 'open sesame', local: true };
  }

  /** The next requests of a kind, in order. */
  tell(kind: Kind, ...behaviours: Behaviour[]): this {
    this.told.set(kind, [...(this.told.get(kind) ?? []), ...behaviours]);
    return this;
  }

  /** All requests of a kind that nothing else was told for. */
  tellAlways(kind: Kind, behaviour: Behaviour): this {
    this.always.set(kind, behaviour);
    return this;
  }

  /** Kinds of the requests, in order, without those for the catalogue. */
  get asked(): readonly Kind[] {
    return this.heard.map(({ kind }) => kind).filter((kind) => kind !== 'CATALOG');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://broker');
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const heard: Heard = { kind: kindOf(request.method ?? '', pathname), path: pathname, query: Object.fromEntries(searchParams), headers: request.headers, body: text === '' ? undefined : JSON.parse(text) };
    this.heard.push(heard);
    const behaviour = this.told.get(heard.kind)?.shift() ?? this.always.get(heard.kind) ?? good;
    await behaviour(heard, response, () => this.act(heard), this);
  }

  private act({ kind, path, body }: Heard): boolean {
    const [, , , instance = '', , binding = ''] = path.split('/');
    const was = binding === '' ? this.instances.has(instance) : this.bindings.has(binding);
    if (kind === 'PROVISION' && !was) { this.instances.set(instance, body); this.made.push(instance); }
    if (kind === 'BIND' && !was) { this.bindings.set(binding, { credentials: { password: `secret of ${binding}` } }); this.made.push(binding); }
    if (kind === 'UNBIND') this.bindings.delete(binding);
    if (kind === 'DEPROVISION') this.instances.delete(instance);
    return was;
  }

  /** What the ledger has under a path. */
  held(path: string): unknown {
    const [, , , instance = '', , binding = ''] = path.split('/');
    return binding === '' ? this.instances.get(instance) : this.bindings.get(binding);
  }
}

function kindOf(method: string, path: string): Kind {
  const [, , what, , below, , last] = path.split('/');
  if (what === 'catalog') return 'CATALOG';
  const isBinding = below === 'service_bindings';
  if (below === 'last_operation') return 'LAST';
  if (last === 'last_operation') return 'LAST_OF_BINDING';
  if (method === 'GET') return isBinding ? 'FETCH_BINDING' : 'FETCH';
  if (method === 'PATCH') return 'UPDATE';
  if (method === 'DELETE') return isBinding ? 'UNBIND' : 'DEPROVISION';
  return isBinding ? 'BIND' : 'PROVISION';
}

/** A good broker that does everything at once. */
const good: Behaviour = (heard, response, act, broker) => {
  const { kind, path } = heard;
  if (kind === 'CATALOG') { sendCatalog(broker, heard, response); return; }
  if (kind === 'FETCH' || kind === 'FETCH_BINDING') {
    const held = broker.held(path);
    send(response, held === undefined ? 404 : 200, held ?? {});
    return;
  }
  if (kind === 'LAST' || kind === 'LAST_OF_BINDING') { send(response, broker.held(path) === undefined ? 404 : 200, { state: 'succeeded' }); return; }
  const was = act();
  if (kind === 'UNBIND' || kind === 'DEPROVISION') { send(response, was ? 200 : 410, {}); return; }
  if (kind === 'UPDATE') { send(response, 200, {}); return; }
  send(response, was ? 200 : 201, kind === 'BIND' ? broker.held(path) : {});
};

function sendCatalog(broker: BadBroker, { headers }: Heard, response: ServerResponse): void {
  const etag = `"${JSON.stringify(broker.catalog).length}"`;
  if (headers['if-none-match'] === etag) { response.writeHead(304, { etag }).end(); return; }
  send(response, 200, broker.catalog, { etag });
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Answers so, without doing anything; a text goes as it is. */
export const answers = (status: number, body: unknown = {}, headers: Record<string, string> = {}): Behaviour => (_heard, response) => { send(response, status, body, headers); };
/** Does what was asked for, and answers so all the same. */
export const actsAndAnswers = (status: number, body: unknown = {}, headers: Record<string, string> = {}): Behaviour => (_heard, response, act) => { act(); send(response, status, body, headers); };
/** Never answers. */
export const hangs: Behaviour = () => undefined;
/** Does it when nobody waits for the answer any more. */
export const actsLate = (ms: number): Behaviour => async (_heard, response, act) => { await delay(ms); act(); send(response, 201, {}); };
/** Does it, and the connection breaks before the answer. */
export const actsAndBreaks: Behaviour = (_heard, response, act) => { act(); response.destroy(); };
/** A byte now and then, for ever. */
export const trickles = (status: number): Behaviour => async (_heard, response) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  while (!response.destroyed) { response.write(' '); await delay(30); }
};

export const CATALOG = {
  services: [{
    id: SERVICE_ID, name: 'app-hosting', description: 'Databases', bindable: true, instances_retrievable: true, bindings_retrievable: true, plan_updateable: true,
    plans: [
      { id: PLAN_ID, name: 'standard', description: 'Standard', binding_rotatable: true, maintenance_info: { version: '1.0.0' } },
      { id: LARGE_PLAN_ID, name: 'large', description: 'Large', binding_rotatable: true },
    ],
  }],
};

/** The catalogue, whose plans say how many seconds an operation may take. */
export const slow = (seconds: number): object => ({ services: [{ ...CATALOG.services[0], plans: CATALOG.services[0]?.plans.map((plan) => ({ ...plan, maximum_polling_duration: seconds })) }] });

/** Gigabytes, as fast as they are taken; counts what it wrote. */
export function floods(status: number, written: { bytes: number }): Behaviour {
  return async (_heard, response, act) => {
    act();
    response.setMaxListeners(0).writeHead(status, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(64 * 1024, ' ');
    while (!response.destroyed && written.bytes < 10 * 1024 ** 3) {
      written.bytes += chunk.length;
      if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  };
}
