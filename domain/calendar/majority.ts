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
  return Math.floor(votersOf(abstentions, votes) / 2) + 1;
}

function votersOf(abstentions: AbstentionPolicy, votes: Votes): number {
  return votes.for + votes.against + (abstentions === 'VOTERS' ? votes.abstained : 0);
}

export function votesCast(votes: Votes): number {
  return votes.for + votes.against + votes.abstained;
}

/** A vote of the council with who was there. */
export interface Ballot {
  /** Without the mayor. */
  readonly councillors: number;
  readonly councillorsPresent: number;
  readonly mayorPresent: boolean;
  readonly votes: Votes;
  readonly rule: MajorityRule;
  readonly abstentions: AbstentionPolicy;
}

export type MajorityReasonCode = 'QUORUM_NOT_REACHED' | 'MAJORITY_NOT_REACHED';

export interface Majority {
  /** Councillors and mayor. */
  readonly members: number;
  readonly quorumFloor: number;
  readonly quorum: boolean;
  /** Who counts as a voter; under a majority of members nobody asks. */
  readonly voters: number;
  /** Favourable votes needed. */
  readonly needed: number;
  readonly approved: boolean;
  /** Why it is not approved. */
  readonly reasons: readonly MajorityReasonCode[];
}

/** Counts that cannot be: more present than there are, or more votes than members present. Null when they can. */
export interface BallotFault {
  readonly path: 'councillorsPresent' | 'votes';
  readonly given: number;
  readonly most: number;
}

export function ballotFault({ councillors, councillorsPresent, mayorPresent, votes }: Ballot): BallotFault | null {
  if (councillorsPresent > councillors) return { path: 'councillorsPresent', given: councillorsPresent, most: councillors };
  const present = councillorsPresent + (mayorPresent ? 1 : 0);
  return votesCast(votes) > present ? { path: 'votes', given: votesCast(votes), most: present } : null;
}

/** Whether a vote is valid (art. 38 c.2 TUEL) and carried; the counts are taken to be possible (`ballotFault`). */
export function majorityOf({ councillors, councillorsPresent, votes, rule, abstentions }: Ballot): Majority {
  const floor = quorumFloor(councillors);
  const quorum = councillorsPresent >= floor;
  const needed = votesNeeded(rule, abstentions, councillors, votes);
  const reached = votes.for >= needed;
  return {
    members: membersOf(councillors), quorumFloor: floor, quorum, voters: votersOf(abstentions, votes), needed, approved: quorum && reached,
    reasons: [...(quorum ? [] : ['QUORUM_NOT_REACHED'] as const), ...(reached ? [] : ['MAJORITY_NOT_REACHED'] as const)],
  };
}
