import type { Actor } from './actor.ts';
import type { Instant } from './civil-date.ts';
import type { EventBody } from './process.ts';

/** A command as it travels and is kept: `receivedAt` is stamped once by who received it. */
export interface StampedCommand {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly actor: Actor;
  readonly receivedAt: Instant;
  /** Keyed digest of the request's content, made at the edge; null lets the store digest type and data. */
  readonly requestHash: string | null;
  /** W3C traceparent of the request, while requests are traced; never stored. */
  readonly trace?: string;
}

/** What a shell needs of a stored event. */
export interface StoredEvent extends EventBody {
  readonly version: number;
  readonly commandId: string;
  /** Lower-case hex SHA-256 of the record's bytes. */
  readonly hash: string;
}

export interface AppendRequest {
  readonly stream: string;
  /** Version the writer decided on. */
  readonly expected: number;
  /** Hash of that version's record; null at version 0. */
  readonly expectedHash: string | null;
  readonly command: StampedCommand;
  readonly events: readonly EventBody[];
}

/** The store arbitrates: one of five answers. */
export type AppendAnswer =
  | { readonly outcome: 'STORED'; readonly events: readonly StoredEvent[] }
  | { readonly outcome: 'DUPLICATE'; readonly events: readonly StoredEvent[] }
  | { readonly outcome: 'MISMATCH' }
  | { readonly outcome: 'STALE'; readonly events: readonly StoredEvent[]; readonly more: boolean }
  | { readonly outcome: 'BEHIND'; readonly version: number };

export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** True when the stream goes on after the last of them. */
  readonly more: boolean;
}

/** Answer to "go on from this version with this hash": the events after it, or that the store does not know that point. */
export type LoadAnswer = ({ readonly known: true } & EventPage) | { readonly known: false; readonly version: number };

/** A command known to the store. */
export interface KnownCommand {
  readonly type: string;
  readonly requestHash: string;
  readonly events: readonly StoredEvent[];
}

/** Does the store know this command? */
export type RecallAnswer =
  | { readonly outcome: 'DUPLICATE'; readonly events: readonly StoredEvent[] }
  | { readonly outcome: 'MISMATCH' }
  | { readonly outcome: 'UNKNOWN' };
