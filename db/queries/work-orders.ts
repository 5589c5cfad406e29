import { sql } from 'kysely';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { CivilDate, Instant } from '../../domain/shared/civil-date.ts';
import type { Party } from '../../domain/shared/process.ts';
import type { Db } from '../client.ts';

/** A work item that can be done now, as the read model knows it: no state is folded for it. */
export interface WorkOrderRow {
  /** Id of the migration. */
  readonly id: string;
  readonly adhesion: string;
  readonly body: string;
  readonly service: string;
  readonly workItem: string;
  readonly title: Bilingual;
  readonly role: Party;
  readonly since: Instant;
  readonly dueOn: CivilDate | null;
}

export interface WorkOrdersAsked {
  /** Null: of all. */
  readonly body: string | null;
  readonly role?: string | undefined;
  readonly service?: string | undefined;
  /** Whether the day on which it is due is past. */
  readonly overdue?: boolean | undefined;
  /** Civil day in Rome. */
  readonly today: CivilDate;
  /** Of a row: the page begins behind it. */
  readonly after?: Place | undefined;
  readonly limit: number;
}

/** Where a row stands in the list. */
export type Place = Pick<WorkOrderRow, 'id' | 'workItem' | 'dueOn'>;

/** Stands for no day: what has none comes last. */
const NEVER = '9999-12-31';

const ITEMS = sql`cases, jsonb_to_recordset(agenda) AS item (who text, since text, "on" text, "workItem" jsonb)`;
const FILTERED = ({ body, role, service, overdue, today }: Omit<WorkOrdersAsked, 'limit'>) => sql`
  process = 'migration' AND item."workItem" IS NOT NULL
    AND ${body === null ? sql`true` : sql`cases.body = ${body}`}
    AND ${role === undefined ? sql`true` : sql`waiting_for @> ARRAY[${role}]::text[] AND item.who = ${role}`}
    AND ${service === undefined ? sql`true` : sql`cases.service = ${service}`}
    AND ${overdue === undefined ? sql`true` : sql`coalesce(item."on" < ${today}, false) = ${overdue}`}`;

/** Work items that can be done now, by the day on which they are due; one more than the limit when there are more. */
export async function listWorkOrders(db: Db, asked: WorkOrdersAsked): Promise<WorkOrderRow[]> {
  const { after, limit } = asked;
  const place = sql`coalesce(item."on", ${NEVER}), cases.id, item."workItem"->>'id'`;
  const { rows } = await sql<WorkOrderRow>`
    SELECT cases.id, cases.parent AS adhesion, cases.body, cases.service, item."workItem"->>'id' AS "workItem", item."workItem"->'title' AS title,
      item.who AS role, item.since, item."on" AS "dueOn" FROM ${ITEMS}
    WHERE ${FILTERED(asked)} AND ${after === undefined ? sql`true` : sql`(${place}) > (${after.dueOn ?? NEVER}, ${after.id}, ${after.workItem})`}
    ORDER BY ${place} LIMIT ${limit + 1}`.execute(db);
  return rows;
}

/** How many work items that can be done now are overdue. */
export async function countOverdue(db: Db, asked: Pick<WorkOrdersAsked, 'body' | 'role' | 'today'>): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM ${ITEMS} WHERE ${FILTERED({ ...asked, overdue: true })}`.execute(db);
  return rows[0]?.count ?? 0;
}
