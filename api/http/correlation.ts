import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const CORRELATION_HEADER = 'X-Correlation-Id';
const SAFE = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's own correlation id where it can be repeated safely, else a new one. */
export function correlationId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[CORRELATION_HEADER.toLowerCase()];
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}
