import { sql } from 'kysely';
import type { Db } from '../db/client.ts';
import { sha256 } from '../db/event-store/record.ts';
import type { CommandsTable, EventRow } from '../db/schema.ts';
import type { Selectable } from 'kysely';
import type { Finding } from './report.ts';

type CommandRow = Selectable<CommandsTable>;
const PAGE = 1_000;

/** Progress of long work: called with how many events were looked at so far. */
export type Progress = (done: number) => void;

/**
 * Reads every stored record: its hash, its link to the one before, its command, and each column against it. The bytes
 * are checked as they are stored; nothing is written anew to be compared.
 */
export async function verifyChains(db: Db, progress: Progress = () => undefined): Promise<{ events: number; streams: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let events = 0;
  let streams = 0;
  let before: EventRow | undefined;
  for (;;) {
    const page = await nextPage(db, before);
    if (page.length === 0) break;
    const commands = await commandsOf(db, page);
    for (const row of page) {
      const previous = before?.stream === row.stream ? before : undefined;
      if (previous === undefined) streams += 1;
      const command = commands.get(`${row.stream}\n${row.command_id}`);
      findings.push(...checkEvent(row, previous, command).map(([code, message]) => ({ code, message, stream: row.stream, version: row.version, position: row.position })));
      before = row;
    }
    events += page.length;
    progress(events);
  }
  findings.push(...await commandsWithoutEvents(db), ...await emptyCommands(db));
  return { events, streams, findings };
}

function nextPage(db: Db, after: EventRow | undefined): Promise<EventRow[]> {
  return db.selectFrom('events').selectAll()
    .where(sql<boolean>`(stream, version) > (${after?.stream ?? ''}, ${after?.version ?? 0}::int)`)
    .orderBy('stream').orderBy('version').limit(PAGE).execute();
}

async function commandsOf(db: Db, page: readonly EventRow[]): Promise<Map<string, CommandRow>> {
  const rows = await db.selectFrom('commands').selectAll()
    .where('stream', 'in', [...new Set(page.map((row) => row.stream))])
    .where('command_id', 'in', [...new Set(page.map((row) => row.command_id))]).execute();
  return new Map(rows.map((row) => [`${row.stream}\n${row.command_id}`, row]));
}

type Fault = readonly [code: string, message: string];

function checkEvent(row: EventRow, previous: EventRow | undefined, command: CommandRow | undefined): Fault[] {
  const faults: Fault[] = [];
  if (!sha256(row.record).equals(row.hash)) faults.push(['HASH_MISMATCH', 'The hash is not that of the record.']);
  if (row.version !== (previous?.version ?? 0) + 1) faults.push(['VERSION_GAP', `After version ${previous?.version ?? 0} comes ${row.version}.`]);
  if (!sameBytes(row.prev_hash, previous?.hash ?? null)) faults.push(['CHAIN_BROKEN', 'The link does not name the record before.']);
  const record = parse(row.record);
  if (record === undefined) return [...faults, ['RECORD_UNREADABLE', 'The record is not JSON.']];
  for (const [name, value] of columnsOf(row)) {
    if (!sameJson(record[name], value)) faults.push(['COLUMN_DIFFERS', `The column for ${name} does not say what the record says.`]);
  }
  if (command === undefined) return [...faults, ['COMMAND_MISSING', `The command ${row.command_id} is not stored.`]];
  if (record['commandHash'] !== command.digest.toString('hex')) faults.push(['COMMAND_DIFFERS', 'The record names another digest of its command.']);
  return [...faults, ...checkCommand(command, row)];
}

function columnsOf(row: EventRow): [string, unknown][] {
  return [
    ['stream', row.stream], ['version', row.version], ['type', row.type], ['schemaVersion', row.schema_version], ['data', row.data],
    ['actor', row.actor], ['recordedAt', row.recorded_at], ['effectiveOn', row.effective_on], ['commandId', row.command_id],
    ['ordinal', row.ordinal], ['prevHash', row.prev_hash?.toString('hex') ?? null],
  ];
}

/** Checked with the first of its events. */
function checkCommand(command: CommandRow, row: EventRow): Fault[] {
  if (row.ordinal !== 0) return [];
  const faults = checkCommandRow(command);
  if (command.first_version !== row.version) faults.push(['COMMAND_VERSIONS_DIFFER', 'The command names other versions than its events have.']);
  return faults;
}

function checkCommandRow(command: CommandRow): Fault[] {
  const faults: Fault[] = [];
  if (!sha256(command.record).equals(command.digest)) faults.push(['COMMAND_HASH_MISMATCH', 'The digest is not that of the command.']);
  const record = parse(command.record);
  const columns: [string, unknown][] = [
    ['stream', command.stream], ['commandId', command.command_id], ['type', command.type], ['data', command.data], ['actor', command.actor],
    ['requestHash', command.request_hash], ['recordedAt', command.recorded_at], ['firstVersion', command.first_version], ['lastVersion', command.last_version],
  ];
  for (const [name, value] of columns) {
    if (!sameJson(record?.[name], value)) faults.push(['COMMAND_COLUMN_DIFFERS', `The command's column for ${name} does not say what its record says.`]);
  }
  // The record keeps the instant as it came, with its offset; the column is the same instant.
  if (Date.parse(String(record?.['receivedAt'])) !== Date.parse(command.received_at)) faults.push(['COMMAND_COLUMN_DIFFERS', 'The command was received at another instant than its record says.']);
  return faults;
}

/** Commands that changed nothing have no event to be checked with. */
async function emptyCommands(db: Db): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (let after = { stream: '', command_id: '' }; ;) {
    const page = await db.selectFrom('commands').selectAll().where('first_version', 'is', null)
      .where(sql<boolean>`(stream, command_id) > (${after.stream}, ${after.command_id})`)
      .orderBy('stream').orderBy('command_id').limit(PAGE).execute();
    findings.push(...page.flatMap((row) => checkCommandRow(row).map(([code, message]) => ({ code, message, stream: row.stream }))));
    const last = page.at(-1);
    if (last === undefined) return findings;
    after = last;
  }
}

/** Commands that name versions which are not there: the schema forbids it, the audit does not trust the schema. */
async function commandsWithoutEvents(db: Db): Promise<Finding[]> {
  const rows = await db.selectFrom('commands as c').select(['c.stream', 'c.command_id']).where('c.first_version', 'is not', null)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('events as e').select('e.version')
      .whereRef('e.stream', '=', 'c.stream').whereRef('e.command_id', '=', 'c.command_id')))).execute();
  return rows.map((row) => ({ code: 'EVENTS_MISSING', message: `The events of the command ${row.command_id} are not stored.`, stream: row.stream }));
}

function parse(record: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(record.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

/** Equal as JSON, whatever the order of members. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, ordered(member)]));
}
