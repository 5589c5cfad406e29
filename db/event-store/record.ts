import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AppendRequest, StampedCommand } from '../../domain/shared/store.ts';
import type { EventBody } from '../../domain/shared/process.ts';

/** A record is at most 60,000 bytes, so that it fits an entry of the transparency log (16-bit length). */
export const MAX_RECORD_BYTES = 60_000;
/** All events of one command together: a local activity's answer above 2 MB would be stored and never heard of. */
export const MAX_DRAFT_BYTES = 256_000;

export interface SealedRecord {
  readonly record: Buffer;
  readonly hash: Buffer;
}

export interface SealedEvent extends SealedRecord {
  readonly version: number;
  readonly ordinal: number;
  readonly prevHash: Buffer | null;
  readonly body: EventBody;
}

export interface SealedCommand extends SealedRecord {
  readonly requestHash: string;
  readonly firstVersion: number | null;
  readonly lastVersion: number | null;
}

export interface SealedAppend {
  readonly command: SealedCommand;
  readonly events: readonly SealedEvent[];
}

/** Every event type stands at version 1 today; a change of shape gets a number here and an upcaster. */
export const SCHEMA_VERSION = 1;

/**
 * Makes the bytes that are stored, hashed and later proved (RFC 8785). `recordedAt` is the store's instant.
 * Throws RecordTooLarge.
 */
export function seal(request: AppendRequest, recordedAt: string): SealedAppend {
  const command = sealCommand(request, recordedAt);
  const events: SealedEvent[] = [];
  let prevHash: Buffer | null = request.expectedHash === null ? null : Buffer.from(request.expectedHash, 'hex');
  for (const [ordinal, body] of request.events.entries()) {
    const version = request.expected + ordinal + 1;
    const sealed = sealBytes({
      stream: request.stream,
      version,
      type: body.type,
      schemaVersion: SCHEMA_VERSION,
      data: body.data,
      actor: request.command.actor,
      recordedAt,
      effectiveOn: body.effectiveOn ?? null,
      commandId: request.command.id,
      commandHash: command.hash.toString('hex'),
      ordinal,
      prevHash: prevHash?.toString('hex') ?? null,
      // Without it, who guesses a record could confirm the guess from a leaf of the public log.
      salt: randomBytes(16).toString('hex'),
    });
    events.push({ ...sealed, version, ordinal, prevHash, body });
    prevHash = sealed.hash;
  }
  refuseTooLarge(events);
  return { command, events };
}

function sealCommand({ stream, expected, command, events }: AppendRequest, recordedAt: string): SealedCommand {
  const requestHash = requestHashOf(command);
  const firstVersion = events.length === 0 ? null : expected + 1;
  const lastVersion = events.length === 0 ? null : expected + events.length;
  const sealed = sealBytes({
    stream,
    commandId: command.id,
    type: command.type,
    data: command.data,
    actor: command.actor,
    requestHash,
    receivedAt: command.receivedAt,
    recordedAt,
    firstVersion,
    lastVersion,
  });
  return { ...sealed, requestHash, firstVersion, lastVersion };
}

/** What tells whether two commands with one id are the same: the edge's digest, else that of type and data. */
export function requestHashOf(command: StampedCommand): string {
  return command.requestHash ?? sha256(canonicalBytes({ type: command.type, data: command.data })).toString('hex');
}

export class RecordTooLarge extends Error {
  readonly code = 'RECORD_TOO_LARGE';
}

function refuseTooLarge(events: readonly SealedEvent[]): void {
  const largest = Math.max(0, ...events.map((event) => event.record.length));
  const total = events.reduce((sum, event) => sum + event.record.length, 0);
  if (largest > MAX_RECORD_BYTES) throw new RecordTooLarge(`A record has ${largest} bytes; at most ${MAX_RECORD_BYTES} are stored.`);
  if (total > MAX_DRAFT_BYTES) throw new RecordTooLarge(`The command's events have ${total} bytes; at most ${MAX_DRAFT_BYTES} are stored.`);
}

function sealBytes(members: object): SealedRecord {
  const record = canonicalBytes(members);
  return { record, hash: sha256(record) };
}

export function canonicalBytes(value: object): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only JSON values can be recorded');
  return Buffer.from(text, 'utf8');
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
