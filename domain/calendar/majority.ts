export type MajorityRule = 'ABSOLUTE_OF_MEMBERS' | 'SIMPLE_OF_VOTERS';
/** Whether those who abstain count as voters is a matter of statute. */
export type AbstentionPolicy = 'NOT_VOTERS' | 'VOTERS';

export interface Votes {
  readonly for: number;
  readonly against: number;
  readonly abstained: number;
}

const SIZES: readonly { readonly upTo: number; readonly councillors: number }[] = [
  { upTo: 3_000, councillors: 10 },
  { upTo: 10_000, councillors: 12 },
  { upTo: 30_000, councillors: 16 },
  { upTo: 100_000, councillors: 24 },
  { upTo: 1_000_000, councillors: 32 },
];
const LARGEST_COUNCIL = 48;

/** Councillors by population, without the mayor (art. 37 TUEL as later reduced). */
export function councillorsOf(population: number): number {
  return SIZES.find((size) => population <= size.upTo)?.councillors ?? LARGEST_COUNCIL;
}

/** Members of the council: the mayor counts as one. */
export function membersOf(councillors: number): number {
  return councillors + 1;
}

/** Fewest councillors, the mayor not counted, with whom a session is valid (art. 38 c.2 TUEL). */
export function quorumFloor(councillors: number): number {
  return Math.ceil(councillors / 3);
}

export function absoluteMajority(councillors: number): number {
  return Math.floor(membersOf(councillors) / 2) + 1;
}

/** Favourable votes needed; a tie is not enough. */
export function votesNeeded(rule: MajorityRule, abstentions: AbstentionPolicy, councillors: number, votes: Votes): number {
  if (rule === 'ABSOLUTE_OF_MEMBERS') return absoluteMajority(councillors);
  const voters = votes.for + votes.against + (abstentions === 'VOTERS' ? votes.abstained : 0);
  return Math.floor(voters / 2) + 1;
}

export function votesCast(votes: Votes): number {
  return votes.for + votes.against + votes.abstained;
}
