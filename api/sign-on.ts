import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import { DEFAULT_CLAIMS, type OidcConfig, type PdndConfig, type SessionConfig } from '../config.ts';
import type { Db } from '../db/client.ts';
import { Identities } from '../db/identities.ts';
import { Sessions } from '../db/sessions.ts';
import { callerFinder, type FindCaller } from './auth/caller.ts';
import { cookiesOf, type Cookies } from './auth/cookies.ts';
import type { Keys } from './auth/keys.ts';
import { pdndVerifier } from './auth/pdnd.ts';
import { externalParty } from './auth/relying-party.ts';
import { DEFAULT_AUDIENCE } from './auth/tokens.ts';
import { trialParty, TRIAL_ISSUER } from './auth/trial-provider.ts';
import { embeddedVerifier, externalVerifier, verifierByIssuer, type VerifyToken } from './auth/verify.ts';
import type { Bodies } from './bodies.ts';
import { Visits } from '../console/frame/visits.ts';
import { signOnRoutes } from './routes/sign-on.ts';
import { trialSignOnRoutes } from './routes/trial-sign-on.ts';
import { wellKnownRoutes } from './routes/well-known.ts';

export interface SignOnOptions {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: Logger;
  readonly bodies: Bodies;
  /** By whom people and programs prove who they are; absent: by the embedded issuer. */
  readonly oidc?: OidcConfig | undefined;
  /** Absent: no vouchers of PDND are taken. */
  readonly pdnd?: PdndConfig | null | undefined;
  readonly session?: SessionConfig | undefined;
  /** Address that browsers use, where it is not the one we listen on. */
  readonly publicUrl?: string | null | undefined;
  /** Temporal's console, whose pages may have payloads decoded by who is signed on. */
  readonly temporalUiUrl?: string | null | undefined;
  /** With which OpenID clients may be registered at the trial provider; absent: none may. */
  readonly trialRegistrationToken?: string | null | undefined;
  /** Address of this server once it listens. */
  readonly ownUrl: () => string | undefined;
}

/** How this server knows who calls, and the routes by which people sign on. */
export interface SignOn {
  readonly findCaller: FindCaller;
  readonly routes: readonly FastifyPluginAsync[];
  /** Who looks at a page; pages are there where people can sign on. */
  readonly visits: Visits;
}

const EMBEDDED: OidcConfig = { issuer: null, clientId: null, clientSecret: null, clientKey: null, audience: DEFAULT_AUDIENCE, claims: DEFAULT_CLAIMS };
const SESSION: SessionConfig = { idleMinutes: 30, hours: 8 };
/** A server that does not listen is asked in process, and has no address. */
const NOWHERE = 'http://127.0.0.1';

/** Puts identity together from the configuration. */
export function signOnOf(options: SignOnOptions): SignOn {
  const { db, keys, log, bodies, oidc = EMBEDDED, pdnd = null, session = SESSION, publicUrl = null, temporalUiUrl = null, trialRegistrationToken = null, ownUrl } = options;
  const sessions = new Sessions(db, session);
  const identities = new Identities(db);
  const origin = (): string => publicUrl ?? ownUrl() ?? NOWHERE;
  const cookies = (): Cookies => cookiesOf(origin());
  const verify = verifierOf(keys, identities, oidc, pdnd, origin);

  const party = oidc.issuer === null ? trialParty(keys, cookies, ownUrl) : externalParty(oidc);
  const findCaller = callerFinder(verify, sessions, cookies, temporalUiUrl === null ? null : new URL(temporalUiUrl).origin);
  const visits = new Visits({ cookies, keys, bodies, party, findCaller });
  const routes: FastifyPluginAsync[] = [];
  if (oidc.issuer === null) routes.push(wellKnownRoutes(keys, origin), trialSignOnRoutes({ keys, bodies, cookies, visits, registrationToken: trialRegistrationToken }));
  if (party !== null) {
    const issuer = oidc.issuer ?? TRIAL_ISSUER;
    routes.push(signOnRoutes({ party, issuer, claims: oidc.claims, keys, identities, sessions, cookies, isListeningAddress: publicUrl === null, log }));
  }
  return { findCaller, routes, visits };
}

export async function registerSignOn(app: FastifyInstance, { routes }: SignOn): Promise<void> {
  for (const route of routes) await app.register(route);
}

function verifierOf(keys: Keys, identities: Identities, { issuer, audience, claims }: OidcConfig, pdnd: PdndConfig | null, origin: () => string): VerifyToken {
  const main = issuer === null ? embeddedVerifier(keys, audience, origin) : externalVerifier({ keys, identities, issuer, audience, claims });
  return pdnd === null ? main : verifierByIssuer(new Map([[pdnd.issuer, pdndVerifier({ keys, identities, pdnd })]]), main);
}
