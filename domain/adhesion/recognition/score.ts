import type { Bilingual } from '../../shared/bilingual.ts';
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
  /** In English: events hold no other (see `scoreInWords`). */
  readonly because: string;
}

/** A score as readers see it: what gave each point in both languages. */
export interface ScoreInWords extends Omit<ReadinessScore, 'lines'> {
  readonly lines: readonly (Omit<ScoreLine, 'because'> & { readonly because: Bilingual })[];
}

interface Counted {
  readonly applications: ApplicationFacts;
  readonly sites: SiteFacts;
}

interface Submitted extends Counted {
  readonly answers: Readonly<Record<Dimension, number>>;
}

interface Share {
  readonly max: number;
  readonly count: (counted: Counted) => { readonly part: number; readonly whole: number };
  readonly what: Bilingual;
}

/** What the inventories give points for, in the order shown. */
const SHARES: Readonly<Record<string, Share>> = {
  CLOUD_HOSTING: {
    max: 4, count: ({ applications: { byHosting, count } }) => ({ part: byHosting.SAAS + byHosting.PSN, whole: count }),
    what: { it: 'Applicativi in SaaS o nel PSN', en: 'applications run as SaaS or in the PSN' },
  },
  EXIT_FORMAT: {
    max: 2, count: ({ applications: { exitFormatKnown, count } }) => ({ part: exitFormatKnown, whole: count }),
    what: { it: 'Applicativi con un formato di uscita noto', en: 'applications have a known exit format' },
  },
  PROTOCOL_ALIGNED: {
    max: 4, count: ({ applications: { protocolSystems } }) => ({ part: protocolSystems.agidAligned, whole: protocolSystems.count }),
    what: { it: 'Protocolli informatici conformi alle linee guida AgID', en: "protocol systems follow AgID's guidelines" },
  },
  FIBRE: {
    max: 4, count: ({ sites: { byAccess, count } }) => ({ part: byAccess.CMM_FIBRE + byAccess.FTTH, whole: count }),
    what: { it: 'Sedi in fibra', en: 'sites are on fibre' },
  },
  BACKUP_LINE: {
    max: 2, count: ({ sites: { withBackupLine, count } }) => ({ part: withBackupLine, whole: count }),
    what: { it: 'Sedi con una linea di riserva', en: 'sites have a backup line' },
  },
};

/**
 * Each dimension gives its answer; the inventories give a share of their points, in whole points rounded down. What was
 * not said gives nothing: a score never rests on a guess.
 */
export function readinessScore({ answers, ...counted }: Submitted): ReadinessScore {
  const lines: readonly ScoreLine[] = [
    ...DIMENSIONS.map((dimension) => ({ code: dimension, points: answers[dimension], max: BEST_ANSWER, because: answerInWords(answers[dimension]).en })),
    ...Object.entries(SHARES).map(([code, share]) => ({ code, points: pointsOf(share, counted), max: share.max, because: shareInWords(share, counted).en })),
  ];
  return { scoringVersion: SCORING_VERSION, total: sum(lines.map(({ points }) => points)), max: sum(lines.map(({ max }) => max)), lines };
}

/**
 * A score that was recorded, with what gave each point in both languages: read from the answer and the counts that were recorded with it,
 * so that older ones have them too. A sentence that this code would not write any more is said as it was written.
 */
export function scoreInWords({ lines, ...score }: ReadinessScore, counted: Counted): ScoreInWords {
  return {
    ...score,
    lines: lines.map((line) => {
      const share = SHARES[line.code];
      const said = share === undefined ? answerInWords(line.points) : shareInWords(share, counted);
      return { ...line, because: said.en === line.because ? said : { it: line.because, en: line.because } };
    }),
  };
}

function answerInWords(points: number): Bilingual {
  return { it: `Risposta: ${points} su ${BEST_ANSWER}.`, en: `Answered ${points} of ${BEST_ANSWER}.` };
}

function pointsOf({ max, count }: Share, counted: Counted): number {
  const { part, whole } = count(counted);
  return whole === 0 ? 0 : Math.floor((max * part) / whole);
}

function shareInWords({ count, what }: Share, counted: Counted): Bilingual {
  const { part, whole } = count(counted);
  return { it: `${what.it}: ${part} su ${whole}.`, en: `${part} of ${whole} ${what.en}.` };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
