import { describe, expect, test } from 'vitest';
import {
  absoluteMajority, ballotFault, councillorsOf, majorityOf, membersOf, quorumFloor, votesNeeded, type Ballot,
} from '../../../domain/calendar/majority.ts';

describe('majorities', () => {
  test.each([[11, 6, 4], [13, 7, 4], [17, 9, 6], [25, 13, 8], [33, 17, 11], [49, 25, 16]])('%i members: majority %i, floor %i', (members, majority, floor) => {
    expect(membersOf(members - 1)).toBe(members);
    expect(absoluteMajority(members - 1)).toBe(majority);
    expect(quorumFloor(members - 1)).toBe(floor);
  });

  test.each([[3_000, 10], [3_001, 12], [10_000, 12], [30_000, 16], [100_000, 24], [100_001, 32], [1_000_000, 32], [1_350_000, 48]])(
    'a comune of %i has %i councillors', (population, councillors) => { expect(councillorsOf(population)).toBe(councillors); },
  );

  test('a simple majority of voters: a tie is not enough, abstentions by policy', () => {
    const votes = { for: 5, against: 4, abstained: 2 };
    expect(votesNeeded('SIMPLE_OF_VOTERS', 'NOT_VOTERS', 12, votes)).toBe(5);
    expect(votesNeeded('SIMPLE_OF_VOTERS', 'VOTERS', 12, votes)).toBe(6);
    expect(votesNeeded('SIMPLE_OF_VOTERS', 'NOT_VOTERS', 12, { for: 4, against: 4, abstained: 0 })).toBe(5);
    expect(votesNeeded('ABSOLUTE_OF_MEMBERS', 'VOTERS', 12, votes)).toBe(7);
  });
});

describe('a vote of the council', () => {
  const ballot = (given: Partial<Ballot>): Ballot => ({
    councillors: 12, councillorsPresent: 8, mayorPresent: false, votes: { for: 7, against: 0, abstained: 1 }, rule: 'ABSOLUTE_OF_MEMBERS', abstentions: 'NOT_VOTERS', ...given,
  });

  test('E30: 13 members, 8 present, 7 yes and 1 abstained is approved; 6 yes and 2 no is not immediate', () => {
    expect(majorityOf(ballot({}))).toEqual({ members: 13, quorumFloor: 4, quorum: true, voters: 7, needed: 7, approved: true, reasons: [] });
    expect(majorityOf(ballot({ votes: { for: 6, against: 2, abstained: 0 } }))).toMatchObject({ needed: 7, approved: false, reasons: ['MAJORITY_NOT_REACHED'] });
    expect(majorityOf(ballot({ rule: 'SIMPLE_OF_VOTERS', votes: { for: 6, against: 2, abstained: 0 } }))).toMatchObject({ needed: 5, approved: true });
  });

  test('the quorum is of councillors: the mayor does not help', () => {
    expect(majorityOf(ballot({ councillorsPresent: 3, mayorPresent: true, rule: 'SIMPLE_OF_VOTERS', votes: { for: 4, against: 0, abstained: 0 } })))
      .toMatchObject({ quorum: false, approved: false, reasons: ['QUORUM_NOT_REACHED'] });
    expect(majorityOf(ballot({ councillorsPresent: 4, rule: 'SIMPLE_OF_VOTERS', votes: { for: 4, against: 0, abstained: 0 } }))).toMatchObject({ quorum: true, approved: true });
  });

  test('a tie is not enough, and abstentions count by policy', () => {
    const votes = { for: 4, against: 3, abstained: 1 };
    expect(majorityOf(ballot({ rule: 'SIMPLE_OF_VOTERS', votes: { for: 4, against: 4, abstained: 0 } }))).toMatchObject({ needed: 5, approved: false });
    expect(majorityOf(ballot({ rule: 'SIMPLE_OF_VOTERS', votes }))).toMatchObject({ voters: 7, needed: 4, approved: true });
    expect(majorityOf(ballot({ rule: 'SIMPLE_OF_VOTERS', votes, abstentions: 'VOTERS' }))).toMatchObject({ voters: 8, needed: 5, approved: false });
    expect(majorityOf(ballot({ rule: 'SIMPLE_OF_VOTERS', votes: { for: 0, against: 0, abstained: 8 } }))).toMatchObject({ needed: 1, approved: false });
  });

  test('impossible counts are told apart from a majority not reached', () => {
    expect(ballotFault(ballot({}))).toBeNull();
    expect(ballotFault(ballot({ councillorsPresent: 12, votes: { for: 12, against: 0, abstained: 0 } }))).toBeNull();
    expect(ballotFault(ballot({ councillorsPresent: 13 }))).toEqual({ path: 'councillorsPresent', given: 13, most: 12 });
    expect(ballotFault(ballot({ votes: { for: 8, against: 1, abstained: 0 } }))).toEqual({ path: 'votes', given: 9, most: 8 });
    expect(ballotFault(ballot({ mayorPresent: true, votes: { for: 8, against: 1, abstained: 0 } }))).toBeNull();
  });
});
