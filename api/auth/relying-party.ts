import { createPrivateKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importPKCS8, type JWTPayload } from 'jose';
import * as oidc from 'openid-client';
import type { OidcConfig } from '../../config.ts';
import { Problem } from '../problems.ts';
import type { Attempt } from './attempt.ts';

/** How the service is known to a provider, and what it asks of it. */
export interface RelyingPartyOptions {
  /** The provider's metadata with our credentials; asked for again after it failed. */
  readonly configuration: () => Promise<oidc.Configuration>;
  readonly scope: string;
  /** Whether claims stand in the answer of the userinfo endpoint, too. */
  readonly userinfo: boolean;
}

const TIMEOUT_S = 5;

/** The service as relying party of an OpenID provider: code flow with PKCE (S256), state and nonce. */
export class RelyingParty {
  private readonly options: RelyingPartyOptions;
  private ready: Promise<oidc.Configuration> | null = null;

  constructor(options: RelyingPartyOptions) {
    this.options = options;
  }

  /** Where to send the browser, and what to remember of it. Throws Problem ISSUER_UNAVAILABLE. */
  async begin(redirectUri: string, acrValues: readonly string[]): Promise<{ readonly url: URL; readonly attempt: Pick<Attempt, 'state' | 'nonce' | 'verifier'> }> {
    const attempt = { state: randomText(), nonce: randomText(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: redirectUri, scope: this.options.scope, state: attempt.state, nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier), code_challenge_method: 'S256',
      ...(acrValues.length === 0 ? {} : { acr_values: acrValues.join(' ') }),
    });
    return { url, attempt };
  }

  /** The claims of who came back from the provider with a code. Throws Problem SIGN_ON_FAILED, SIGN_ON_REFUSED or ISSUER_UNAVAILABLE. */
  async finish(current: URL, { state, nonce, verifier }: Attempt): Promise<JWTPayload> {
    const configuration = await this.configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, current, {
        expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw Problem.of('SIGN_ON_FAILED');
      if (!this.options.userinfo) return { ...claims };
      // What is signed holds against what is only told.
      return { ...await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub), ...claims };
    } catch (error) {
      throw toProblem(error);
    }
  }

  /**
   * Where a browser ends its sign-on at the provider as well; undefined where the provider has no such place or cannot
   * be reached. The identity token is not sent along: its claims would stand in an address.
   */
  async endSessionUrl(returnTo: string): Promise<URL | undefined> {
    const configuration = await this.configuration().catch(() => null);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined;
    return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo });
  }

  private configuration(): Promise<oidc.Configuration> {
    this.ready ??= this.options.configuration();
    return this.ready.catch((cause: unknown) => {
      this.ready = null;
      throw Problem.of('ISSUER_UNAVAILABLE', { cause });
    });
  }
}

/** A relying party of the configured provider; null when there is no client id: then people cannot sign on, programs can. */
export function externalParty({ issuer, clientId, clientSecret, clientKey, claims }: OidcConfig): RelyingParty | null {
  if (issuer === null || clientId === null) return null;
  const discover = async (): Promise<oidc.Configuration> => {
    const authentication = clientKey === null ? bySecret(clientSecret) : await byKey(clientKey);
    const execute = [oidc.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [])];
    return oidc.discovery(new URL(issuer), clientId, undefined, authentication, { execute, timeout: TIMEOUT_S });
  };
  return new RelyingParty({ configuration: discover, scope: claims.scope, userinfo: claims.userinfo });
}

/** Basic is what every provider must know (RFC 6749 section 2.3.1), unless it says that it does not. */
function bySecret(secret: string | null): oidc.ClientAuth {
  if (secret === null) return oidc.None();
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
    authenticate(server, ...rest);
  };
}

const KEY_ALGORITHMS: ReadonlyMap<string, string> = new Map([['rsa', 'RS256'], ['ec', 'ES256'], ['ed25519', 'Ed25519']]);

/** private_key_jwt with an RSA (RS256), P-256 (ES256) or Ed25519 key. */
async function byKey(path: string): Promise<oidc.ClientAuth> {
  const pem = readFileSync(path, 'utf8');
  const algorithm = KEY_ALGORITHMS.get(createPrivateKey(pem).asymmetricKeyType ?? '');
  if (algorithm === undefined) throw new Error(`${path} holds no key for private_key_jwt`);
  return oidc.PrivateKeyJwt(await importPKCS8(pem, algorithm));
}

/** Letters and digits alone, as the profile of SPID and CIE asks. */
function randomText(): string {
  return randomBytes(32).toString('hex');
}

function toProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof oidc.AuthorizationResponseError) return Problem.of('SIGN_ON_REFUSED', { cause });
  if (cause instanceof oidc.ResponseBodyError && cause.status < 500) return Problem.of('SIGN_ON_FAILED', { cause });
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const isAway = cause instanceof oidc.ResponseBodyError || cause instanceof TypeError || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';
  return Problem.of(isAway ? 'ISSUER_UNAVAILABLE' : 'SIGN_ON_FAILED', { cause });
}
