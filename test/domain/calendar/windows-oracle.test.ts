import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { checkCutover, nextPreferredWindow, type CutoverPlace, type CutoverTraits } from '../../../domain/calendar/windows.ts';

/** Forbidden windows by a naive count: every half hour of fourteen months is looked at by itself, with days written out by hand. */

const HALF_HOUR = 30 * 60_000;
const FIRST = Date.parse('2026-08-31T22:00:00Z');
/** Windows are asked of a year; the next free one may lie beyond it. */
const ASKED = 365 * 48;
const LOOKED_AT = ASKED + 70 * 48;

const HOLIDAYS = new Set([
  '2026-10-04', '2026-11-01', '2026-12-08', '2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06', '2027-03-28', '2027-03-29', '2027-04-25', '2027-05-01',
  '2027-06-02', '2027-08-15', '2027-10-04', '2027-11-01',
]);

interface Comune {
  readonly istatCode: string | null;
  /** `MM-DD`, and its eve. */
  readonly patron: readonly [string, string] | null;
}
const COMUNI: readonly Comune[] = [
  { istatCode: '015146', patron: ['12-07', '12-06'] }, { istatCode: '015118', patron: ['11-05', '11-04'] }, { istatCode: '015002', patron: null }, { istatCode: null, patron: null },
];
const VOTE_DAYS = ['2027-05-15', '2027-05-16', '2027-05-17', '2027-05-18'];
const RUNOFF_DAYS = ['2027-05-29', '2027-05-30', '2027-05-31', '2027-06-01'];
const SESSIONS = ['2026-09-10', '2026-11-19', '2027-02-27', '2027-04-09'];
const PUBLICATIONS = [{ from: '2026-09-12', to: '2026-09-26' }, { from: '2026-11-20', to: '2026-12-04' }, { from: '2027-02-06', to: '2027-02-20' }];
const CLOCKS_BACK = '2026-10-25';
const CLOCKS_FORWARD = '2027-03-28';

interface Slot {
  readonly date: string;
  /** Minutes after midnight that clocks show when it begins. */
  readonly minutes: number;
  readonly weekday: number;
}
const SLOTS: readonly Slot[] = Array.from({ length: LOOKED_AT }, (_, index) => {
  const { hour, minute, dayOfWeek, ...zoned } = fieldsOf(Temporal.Instant.fromEpochMilliseconds(FIRST + index * HALF_HOUR).toZonedDateTimeISO('Europe/Rome'));
  return { date: zoned.date, minutes: hour * 60 + minute, weekday: dayOfWeek };
});

function fieldsOf(zoned: Temporal.ZonedDateTime): { readonly date: string; readonly hour: number; readonly minute: number; readonly dayOfWeek: number } {
  return { date: zoned.toPlainDate().toString(), hour: zoned.hour, minute: zoned.minute, dayOfWeek: zoned.dayOfWeek };
}

const DAYS = [...new Map(SLOTS.map(({ date, weekday }) => [date, weekday]))];

/** Days of the month-end of that comune: after which one working day of the month is left at most, or before which there was none. */
function monthEndDays({ patron }: Comune): ReadonlySet<string> {
  const works = ([date, weekday]: readonly [string, number]): boolean => weekday < 6 && !HOLIDAYS.has(date) && date.slice(5) !== patron?.[0];
  return new Set(DAYS.filter(([date]) => {
    const working = DAYS.filter((day) => day[0].slice(0, 7) === date.slice(0, 7) && works(day));
    return working.filter(([other]) => other > date).length <= 1 || !working.some(([other]) => other < date);
  }).map(([date]) => date));
}
const MONTH_ENDS = new Map(COMUNI.map((comune) => [comune, monthEndDays(comune)]));

/** Why a half hour is forbidden, whatever comes before and after it. */
function codesAt({ date, minutes }: Slot, comune: Comune, traits: CutoverTraits): string[] {
  const day = date.slice(5);
  const reasons: readonly (readonly [string, boolean | undefined])[] = [
    ['ELECTION_DAYS', VOTE_DAYS.includes(date) || RUNOFF_DAYS.includes(date)],
    ['MONTH_END', MONTH_ENDS.get(comune)?.has(date)],
    ['BUDGET_DAYS', day >= '12-20' || day <= '01-06'],
    ['TAX_DAYS', traits.tax && ['06-14', '06-15', '06-16', '12-14', '12-15', '12-16'].includes(day)],
    ['COUNCIL_SESSION', traits.council && SESSIONS.includes(date)],
    ['PATRON_EVE', day === comune.patron?.[1]],
    ['CLOCK_CHANGE', traits.scheduledJobs && [CLOCKS_BACK, CLOCKS_FORWARD].includes(date) && minutes >= 90 && minutes < 210],
  ];
  return reasons.flatMap(([code, is]) => (is === true ? [code] : []));
}

