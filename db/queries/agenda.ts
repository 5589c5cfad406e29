import { sql } from 'kysely';
import type { CivilDate, Instant } from '../../domain/shared/civil-date.ts';
import type { Party } from '../../domain/shared/process.ts';
import type { Db } from '../client.ts';
import { PROJECTION } from '../projections/summary.ts';

/** What has turns. */
export type CaseProcess = 'adhesion' | 'migration';

/** Something to be done in a case, or a date in it, as the read model knows it: no state is folded for it. */
export interface Due {
  readonly process: CaseProcess;
  /** Id of the case. */
  readonly id: string;
  readonly body: string;
  readonly who: Party;
  readonly what: string;
  readonly since: Instant | null;
  readonly on: CivilDate | null;
  /** Of the case, and when it came to be. */
  readonly version: number;
  readonly updatedAt: Instant;
}

interface DueRow extends Omit<Due, 'updatedAt'> {
  readonly updated_at: Instant;
}

const ITEMS = sql`cases, jsonb_to_recordset(agenda) AS item (who text, what text, since text, "on" text)`;
const COLUMNS = sql`cases.process, cases.id, cases.body, cases.version, cases.updated_at, item.who, item.what, item.since, item."on"`;

export interface Turns {
  readonly items: readonly Due[];
  readonly total: number;
}

export interface TurnsAsked {
  readonly who: Party;
  /** Null: of all. */
  readonly body: string | null;
  readonly processes: readonly CaseProcess[];
  readonly limit: number;
  readonly offset?: number;
}

/** What a party has to do, most urgent first: by the day on which it is due, then by how long it has waited. */
export async function turnsOf(db: Db, { who, body, processes, limit, offset = 0 }: TurnsAsked): Promise<Turns> {
  const { rows } = await sql<DueRow & { total: number }>`
    SELECT ${COLUMNS}, count(*) OVER () AS total FROM ${ITEMS}
    WHERE process = ANY(${processes}) AND waiting_for @> ARRAY[${who}]::text[] AND item.who = ${who} AND ${ofBody(body)}
    ORDER BY item."on" NULLS LAST, item.since, cases.id, item.what LIMIT ${limit} OFFSET ${offset}`.execute(db);
  return { items: rows.map(toDue), total: rows[0]?.total ?? 0 };
}

/** What falls due on a day: the first of it, and how much there is. */
export interface DueDay {
  readonly on: CivilDate;
  readonly total: number;
  readonly items: readonly Due[];
}

/** What anybody owes and what falls due by itself, day by day, both ends included. */
export async function dueBetween(db: Db, body: string | null, from: CivilDate, to: CivilDate, mostADay: number): Promise<DueDay[]> {
  const { rows } = await sql<DueRow & { total: number; on: CivilDate }>`
    SELECT * FROM (
      SELECT ${COLUMNS}, row_number() OVER (PARTITION BY item."on" ORDER BY cases.id, item.what) AS place, count(*) OVER (PARTITION BY item."on") AS total
      FROM ${ITEMS} WHERE process = 'adhesion' AND item."on" BETWEEN ${from} AND ${to} AND ${ofBody(body)}
    ) AS due WHERE place <= ${mostADay} ORDER BY "on", id, what`.execute(db);
  return [...Map.groupBy(rows, ({ on }) => on)].map(([on, day]) => ({ on, total: day[0]?.total ?? 0, items: day.map(toDue) }));
}

/** Cases whose row is not up to date, of which nothing is known here: their number is told. */
export async function casesBehind(db: Db, body: string | null): Promise<number> {
  const { count } = await db.selectFrom('cases').select(({ fn }) => fn.countAll<number>().as('count')).where('process', 'in', ['adhesion', 'migration'])
    .where((row) => row.or([row('stale', '=', true), row('projection', '<', PROJECTION)]))
    .$if(body !== null, (query) => query.where('body', '=', body ?? '')).executeTakeFirstOrThrow();
  return count;
}

function ofBody(body: string | null) {
  return body === null ? sql`true` : sql`cases.body = ${body}`;
}

function toDue({ process, id, body, who, what, since, on, version, updated_at: updatedAt }: DueRow): Due {
  return { process, id, body, who, what, since, on, version, updatedAt };
}
