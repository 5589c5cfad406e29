import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { SIGNING_ALGORITHM, type Keys } from './keys.ts';

/** Roles that people and their programs can have; the engine's own role is never in a token. */
export const ROLES = ['operator', 'member', 'auditor'] as const;
export type CallerRole = (typeof ROLES)[number];

export const DEFAULT_AUDIENCE = 'associa';
/** RFC 9068: an access token says that it is one, so that an identity token can't be used in its place. */
export const ACCESS_TOKEN = 'at+jwt';
const DEFAULT_HOURS = 8;

export interface TokenRequest {
  readonly role: CallerRole;
  /** IPA code; a member has one, the others have none. */
  readonly body?: string | undefined;
  /** Tells several persons of a role apart; only a digest of it goes into the token. */
  readonly person?: string | undefined;
  /** Address of the running instance: where `/.well-known/openid-configuration` is. */
  readonly issuer: string;
  readonly audience?: string | undefined;
  readonly hours?: number | undefined;
}

/** A bearer token of the embedded issuer. Throws RangeError when role and body do not go together. */
export async function issueToken(keys: Keys, request: TokenRequest): Promise<string> {
  const { role, body } = request;
  if ((role === 'member') !== (body !== undefined)) {
    throw new RangeError('A member acts for a body, given by its IPA code; the other roles have none.');
  }
  const person = createHash('sha256').update(JSON.stringify([role, body ?? null, request.person ?? null])).digest('hex').slice(0, 24);
  return new SignJWT({ roles: [role], client_id: 'associa', ...(body === undefined ? {} : { body }) })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: ACCESS_TOKEN, kid: keys.signing.kid })
    .setIssuer(request.issuer)
    .setAudience(request.audience ?? DEFAULT_AUDIENCE)
    .setSubject(`embedded:${person}`)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${request.hours ?? DEFAULT_HOURS}h`)
    .sign(keys.signing.privateKey);
}