/** Why a run of half hours is forbidden. */
function codesIn(slots: readonly Slot[], comune: Comune, traits: CutoverTraits): string[] {
  const down = new Map<string, number>();
  for (const { date } of slots) down.set(date, (down.get(date) ?? 0) + 1);
  const interrupts = [...down].some(([date, halfHours]) => halfHours >= 24 && PUBLICATIONS.some(({ from, to }) => date >= from && date <= to));
  return [...new Set([...slots.flatMap((slot) => codesAt(slot, comune, traits)), ...(traits.board === true && interrupts ? ['BOARD_PUBLICATIONS'] : [])])].toSorted();
}

const atSlot = (index: number): string => new Date(FIRST + index * HALF_HOUR).toISOString().replace('.000', '');
const placeOf = ({ istatCode }: Comune): CutoverPlace => ({
  istatCode, elections: [{ firstDay: '2027-05-16', runoff: true }], sessions: SESSIONS, patronStaffed: false, publications: PUBLICATIONS,
});

const SERVICES: Readonly<Record<string, CutoverTraits>> = {
  fibre: { tax: false, council: false, scheduledJobs: false, board: false },
  payments: { tax: true, council: false, scheduledJobs: false, board: false },
  protocol: { tax: false, council: true, scheduledJobs: true, board: true },
};

describe.each(Object.entries(SERVICES))('over a whole year, for %s', (_name, traits) => {
  test.each(COMUNI)('each day in the comune $istatCode is free or forbidden as its half hours say', (comune) => {
    const found: string[] = [];
    const counted: string[] = [];
    for (let index = 0; index < ASKED;) {
      const date = SLOTS[index]?.date ?? '';
      const slots = SLOTS.slice(index, index + 60).filter((slot) => slot.date === date);
      const { reasons } = checkCutover({ from: atSlot(index), to: atSlot(index + slots.length) }, traits, placeOf(comune));
      found.push(`${date} ${reasons.map(({ code }) => code).toSorted().join(' ')}`);
      counted.push(`${date} ${codesIn(slots, comune, traits).join(' ')}`);
      index += slots.length;
    }
    expect(found).toEqual(counted);
    expect(counted.filter((line) => line.length > 11).length).toBeGreaterThan(60);
  });

  test('any window of up to a week has the reasons that its half hours have', () => {
    fc.assert(fc.property(fc.nat(ASKED - 1), fc.integer({ min: 1, max: 336 }), fc.constantFrom(...COMUNI), (start, length, comune) => {
      const answer = checkCutover({ from: atSlot(start), to: atSlot(start + length) }, traits, placeOf(comune));
      const codes = codesIn(SLOTS.slice(start, start + length), comune, traits);
      expect([...new Set(answer.reasons.map(({ code }) => code))].toSorted()).toEqual(codes);
      expect(answer.free).toBe(codes.length === 0);
    }), { numRuns: 400 });
  });

  test('the next preferred window is the first week-end from Friday to Sunday 20:00 that is free', () => {
    const fridays = SLOTS.flatMap(({ weekday, minutes }, index) => (weekday === 5 && minutes === 20 * 60 ? [index] : []));
    const sundayAfter = (friday: number): number => SLOTS.findIndex(({ weekday, minutes }, index) => index > friday && weekday === 7 && minutes === 20 * 60);
    fc.assert(fc.property(fc.nat(ASKED - 1), fc.constantFrom(...COMUNI), (start, comune) => {
      const friday = fridays.find((index) => index >= start && codesIn(SLOTS.slice(index, sundayAfter(index)), comune, traits).length === 0);
      if (friday === undefined) throw new Error('There is none');
      expect(nextPreferredWindow(atSlot(start), traits, placeOf(comune))).toEqual({ from: atSlot(friday), to: atSlot(sundayAfter(friday)) });
    }), { numRuns: 100 });
  });
});
