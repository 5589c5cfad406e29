import type { Db } from '../../db/client.ts';
import { requestHashOf } from '../../db/event-store/record.ts';
import type { Actor } from '../../domain/shared/actor.ts';
import type { AppendAnswer, AppendRequest, EventPage, StampedCommand, StoredEvent } from '../../domain/shared/store.ts';
import { sameJson } from '../../domain/shared/same-json.ts';
import type { Finding } from '../report.ts';
import type { StoreCall } from './asked.ts';

/** A stored event with what only its row and its record say. */
interface Row extends StoredEvent {
  readonly actor: Actor;
  readonly prevHash: string | null;
}

export interface StoredCommand {
  readonly type: string;
  readonly data: object;
  readonly actor: Actor;
  readonly requestHash: string;
  readonly receivedAt: string;
}

/** Everything that the store has of a case. */
export interface StoredCase {
  readonly stream: string;
  /** By version, from 1. */
  readonly events: readonly Row[];
  readonly commands: ReadonlyMap<string, StoredCommand>;
}

export async function readCase(db: Db, stream: string): Promise<StoredCase> {
  const events = await db.selectFrom('events').select(['version', 'type', 'data', 'effective_on', 'command_id', 'hash', 'prev_hash', 'actor'])
    .where('stream', '=', stream).orderBy('version').execute();
  const commands = await db.selectFrom('commands').select(['command_id', 'record']).where('stream', '=', stream).execute();
  return {
    stream,
    events: events.map((row) => ({
      version: row.version, type: row.type, data: row.data, ...(row.effective_on === null ? {} : { effectiveOn: row.effective_on }), commandId: row.command_id,
      hash: row.hash.toString('hex'), prevHash: row.prev_hash?.toString('hex') ?? null, actor: row.actor,
    })),
    // Of the record, which has the instant as it came, with its offset: a decision may hang on it.
    commands: new Map(commands.map((row) => [row.command_id, JSON.parse(row.record.toString('utf8')) as StoredCommand])),
  };
}

/** What the calls of a run's local activities come to, laid beside the store. */
export interface Explained {
  /** Versions that an append of the run stored, or met as stored already. */
  readonly versions: ReadonlySet<number>;
  /** Versions that the run stored, where the code of today hands over something else than that of its day. */
  readonly unproven: ReadonlySet<number>;
  readonly findings: readonly Finding[];
}

/** Holds each append's arguments, and every event that the store ever answered, against the records. */
export function explain(stored: StoredCase, calls: readonly StoreCall[], byOwnCode: boolean): Explained {
  const versions = new Set<number>();
  const unproven = new Set<number>();
  const findings: Finding[] = [];
  for (const call of calls) {
    const answered = (call.answer as Partial<EventPage> | null | undefined)?.events ?? [];
    const answer = answered.map((event) => answerFault(stored, event)).find((one) => one !== null) ?? null;
    const fault = answer ?? (call.type === 'append' ? appendFault(stored, call) : null);
    // Not shown, then: it is decided again from its command, at the time that is recorded.
    if (fault !== null && answer === null && isOfAnotherTime(stored, call)) continue;
    if (fault !== null && answer === null && !byOwnCode) for (const { version } of answered) unproven.add(version);
    else if (fault !== null) findings.push({ code: 'APPEND_DIFFERS', message: fault.message, stream: stored.stream, version: fault.version });
    else if (call.type === 'append' && isOwn(call)) for (const { version } of answered) versions.add(version);
  }
  return { versions, unproven, findings };
}

interface Fault {
  readonly version: number;
  readonly message: string;
}

/** An event that the store answered then must be the one that it has now. */
function answerFault({ events }: StoredCase, answered: StoredEvent): Fault | null {
  const row = events[answered.version - 1];
  if (row === undefined) return { version: answered.version, message: 'The history names an event that is not stored.' };
  const differs = (['type', 'data', 'effectiveOn', 'commandId', 'hash'] as const).find((name) => !sameJson(answered[name] ?? null, row[name] ?? null));
  return differs === undefined ? null : { version: row.version, message: `The history has another ${differs} than the record.` };
}

/** What was handed to the store must be what it has. */
function appendFault(stored: StoredCase, { arguments: [argument], answer }: StoreCall): Fault | null {
  const request = argument as AppendRequest;
  const { outcome } = (answer ?? {}) as Partial<AppendAnswer>;
  if (outcome !== 'STORED') return null;
  const first = request.expected + 1;
  const answered = (answer as { events: readonly StoredEvent[] }).events;
  if (answered.length !== request.events.length) return { version: first, message: `The history hands over ${request.events.length} events, the store answered ${answered.length}.` };
  for (const [index, event] of request.events.entries()) {
    const row = stored.events[request.expected + index];
    if (row === undefined || row.version !== answered[index]?.version) return { version: first + index, message: 'The event that the history hands over is not stored at its version.' };
    const differs = (['type', 'data', 'effectiveOn'] as const).find((name) => !sameJson(event[name] ?? null, row[name] ?? null))
      ?? (row.commandId === request.command.id ? undefined : 'command') ?? (sameJson(row.actor, request.command.actor) ? undefined : 'actor');
    if (differs !== undefined) return { version: row.version, message: `The history hands over another ${differs} than the record has.` };
  }
  if ((stored.events[request.expected]?.prevHash ?? null) !== request.expectedHash && request.events.length > 0) return { version: first, message: 'The history links to another record before.' };
  return commandFault(stored, request.command, first);
}

/** Whether the replay differs in nothing but when the engine gave itself the command, and the history says that it may have been then. */
function isOfAnotherTime(stored: StoredCase, { arguments: [argument], orAt }: StoreCall): boolean {
  const { command, expected } = argument as AppendRequest;
  const receivedAt = stored.commands.get(command.id)?.receivedAt;
  if (receivedAt === undefined || receivedAt === command.receivedAt || !orAt.includes(receivedAt)) return false;
  return command.actor.role === 'engine' && commandFault(stored, { ...command, receivedAt }, expected + 1) === null;
}

function commandFault({ commands }: StoredCase, command: StampedCommand, version: number): Fault | null {
  const row = commands.get(command.id);
  if (row === undefined) return { version, message: `The command ${command.id} of the history is not stored.` };
  const same = row.type === command.type && sameJson(row.data, command.data) && sameJson(row.actor, command.actor)
    && row.receivedAt === command.receivedAt && row.requestHash === requestHashOf(command);
  return same ? null : { version, message: `The command ${command.id} is stored with another content than the history has.` };
}

/** Stored by this very call, or by an attempt of it whose answer was lost. */
function isOwn({ arguments: [argument], answer }: StoreCall): boolean {
  const { outcome } = (answer ?? {}) as Partial<AppendAnswer>;
  if (outcome !== 'STORED' && outcome !== 'DUPLICATE') return false;
  const { command, events } = argument as AppendRequest;
  const answered = (answer as { events: readonly StoredEvent[] }).events;
  return answered.length === events.length && answered.every((event, index) => event.commandId === command.id && sameJson(event.data, events[index]?.data) && event.type === events[index]?.type);
}
