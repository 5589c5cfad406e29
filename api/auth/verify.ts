import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { DEFAULT_CLAIMS, type ClaimMapping } from '../../config.ts';
import type { Identities } from '../../db/identities.ts';
import type { Actor } from '../../domain/shared/actor.ts';
import { Problem } from '../problems.ts';
import { standingOf } from './claims.ts';
import { SIGNING_ALGORITHM, type Keys } from './keys.ts';
import { ACCESS_TOKEN, type CallerRole } from './tokens.ts';

/** Who calls: an actor of the records, never the engine. */
export interface Caller extends Actor {
  readonly role: CallerRole;
}

/** What a voucher of PDND says beside who calls: kept for the audit. */
export interface Voucher {
  readonly jti: string;
  readonly purposeId: string;
  readonly clientId: string;
}

export interface Verified {
  readonly caller: Caller;
  readonly voucher?: Voucher;
}

/** Whether what proved the caller still does: an answer that stays open asks again. */
export type StillHolds = () => Promise<boolean>;

/** What a token says of its bearer; throws Problem when it says nothing to be trusted. */
export type VerifyToken = (token: string) => Promise<Verified>;

/** The embedded issuer's port may be another after a restart; what proves a token is its key, which is only ours. */
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

/** Verifies tokens of the embedded issuer. Their subjects are ours already, and the same after a restart. */
export function embeddedVerifier(keys: Keys, audience: string, ownUrl: () => string | undefined): VerifyToken {
  const jwks = createLocalJWKSet({ keys: [keys.signing.publicJwk] });
  return async (token) => {
    const claims = await verifyJwt(token, jwks, { algorithms: [SIGNING_ALGORITHM], audience });
    const issuer: unknown = claims.iss;
    if (typeof issuer !== 'string' || (issuer !== ownUrl() && !LOOPBACK.test(issuer))) throw invalidToken();
    return { caller: { subject: claims.sub ?? '', ...standingOf(claims, DEFAULT_CLAIMS) } };
  };
}

export interface ExternalIssuer {
  readonly keys: Keys;
  readonly identities: Identities;
  readonly issuer: string;
  readonly audience: string;
  readonly claims?: ClaimMapping | undefined;
  /** Least time between two readings of the issuer's keys for a key that is not among them; default 30 s. */
  readonly cooldownMs?: number | undefined;
}

/** Verifies tokens of an issuer elsewhere, with the keys of its well-known document (fetched once, again for a new key). */
export function externalVerifier({ keys, identities, issuer, audience, claims: mapping = DEFAULT_CLAIMS, cooldownMs }: ExternalIssuer): VerifyToken {
  let jwks: Promise<JWTVerifyGetKey> | null = null;
  return async (token) => {
    jwks ??= discover(issuer).then((address) => remoteKeys(address, cooldownMs));
    const found = await jwks.catch((cause: unknown) => {
      jwks = null;
      throw Problem.of('ISSUER_UNAVAILABLE', {
        detail: { it: 'Non è stato possibile leggere le chiavi del servizio di identità.', en: 'The keys of the identity provider could not be read.' }, cause,
      });
    });
    const claims = await verifyJwt(token, found, { algorithms: ['RS256', 'EdDSA'], audience, issuer });
    const standing = standingOf(claims, mapping);
    const subject = await ownSubject(keys, identities, issuer, claims);
    return { caller: { subject, ...standing } };
  };
}

/** Each token goes to the verifier of the issuer that it names, which then believes it nothing of this unproved. */
export function verifierByIssuer(others: ReadonlyMap<string, VerifyToken>, main: VerifyToken): VerifyToken {
  return async (token) => (others.get(namedIssuer(token)) ?? main)(token);
}

