import type { CutoverPlace, CutoverTraits, TimeWindow } from '../calendar/windows.ts';
import type { Instant } from '../shared/civil-date.ts';

/** A service as it is planned. */
export interface PlannedService {
  readonly service: string;
  readonly traits: CutoverTraits;
  /** Services that operate before this one is migrated. */
  readonly dependsOn: readonly string[];
}

/** How a service stands at a comune; one that was never asked for has no standing. */
export type Standing =
  /** Asked for, and no cutover is scheduled yet. */
  | { readonly state: 'REQUESTED'; readonly at: Instant }
  /** Its cutover is scheduled, or was carried out and is being watched. */
  | { readonly state: 'SCHEDULED'; readonly window: TimeWindow }
  | { readonly state: 'OPERATING' };

export interface Comune {
  /** IPA code, e.g. `c_a010`. */
  readonly body: string;
  readonly population: number;
  readonly place: CutoverPlace;
  /** Whether its convention is in force; LEAVING: it is on its way out. */
  readonly membership: 'MEMBER' | 'LEAVING' | 'NONE';
  readonly services: ReadonlyMap<string, Standing>;
}

/** All comuni with what they have: what planning looks at. */
export type Portfolio = readonly Comune[];

/** How many cutovers the Agency can carry, and how it plans: a policy, released as data. */
export interface PortfolioPolicy {
  readonly version: string;
  /** Cutovers that may begin in one week (Monday to Sunday), of all services together. */
  readonly perWeek: number;
  /** The same of one service. */
  readonly perWeekOfService: number;
  /** How far ahead is planned. */
  readonly horizonWeeks: number;
  /** Days from today to the first cutover, where nobody says another: what a migration takes until then. */
  readonly leadDays: number;
  /** Working days from the cutover of a service to that of one that depends on it: its hypercare, then the parallel run. */
  readonly workingDaysBetweenDependents: number;
}
