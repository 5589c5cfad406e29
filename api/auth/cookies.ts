import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';

/** The cookies of this service at one address. */
export interface Cookies {
  readonly origin: string;
  /** Id of the session. */
  readonly session: string;
  /** What a sign-on under way must remember, sealed. */
  readonly attempt: string;
  /** How those of the trial provider begin: some are of one path only, which `__Host-` does not allow. */
  readonly provider: string;
  readonly options: CookieSerializeOptions;
}

/**
 * With https no other host and no path can set or see them (`__Host-`). On a plain address of this machine browsers
 * know no such names, and take no notice of ports: the name says which of several instances it is of.
 */
export function cookiesOf(origin: string): Cookies {
  const { protocol, port } = new URL(origin);
  const secure = protocol === 'https:';
  const prefix = secure ? '__Host-associa' : `associa-${port === '' ? '80' : port}`;
  return {
    origin, session: prefix, attempt: `${prefix}-sign-on`, provider: secure ? '__Secure-associa-provider' : `${prefix}-provider`,
    options: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
  };
}

export function sessionIdOf(request: FastifyRequest, { session }: Cookies): string | undefined {
  const id = request.cookies[session];
  return id === undefined || id === '' ? undefined : id;
}
