import { randomUUID } from 'node:crypto';
import { API_VERSION, basicAuthorization, ORIGINATING_IDENTITY_HEADER, originatingIdentity, REQUEST_IDENTITY_HEADER, VERSION_HEADER } from '../osb/headers.ts';
import { exchange } from '../outgoing/exchange.ts';
import { inSpan } from '../telemetry/spans.ts';
import { Circuits } from './circuit.ts';
import type { Heard } from './contacts.ts';
import type { BrokerPolicy } from './policy.ts';
import { retryAfterMs, type Reply } from './reply.ts';

/** A broker as it is spoken to. */
export interface BrokerTarget {
  readonly name: string;
  /** Address before `/v2`, without a slash at its end. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Permits a private address and plain http. */
  readonly local: boolean;
}

export interface BrokerRequest {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object | undefined;
  /** Tells the requests of one effect from others in logs; what belongs to none (the catalogue) gets one of its own. */
  readonly requestIdentity?: string | undefined;
  /** On whose behalf; absent where no person's wish is behind it (catalogue, orphan mitigation). */
  readonly pseudonym?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** Speaks HTTP to brokers: one request, one reply, never a throw but for what `signal` was aborted with. */
export class BrokerClient {
  private readonly policy: BrokerPolicy;
  private readonly circuits: Circuits;

  /** `note` is told how each request made the broker look. */
  constructor(policy: BrokerPolicy, note: (heard: Heard) => void = () => undefined) {
    this.policy = policy;
    this.circuits = new Circuits(policy.circuit, note);
  }

  send(target: BrokerTarget, request: BrokerRequest, signal?: AbortSignal): Promise<Reply> {
    // Names of things and codes only: neither address nor path.
    return inSpan({ name: `broker ${request.method}`, kind: 'client', attributes: { 'associa.broker': target.name, 'http.request.method': request.method } }, async (span) => {
      const reply = await this.circuits.by(target.name, () => this.exchange(target, request, signal));
      if (reply.kind === 'ANSWER') span.setAttribute('http.response.status_code', reply.status);
      else span.setAttribute('error.type', reply.kind === 'OPEN' ? 'CIRCUIT_OPEN' : reply.fault);
      return reply;
    });
  }

  private async exchange({ url, username, password, local }: BrokerTarget, request: BrokerRequest, signal: AbortSignal | undefined): Promise<Reply> {
    const { requestMs: timeoutMs, mostBytes } = this.policy;
    const answer = await exchange({
      method: request.method, url: `${url}${request.path}`, headers: headersOf(request, basicAuthorization(username, password)),
      body: request.body === undefined ? undefined : JSON.stringify(request.body), local, timeoutMs, mostBytes, signal,
    });
    if (!('fault' in answer)) {
      const { status, headers, body } = answer;
      return { kind: 'ANSWER', status, body: parsed(body), retryAfterMs: retryAfterMs(headers['retry-after'], Date.now()), etag: headers.etag };
    }
    // Its status is an answer; that there is too much of it makes it one that can't be read.
    if (answer.fault === 'TOO_LARGE' && answer.status !== null) return { kind: 'ANSWER', status: answer.status, body: undefined, retryAfterMs: undefined, etag: undefined };
    return { kind: 'FAULT', ...answer };
  }
}

function headersOf({ body, requestIdentity = randomUUID(), pseudonym, ifNoneMatch }: BrokerRequest, authorization: string): Record<string, string> {
  return {
    authorization,
    accept: 'application/json',
    'user-agent': 'associa',
    [VERSION_HEADER]: API_VERSION,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    [REQUEST_IDENTITY_HEADER]: requestIdentity,
    ...(pseudonym === undefined ? {} : { [ORIGINATING_IDENTITY_HEADER]: originatingIdentity(pseudonym) }),
    ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
