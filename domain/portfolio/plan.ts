import { workingDaysAfter } from '../calendar/terms.ts';
import { forbiddenIn, overlap, type TimeWindow } from '../calendar/windows.ts';
import { addDays, civilDateOf, compareInstants, type CivilDate, type Instant } from '../shared/civil-date.ts';
import type { Reason } from '../shared/reason.ts';
import type { Comune, PlannedService, Portfolio, PortfolioPolicy, Standing } from './portfolio.ts';
import { preferredWindows, weekOf } from './weeks.ts';
import type { Excluded, Obstacle } from './obstacles.ts';
import { excludedReason, lateReasons, notPlacedReasons } from './words.ts';

/** What a plan goes by. */
export type Terms = Pick<PortfolioPolicy, 'perWeek' | 'perWeekOfService' | 'horizonWeeks' | 'workingDaysBetweenDependents'> & {
  /** First day on which a cutover may begin. */
  readonly from: CivilDate;
};

export interface Placement {
  readonly body: string;
  /** Why not in the first window of the plan; empty: it is. */
  readonly reasons: readonly Reason[];
}

/** Comuni whose service is cut over in the same window. */
export interface Wave {
  readonly wave: number;
  readonly window: TimeWindow;
  /** Monday of its week. */
  readonly week: CivilDate;
  readonly comuni: readonly Placement[];
  /** Cutovers of all services that begin in that week, these included. */
  readonly inWeek: number;
}

export interface Plan {
  readonly service: string;
  readonly from: CivilDate;
  /** Last day on which a window was looked for. */
  readonly until: CivilDate;
  readonly waves: readonly Wave[];
  /** Those without a window, each with why. */
  readonly unplaced: readonly { readonly body: string; readonly reasons: readonly Reason[] }[];
}

/**
 * Proposes when a service is cut over at each comune: its first preferred window that is free by the legal clock, in a week that can
 * still carry it, after the services that it depends on. Who is served first: who asked first; then those that did not ask, the
 * smaller comune first (less is at stake while there is most to learn); the ISTAT code where they are alike.
 */
export function planWaves(portfolio: Portfolio, service: PlannedService, terms: Terms): Plan {
  const windows = preferredWindows(terms.from, terms.horizonWeeks);
  const load = new Load(portfolio, service.service, terms);
  const placed = new Map<string, { readonly window: TimeWindow; readonly comuni: Placement[] }>();
  const unplaced: { readonly body: string; readonly reasons: readonly Reason[] }[] = [];
  for (const comune of inOrder(portfolio, service.service)) {
    const excluded = exclusionOf(comune, service);
    if (excluded !== null) {
      unplaced.push({ body: comune.body, reasons: [excludedReason(excluded)] });
      continue;
    }
    const { window, obstacles } = firstFree(windows, obstacleFor(comune, service, terms, load));
    if (window === undefined) {
      unplaced.push({ body: comune.body, reasons: notPlacedReasons(lastDay(windows, terms), obstacles) });
      continue;
    }
    load.add(window);
    const wave = placed.get(window.from) ?? { window, comuni: [] };
    placed.set(window.from, wave);
    wave.comuni.push({ body: comune.body, reasons: lateReasons(obstacles) });
  }
  return { service: service.service, from: terms.from, until: lastDay(windows, terms), waves: numbered([...placed.values()], load), unplaced };
}

/**
 * Plans services one after the other, each on what was planned before it: given with what they depend on first, so a whole chain is
 * planned at once.
 */
export function planInTurn(portfolio: Portfolio, services: readonly PlannedService[], terms: Terms): readonly Plan[] {
  let known = portfolio;
  return services.map((service) => {
    const plan = planWaves(known, service, terms);
    known = withPlan(known, plan);
    return plan;
  });
}

/** The portfolio as it would be if a plan were scheduled. */
export function withPlan(portfolio: Portfolio, { service, waves }: Plan): Portfolio {
  const windows = new Map(waves.flatMap(({ window, comuni }) => comuni.map(({ body }) => [body, window] as const)));
  return portfolio.map((comune) => {
    const window = windows.get(comune.body);
    if (window === undefined) return comune;
    return { ...comune, services: new Map(comune.services).set(service, { state: 'SCHEDULED', window }) };
  });
}

/** How many cutovers begin in each week. */
class Load {
  private readonly all = new Map<CivilDate, number>();
  private readonly own = new Map<CivilDate, number>();
  private readonly terms: Terms;

  constructor(portfolio: Portfolio, service: string, terms: Terms) {
    this.terms = terms;
    for (const { services } of portfolio) {
      for (const [id, standing] of services) if (standing.state === 'SCHEDULED') this.count(standing.window, id === service);
    }
  }

