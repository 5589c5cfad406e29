import { listCases } from '../../db/queries/cases.ts';
import { numberOf } from '../../domain/shared/case-number.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Body } from '../bodies.ts';
import { ADHESION } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import type { CampaignRequest } from './request.ts';
import { bodiesOfList, bodiesOfTable } from './rows.ts';

const PAGE = 200;

/** A comune that a campaign is for. */
export interface Selected {
  readonly body: Body;
  /** The very adhesion that a filter found; null where comuni were named. */
  readonly adhesion: string | null;
}

type Select = CampaignRequest['select'];

/** The comuni that a campaign is for, each once, in a fixed order; of several adhesions that a filter finds the newest. Throws Problem when there are none, or rows that are wrong. */
export async function selectBodies(context: Context, { select, action: { kind } }: CampaignRequest, now: string): Promise<readonly Selected[]> {
  const { bodies } = context;
  if (select.bodies !== undefined) return named(bodiesOfList(bodies, select.bodies));
  if (select.csv !== undefined) return named(bodiesOfTable(bodies, select.csv));
  const filter = select.filter ?? {};
  const found = isOfAdhesions(filter) || kind !== 'OPEN_ADHESION' ? await withAdhesion(context, filter, now) : named(filter.q === undefined ? bodies.all : bodies.search(filter.q, bodies.all));
  if (found.length === 0) throw Problem.validation([{ code: 'NO_TARGETS', message: { it: 'Il filtro non trova nessun comune.', en: 'The filter finds no comune.' }, path: 'select.filter' }]);
  return found;
}

/** How the targets were chosen, as the record keeps it: a list stands in the frozen set itself. */
export function selectAsKept({ filter, bodies }: Select): Readonly<Record<string, unknown>> {
  return filter === undefined ? { list: bodies === undefined ? 'CSV' : 'BODIES' } : { filter };
}

function named(bodies: readonly Body[]): readonly Selected[] {
  return bodies.map((body) => ({ body, adhesion: null }));
}

function isOfAdhesions({ phase, waitingFor, late, service }: NonNullable<Select['filter']>): boolean {
  return [phase, waitingFor, late, service].some((one) => one !== undefined);
}

async function withAdhesion({ whole: { db }, bodies }: Context, { q, ...filter }: NonNullable<Select['filter']>, now: string): Promise<readonly Selected[]> {
  const found = new Map<string, Selected>();
  const search = q === undefined ? undefined : { text: q.toLowerCase(), bodies: bodies.search(q).map(({ ipaCode }) => ipaCode) };
  for (let after: string | undefined; ;) {
    const rows = await listCases(db, { process: ADHESION.name, body: null, ...filter, search, today: civilDateOf(now), limit: PAGE, after });
    for (const { id } of rows.slice(0, PAGE)) {
      const body = bodies.find(id.slice(0, id.lastIndexOf('-')));
      if (body === undefined) continue;
      const { adhesion = null } = found.get(body.ipaCode) ?? {};
      found.set(body.ipaCode, { body, adhesion: adhesion !== null && numberOf(adhesion) > numberOf(id) ? adhesion : id });
    }
    if (rows.length <= PAGE) return [...found.values()];
    after = rows[PAGE - 1]?.id;
  }
}
