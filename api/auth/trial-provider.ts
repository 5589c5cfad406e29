import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import * as oidc from 'openid-client';
import type { Cookies } from './cookies.ts';
import { withRegisteredClients } from './registered-clients.ts';
import { SIGNING_ALGORITHM, type Keys } from './keys.ts';
import { RelyingParty } from './relying-party.ts';
import type { TrialPerson } from './trial-persons.ts';
import { trialStore } from './trial-store.ts';

/** The name under which the subjects of the trial provider are kept: its address may be another after a restart. */
export const TRIAL_ISSUER = 'embedded';
const CLIENT_ID = 'associa';
export const TRIAL_PATHS = { authorization: '/oidc/auth', resume: '/oidc/auth/:uid', token: '/oidc/token', persons: '/oidc/persons', registration: '/oidc/reg', client: '/oidc/reg/:clientId' } as const;

/**
 * The OpenID provider of a trial: the embedded issuer, with persons whom anybody may be, without passwords. It keeps
 * nobody signed on: each sign-on asks who, so that Esci is the end of it. With a registration token, clients beside ours may be registered.
 */
export function trialProvider(keys: Keys, persons: readonly TrialPerson[], cookies: Cookies, redirectUri: string, registrationToken: string | null): Provider {
  const byId = new Map(persons.map((person) => [person.id, person]));
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, secure: cookies.options.secure === true } as const;
  const provider = new Provider(cookies.origin, {
    adapter: withRegisteredClients(join(keys.folder, 'trial-clients.json'), trialStore()),
    clients: [{
      client_id: CLIENT_ID, client_secret: clientSecret(keys), redirect_uris: [redirectUri], response_types: ['code'], grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: SIGNING_ALGORITHM,
    }],
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    extraClientMetadata: { properties: ['software_id', 'identity_schemes'] },
    jwks: { keys: [keys.signing.privateJwk] },
    claims: { openid: ['sub', 'roles', 'body'] },
    conformIdTokenClaims: false,
    cookies: {
      keys: [keys.digest('trial', 'cookies')], long: cookie, short: cookie,
      names: { session: cookies.provider, interaction: `${cookies.provider}-interaction`, resume: `${cookies.provider}-resume` },
    },
    features: {
      devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false }, userinfo: { enabled: false }, resourceIndicators: { enabled: false },
      ...(registrationToken === null ? {} : { registration: { enabled: true, initialAccessToken: registrationToken, idFactory: clientIdOf }, registrationManagement: { enabled: true } }),
    },
    enabledJWA: { idTokenSigningAlgValues: [SIGNING_ALGORITHM] },
    findAccount(_context, id) {
      const person = byId.get(id);
      if (person === undefined) return undefined;
      const { role, body } = person;
      return { accountId: id, claims: () => ({ sub: id, roles: [role], ...(body === undefined ? {} : { body: body.ipaCode }) }) };
    },
    interactions: { url: (_context, { uid }) => `${TRIAL_PATHS.persons}/${uid}` },
    // The clients are ourselves and what our broker registered: nobody is asked whether they may know who they are.
    async loadExistingGrant({ oidc: { client, session } }) {
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    renderError(context, { error }) {
      context.type = 'text/plain';
      context.body = `Accesso di prova non riuscito: ${error}`;
    },
    routes: { authorization: TRIAL_PATHS.authorization, token: TRIAL_PATHS.token, registration: TRIAL_PATHS.registration },
    scopes: ['openid'],
    ttl: { AuthorizationCode: MINUTE_S, AccessToken: MINUTE_S, IdToken: MINUTE_S, Grant: MINUTE_S, Interaction: 10 * MINUTE_S, Session: 10 * MINUTE_S },
  });
  // Where we are is said by us, not by the request: see the routes.
  provider.proxy = true;
  return provider;
}

const MINUTE_S = 60;

/** The service as relying party of its own trial provider. What it asks of it goes to where we listen, whatever stands before us. */
export function trialParty(keys: Keys, cookies: () => Cookies, ownUrl: () => string | undefined): RelyingParty {
  const configuration = async (): Promise<oidc.Configuration> => {
    const { origin } = cookies();
    const found = new oidc.Configuration({
      issuer: origin, authorization_endpoint: `${origin}${TRIAL_PATHS.authorization}`, token_endpoint: `${origin}${TRIAL_PATHS.token}`,
      jwks_uri: `${origin}/.well-known/jwks.json`, authorization_response_iss_parameter_supported: true, id_token_signing_alg_values_supported: [SIGNING_ALGORITHM],
    }, CLIENT_ID, undefined, oidc.ClientSecretBasic(clientSecret(keys)));
    found[oidc.customFetch] = (url, options) => fetch(url.replace(origin, ownUrl() ?? origin), options as RequestInit);
    oidc.enableNonRepudiationChecks(found);
    if (origin.startsWith('http:')) oidc.allowInsecureRequests(found);
    return found;
  };
  return new RelyingParty({ configuration, scope: 'openid', userinfo: false });
}

/** Software that is registered again, because the answer was lost, is the same client with a new secret, and not a second one. */
function clientIdOf({ oidc: { body } }: KoaContextWithOIDC): string {
  const software = body?.['software_id'];
  return typeof software === 'string' ? `software-${createHash('sha256').update(software).digest('hex').slice(0, 32)}` : randomUUID();
}

function clientSecret(keys: Keys): string {
  return keys.digest('trial', 'client');
}
