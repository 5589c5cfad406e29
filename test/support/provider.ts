import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, exportJWK, type JWK } from 'jose';
import { Provider, type ClientMetadata } from 'oidc-provider';
import { trialStore } from '../../api/auth/trial-store.ts';

/** Who signs on next at the provider elsewhere, and how. */
export interface NextPerson {
  sub: string;
  claims: Readonly<Record<string, unknown>>;
  acr?: string;
}

export interface ExternalProvider {
  readonly issuer: string;
  /** To be changed by tests. */
  next: NextPerson;
  /** The parameters of the last authorization request that asked who. */
  readonly asked: () => Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** A real OpenID provider elsewhere, as a Keycloak or the proxy of SPID would be: it signs on whoever the test says. */
export async function startProvider(client: Omit<ClientMetadata, 'client_id'>, acrValues: readonly string[], port = 0): Promise<ExternalProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key: JWK = { ...await exportJWK(privateKey), kid: 'elsewhere', alg: 'RS256', use: 'sig' };
  const people = new Map<string, NextPerson>();
  let asked: Readonly<Record<string, unknown>> = {};
  const it: ExternalProvider = {
    issuer, next: { sub: 'nobody', claims: {} }, asked: () => asked,
    async stop() { await new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }); },
  };
  const provider = new Provider(issuer, {
    adapter: trialStore(),
    clients: [{ client_id: 'associa', response_types: ['code'], grant_types: ['authorization_code'], ...client }],
    jwks: { keys: [key] },
    acrValues: [...acrValues],
    claims: { openid: ['sub', 'groups', 'ente', 'realm_access'], acr: null },
    conformIdTokenClaims: false,
    cookies: { keys: ['of a test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id)?.claims }) }),
    interactions: { url: (_context, { uid }) => `/choose/${uid}` },
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/choose/')) {
      void answer(request, response);
      return;
    }
    void provider.interactionDetails(request, response).then(async ({ params }) => {
      asked = params;
      const { sub, acr } = it.next;
      people.set(sub, it.next);
      await provider.interactionFinished(request, response, { login: { accountId: sub, ...(acr === undefined ? {} : { acr }) } });
    });
  });
  return it;
}
