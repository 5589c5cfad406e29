import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';

/** Connections that one caller may keep open: windows that are looked at, and programs. */
export const MOST_STREAMS = 12;
/** A reader that takes nothing is let go; it comes back with the id of the last event that it had. */
const MOST_UNREAD_BYTES = 64 * 1024;
const RETRY_MS = 2_000;
const RETRY_AFTER_S = 30;

/** An answer by server-sent events (WHATWG HTML, 9.2), open until one of the two ends it. */
export interface EventStream {
  send(event: { readonly type: string; readonly id?: string; readonly data: object }): void;
  /** A line that readers pass over, to keep the connection. */
  comment(): void;
  end(): void;
}

/** Counts the open answers of each caller. */
export class EventStreams {
  private readonly open = new Map<string, number>();
  private readonly longestMs: number;

  /** `longestMs`: after so long an answer is ended, for its reader to come back: what stands between, and a new version, know an end. */
  constructor(longestMs: number) {
    this.longestMs = longestMs;
  }

  /**
   * Begins an answer; `onClose` is called once, whoever ended it. Throws Problem TOO_MANY_STREAMS when the caller has as
   * many as one may have.
   */
  begin(reply: FastifyReply, caller: string, onClose: () => void): { readonly stream: EventStream; readonly body: PassThrough } {
    const count = this.open.get(caller) ?? 0;
    if (count >= MOST_STREAMS) throw Problem.of('TOO_MANY_STREAMS', { headers: { 'Retry-After': String(RETRY_AFTER_S) } });
    this.open.set(caller, count + 1);
    const body = new PassThrough();
    const untilEnd = setTimeout(() => { body.end(); }, this.longestMs);
    body.once('close', () => {
      clearTimeout(untilEnd);
      const left = (this.open.get(caller) ?? 1) - 1;
      if (left === 0) this.open.delete(caller);
      else this.open.set(caller, left);
      onClose();
    });
    reply.raw.once('close', () => { body.destroy(); });
    // Neither changed nor gathered by what stands between.
    reply.headers({ 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' }).type('text/event-stream; charset=utf-8');
    const write = (text: string): void => {
      if (body.destroyed || body.writableEnded) return;
      if (body.writableLength > MOST_UNREAD_BYTES) body.destroy();
      else body.write(text);
    };
    write(`retry: ${RETRY_MS}\n\n`);
    return {
      body,
      stream: {
        send: ({ type, id, data }) => { write(`${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`); },
        comment: () => { write(':\n\n'); },
        end: () => { body.end(); },
      },
    };
  }
}

/** What the reader had last, by its header; it is that of an address that is opened anew (`after`) only at first. */
export function lastEventId({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const given = headers['last-event-id'];
  return typeof given === 'string' && given !== '' ? given : undefined;
}
