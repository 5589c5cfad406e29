import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { openKeys } from '../../api/auth/keys.ts';
import { trialProvider } from '../../api/auth/trial-provider.ts';
import { freePort } from '../../embedded/ports.ts';
import { temporaryFolder } from '../support/folders.ts';

const TOKEN = 'initial-access-token-of-a-test';

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
