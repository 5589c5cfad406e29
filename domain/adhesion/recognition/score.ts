import type { ApplicationFacts, SiteFacts } from './inventory.ts';
import { BEST_ANSWER, DIMENSIONS, type Dimension } from './terms.ts';

/** Counts up with every change of what gives points; a score keeps the version that gave it. */
const SCORING_VERSION = '2026.1';

/** How ready a comune is for the migration of its services, and why. */
export interface ReadinessScore {
  readonly scoringVersion: string;
  readonly total: number;
  readonly max: number;
  readonly lines: readonly ScoreLine[];
}

/** The points that one answer, or one count of an inventory, gave out of those it could give. */
export interface ScoreLine {
  readonly code: string;
  readonly points: number;
  readonly max: number;
  readonly because: string;
}

interface Submitted {
  readonly answers: Readonly<Record<Dimension, number>>;
  readonly applications: ApplicationFacts;
  readonly sites: SiteFacts;
}

/**
 * Each dimension gives its answer; the inventories give a share of their points, in whole points rounded down. What was
 * not said gives nothing: a score never rests on a guess.
 */
export function readinessScore({ answers, applications, sites }: Submitted): ReadinessScore {
  const { byHosting, exitFormatKnown, protocolSystems } = applications;
  const { CMM_FIBRE, FTTH } = sites.byAccess;
  const lines: readonly ScoreLine[] = [
    ...DIMENSIONS.map((dimension) => answered(dimension, answers[dimension])),
    share('CLOUD_HOSTING', 4, byHosting.SAAS + byHosting.PSN, applications.count, 'applications run as SaaS or in the PSN'),
    share('EXIT_FORMAT', 2, exitFormatKnown, applications.count, 'applications have a known exit format'),
    share('PROTOCOL_ALIGNED', 4, protocolSystems.agidAligned, protocolSystems.count, "protocol systems follow AgID's guidelines"),
    share('FIBRE', 4, CMM_FIBRE + FTTH, sites.count, 'sites are on fibre'),
    share('BACKUP_LINE', 2, sites.withBackupLine, sites.count, 'sites have a backup line'),
  ];
  return { scoringVersion: SCORING_VERSION, total: sum(lines.map(({ points }) => points)), max: sum(lines.map(({ max }) => max)), lines };
}

function answered(code: Dimension, points: number): ScoreLine {
  return { code, points, max: BEST_ANSWER, because: `Answered ${points} of ${BEST_ANSWER}.` };
}

function share(code: string, max: number, part: number, whole: number, what: string): ScoreLine {
  return { code, points: whole === 0 ? 0 : Math.floor((max * part) / whole), max, because: `${part} of ${whole} ${what}.` };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
