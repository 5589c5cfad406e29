import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Actor } from '../../domain/shared/actor.ts';
import { Problem } from '../problems.ts';
import { SIGNING_ALGORITHM, type Keys } from './keys.ts';
import { ACCESS_TOKEN, AGENCY, ROLES, type CallerRole } from './tokens.ts';

/** Who calls: an actor of the records, never the engine. */
export interface Caller extends Actor {
  readonly role: CallerRole;
}

/** What a token says of its bearer; throws Problem when it says nothing to be trusted. */
export type VerifyToken = (token: string) => Promise<Caller>;

const IPA_CODE = /^c_[a-z]\d{3}$/;
/** The embedded issuer's port may be another after a restart; what proves a token is its key, which is only ours. */
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

/** Verifies tokens of the embedded issuer. */
export function embeddedVerifier(keys: Keys, audience: string, ownUrl: () => string | undefined): VerifyToken {
  const jwks = createLocalJWKSet({ keys: [keys.signing.publicJwk] });
  return async (token) => {
    const claims = await verify(token, jwks, { algorithms: [SIGNING_ALGORITHM], audience });
    const issuer = claims.iss ?? '';
    if (issuer !== ownUrl() && !LOOPBACK.test(issuer)) throw invalidToken();
    return callerOf(claims, (subject) => subject);
  };
}

/** Verifies tokens of an issuer elsewhere, with the keys of its well-known document (fetched once, again for a new key). */
export function externalVerifier(keys: Keys, issuer: string, audience: string): VerifyToken {
  let jwks: Promise<JWTVerifyGetKey> | null = null;
  return async (token) => {
    jwks ??= discover(issuer);
    const found = await jwks.catch((cause: unknown) => {
      jwks = null;
      throw Problem.of('ISSUER_UNAVAILABLE', {
        detail: { it: 'Non è stato possibile leggere le chiavi del servizio di identità.', en: 'The keys of the identity provider could not be read.' }, cause,
      });
    });
    const claims = await verify(token, found, { algorithms: ['RS256', 'EdDSA'], audience, issuer, clockTolerance: 5 });
    // The provider's subject may be a fiscal code: the records get a keyed digest of it.
    return callerOf(claims, (subject) => `oidc:${keys.digest('subject', issuer, subject).slice(0, 24)}`);
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`The identity provider answered ${response.status}`);
  const document: unknown = await response.json();
  if (typeof document !== 'object' || document === null || !('jwks_uri' in document) || typeof document.jwks_uri !== 'string') {
    throw new Error('The document of the identity provider names no jwks_uri');
  }
  if (!('issuer' in document) || document.issuer !== issuer) throw new Error('The document of the identity provider names another issuer');
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: 5_000 });
}

interface Expected {
  readonly algorithms: string[];
  readonly audience: string;
  readonly issuer?: string;
  readonly clockTolerance?: number;
}

async function verify(token: string, jwks: JWTVerifyGetKey, expected: Expected): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, jwks, { ...expected, typ: ACCESS_TOKEN, requiredClaims: ['exp', 'sub', 'iss'] });
    return payload;
  } catch (cause) {
    throw expected.issuer !== undefined && isFetchFailure(cause) ? Problem.of('ISSUER_UNAVAILABLE', { cause }) : invalidToken(cause);
  }
}

/** A key set that could not be fetched says nothing about the token. */
function isFetchFailure(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC';
}

function callerOf(claims: JWTPayload, subject: (sub: string) => string): Caller {
  const roles: unknown = claims['roles'];
  const role = Array.isArray(roles) ? ROLES.find((known) => roles.includes(known)) : undefined;
  if (role === undefined) throw Problem.of('FORBIDDEN', { detail: { it: 'Il token non indica alcun ruolo di questo servizio.', en: 'The token holds no role of this service.' } });
  if (role !== 'member') return { subject: subject(claims.sub ?? ''), role, body: role === 'operator' ? AGENCY : null };
  const body: unknown = claims['body'];
  if (typeof body !== 'string' || !IPA_CODE.test(body)) {
    throw Problem.of('FORBIDDEN', {
      detail: { it: "Il token di un ente aderente non indica l'ente (claim body, un codice IPA).", en: 'The token of a member names no body (claim body, an IPA code).' },
    });
  }
  return { subject: subject(claims.sub ?? ''), role, body };
}

/** No token, or one that proves nothing. */
export function unauthenticated(): Problem {
  const detail = { it: 'Manca il token: si invia come Authorization: Bearer …', en: 'The token is missing: it is sent as Authorization: Bearer …' };
  return Problem.of('UNAUTHENTICATED', { detail, headers: { 'WWW-Authenticate': 'Bearer' } });
}

function invalidToken(cause?: unknown): Problem {
  const detail = { it: 'Il token non è valido, o è scaduto.', en: 'The token is not valid, or has expired.' };
  return Problem.of('UNAUTHENTICATED', { detail, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' }, cause });
}
