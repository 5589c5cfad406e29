import type { JWTPayload } from 'jose';
import type { PdndConfig } from '../../config.ts';
import type { Identities } from '../../db/identities.ts';
import { Problem } from '../problems.ts';
import type { Keys } from './keys.ts';
import { invalidToken, ownSubject, remoteKeys, verifyJwt, type VerifyToken } from './verify.ts';

const VOUCHER_CLAIMS = ['nbf', 'jti', 'client_id', 'purposeId', 'producerId', 'consumerId', 'eserviceId', 'descriptorId'] as const;

export interface PdndIssuer {
  readonly keys: Keys;
  readonly identities: Identities;
  readonly pdnd: PdndConfig;
  /** As of `remoteKeys`. */
  readonly cooldownMs?: number | undefined;
}

/**
 * Verifies vouchers of PDND (RS256, at+jwt) for this e-service of this producer. A voucher acts as member of the body
 * that its consumer is. It may be used again until it expires, as the platform means it.
 */
export function pdndVerifier({ keys, identities, pdnd, cooldownMs }: PdndIssuer): VerifyToken {
  const { issuer, audience, producerId, eserviceId } = pdnd;
  const jwks = remoteKeys(new URL(pdnd.jwksUrl), cooldownMs);
  const bodies = new Map(Object.entries(pdnd.consumers));
  return async (token) => {
    const claims = await verifyJwt(token, jwks, { algorithms: ['RS256'], issuer, audience, requiredClaims: VOUCHER_CLAIMS });
    const said = Object.fromEntries(VOUCHER_CLAIMS.filter((name) => name !== 'nbf').map((name) => [name, textOf(claims, name)]));
    if (said['producerId'] !== producerId || said['eserviceId'] !== eserviceId) throw invalidToken();
    const body = bodies.get(said['consumerId'] ?? '');
    if (body === undefined) throw Problem.of('FORBIDDEN', { detail: { it: 'Il fruitore di questo voucher non è un ente di questo servizio.', en: 'The consumer of this voucher is no body of this service.' } });
    const subject = await ownSubject(keys, identities, issuer, claims);
    return {
      caller: { subject, role: 'member', body },
      voucher: { jti: said['jti'] ?? '', purposeId: said['purposeId'] ?? '', clientId: said['client_id'] ?? '' },
    };
  };
}

/** Ids of the platform are short texts; anything else in their place is no voucher. */
function textOf(claims: JWTPayload, name: string): string {
  const value = claims[name];
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(value)) throw invalidToken();
  return value;
}
