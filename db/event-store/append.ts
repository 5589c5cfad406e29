import type { AppendAnswer, AppendRequest, RecallAnswer, StampedCommand, StoredEvent } from '../../domain/shared/store.ts';
import type { Db } from '../client.ts';
import type { ProjectedCase } from '../projections/project.ts';
import { insertSealed } from './insert.ts';
import { findCommand, headOf, readAfter } from './read.ts';
import { requestHashOf, seal, type SealedAppend } from './record.ts';

/** Makes the read model's row for a request; null where the stream has none (a journal). */
export type Projector = (request: AppendRequest, sealed: SealedAppend) => Promise<ProjectedCase | null>;

/**
 * Stores a command with its events, or says why not; one statement, so all of it or nothing.
 * The database arbitrates: rows are inserted as they are and a violated constraint is read back as one of the answers.
 * Throws RecordTooLarge, or the database's own error when it is away.
 */
export async function append(db: Db, request: AppendRequest, project: Projector): Promise<AppendAnswer> {
  const recordedAt = new Date().toISOString();
  const sealed = seal(request, recordedAt);
  // Without an event no constraint would say that the stream has moved on; the command is remembered all the same.
  if (request.events.length === 0 && (await headOf(db, request.stream)).version !== request.expected) return arbitrate(db, request, undefined);
  const projected = await project(request, sealed);
  try {
    await insertSealed(db, request, sealed, recordedAt, projected);
  } catch (error) {
    if (!isViolation(error)) throw error;
    return arbitrate(db, request, error);
  }
  projected?.stored();
  return { outcome: 'STORED', events: storedEvents(request, sealed) };
}

/** Does the store know this command, and with the same content? */
export async function recall(db: Db, stream: string, command: StampedCommand): Promise<RecallAnswer> {
  const known = await findCommand(db, stream, command.id);
  if (known === undefined) return { outcome: 'UNKNOWN' };
  return known.requestHash === requestHashOf(command) ? { outcome: 'DUPLICATE', events: known.events } : { outcome: 'MISMATCH' };
}

/** Reads back why the rows did not go in. The order matters: a known command is known however stale its writer was. */
async function arbitrate(db: Db, request: AppendRequest, cause: unknown): Promise<AppendAnswer> {
  const recalled = await recall(db, request.stream, request.command);
  if (recalled.outcome !== 'UNKNOWN') return recalled;
  if (constraintOf(cause) === 'commands_opening') return { outcome: 'MISMATCH' };
  const head = await headOf(db, request.stream);
  if (head.version > request.expected) return { outcome: 'STALE', ...(await readAfter(db, request.stream, request.expected)) };
  // Before the writer, or at its version with another record: either way the store is not the one it decided on.
  if (head.version < request.expected || head.hash !== request.expectedHash) return { outcome: 'BEHIND', version: head.version };
  throw cause;
}

function storedEvents(request: AppendRequest, sealed: SealedAppend): StoredEvent[] {
  return sealed.events.map(({ body, version, hash }) => ({
    ...body, version, commandId: request.command.id, hash: hash.toString('hex'),
  }));
}

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
/** A writer that does not name the record it decided on, past the first version. */
const CHECK_VIOLATION = '23514';
const VIOLATIONS: ReadonlySet<string | undefined> = new Set([UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION, CHECK_VIOLATION]);

function isViolation(error: unknown): boolean {
  return VIOLATIONS.has(field(error, 'code'));
}

function constraintOf(error: unknown): string | undefined {
  return field(error, 'constraint');
}

function field(error: unknown, name: 'code' | 'constraint'): string | undefined {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value = (error as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
