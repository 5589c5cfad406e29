import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workingDaysBetween } from '../../../domain/calendar/terms.ts';
import { checkCutover, type TimeWindow } from '../../../domain/calendar/windows.ts';
import { planInTurn, type Plan, type Terms } from '../../../domain/portfolio/plan.ts';
import type { Comune, Standing } from '../../../domain/portfolio/portfolio.ts';
import { addDays, civilDateOf, dayOfWeek } from '../../../domain/shared/civil-date.ts';
import { everyone, planned } from './support.ts';

/** Each after those that it depends on. */
const CHAIN = ['PAGOPA', 'FIBRE', 'VOIP_TELEPHONY', 'CLOUD_MIGRATION'].map(planned);
const DAY = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-11-23', days));

/** A window of some hours on any day, as people schedule them. */
const window = fc.record({ day: DAY, hours: fc.integer({ min: 1, max: 60 }) }).map(({ day, hours }): TimeWindow => {
  const from = `${day}T08:00:00Z`;
  return { from, to: new Date(Date.parse(from) + hours * 3_600_000).toISOString().replace('.000Z', 'Z') };
});
const standing: fc.Arbitrary<Standing> = fc.oneof(
  DAY.map((day) => ({ state: 'REQUESTED', at: `${day}T09:00:00Z` } as const)),
  window.map((one) => ({ state: 'SCHEDULED', window: one } as const)),
  fc.constant({ state: 'OPERATING' } as const),
);
const changes = fc.record({
  membership: fc.constantFrom('MEMBER', 'MEMBER', 'MEMBER', 'LEAVING', 'NONE'),
  services: fc.dictionary(fc.constantFrom('PAGOPA', 'FIBRE', 'VOIP_TELEPHONY', 'TRAINING', 'IDENTITY'), standing, { maxKeys: 3 }).map((services) => new Map(Object.entries(services))),
  elections: fc.array(fc.record({ firstDay: DAY, runoff: fc.boolean() }), { maxLength: 2 }),
  sessions: fc.array(DAY, { maxLength: 6 }),
  patronStaffed: fc.boolean(),
});
const ALL = everyone();
const portfolio = fc.array(fc.tuple(fc.constantFrom(...ALL), changes), { minLength: 1, maxLength: 40 }).map((drawn) =>
  [...new Map(drawn.map(([comune, { membership, services, ...place }]): [string, Comune] => [comune.body, { ...comune, membership, services, place: { ...comune.place, ...place } }])).values()]);
const terms: fc.Arbitrary<Terms> = fc.record({
  from: DAY, perWeek: fc.integer({ min: 1, max: 6 }), perWeekOfService: fc.integer({ min: 1, max: 4 }), horizonWeeks: fc.integer({ min: 1, max: 60 }), workingDaysBetweenDependents: fc.integer({ min: 0, max: 40 }),
});

const placements = (plans: readonly Plan[]) => plans.flatMap(({ service, waves }) => waves.flatMap((wave) => wave.comuni.map(({ body, reasons }) => ({ service, body, reasons, window: wave.window }))));

/** The Monday of a window's week, counted anew. */
function monday({ from }: TimeWindow): string {
  const day = civilDateOf(from);
  return [0, 1, 2, 3, 4, 5, 6].map((back) => addDays(day, -back)).find((one) => dayOfWeek(one) === 1) ?? '';
}

function counts(windows: readonly TimeWindow[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of windows) found.set(monday(one), (found.get(monday(one)) ?? 0) + 1);
  return found;
}

const scheduledWindows = (comuni: readonly Comune[], service?: string) => comuni.flatMap(({ services }) => [...services].flatMap(([id, one]) => (one.state === 'SCHEDULED' && (service === undefined || id === service) ? [one.window] : [])));

function holds(check: (comuni: readonly Comune[], asked: Terms, plans: readonly Plan[]) => void): void {
  fc.assert(fc.property(portfolio, terms, (comuni, asked) => check(comuni, asked, planInTurn(comuni, CHAIN, asked))), { numRuns: 60 });
}

