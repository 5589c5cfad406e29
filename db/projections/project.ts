import { caseId, isProcessStream, processName, processOf } from '../../domain/processes.ts';
import { fold } from '../../domain/shared/process.ts';
import type { AppendRequest } from '../../domain/shared/store.ts';
import type { Db } from '../client.ts';
import type { SealedAppend } from '../event-store/record.ts';
import { readAfter } from '../event-store/read.ts';
import { Remembered } from '../remembered.ts';
import type { NewCaseRow } from '../schema.ts';
import { agendaOf } from './agenda.ts';
import { PROJECTION, summarize } from './summary.ts';

export interface ProjectedCase {
  readonly row: Omit<NewCaseRow, 'updated_at'>;
  /** To be called once the row is stored with its events. */
  readonly stored: () => void;
}

export interface Snapshot {
  readonly version: number;
  readonly hash: string | null;
  readonly state: object;
}

export type ProjectionAlarm = (stream: string, error: unknown) => void;

/** States of the cases written last by this process: the next append of a case mostly finds its fold here. */
const REMEMBERED = 2_000;

/**
 * The inline projection: the row of the read model that goes in together with the events. An error in it never
 * refuses a legal act: the row is marked stale, the alarm is raised, and readers fold the events instead.
 */
export function createProjector(db: Db, alarm: ProjectionAlarm) {
  const remembered = new Remembered<Snapshot>(REMEMBERED);

  return async (request: AppendRequest, sealed: SealedAppend): Promise<ProjectedCase | null> => {
    const last = sealed.events.at(-1);
    if (last === undefined || !isProcessStream(request.stream)) return null;
    try {
      const base = await stateAt(db, request, remembered.get(request.stream));
      const snapshot = { version: last.version, hash: last.hash.toString('hex'), state: fold(processOf(request.stream), base, request.events) };
      return { row: caseRow(request.stream, snapshot), stored: () => { remembered.set(request.stream, snapshot); } };
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      alarm(request.stream, error);
      return { row: staleRow(request.stream, last.version, last.hash), stored: () => undefined };
    }
  };
}

/** The state at the version the command was decided on: remembered, else read from the row, else folded. */
async function stateAt(db: Db, request: AppendRequest, known: Snapshot | undefined): Promise<object> {
  if (known?.version === request.expected && known.hash === request.expectedHash) return known.state;
  const process = processOf(request.stream);
  if (request.expected === 0) return process.initial();
  const row = await db.selectFrom('cases').select(['version', 'head_hash', 'state', 'projection', 'stale'])
    .where('stream', '=', request.stream).executeTakeFirst();
  const usable = row !== undefined && !row.stale && row.version === request.expected
    && row.projection === PROJECTION && row.head_hash.toString('hex') === request.expectedHash;
  return usable ? row.state : (await foldStream(db, request.stream, request.expected)).state;
}

/** Folds a stream from its first event, up to a version (or to its head). */
export async function foldStream(db: Db, stream: string, upTo = Number.MAX_SAFE_INTEGER): Promise<Snapshot> {
  const process = processOf(stream);
  let snapshot: Snapshot = { version: 0, hash: null, state: process.initial() };
  for (let more = true; more && snapshot.version < upTo;) {
    const page = await readAfter(db, stream, snapshot.version);
    for (const event of page.events) {
      if (event.version > upTo) break;
      snapshot = { version: event.version, hash: event.hash, state: process.evolve(snapshot.state, event) };
    }
    more = page.more;
  }
  return snapshot;
}

/** The row of a folded case; `rebuild` and the audit compare it with what is stored. */
export function caseRow(stream: string, { version, hash, state }: Snapshot): Omit<NewCaseRow, 'updated_at'> {
  const process = processOf(stream);
  const summary = summarize(process.name, state);
  return {
    stream,
    process: process.name,
    id: summary.id,
    body: summary.body,
    parent: summary.parent,
    service: summary.service,
    phase: summary.phase,
    waiting_for: [...summary.waitingFor],
    late_from: summary.lateFrom,
    agenda: JSON.stringify(agendaOf(process, state)),
    version,
    head_hash: Buffer.from(hash ?? '', 'hex'),
    state: JSON.stringify(state),
    projection: PROJECTION,
    stale: false,
  };
}

function staleRow(stream: string, version: number, hash: Buffer): Omit<NewCaseRow, 'updated_at'> {
  const id = caseId(stream);
  return {
    stream, process: processName(stream), id, body: id.split('-')[0] ?? id, parent: null, service: null, phase: 'UNKNOWN',
    waiting_for: [], late_from: null, agenda: '[]', version, head_hash: hash, state: '{}', projection: PROJECTION, stale: true,
  };
}

/** The database's own errors go up (the command is tried again); what remains is a fault of the projection. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
