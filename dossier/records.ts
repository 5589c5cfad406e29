import { hash } from 'node:crypto';
import type { Actor } from '../domain/shared/actor.ts';

/** A stored event as its record says it, which is the bytes that are hashed, chained and a leaf of the log. */
export interface RecordedEvent {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: object;
  readonly actor: Actor;
  readonly recordedAt: string;
  readonly effectiveOn: string | null;
  readonly commandId: string;
  /** Hex hash of the record of its command. */
  readonly commandHash: string;
  /** Its place among the events of its command, from 0. */
  readonly ordinal: number;
  /** Hex hash of the record before it in its stream. */
  readonly prevHash: string | null;
}

/** A command as its record says it. */
export interface RecordedCommand {
  readonly stream: string;
  readonly commandId: string;
  readonly type: string;
  readonly data: object;
  readonly actor: Actor;
  readonly requestHash: string;
  readonly receivedAt: string;
  readonly firstVersion: number | null;
}

/** Undefined where the bytes are no record of an event. */
export function readEvent(record: Buffer): RecordedEvent | undefined {
  const event = parse(record) as RecordedEvent | undefined;
  return event !== undefined && are('string', event.stream, event.type, event.recordedAt, event.commandId, event.commandHash) && isObject(event.data) && isObject(event.actor)
    && Number.isSafeInteger(event.version) && Number.isSafeInteger(event.ordinal) ? event : undefined;
}

/** Undefined where the bytes are no record of a command. */
export function readCommand(record: Buffer): RecordedCommand | undefined {
  const command = parse(record) as RecordedCommand | undefined;
  return command !== undefined && are('string', command.stream, command.commandId, command.type, command.requestHash, command.receivedAt) && isObject(command.data) && isObject(command.actor) ? command : undefined;
}

/** Records as a file: each as it is, and a line end, which none has in it. */
export function linesOf(records: readonly Buffer[]): Buffer {
  return Buffer.concat(records.flatMap((record) => [record, LINE_END]));
}

/** The records of such a file; undefined where its last line does not end. */
export function recordsIn(file: Buffer): Buffer[] | undefined {
  const records: Buffer[] = [];
  for (let from = 0; from < file.length;) {
    const end = file.indexOf(LINE_END, from);
    if (end === -1) return undefined;
    records.push(file.subarray(from, end));
    from = end + 1;
  }
  return records;
}

/** Hex SHA-256. */
export function digestOf(content: Buffer): string {
  return hash('sha256', content, 'hex');
}

/** What the text of JSON says; undefined where it is none, or no object. */
export function parse(text: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(text.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const LINE_END = Buffer.from('\n');

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function are(type: string, ...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === type);
}