describe('whatever the comuni, their votes, sessions and services', () => {
  test('no plan takes a week beyond its capacity: a week over it was so before', () => {
    holds((comuni, asked, plans) => {
      const placed = placements(plans);
      const before = counts(scheduledWindows(comuni));
      for (const [week, n] of counts([...scheduledWindows(comuni), ...placed.map((one) => one.window)])) {
        expect(n).toBeLessThanOrEqual(Math.max(asked.perWeek, before.get(week) ?? 0));
      }
      for (const { service } of CHAIN) {
        const own = counts(scheduledWindows(comuni, service));
        for (const [week, n] of counts([...scheduledWindows(comuni, service), ...placed.filter((one) => one.service === service).map((one) => one.window)])) {
          expect(n).toBeLessThanOrEqual(Math.max(asked.perWeekOfService, own.get(week) ?? 0));
        }
      }
    });
  });

  test('every window is free by the legal clock, begins on a Friday from the first day on and ends by the horizon', () => {
    holds((comuni, asked, plans) => {
      for (const { service, body, window: at } of placements(plans)) {
        const { traits } = planned(service);
        expect(checkCutover(at, traits, comuneOf(comuni, body).place)).toMatchObject({ free: true });
        expect([dayOfWeek(civilDateOf(at.from)), civilDateOf(at.from) >= asked.from, civilDateOf(at.to) <= addDays(asked.from, asked.horizonWeeks * 7 + 2)]).toEqual([5, true, true]);
      }
    });
  });

  test('every comune stands once in each plan, with a window or with why not', () => {
    holds((comuni, _asked, plans) => {
      for (const plan of plans) {
        expect([...placements([plan]), ...plan.unplaced].map(({ body }) => body).toSorted()).toEqual(comuni.map(({ body }) => body).toSorted());
        expect(plan.unplaced.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
      }
    });
  });

  test('who is not in the first window is told why, and who is in it is told nothing', () => {
    holds((_comuni, asked, plans) => {
      const friday = [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(asked.from, days)).find((day) => dayOfWeek(day) === 5);
      for (const { reasons, window: at } of placements(plans)) expect(reasons.length === 0).toBe(civilDateOf(at.from) === friday);
    });
  });

  test('a service comes after those that it depends on, by the working days that are asked for', () => {
    holds((comuni, asked, plans) => {
      const placed = placements(plans);
      for (const { service, body, window: at } of placed) {
        for (const dependency of planned(service).dependsOn) {
          const known = comuneOf(comuni, body).services.get(dependency);
          if (known?.state === 'OPERATING') continue;
          const before = known?.state === 'SCHEDULED' ? known.window : placed.find((one) => one.body === body && one.service === dependency)?.window;
          expect(before).toBeDefined();
          if (before === undefined) continue;
          const istat = comuneOf(comuni, body).place.istatCode;
          expect(workingDaysBetween(civilDateOf(before.to), addDays(civilDateOf(at.from), -1), istat)).toBeGreaterThanOrEqual(asked.workingDaysBetweenDependents);
          expect(at.from > before.to).toBe(true);
        }
      }
    });
  });

  test('no comune has two cutovers in one window, unless they were scheduled so', () => {
    holds((comuni, _asked, plans) => {
      const placed = placements(plans);
      for (const { service, body, window: at } of placed) {
        const others = [...placed.filter((one) => one.body === body && one.service !== service).map((one) => one.window), ...scheduledWindows([comuneOf(comuni, body)])];
        expect(others.filter((one) => one.from < at.to && at.from < one.to)).toEqual([]);
      }
    });
  });

  test('the same comuni in another order have the same plan', () => {
    holds((comuni, asked, plans) => {
      expect(planInTurn(comuni.toReversed(), CHAIN, asked)).toEqual(plans);
    });
  });
});


function comuneOf(comuni: readonly Comune[], body: string): Comune {
  const found = comuni.find((one) => one.body === body);
  if (found === undefined) throw new Error(`No comune ${body}`);
  return found;
}
