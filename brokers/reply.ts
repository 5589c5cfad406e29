import type { Fault } from '../outgoing/exchange.ts';

/** What one request to a broker came to. */
export type Reply =
  | {
      readonly kind: 'ANSWER';
      readonly status: number;
      /** The body as JSON; undefined: none, or no JSON, or too long to be read. */
      readonly body: unknown;
      /** Milliseconds that Retry-After asks for. */
      readonly retryAfterMs: number | undefined;
      readonly etag: string | undefined;
    }
  | { readonly kind: 'FAULT'; readonly fault: Fault; readonly sent: boolean; readonly status: number | null }
  /** Not sent: the broker is left alone for a while. */
  | { readonly kind: 'OPEN' };

/** Retry-After (RFC 9110, 10.2.3) in milliseconds: seconds, or a date. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
