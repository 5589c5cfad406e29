import type { Bodies } from '../../api/bodies.ts';
import type { BodyStanding } from '../../db/queries/territory.ts';
import type { ViewFilter } from '../../db/schema.ts';
import type { BodyType } from '../../domain/shared/body-types.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { Party } from '../../domain/shared/process.ts';
import { PARTIES, PHASES, type PhaseOrNone } from '../words/codes.ts';

/** A comune, or another body, and how its newest adhesion stands. */
export interface Row {
  readonly ipaCode: string;
  readonly istatCode: string;
  readonly name: string;
  readonly population: number;
  readonly bodyType: BodyType;
  readonly phase: PhaseOrNone;
  readonly waitingFor: readonly Party[];
  readonly late: boolean;
  /** Null: no case was ever opened. */
  readonly caseId: string | null;
}

export const SORTS = ['name', 'population', 'phase'] as const;
export type Sort = (typeof SORTS)[number];

export interface Filter {
  readonly q: string;
  readonly phase: PhaseOrNone | null;
  readonly waitingFor: Party | null;
  readonly late: boolean | null;
  readonly sort: Sort;
  readonly descending: boolean;
  readonly page: number;
}

/** Of a saved view: not filtered by that. */
export const ANY = 'ANY';
export const ROWS_A_PAGE = 50;
const ORDER = Object.keys(PHASES);

export function rowsOf(bodies: Bodies, standings: readonly BodyStanding[], today: CivilDate): readonly Row[] {
  const byBody = new Map(standings.map((standing) => [standing.body, standing]));
  return bodies.inBeing.map(({ ipaCode, istatCode, name, population, bodyType }) => {
    const standing = byBody.get(ipaCode);
    return {
      ipaCode, istatCode, name, population, bodyType, phase: standing !== undefined && isPhase(standing.phase) ? standing.phase : 'NONE', waitingFor: standing?.waitingFor ?? [],
      late: standing?.lateFrom !== null && standing?.lateFrom !== undefined && standing.lateFrom <= today, caseId: standing?.id ?? null,
    };
  });
}

/** What the query of the page asks for; what it cannot mean is left out. */
export function filterOf(query: unknown): Filter {
  const said = (name: string): string => {
    const value = typeof query === 'object' && query !== null ? (query as Readonly<Record<string, unknown>>)[name] : undefined;
    return typeof value === 'string' ? value.trim() : '';
  };
  const [sort, page, late, phase, party] = [said('ordine'), said('pagina'), said('ritardo'), said('fase'), said('attesa')];
  return {
    q: said('q').slice(0, 100), phase: isPhase(phase) ? phase : null, waitingFor: isParty(party) ? party : null, late: late === '' ? null : late === 'si',
    sort: SORTS.find((one) => one === sort) ?? 'name', descending: said('verso') === 'giu', page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
  };
}

/** A filter as it is kept under a name: without the page that was looked at. */
export function kept({ q, phase, waitingFor, late, sort, descending }: Filter): ViewFilter {
  return { q, phase: phase ?? ANY, waitingFor: waitingFor ?? ANY, late, sort, descending };
}

/** The filter of a saved view, from its first page on. */
export function toFilter({ phase, waitingFor, ...view }: ViewFilter): Filter {
  return { ...view, phase: isPhase(phase) ? phase : null, waitingFor: isParty(waitingFor) ? waitingFor : null, page: 1 };
}

/** The query of a page of the same list with something changed. */
export function queryOf(filter: Filter, change: Partial<Filter> = {}): string {
  const { q, phase, waitingFor, late, sort, descending, page } = { ...filter, page: 1, ...change };
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (phase !== null) query.set('fase', phase);
  if (waitingFor !== null) query.set('attesa', waitingFor);
  if (late !== null) query.set('ritardo', late ? 'si' : 'no');
  if (sort !== 'name') query.set('ordine', sort);
  if (descending) query.set('verso', 'giu');
  if (page !== 1) query.set('pagina', String(page));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

export function filtered(rows: readonly Row[], bodies: Bodies, { q, phase, waitingFor, late, sort, descending }: Filter): readonly Row[] {
  const found = q === '' ? null : new Set(bodies.search(q).map(({ ipaCode }) => ipaCode));
  const kept = rows.filter((row) => (
    (found === null || found.has(row.ipaCode)) && (phase === null || row.phase === phase) && (waitingFor === null || row.waitingFor.includes(waitingFor)) && (late === null || row.late === late)));
  const sorted = kept.toSorted((a, b) => compare(a, b, sort));
  return descending ? sorted.toReversed() : sorted;
}

function compare(a: Row, b: Row, sort: Sort): number {
  if (sort === 'population') return a.population - b.population || byName(a, b);
  if (sort === 'phase') return ORDER.indexOf(a.phase) - ORDER.indexOf(b.phase) || byName(a, b);
  return byName(a, b);
}

const collator = new Intl.Collator('it');
function byName(a: Row, b: Row): number {
  return collator.compare(a.name, b.name);
}

function isPhase(text: string): text is PhaseOrNone {
  return Object.hasOwn(PHASES, text);
}

function isParty(text: string): text is Party {
  return Object.hasOwn(PARTIES, text);
}
