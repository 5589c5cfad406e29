import { hash as digestOf } from 'node:crypto';
import type { Selectable } from 'kysely';
import { remembered } from '../domain/shared/remembered.ts';
import { sameJson } from '../domain/shared/same-json.ts';
import type { CommandsTable, EventRow } from '../db/schema.ts';

/** Progress of long work: called with how many events were looked at so far. */
export type Progress = (done: number) => void;

/** A stored event, its hashes in hex, with what its command says of it; null: the command is not stored. */
export interface RecordedEvent extends Omit<EventRow, 'tx' | 'prev_version' | 'hash' | 'prev_hash'> {
  readonly hash: string;
  readonly prev_hash: string | null;
  readonly command_digest: string | null;
  readonly first_version: number | null;
  readonly last_version: number | null;
}
export type CommandRow = Selectable<CommandsTable>;

export type Fault = readonly [code: string, message: string];

/**
 * What does not hold of one event: its hash, its link to the one before (undefined: it is the first), its columns against its record, its place among the
 * events of its command. The bytes are checked as they are stored; nothing is written anew to be compared.
 */
export function eventFaults(row: RecordedEvent, previous: Pick<RecordedEvent, 'version' | 'hash'> | undefined): Fault[] {
  const faults: Fault[] = [];
  if (digestOf('sha256', row.record) !== row.hash) faults.push(['HASH_MISMATCH', 'The hash is not that of the record.']);
  if (row.version !== (previous?.version ?? 0) + 1) faults.push(['VERSION_GAP', `After version ${previous?.version ?? 0} comes ${row.version}.`]);
  if (row.prev_hash !== (previous?.hash ?? null)) faults.push(['CHAIN_BROKEN', 'The link does not name the record before.']);
  if (row.command_digest === null) faults.push(['COMMAND_MISSING', `The command ${row.command_id} is not stored.`]);
  else if (!isOfCommand(row)) faults.push(['COMMAND_VERSIONS_DIFFER', 'The command names other versions than its events have.']);
  const text = row.record.toString('utf8');
  if (!isMadeOf(text, row)) faults.push(...recordFaults(text, row));
  return faults;
}

/** What exactly differs, where a record is not what its columns make of it. */
function recordFaults(text: string, row: RecordedEvent): Fault[] {
  const record = parse(text);
  if (record === undefined) return [['RECORD_UNREADABLE', 'The record is not JSON.']];
  const columns: [string, unknown][] = [
    ['stream', row.stream], ['version', row.version], ['type', row.type], ['schemaVersion', row.schema_version], ['data', row.data], ['actor', row.actor],
    ['recordedAt', row.recorded_at], ['effectiveOn', row.effective_on], ['commandId', row.command_id], ['ordinal', row.ordinal], ['prevHash', row.prev_hash],
  ];
  const faults = columns.filter(([name, value]) => !sameJson(record[name], value)).map(([name]): Fault => ['COLUMN_DIFFERS', `The column for ${name} does not say what the record says.`]);
  if (row.command_digest !== null && record['commandHash'] !== row.command_digest) faults.push(['COMMAND_DIFFERS', 'The record names another digest of its command.']);
  return faults;
}

const ACTOR = '{"actor":';
/** Persons and programs that act come again and again. */
const actorOf = remembered((text: string): unknown => JSON.parse(text));
const SALT_LETTERS = 32;

/**
 * Whether a record is, letter for letter, what the columns make of it; of it only actor and data are parsed, whose members have another order in a column. An
 * audit of a million events does this most, and to parse all of a record takes twice the time of its hash. False says nothing yet: then it is parsed.
 */
function isMadeOf(text: string, row: RecordedEvent): boolean {
  const middle = `,"commandHash":"${row.command_digest}","commandId":${quoted(row.command_id)},"data":`;
  const beforeSalt = `,"effectiveOn":${quoted(row.effective_on)},"ordinal":${row.ordinal},"prevHash":${quoted(row.prev_hash)},"recordedAt":"${row.recorded_at}","salt":"`;
  const end = `","schemaVersion":${row.schema_version},"stream":${quoted(row.stream)},"type":${quoted(row.type)},"version":${row.version}}`;
  const actorEnd = text.indexOf(middle);
  const saltAt = text.length - end.length - SALT_LETTERS;
  const dataEnd = saltAt - beforeSalt.length;
  return actorEnd >= 0 && actorEnd < dataEnd && text.startsWith(ACTOR) && text.startsWith(beforeSalt, dataEnd) && text.endsWith(end)
    && text.indexOf('"', saltAt) === saltAt + SALT_LETTERS && text.charAt(saltAt + SALT_LETTERS - 1) !== '\\'
    && isSame(actorOf, text.slice(ACTOR.length, actorEnd), row.actor) && isSame(JSON.parse, text.slice(actorEnd + middle.length, dataEnd), row.data);
}

function quoted(text: string | null): string {
  if (text === null) return 'null';
  return text.includes('"') || text.includes('\\') ? JSON.stringify(text) : `"${text}"`;
}

function isSame(parsed: (text: string) => unknown, text: string, value: object): boolean {
  try {
    return sameJson(parsed(text), value);
  } catch {
    return false;
  }
}

function isOfCommand({ version, ordinal, first_version: first, last_version: last }: RecordedEvent): boolean {
  return first !== null && last !== null && version === first + ordinal && version <= last;
}

/** What does not hold of a command by itself: its digest, its columns against its record. */
export function commandFaults(command: CommandRow): Fault[] {
  const faults: Fault[] = [];
  if (digestOf('sha256', command.record) !== command.digest.toString('hex')) faults.push(['COMMAND_HASH_MISMATCH', `The digest is not that of the command ${command.command_id}.`]);
  const record = parse(command.record.toString('utf8'));
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

type Members = Readonly<Record<string, unknown>>;

function parse(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