/** Our own id of who an issuer knows as `sub`, which may be a fiscal code: it is kept as a keyed digest only. */
export function ownSubject(keys: Keys, identities: Identities, issuer: string, claims: JWTPayload): Promise<string> {
  const { sub = '', client_id: client, azp } = claims;
  return identities.subjectOf(issuer, keys.digest('subject', issuer, sub), sub === client || sub === azp ? 'client' : 'person');
}

/** Keys at an address: cached, read again once for a key that is not among them, no more often than the cooldown allows. */
export function remoteKeys(address: URL, cooldownMs = 30_000): JWTVerifyGetKey {
  return createRemoteJWKSet(address, { timeoutDuration: 5_000, cooldownDuration: cooldownMs });
}

export interface Expected {
  readonly algorithms: string[];
  readonly audience: string;
  /** Absent for the embedded issuer, whose keys are at hand. */
  readonly issuer?: string;
  /** Beside those that every token has. */
  readonly requiredClaims?: readonly string[];
}

const REQUIRED = ['iss', 'aud', 'sub', 'exp', 'iat'] as const;
const CLOCK_TOLERANCE_S = 5;
const MAX_TOKEN_LENGTH = 8_000;
const KEY_ID = /^[\x21-\x7e]{1,200}$/;
/** Headers by which a token would bring its own key, or say where to fetch it. */
const KEY_HEADERS = ['jku', 'jwk', 'x5u', 'x5c'] as const;

/** The claims of a token that holds in everything; throws Problem, and nothing that tells which key or check it was. */
export async function verifyJwt(token: string, jwks: JWTVerifyGetKey, { requiredClaims = [], ...expected }: Expected): Promise<JWTPayload> {
  refuseOddHeader(token);
  try {
    const { payload } = await jwtVerify(token, jwks, {
      ...expected, typ: ACCESS_TOKEN, clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: [...REQUIRED, ...requiredClaims],
    });
    if (typeof payload.sub !== 'string' || payload.sub === '' || payload.sub.length > 255) throw invalidToken();
    return payload;
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw expected.issuer !== undefined && isFetchFailure(cause) ? Problem.of('ISSUER_UNAVAILABLE', { cause }) : invalidToken(cause);
  }
}

/** A key is named by its id among those we know, and in no other way. */
function refuseOddHeader(token: string): void {
  if (token.length > MAX_TOKEN_LENGTH) throw invalidToken();
  const header = decoded(() => decodeProtectedHeader(token));
  if (typeof header.kid !== 'string' || !KEY_ID.test(header.kid) || KEY_HEADERS.some((name) => name in header)) throw invalidToken();
}

function namedIssuer(token: string): string {
  return decoded(() => decodeJwt(token)).iss ?? '';
}

function decoded<Part>(decode: () => Part): Part {
  try {
    return decode();
  } catch (cause) {
    throw invalidToken(cause);
  }
}

async function discover(issuer: string): Promise<URL> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`The identity provider answered ${response.status}`);
  const document: unknown = await response.json();
  if (typeof document !== 'object' || document === null || !('jwks_uri' in document) || typeof document.jwks_uri !== 'string') {
    throw new Error('The document of the identity provider names no jwks_uri');
  }
  if (!('issuer' in document) || document.issuer !== issuer) throw new Error('The document of the identity provider names another issuer');
  return new URL(document.jwks_uri);
}

/** A key set that could not be fetched says nothing about the token. */
function isFetchFailure(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC';
}

/** No token, or one that proves nothing. */
export function unauthenticated(): Problem {
  const detail = { it: 'Manca il token: si invia come Authorization: Bearer …', en: 'The token is missing: it is sent as Authorization: Bearer …' };
  return Problem.of('UNAUTHENTICATED', { detail, headers: { 'WWW-Authenticate': 'Bearer' } });
}

export function invalidToken(cause?: unknown): Problem {
  const detail = { it: 'Il token non è valido, o è scaduto.', en: 'The token is not valid, or has expired.' };
  return Problem.of('UNAUTHENTICATED', { detail, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' }, cause });
}
