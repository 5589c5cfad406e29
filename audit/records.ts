import { sql } from 'kysely';
import type { Db } from '../db/client.ts';
import { commandFaults, eventFaults, type CommandRow, type Progress, type RecordedEvent } from './chain.ts';
import { FirstFindings, type Finding } from './report.ts';

const PAGE = 1_000;

/** Reads every stored record, in the order of streams and versions, and every command, as they were at one moment. One page of them is in memory at a time. */
export async function verifyRecords(db: Db, progress: Progress = () => undefined): Promise<{ events: number; streams: number; findings: Finding[] }> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(async (snapshot) => {
    await readByKeys(snapshot);
    const findings = new FirstFindings();
    const { events, streams } = await verifyEvents(snapshot, findings, progress);
    await verifyCommands(snapshot, findings);
    return { events, streams, findings: findings.all };
  });
}

/** Without figures about the tables, which come late and a restored database has none of, whole tables would be hashed or sorted for each page. */
export async function readByKeys(transaction: Db): Promise<void> {
  await sql`SELECT set_config(name, 'off', true) FROM unnest(ARRAY['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan', 'enable_bitmapscan', 'enable_sort']) AS name`.execute(transaction);
}

async function verifyEvents(db: Db, findings: FirstFindings, progress: Progress): Promise<{ events: number; streams: number }> {
  let [events, streams] = [0, 0];
  let before: RecordedEvent | undefined;
  for (let page = await eventsAfter(db, before); page.length > 0; page = await eventsAfter(db, before)) {
    for (const row of page) {
      const previous = before?.stream === row.stream ? before : undefined;
      if (previous === undefined) streams += 1;
      for (const [code, message] of eventFaults(row, previous)) findings.add({ code, message, stream: row.stream, version: row.version, position: row.position });
      before = row;
    }
    events += page.length;
    progress(events);
  }
  return { events, streams };
}

/** A page of events after a row, with their commands: by the primary keys, so that it is found again at once. */
export function eventsAfter(db: Db, after: RecordedEvent | undefined): Promise<RecordedEvent[]> {
  return db.selectFrom('events as e').leftJoin('commands as c', (join) => join.onRef('c.stream', '=', 'e.stream').onRef('c.command_id', '=', 'e.command_id'))
    .select(['e.position', 'e.stream', 'e.version', 'e.type', 'e.schema_version', 'e.data', 'e.actor', 'e.recorded_at', 'e.effective_on', 'e.command_id', 'e.ordinal', 'e.record', 'c.first_version', 'c.last_version'])
    .select([sql<string | null>`encode(e.prev_hash, 'hex')`.as('prev_hash'), sql<string>`encode(e.hash, 'hex')`.as('hash'), sql<string | null>`encode(c.digest, 'hex')`.as('command_digest')])
    .where(sql<boolean>`(e.stream, e.version) > (${after?.stream ?? ''}, ${after?.version ?? 0}::int)`)
    .orderBy('e.stream').orderBy('e.version').limit(PAGE).execute();
}

/** Each command by itself, and that its first and last event are there: the schema demands it, the audit does not trust the schema. */
async function verifyCommands(db: Db, findings: FirstFindings): Promise<void> {
  let after = { stream: '', command_id: '' };
  for (let page = await commandsAfter(db, after); page.length > 0; page = await commandsAfter(db, after)) {
    for (const command of page) {
      const { stream, command_id: id, first_version: first, last_version: last } = command;
      for (const [code, message] of commandFaults(command)) findings.add({ code, message, stream });
      const missing = command.first_event === null ? first : command.last_event === null ? last : null;
      if (missing !== null) findings.add({ code: 'EVENTS_MISSING', message: `The command ${id} stored an event of this version, which is not there.`, stream, version: missing });
      after = command;
    }
  }
}

type CommandWithEvents = CommandRow & { readonly first_event: number | null; readonly last_event: number | null };

function commandsAfter(db: Db, after: Pick<CommandRow, 'stream' | 'command_id'>): Promise<CommandWithEvents[]> {
  return db.selectFrom('commands as c')
    .leftJoin('events as f', (join) => join.onRef('f.stream', '=', 'c.stream').onRef('f.version', '=', 'c.first_version').onRef('f.command_id', '=', 'c.command_id'))
    .leftJoin('events as l', (join) => join.onRef('l.stream', '=', 'c.stream').onRef('l.version', '=', 'c.last_version').onRef('l.command_id', '=', 'c.command_id'))
    .selectAll('c').select(['f.version as first_event', 'l.version as last_event'])
    .where(sql<boolean>`(c.stream, c.command_id) > (${after.stream}, ${after.command_id})`)
    .orderBy('c.stream').orderBy('c.command_id').limit(PAGE).execute();
}
