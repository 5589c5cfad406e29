import { describe, expect, test } from 'vitest';
import { dayOfWeek } from '../../../domain/shared/civil-date.ts';
import { ballot, nextSitting, sittingsOf } from '../../../simulation/council.ts';
import { drawsOf } from '../../../simulation/draws.ts';
import { AGENCY, DURATIONS, SHARES, sizeOf } from '../../../simulation/durations.ts';

const many = <T>(draw: () => T): T[] => Array.from({ length: 2_000 }, draw);

describe('draws', () => {
  test('are the same for the same seed and name on every machine, and others for others', () => {
    const first = (seed: number, name: string) => {
      const draws = drawsOf(seed, name);
      return [draws.whole(0, 999), draws.days({ least: 0, usual: 40, most: 100 }), draws.whole(0, 999)];
    };
    expect(first(1, 'c_a010')).toEqual([606, 38, 941]);
    expect(new Set([first(1, 'c_a010'), first(2, 'c_a010'), first(1, 'c_f205'), first(1, 'c_a01')].map(String)).size).toBe(4);
  });

  test('stay in their bounds and near their middle', () => {
    const draws = drawsOf(1, 'bounds');
    const days = many(() => draws.days({ least: 3, usual: 8, most: 25 }));
    expect([Math.min(...days) >= 3, Math.max(...days) <= 25]).toEqual([true, true]);
    // The mean of a triangle is the mean of its corners.
    expect(days.reduce((sum, day) => sum + day, 0) / days.length).toBeCloseTo(12, 0);
    expect(draws.days({ least: 4, usual: 4, most: 4 }, 1.5)).toBe(6);
    expect(many(() => draws.chance(0.3)).filter(Boolean).length / 2_000).toBeCloseTo(0.3, 1);
    expect(draws.of(10, 1)).toBe(10);
  });
});

describe('the model', () => {
  test('has triangles and shares that can be', () => {
    for (const { least, usual, most } of [...Object.values(DURATIONS), ...Object.values(AGENCY)]) {
      expect(least >= 0 && least <= usual && usual <= most).toBe(true);
    }
    for (const share of Object.values(SHARES)) expect(share > 0 && share < 1).toBe(true);
  });

  test('takes the size of a comune from its population', () => {
    expect([689, 3_000, 3_001, 32_425, 1_350_000].map((people) => sizeOf(people).councilWeeks)).toEqual([8, 8, 6, 3, 2]);
  });
});

describe('a council', () => {
  test('meets on its weekday every so many weeks, not in August nor at the turn of the year', () => {
    const sittings = { anchor: '2026-06-04', weeks: 4 };
    expect(['2026-06-01', '2026-06-05', '2026-07-03', '2026-08-27', '2026-12-18'].map((day) => nextSitting(sittings, day)))
      .toEqual(['2026-06-04', '2026-07-02', '2026-07-30', '2026-09-24', '2027-01-14']);
  });

  test('meets on the next working day where its own is a holiday', () => {
    expect(nextSitting({ anchor: '2026-05-05', weeks: 4 }, '2026-06-01')).toBe('2026-06-03');
  });

  test('has its place in the weeks drawn, from Monday to Friday', () => {
    const anchors = many(() => 0).map((_none, index) => sittingsOf(drawsOf(index, 'c'), '2026-06-03', 4).anchor);
    expect([anchors.toSorted()[0], anchors.toSorted().at(-1)]).toEqual(['2026-06-01', '2026-06-26']);
    expect(new Set(anchors.map(dayOfWeek))).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  test.each([10, 12, 16, 24, 32, 48])('of %i casts as many votes as members are there', (councillors) => {
    const draws = drawsOf(1, `council ${councillors}`);
    for (const { councillorsPresent, mayorPresent, votes } of many(() => ballot(draws, councillors))) {
      expect(votes.for + votes.against + votes.abstained).toBe(councillorsPresent + (mayorPresent ? 1 : 0));
      expect(Math.min(votes.for, votes.against, votes.abstained) >= 0 && councillorsPresent <= councillors).toBe(true);
    }
  });
});