  add(window: TimeWindow): void {
    this.count(window, true);
  }

  inWeek(week: CivilDate): number {
    return this.all.get(week) ?? 0;
  }

  obstacle(window: TimeWindow): Obstacle | undefined {
    const week = weekOf(window);
    if ((this.own.get(week) ?? 0) >= this.terms.perWeekOfService) return { code: 'SERVICE_CAPACITY', week };
    return this.inWeek(week) >= this.terms.perWeek ? { code: 'WEEK_CAPACITY', week } : undefined;
  }

  private count(window: TimeWindow, own: boolean): void {
    const week = weekOf(window);
    this.all.set(week, this.inWeek(week) + 1);
    if (own) this.own.set(week, (this.own.get(week) ?? 0) + 1);
  }
}

function inOrder(portfolio: Portfolio, service: string): readonly Comune[] {
  return portfolio.toSorted((a, b) => compareAsked(a.services.get(service), b.services.get(service))
    || a.population - b.population || compareText(a.place.istatCode ?? '', b.place.istatCode ?? '') || compareText(a.body, b.body));
}

function compareAsked(a: Standing | undefined, b: Standing | undefined): number {
  const [first, second] = [askedAt(a), askedAt(b)];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return compareInstants(first, second);
}

function askedAt(standing: Standing | undefined): Instant | null {
  return standing?.state === 'REQUESTED' ? standing.at : null;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Why a comune has no place in the plan whatever the calendar says; null: it has one to look for. */
function exclusionOf({ membership, services }: Comune, { service, dependsOn }: PlannedService): Excluded | null {
  const standing = services.get(service);
  if (standing?.state === 'OPERATING') return { code: 'ALREADY_OPERATING' };
  if (standing?.state === 'SCHEDULED') return { code: 'ALREADY_SCHEDULED', window: standing.window };
  if (membership !== 'MEMBER') return { code: membership === 'LEAVING' ? 'LEAVING' : 'NOT_MEMBER' };
  const missing = dependsOn.filter((one) => {
    const dependency = services.get(one);
    return dependency === undefined || dependency.state === 'REQUESTED';
  });
  return missing.length === 0 ? null : { code: 'DEPENDENCY_MISSING', services: missing };
}

type ObstacleAt = (window: TimeWindow) => readonly Obstacle[];

/** What stands in the way of a comune's cutover in a window: the first of its services, the legal clock, capacity; nothing: it is free. */
function obstacleFor(comune: Comune, { service, dependsOn, traits }: PlannedService, terms: Terms, load: Load): ObstacleAt {
  const { istatCode, calendarVersion } = comune.place;
  const scheduled = [...comune.services].flatMap(([id, standing]) => (standing.state === 'SCHEDULED' ? [{ service: id, window: standing.window }] : []));
  const dependencies = scheduled.filter((one) => dependsOn.includes(one.service)).map(({ service: on, window }) => ({
    code: 'DEPENDENCY_PLANNED', service: on, cutover: window, from: workingDaysAfter(civilDateOf(window.to), terms.workingDaysBetweenDependents, istatCode, calendarVersion),
  } as const));
  return (window) => {
    const day = civilDateOf(window.from);
    const waits = dependencies.filter(({ from }) => day <= from);
    if (waits.length > 0) return waits;
    const full = load.obstacle(window);
    if (full !== undefined) return [full];
    const busy = scheduled.find((other) => other.service !== service && overlap(other.window, window));
    if (busy !== undefined) return [{ code: 'COMUNE_BUSY', service: busy.service }];
    return forbiddenIn(window, traits, comune.place);
  };
}

function firstFree(windows: readonly TimeWindow[], obstacleAt: ObstacleAt): { readonly window: TimeWindow | undefined; readonly obstacles: readonly Obstacle[] } {
  const obstacles: Obstacle[] = [];
  for (const window of windows) {
    const here = obstacleAt(window);
    if (here.length === 0) return { window, obstacles };
    obstacles.push(...here);
  }
  return { window: undefined, obstacles };
}

function numbered(waves: readonly Pick<Wave, 'window' | 'comuni'>[], load: Load): readonly Wave[] {
  return waves.toSorted((a, b) => compareInstants(a.window.from, b.window.from)).map(({ window, comuni }, index) => {
    const week = weekOf(window);
    return { wave: index + 1, window, week, comuni, inWeek: load.inWeek(week) };
  });
}

function lastDay(windows: readonly TimeWindow[], { from }: Terms): CivilDate {
  const last = windows.at(-1);
  return last === undefined ? addDays(from, -1) : civilDateOf(last.to);
}
