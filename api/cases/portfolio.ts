import type { Db } from '../../db/client.ts';
import { casesIn } from '../../db/queries/cases.ts';
import { newestMigrations, type MigrationRow } from '../../db/queries/portfolio.ts';
import { newestAdhesions, type BodyStanding } from '../../db/queries/territory.ts';
import type { AdhesionState } from '../../domain/adhesion/index.ts';
import { overlap } from '../../domain/calendar/windows.ts';
import { currentServices, dependenciesOf, findService, type Catalogue } from '../../domain/catalogue/catalogue.ts';
import { requirementsOf } from '../../domain/catalogue/graph.ts';
import { cutoverTraits } from '../../domain/catalogue/windows.ts';
import { placeOf } from '../../domain/migration/grounds/place.ts';
import { withConflicts, type CutoverInCalendar } from '../../domain/portfolio/conflicts.ts';
import { cutoverOf } from '../../domain/portfolio/cutover.ts';
import { placeOfCase } from '../../domain/portfolio/place.ts';
import { planInTurn, type Plan, type Terms } from '../../domain/portfolio/plan.ts';
import type { PlannedService, Portfolio, PortfolioPolicy, Standing } from '../../domain/portfolio/portfolio.ts';
import { isGone, membershipOf, standingOf } from '../../domain/portfolio/standing.ts';
import { startOfDay, startOfNextDay, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { Bodies } from '../bodies.ts';
import { Problem } from '../problems.ts';
import { ADHESION, MIGRATION, streamOf } from './kinds.ts';

/** A service at a comune. */
export interface Cell {
  readonly service: string;
  /** Id of its newest migration. */
  readonly migration: string;
  readonly state: string;
  readonly since: Instant;
  readonly late: boolean;
}

/** A comune with what it has. */
export interface PortfolioRow {
  readonly body: string;
  readonly istatCode: string;
  readonly name: string;
  readonly population: number;
  /** Id of its newest adhesion; null: there is none. */
  readonly adhesion: string | null;
  readonly phase: string | null;
  readonly cells: readonly Cell[];
}

export interface PortfolioFilter {
  readonly service?: string | undefined;
  readonly state?: string | undefined;
  /** IPA code. */
  readonly body?: string | undefined;
}

/** Comuni by services; with a service or a state those that have such a migration, and of what they have that alone. */
export async function portfolioRows(db: Db, bodies: Bodies, { service, state, body }: PortfolioFilter, today: CivilDate): Promise<readonly PortfolioRow[]> {
  const wanted = bodies.inBeing.filter(({ ipaCode }) => body === undefined || ipaCode === body);
  const [adhesions, migrations] = await Promise.all([newestAdhesions(db), newestMigrations(db, { bodies: body === undefined ? undefined : [body], service })]);
  const cells = byBody(migrations.filter((one) => state === undefined || one.state === state));
  const cases = new Map(adhesions.map((one) => [one.body, one]));
  const rows = wanted.map(({ ipaCode, istatCode, name, population }) => {
    const adhesion = cases.get(ipaCode);
    return {
      body: ipaCode, istatCode, name, population, adhesion: adhesion?.id ?? null, phase: adhesion?.phase ?? null,
      cells: (cells.get(ipaCode) ?? []).map((one) => ({ service: one.service, migration: one.id, state: one.state, since: one.since, late: one.lateFrom !== null && one.lateFrom <= today })),
    };
  });
  return service === undefined && state === undefined ? rows : rows.filter((row) => row.cells.length > 0);
}

/** Streams of the cases that a list of rows shows. */
export function casesShown(rows: readonly PortfolioRow[]): readonly string[] {
  return rows.flatMap(({ adhesion, cells }) => [...(adhesion === null ? [] : [streamOf(ADHESION, adhesion)]), ...cells.map(({ migration }) => streamOf(MIGRATION, migration))]);
}

export interface WantedPlan {
  readonly service: string;
  readonly terms: Terms;
  /** What it depends on is planned first, where it is missing. */
  readonly withDependencies: boolean;
  /** As if all comuni were members. */
  readonly everyone: boolean;
}

/** Plans the waves of a service on what the store knows; with its dependencies there is one plan for each, in their order. Throws Problem for a service that has no cutover. */
export async function planOf(db: Db, bodies: Bodies, catalogue: Catalogue, { service, terms, withDependencies, everyone }: WantedPlan): Promise<{ readonly plans: readonly Plan[]; readonly cases: readonly string[] }> {
  const services = [...(withDependencies ? requirementsOf(service, dependenciesOf(currentServices(catalogue))) : []), service].map((id) => plannedService(catalogue, id));
  const [adhesions, migrations] = await Promise.all([newestAdhesions(db), newestMigrations(db)]);
  const states = new Map((await casesIn(db, adhesions.map(({ id }) => streamOf(ADHESION, id)))).map(({ stream, state }) => [stream, state as AdhesionState]));
  const portfolio = portfolioOf(bodies, adhesions, byBody(migrations), states);
  const joined = everyone ? portfolio.map((comune) => ({ ...comune, membership: 'MEMBER' as const })) : portfolio;
  return { plans: planInTurn(joined, services, terms), cases: adhesions.map(({ id }) => streamOf(ADHESION, id)) };
}

export interface WantedCutovers {
  readonly from: CivilDate;
  /** Last day. */
  readonly to: CivilDate;
  readonly policy: PortfolioPolicy;
}

/** Cutovers whose windows touch some days, first to last, each with what stands against it; capacity is counted over all that the session sees. */
export async function cutoversOf(db: Db, { from, to, policy }: WantedCutovers): Promise<readonly CutoverInCalendar[]> {
  const migrations = await newestMigrations(db);
  const booked = migrations.filter(({ state }) => !isGone(state)).flatMap(({ id, body, service, cutover, windows, grounds }) => {
    const found = cutoverOf(cutover);
    return found === null || windows === null ? [] : [{ ...found, migration: id, body, service, traits: cutoverTraits({ windows }), place: placeOf(grounds, { patronStaffed: found.patronStaffed }) }];
  });
  const days = { from: startOfDay(from), to: startOfNextDay(to) };
  return withConflicts(booked, policy).filter(({ window }) => overlap(window, days));
}

function portfolioOf(bodies: Bodies, adhesions: readonly BodyStanding[], migrations: ReadonlyMap<string, readonly MigrationRow[]>, states: ReadonlyMap<string, AdhesionState>): Portfolio {
  const cases = new Map(adhesions.map((one) => [one.body, one]));
  return bodies.inBeing.map(({ ipaCode, istatCode, population }) => {
    const adhesion = cases.get(ipaCode);
    return {
      body: ipaCode, population, membership: membershipOf(adhesion?.phase ?? null),
      place: placeOfCase(istatCode, adhesion === undefined ? null : states.get(streamOf(ADHESION, adhesion.id)) ?? null),
      services: new Map((migrations.get(ipaCode) ?? []).flatMap(({ service, state, retires, requestedAt, cutover }): [string, Standing][] => {
        const standing = standingOf({ state, retires, requestedAt, window: cutoverOf(cutover)?.window ?? null });
        return standing === null ? [] : [[service, standing]];
      })),
    };
  });
}

function plannedService(catalogue: Catalogue, id: string): PlannedService {
  const found = findService(catalogue, id);
  if (found === undefined) throw Problem.validation([{ code: 'UNKNOWN_SERVICE', message: { it: `Il catalogo non ha il servizio ${id}.`, en: `The catalogue has no service ${id}.` }, path: 'service' }]);
  if (found.track === 'LIGHT') {
    throw Problem.validation([{ code: 'NO_CUTOVER', path: 'service', message: { it: `${id} è del percorso leggero: non ha una messa in esercizio da programmare.`, en: `${id} is on the light track: it has no cutover to plan.` } }]);
  }
  return { service: id, dependsOn: found.dependsOn, traits: cutoverTraits(found) };
}

function byBody(migrations: readonly MigrationRow[]): ReadonlyMap<string, readonly MigrationRow[]> {
  const found = new Map<string, MigrationRow[]>();
  for (const one of migrations) {
    const those = found.get(one.body) ?? [];
    found.set(one.body, those);
    those.push(one);
  }
  return found;
}
