import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const CORRELATION_HEADER = 'X-Correlation-Id';
const SAFE = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's own correlation id where it can be repeated safely, else a new one. */
export function correlationId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[CORRELATION_HEADER.toLowerCase()];
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}

/** What every answer carries: it is read by programs, never framed, sniffed, run or kept by a cache. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};
