import { sql } from 'kysely';
import { compareInstants } from '../../domain/shared/civil-date.ts';
import type { Db } from '../client.ts';

export interface RecordedCommand {
  readonly stream: string;
  readonly commandId: string;
  readonly type: string;
  readonly requestHash: string;
  readonly receivedAt: string;
  readonly recordedAt: string;
  /** Null for a command that changed nothing. */
  readonly lastVersion: number | null;
}

export interface Standing {
  /** Version of the stream's head; 0 when the store has no such stream. */
  readonly head: number;
  /** The command, when the store knows it. */
  readonly known: RecordedCommand | undefined;
}

const COLUMNS = ['stream', 'command_id', 'type', 'request_hash', 'received_at', 'recorded_at', 'last_version'] as const;

/** What the store knows of a stream and of a command to be sent to it; one statement, so one moment. */
export async function standingOf(db: Db, stream: string, commandId: string): Promise<Standing> {
  const row = await db
    .selectFrom(sql<{ head: number }>`(SELECT coalesce(max(version), 0) AS head FROM events WHERE stream = ${stream})`.as('at'))
    .leftJoin('commands', (join) => join.on('commands.stream', '=', stream).on('commands.command_id', '=', commandId))
    .select(['at.head', 'commands.stream', 'command_id', 'type', 'request_hash', 'received_at', 'recorded_at', 'last_version'])
    .executeTakeFirstOrThrow();
  const { head, stream: of, command_id, type, request_hash, received_at, recorded_at, last_version } = row;
  const isKnown = of !== null && command_id !== null && type !== null && request_hash !== null && received_at !== null && recorded_at !== null;
  return {
    head,
    known: isKnown
      ? { stream: of, commandId: command_id, type, requestHash: request_hash, receivedAt: received_at, recordedAt: recorded_at, lastVersion: last_version }
      : undefined,
  };
}

/** The command that opened a case under this id, in whatever stream: such ids are unique over all streams. */
export async function findOpening(db: Db, commandId: string): Promise<RecordedCommand | undefined> {
  const row = await db.selectFrom('commands').select(COLUMNS)
    .where(sql<boolean>`command_id LIKE 'open/%'`).where('command_id', '=', commandId).executeTakeFirst();
  return row === undefined ? undefined : {
    stream: row.stream, commandId: row.command_id, type: row.type, requestHash: row.request_hash, receivedAt: row.received_at,
    recordedAt: row.recorded_at, lastVersion: row.last_version,
  };
}

/**
 * The version that a command's answer stands at: its own last event and the timers right after it that were due when
 * the command was received. A command without events stands where the stream stood when it was recorded.
 */
export async function answerVersion(db: Db, { stream, lastVersion, receivedAt, recordedAt }: RecordedCommand): Promise<number> {
  if (lastVersion === null) {
    const row = await db.selectFrom('events').select('version').where('stream', '=', stream).where('recorded_at', '<=', recordedAt)
      .orderBy('version', 'desc').limit(1).executeTakeFirst();
    return row?.version ?? 0;
  }
  let version = lastVersion;
  for (;;) {
    const next = await db.selectFrom('events').select('command_id').where('stream', '=', stream).where('version', '=', version + 1).executeTakeFirst();
    if (next === undefined || !isTimerDueAt(next.command_id, receivedAt)) return version;
    version += 1;
  }
}

/** Commands of timers are named `t/<key>/<at>`. */
function isTimerDueAt(commandId: string, instant: string): boolean {
  if (!commandId.startsWith('t/')) return false;
  try {
    return compareInstants(commandId.slice(commandId.lastIndexOf('/') + 1), instant) <= 0;
  } catch {
    return false;
  }
}

/** What became of a fact that was parked, or undefined while it waits (or when it never was). */
export async function findSettlement(db: Db, stream: string, commandId: string): Promise<{ readonly type: string; readonly code: string | null } | undefined> {
  const row = await db.selectFrom('events').select(['type', sql<string | null>`data->>'code'`.as('code')])
    .where('stream', '=', stream).where('type', 'in', ['ParkedFactApplied', 'ParkedFactRefused', 'FactWithdrawn'])
    .where(sql<boolean>`data->>'commandId' = ${commandId}`).orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row;
}

/** The command whose fact an event is: its own one, or the parked one that was applied there. Undefined where there is no such event. */
export async function commandThatRecorded(db: Db, stream: string, version: number): Promise<{ readonly type: string; readonly data: object } | undefined> {
  const event = await db.selectFrom('events').select('command_id').where('stream', '=', stream).where('version', '=', version).executeTakeFirst();
  if (event === undefined) return undefined;
  const applied = await db.selectFrom('events').select(sql<string>`data->>'commandId'`.as('commandId'))
    .where('stream', '=', stream).where('command_id', '=', event.command_id).where('type', '=', 'ParkedFactApplied').where('version', '<', version)
    .orderBy('version', 'desc').limit(1).executeTakeFirst();
  return db.selectFrom('commands').select(['type', 'data']).where('stream', '=', stream).where('command_id', '=', applied?.commandId ?? event.command_id).executeTakeFirst();
}
