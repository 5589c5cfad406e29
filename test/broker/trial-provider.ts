import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { openKeys } from '../../api/auth/keys.ts';
import { trialProvider } from '../../api/auth/trial-provider.ts';
import { freePort } from '../../embedded/ports.ts';
import { temporaryFolder } from '../support/folders.ts';

const TOKEN = 'initial-access-token-of-a-test';

/** How a client is spoken of to the provider (RFC 7592). */
export interface Registration { readonly registration_client_uri: string; readonly registration_access_token: string }

export interface ClientCredentials { readonly issuer: string; readonly client_id: string; readonly client_secret: string }

/** The trial provider, at which the reference broker registers clients. */
export interface TrialProvider {
  readonly issuer: string;
  /** What the reference broker is told of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The provider made anew, as a restarted server makes it. */
  restart(): Promise<void>;
  /** What its file keeps, by key. */
  clients(): Record<string, Record<string, unknown>>;
  clientIds(): string[];
  /** Who may read its file. */
  fileMode(): number;
  /** Registers a client that no broker knows of, and removes it. */
  register(): Promise<Registration>;
  remove(client: Registration): Promise<void>;
  /** What the provider says to a code that it never gave: of the client first, then of the code. */
  tokenError(credentials: ClientCredentials): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startTrialProvider(): Promise<TrialProvider> {
  const keysDir = join(temporaryFolder('identity'), 'keys');
  const clientsFile = join(keysDir, 'trial-clients.json');
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const server = createServer();
  const restart = async (): Promise<void> => {
    const provider = trialProvider(await openKeys(keysDir), [], cookiesOf(issuer), `${issuer}/oidc/callback`, TOKEN);
    const answer = provider.callback();
    server.removeAllListeners('request');
    server.on('request', (request, response) => void answer(request, response));
  };
  await restart();
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  const clients = (): Record<string, Record<string, unknown>> => JSON.parse(readFileSync(clientsFile, 'utf8')) as Record<string, Record<string, unknown>>;
  return {
    issuer, restart, clients,
    environment: { BROKER_OIDC_ISSUER: issuer, BROKER_OIDC_REGISTRATION: `${issuer}/oidc/reg`, BROKER_OIDC_TOKEN: TOKEN },
    clientIds: () => Object.keys(clients()).filter((key) => key.startsWith('Client ')).map((key) => key.slice('Client '.length)),
    fileMode: () => statSync(clientsFile).mode & 0o777,
    async register() {
      const response = await fetch(`${issuer}/oidc/reg`, {
        method: 'POST', headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ client_name: 'Nobody', software_id: 'nobody', redirect_uris: ['http://127.0.0.1/'], grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic' }),
      });
      if (response.status !== 201) throw new Error(await response.text());
      return await response.json() as Registration;
    },
    async remove({ registration_client_uri: uri, registration_access_token: token }) {
      await fetch(uri, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    },
    async tokenError({ client_id, client_secret }) {
      const authorization = `Basic ${Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`).toString('base64')}`;
      const response = await fetch(`${issuer}/oidc/token`, { method: 'POST', headers: { authorization }, body: new URLSearchParams({ grant_type: 'authorization_code', code: 'none', redirect_uri: 'http://127.0.0.1/', code_verifier: 'a'.repeat(43) }) });
      return ((await response.json()) as { error: unknown }).error;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
