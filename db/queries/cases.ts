import { sql } from 'kysely';
import { processOf } from '../../domain/processes.ts';
import { millisOf, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import { foldInForce } from '../../domain/shared/two-times.ts';
import type { Db } from '../client.ts';
import { foldStream } from '../projections/project.ts';
import { PROJECTION } from '../projections/summary.ts';
import type { CaseRow } from '../schema.ts';
import { timedEvents } from './events.ts';

export interface CaseAt {
  readonly version: number;
  readonly state: object;
}

/** The state of a case at its head, or undefined when the store has no such stream. */
export async function findCase(db: Db, stream: string): Promise<CaseAt | undefined> {
  const row = await db.selectFrom('cases').select(['version', 'state', 'projection', 'stale']).where('stream', '=', stream).executeTakeFirst();
  return row === undefined ? undefined : caseOfRow(db, stream, row);
}

/** The state at a version: from the read model when that is its head, else folded. */
export async function getCaseAt(db: Db, stream: string, version: number): Promise<CaseAt> {
  const row = await db.selectFrom('cases').select(['version', 'state', 'projection', 'stale'])
    .where('stream', '=', stream).where('version', '=', version).executeTakeFirst();
  return row === undefined ? foldStream(db, stream, version) : caseOfRow(db, stream, row);
}

/** The state as it was in force on a civil day, by what was known at a version. */
export async function stateInForce(db: Db, stream: string, version: number, validOn: CivilDate): Promise<object> {
  return foldInForce(processOf(stream), await timedEvents(db, stream, version), validOn);
}

type StateColumns = Pick<CaseRow, 'version' | 'state' | 'projection' | 'stale'>;

/** A row that a failed projection or an older release left is not believed: the events are folded. */
async function caseOfRow(db: Db, stream: string, { version, state, projection, stale }: StateColumns): Promise<CaseAt> {
  const usable = !stale && projection === PROJECTION;
  return usable ? { version, state } : foldStream(db, stream);
}

/** The last version that was recorded at an instant or before; 0 when there was none. */
export async function versionAsOf(db: Db, stream: string, instant: Instant): Promise<number> {
  // PostgreSQL takes fewer texts for an instant than RFC 3339 does: no offset of 16 hours, no year 0.
  const moment = sql<string>`${new Date(millisOf(instant))}::timestamptz`;
  const row = await db.selectFrom('events').select('version').where('stream', '=', stream).where('recorded_at', '<=', moment)
    .orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row?.version ?? 0;
}

/**
 * The last version that was stored when an event was, of this stream or of another; 0 when there was none. The event by its id
 * (`stream@version`) or its position. Undefined where there is no such event, or none that this session may see.
 */
export async function versionAtEvent(db: Db, stream: string, event: string | number): Promise<number | undefined> {
  const at = typeof event === 'number' ? event : await positionOf(db, event);
  if (at === undefined) return undefined;
  const row = await db.selectFrom('events').where('position', '=', at)
    .select((eb) => eb.selectFrom('events as own').where('own.stream', '=', stream).whereRef('own.position', '<=', 'events.position').select(({ fn }) => fn.max('own.version').as('last')).as('version'))
    .executeTakeFirst();
  return row === undefined ? undefined : row.version ?? 0;
}

async function positionOf(db: Db, id: string): Promise<number | undefined> {
  const at = id.lastIndexOf('@');
  const row = await db.selectFrom('events').select('position').where('stream', '=', id.slice(0, at)).where('version', '=', Number(id.slice(at + 1))).executeTakeFirst();
  return row?.position;
}

export interface CaseFilter {
  readonly process: 'adhesion' | 'migration' | 'campaign' | 'constitution';
  /** What a member sees. */
  readonly body: string | null;
  readonly phase?: string | undefined;
  readonly waitingFor?: string | undefined;
  readonly late?: boolean | undefined;
  /** Civil day in Rome against which `late` is judged. */
  readonly today: string;
  readonly service?: string | undefined;
  /** Bodies or ids that a search found; undefined: no search. */
  readonly search?: { readonly bodies: readonly string[]; readonly text: string } | undefined;
  /** Id after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** From the highest id to the lowest. */
  readonly descending?: boolean | undefined;
}

/** A page of cases in the order of their ids, with one more than the limit when there are more. */
export async function listCases(db: Db, filter: CaseFilter): Promise<(CaseAt & { readonly id: string; readonly stream: string })[]> {
  let query = db.selectFrom('cases').select(['id', 'stream', 'version', 'state', 'projection', 'stale'])
    .where('process', '=', filter.process).orderBy('id', filter.descending === true ? 'desc' : 'asc').limit(filter.limit + 1);
  if (filter.body !== null) query = query.where('body', '=', filter.body);
  if (filter.after !== undefined) query = query.where('id', filter.descending === true ? '<' : '>', filter.after);
  if (filter.phase !== undefined) query = query.where('phase', '=', filter.phase);
  if (filter.waitingFor !== undefined) query = query.where(sql<boolean>`waiting_for @> ARRAY[${filter.waitingFor}]::text[]`);
  if (filter.late !== undefined) query = query.where(sql<boolean>`coalesce(late_from <= ${filter.today}::date, false)`, '=', filter.late);
  const { service, search } = filter;
  if (service !== undefined) {
    query = filter.process === 'migration' ? query.where('service', '=', service) : query.where((eb) => eb.exists(
      eb.selectFrom('cases as child').select('child.id').whereRef('child.parent', '=', 'cases.id').where('child.service', '=', service),
    ));
  }
  if (search !== undefined) {
    query = query.where((eb) => eb.or([
      sql<boolean>`strpos(id, ${search.text}) > 0`,
      ...(search.bodies.length === 0 ? [] : [eb('body', 'in', [...search.bodies])]),
    ]));
  }
  const rows = await query.execute();
  return Promise.all(rows.map(async (row) => ({ id: row.id, stream: row.stream, ...(await caseOfRow(db, row.stream, row)) })));
}

/** The states of some cases; of those that are not there none. */
export async function casesIn(db: Db, streams: readonly string[]): Promise<(CaseAt & { readonly stream: string })[]> {
  if (streams.length === 0) return [];
  const rows = await db.selectFrom('cases').select(['stream', 'version', 'state', 'projection', 'stale']).where('stream', 'in', streams).execute();
  return Promise.all(rows.map(async (row) => ({ stream: row.stream, ...(await caseOfRow(db, row.stream, row)) })));
}

export interface CaseOfBody {
  readonly id: string;
  readonly stream: string;
  readonly state: object;
}

/** All cases of a body that one process hosts. */
export async function casesOfBody(db: Db, process: string, body: string): Promise<CaseOfBody[]> {
  return casesOfBodies(db, process, [body]);
}

/** All cases of some bodies that one process hosts. */
export async function casesOfBodies(db: Db, process: string, bodies: readonly string[]): Promise<(CaseOfBody & { readonly body: string })[]> {
  if (bodies.length === 0) return [];
  const rows = await db.selectFrom('cases').select(['id', 'stream', 'body', 'version', 'state', 'projection', 'stale'])
    .where('process', '=', process).where('body', 'in', bodies).execute();
  return Promise.all(rows.map(async (row) => ({ id: row.id, stream: row.stream, body: row.body, state: (await caseOfRow(db, row.stream, row)).state })));
}

/** Cases of a process that were written since a moment, with the version that they have by now. */
export async function changedCases(db: Db, process: CaseFilter['process'], since: Date): Promise<{ readonly stream: string; readonly version: number }[]> {
  return db.selectFrom('cases').select(['stream', 'version']).where('process', '=', process).where('updated_at', '>=', since.toISOString()).execute();
}

/** The constitutions that are not given up, those that all gates have reached included. */
export async function openConstitutions(db: Db): Promise<(CaseAt & { readonly stream: string })[]> {
  const rows = await db.selectFrom('cases').select('stream').where('process', '=', 'constitution').where('phase', '!=', 'STOPPED').execute();
  return casesIn(db, rows.map(({ stream }) => stream));
}
