import { hash as digestOf } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { CommandsTable, EventRow } from '../db/schema.ts';

/** Progress of long work: called with how many events were looked at so far. */
export type Progress = (done: number) => void;

/** A stored event with what its command says of it; null: the command is not stored. */
export interface RecordedEvent extends Omit<EventRow, 'tx' | 'prev_version'> {
  readonly command_digest: Buffer | null;
  readonly first_version: number | null;
  readonly last_version: number | null;
}
export type CommandRow = Selectable<CommandsTable>;

export type Fault = readonly [code: string, message: string];

/**
 * What does not hold of one event: its hash, its link to the one before (undefined: it is the first), its columns against its record, its place among the
 * events of its command. The bytes are checked as they are stored; nothing is written anew to be compared.
 */
export function eventFaults(row: RecordedEvent, previous: Pick<EventRow, 'version' | 'hash'> | undefined): Fault[] {
  const faults: Fault[] = [];
  if (!isHashOf(row.hash, row.record)) faults.push(['HASH_MISMATCH', 'The hash is not that of the record.']);
  if (row.version !== (previous?.version ?? 0) + 1) faults.push(['VERSION_GAP', `After version ${previous?.version ?? 0} comes ${row.version}.`]);
  if (!sameBytes(row.prev_hash, previous?.hash ?? null)) faults.push(['CHAIN_BROKEN', 'The link does not name the record before.']);
  const record = parse(row.record);
  if (record === undefined) faults.push(['RECORD_UNREADABLE', 'The record is not JSON.']);
  else for (const name of differingColumns(record, row)) faults.push(['COLUMN_DIFFERS', `The column for ${name} does not say what the record says.`]);
  if (row.command_digest === null) faults.push(['COMMAND_MISSING', `The command ${row.command_id} is not stored.`]);
  else if (record !== undefined && record['commandHash'] !== row.command_digest.toString('hex')) faults.push(['COMMAND_DIFFERS', 'The record names another digest of its command.']);
  if (row.command_digest !== null && !isOfCommand(row)) faults.push(['COMMAND_VERSIONS_DIFFER', 'The command names other versions than its events have.']);
  return faults;
}

function isOfCommand({ version, ordinal, first_version: first, last_version: last }: RecordedEvent): boolean {
  return first !== null && last !== null && version === first + ordinal && version <= last;
}

type Members = Readonly<Record<string, unknown>>;

/** Written out: this is what an audit of a million events does most. */
function differingColumns(record: Members, row: RecordedEvent): string[] {
  const names: string[] = [];
  if (record['stream'] !== row.stream) names.push('stream');
  if (record['version'] !== row.version) names.push('version');
  if (record['type'] !== row.type) names.push('type');
  if (record['schemaVersion'] !== row.schema_version) names.push('schemaVersion');
  if (!sameJson(record['data'], row.data)) names.push('data');
  if (!sameJson(record['actor'], row.actor)) names.push('actor');
  if (record['recordedAt'] !== row.recorded_at) names.push('recordedAt');
  if (record['effectiveOn'] !== row.effective_on) names.push('effectiveOn');
  if (record['commandId'] !== row.command_id) names.push('commandId');
  if (record['ordinal'] !== row.ordinal) names.push('ordinal');
  if (record['prevHash'] !== (row.prev_hash?.toString('hex') ?? null)) names.push('prevHash');
  return names;
}

/** What does not hold of a command by itself: its digest, its columns against its record. */
export function commandFaults(command: CommandRow): Fault[] {
  const faults: Fault[] = [];
  if (!isHashOf(command.digest, command.record)) faults.push(['COMMAND_HASH_MISMATCH', `The digest is not that of the command ${command.command_id}.`]);
  const record = parse(command.record);
  const columns: [string, unknown][] = [
    ['stream', command.stream], ['commandId', command.command_id], ['type', command.type], ['data', command.data], ['actor', command.actor],
    ['requestHash', command.request_hash], ['recordedAt', command.recorded_at], ['firstVersion', command.first_version], ['lastVersion', command.last_version],
  ];
  for (const [name, value] of columns) {
    if (!sameJson(record?.[name], value)) faults.push(['COMMAND_COLUMN_DIFFERS', `The column for ${name} of the command ${command.command_id} does not say what its record says.`]);
  }
  // The record keeps the instant as it came, with its offset; the column is the same instant.
  if (Date.parse(String(record?.['receivedAt'])) !== Date.parse(command.received_at)) {
    faults.push(['COMMAND_COLUMN_DIFFERS', `The command ${command.command_id} was received at another instant than its record says.`]);
  }
  return faults;
}

function isHashOf(hash: Buffer, record: Buffer): boolean {
  return digestOf('sha256', record, 'buffer').equals(hash);
}

function parse(record: Buffer): Members | undefined {
  try {
    const value: unknown = JSON.parse(record.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

/** Equal as JSON, whatever the order of members; one that is undefined is none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isObject(a) || !isObject(b) || Array.isArray(b)) return false;
  for (const name in a) if (!sameJson(a[name], b[name])) return false;
  for (const name in b) if (a[name] === undefined && b[name] !== undefined) return false;
  return true;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
