import { z } from 'zod';
import type { Binding, Instance, Target } from './ledger.ts';
import type { Access, Provider, Step } from './provider.ts';
import type { Secret } from './seal.ts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/** What a provider answers to a registration (RFC 7591 section 3.2.1). */
const Registered = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1), registration_access_token: z.string().min(1), registration_client_uri: z.url() });

const Changed = Registered.pick({ registration_access_token: true, client_secret: true }).partial();

export interface IdentitySettings {
  readonly issuer: string;
  /** Address of the registration endpoint. */
  readonly registration: string;
  /** The initial access token. */
  readonly token: string;
  /** Where an application of the instance is sent back to, until it says otherwise. */
  readonly redirectOf: (instanceId: string) => string;
}

/**
 * Identity: an OpenID client for each instance, by dynamic registration (RFC 7591), changed and removed by its own token (RFC 7592). The
 * instance's identifier is sent as `software_id`, so that the trial provider replaces a client whose registration was cut short by a crash.
 */
export class Identity implements Provider {
  readonly #settings: IdentitySettings;

  constructor(settings: IdentitySettings) {
    this.#settings = settings;
  }

  async provision(instance: Instance, step: Step): Promise<Secret> {
    if (instance.secret !== null) return instance.secret;
    const secret = await this.#register(instance);
    await step('client');
    return secret;
  }

  async refusal(): Promise<null> {
    return null;
  }

  async update(instance: Instance, { parameters }: Target, step: Step): Promise<Secret> {
    const secret = instance.secret ?? await this.#register(instance);
    await step('before');
    const body = { client_id: secret['client_id'], client_secret: secret['client_secret'], ...this.#metadata({ id: instance.id, parameters }) };
    const { status, json } = await this.#send('PUT', this.#clientUrl(secret), secret['registration_access_token'] ?? '', body);
    if (status !== 200) throw new Error(`the provider answers ${status} to a change of a client`);
    // Either may be another from now on.
    const { registration_access_token = secret['registration_access_token'] ?? '', client_secret = secret['client_secret'] ?? '' } = Changed.parse(json);
    return { ...secret, registration_access_token, client_secret };
  }

  async deprovision(instance: Instance, step: Step): Promise<void> {
    // Without its token the client is found by registering it again: a crash came between its making and our knowing of it.
    const secret = instance.secret ?? await this.#register(instance);
    await step('client found');
    const { status } = await this.#send('DELETE', this.#clientUrl(secret), secret['registration_access_token'] ?? '');
    // 401: the token is unknown, because the client is gone (RFC 7592 section 2.3).
    if (![204, 401, 404].includes(status)) throw new Error(`the provider answers ${status} to the removal of a client`);
  }

  async bind(_instance: Instance, _binding: Binding, step: Step): Promise<void> {
    await step('nothing to make');
  }

  async unbind(_instance: Instance, _binding: Binding, step: Step): Promise<void> {
    await step('nothing to remove');
  }

  access({ secret }: Instance): Access {
    const { issuer } = this.#settings;
    const { hostname, port, protocol } = new URL(issuer);
    return {
      credentials: { issuer, client_id: secret?.['client_id'] ?? '', client_secret: secret?.['client_secret'] ?? '', discovery: `${issuer}/.well-known/openid-configuration` },
      endpoints: [{ host: hostname, ports: [port === '' ? { 'http:': '80' }[protocol] ?? '443' : port], protocol: 'tcp' }],
    };
  }

  async #register(instance: Instance): Promise<Secret> {
    const { status, json } = await this.#send('POST', this.#settings.registration, this.#settings.token, this.#metadata(instance));
    if (status !== 201) throw new Error(`the provider answers ${status} to a registration`);
    return Registered.parse(json);
  }

  #metadata({ id, parameters }: Pick<Instance, 'id' | 'parameters'>): object {
    return {
      client_name: `Instance ${id}`, software_id: id, redirect_uris: [this.#settings.redirectOf(id)], grant_types: ['authorization_code'], response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic', identity_schemes: parameters['schemes'],
    };
  }

  /** The client's own address, at the provider as it is reached now: its port may be another than when the client was made. */
  #clientUrl(secret: Secret): string {
    const { pathname, search } = new URL(secret['registration_client_uri'] ?? '');
    return new URL(`${pathname}${search}`, this.#settings.registration).href;
  }

  async #send(method: string, url: string, token: string, body?: object): Promise<{ status: number; json: unknown }> {
    const response = await fetch(url, {
      method, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS), headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (text.length > MOST_BYTES) throw new Error('the provider answers too much');
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  }
}
