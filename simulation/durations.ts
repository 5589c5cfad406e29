import type { Spread } from './draws.ts';

/**
 * The numbers of the model, and nothing else. What the law or the process fixes (notice, publication, executivity, attempts,
 * majorities) is not here: the process decides it. Durations are civil days; who would act on a closed day acts on the next
 * working day. "Assumption": no source, chosen as plausible; change it here and run again.
 */
const days = (least: number, usual: number, most: number): Spread => ({ least, usual, most });

/** The comune's own durations are stretched by `pace`; its council meets every so many weeks. */
export interface Size {
  readonly upTo: number;
  readonly pace: number;
  readonly councilWeeks: number;
}

/** Assumption: secretaries shared by several small comuni are slower, and so are the many desks of a city; larger councils meet more often. */
const SIZES: readonly Size[] = [
  { upTo: 3_000, pace: 1.4, councilWeeks: 8 },
  { upTo: 10_000, pace: 1.15, councilWeeks: 6 },
  { upTo: 30_000, pace: 1, councilWeeks: 4 },
  { upTo: 100_000, pace: 1, councilWeeks: 3 },
];
const CITY: Size = { upTo: Number.POSITIVE_INFINITY, pace: 1.3, councilWeeks: 2 };

export function sizeOf(population: number): Size {
  return SIZES.find(({ upTo }) => population <= upTo) ?? CITY;
}

/** Durations from the moment an act is awaited to the act. */
export const DURATIONS = {
  /** The programme wants proposals out by 31 May 2026 (domain, section 7): they go in the first days. */
  proposal: days(0, 1, 5),
  /** PEC delivers in minutes; its receipt is recorded within the service level of two working days. */
  receipt: days(0, 0, 2),
  /** Assumption: a full or wrong mailbox, found out and sent again. */
  receiptLost: days(4, 8, 15),
  /** Opinions of the offices (art. 49 TUEL): service level five working days; assumption: often missed. */
  opinion: days(3, 8, 25),
  /** The auditors' (art. 239): service level ten days. Assumption. */
  auditors: days(4, 10, 25),
  /** Opinion on an amendment: a short matter. Assumption. */
  amendmentOpinion: days(1, 3, 8),
  /** From the day on which an item is ready to the earliest session it can be put to; the notice itself is the process's rule. */
  agenda: days(5, 8, 15),
  /** A second call follows the session without quorum within days (art. 38 c.2). Assumption. */
  secondCall: days(4, 5, 8),
  /** Minutes are written and signed, then the session is recorded. Assumption. */
  minutes: days(1, 2, 6),
  /** First day on the board after the record: no term in the TUEL; reminder after five days, escalation at ten. */
  publication: days(1, 4, 20),
  certificate: days(0, 2, 8),
  /** Service level five working days from executivity. */
  transmission: days(0, 3, 10),
  /** What the Agency sent back is mended and sent again. Assumption. */
  retransmission: days(3, 7, 15),
  signature: days(3, 10, 30),
  appointment: days(2, 12, 40),
  /** Service level ten days. */
  appointmentAcceptance: days(0, 4, 15),
} as const satisfies Readonly<Record<string, Spread>>;

/** The Agency's own durations, the same for all comuni. Service levels of five, ten and five working days; the rest assumption. */
export const AGENCY = {
  acceptance: days(1, 4, 10),
  countersignature: days(2, 7, 15),
  registration: days(1, 3, 7),
  amendment: days(3, 8, 20),
  resubmission: days(7, 15, 30),
  furtherAttempt: days(15, 25, 45),
} as const satisfies Readonly<Record<string, Spread>>;

/** A thing that somebody does, and that takes time. */
export type Step = keyof typeof DURATIONS | keyof typeof AGENCY;

/** What the model says of a step where nothing is recorded of it. */
export function spreadOf(step: Step): Spread {
  return step in AGENCY ? AGENCY[step as keyof typeof AGENCY] : DURATIONS[step as keyof typeof DURATIONS];
}

export function isOfAgency(step: Step): boolean {
  return step in AGENCY;
}

/** Shares of cases in which something other than the ordinary happens. All assumption, but where a source is named. */
export const SHARES = {
  receiptLost: 0.02,
  unfavourableOpinion: 0.02,
  noQuorum: 0.02,
  postponed: 0.04,
  itemWithdrawn: 0.01,
  notReached: 0.03,
  amended: 0.04,
  /** Amendments that the Agency takes as formal; the others go back to the council. */
  amendmentFormal: 0.6,
  /** Councils that also vote immediate executability (art. 134 c.4); they need the absolute majority for it. */
  immediate: 0.4,
  returned: 0.05,
  /** Signatures on paper or by an expired certificate: the convention is void and signed anew. */
  voidSignature: 0.02,
  extraordinarySession: 0.1,
} as const;

/** How a council votes. The process counts: what misses the majority is rejected. */
export const COUNCIL = {
  /** Seats of the mayor's lists: 60 % to two thirds by the electoral law (artt. 71, 73 TUEL). */
  majoritySeats: 0.65,
  /** Assumption: the majority turns up for an absolute majority, the others somewhat less. */
  majorityPresent: 0.93,
  minorityPresent: 0.85,
  /** Assumption: a majority that is split on the matter, and how many of it are then in favour. */
  split: 0.03,
  splitInFavour: 0.5,
  /** Assumption: each of the minority in favour, else against or abstained alike. */
  minorityInFavour: 0.4,
} as const;

/** Councils do not meet in August, nor from 23 December to 6 January. Assumption: usage, not law. */
export const COUNCIL_PAUSES: readonly { readonly from: string; readonly to: string }[] = [
  { from: '08-01', to: '08-31' }, { from: '12-23', to: '12-31' }, { from: '01-01', to: '01-06' },
];
