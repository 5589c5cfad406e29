import { describe, expect, test } from 'vitest';
import { explainDay, explainPublication, explainTerm, TERM_KINDS, TERM_LIMITS, type TermKind } from '../../../domain/calendar/calculator.ts';
import { dateInWords } from '../../../domain/calendar/date-words.ts';
import { ballotFaultInWords, majorityInWords, majorityReasonInWords, stepInWords } from '../../../domain/calendar/words.ts';
import { majorityOf, type Ballot } from '../../../domain/calendar/majority.ts';
import { addHours } from '../../../domain/shared/civil-date.ts';

const MILANO = '015146';

describe('a day', () => {
  test.each([
    ['2026-10-04', MILANO, { legalHoliday: true, workingDay: false }, ['IS_HOLIDAY']],
    ['2026-12-07', MILANO, { legalHoliday: false, workingDay: false }, ['IS_PATRON']],
    ['2026-12-07', '015002', { legalHoliday: false, workingDay: true, patron: { known: false, date: null, name: null } }, ['IS_WORKING_DAY', 'PATRON_UNKNOWN']],
    ['2026-12-07', null, { legalHoliday: false, workingDay: true, patron: null }, ['IS_WORKING_DAY', 'NO_COMUNE']],
    ['2026-11-21', MILANO, { legalHoliday: false, workingDay: false, patron: { known: true, date: '2026-12-07', name: { it: "Sant'Ambrogio", en: 'Saint Ambrose' } } }, ['IS_SATURDAY']],
    ['2026-11-23', MILANO, { legalHoliday: false, workingDay: true }, ['IS_WORKING_DAY']],
  ])('%s at %s', (date, istat, expected, steps) => {
    const answer = explainDay(date, istat);
    expect(answer).toMatchObject({ date, ...expected, calendarVersion: '2026.1' });
    expect(answer.steps.map(({ code }) => code)).toEqual(steps);
  });
});

describe('a term', () => {
  test.each<[TermKind, string, number, object]>([
    ['EFFECT_DAYS', '2026-11-28', 10, { due: '2026-12-08' }],
    ['ACT_DAYS', '2026-11-28', 10, { due: '2026-12-09', rolledFrom: '2026-12-08' }],
    ['WORKING_DAYS', '2026-12-04', 2, { due: '2026-12-10' }],
    ['CLEAR_DAYS', '2026-06-24', 5, { due: '2026-06-30' }],
    ['CLEAR_DAYS_BACK', '2026-12-14', 5, { due: '2026-12-07', rolledFrom: '2026-12-08' }],
    ['HOURS', '2026-10-24T20:00:00+02:00', 24, { due: '2026-10-25T18:00:00Z' }],
    ['EFFECT_MONTHS', '2026-08-31', 6, { due: '2027-02-28' }],
    ['ACT_MONTHS', '2026-08-31', 6, { due: '2027-03-01', rolledFrom: '2027-02-28' }],
  ])('%s from %s, %i', (kind, from, n, expected) => {
    const answer = explainTerm({ kind, from, n, istatCode: MILANO });
    expect(answer).toMatchObject({ kind, from, n, ...expected, calendarVersion: '2026.1' });
    expect('rolledFrom' in answer).toBe('rolledFrom' in expected);
    expect(answer.rule.it).not.toBe('');
  });

  test('each kind has a limit, and the longest term of the last year stays within four digits of year', () => {
    for (const kind of TERM_KINDS) {
      const { due } = explainTerm({ kind, from: kind === 'HOURS' ? '2199-12-31T23:00:00Z' : '2199-12-31', n: TERM_LIMITS[kind] });
      expect(due).toMatch(/^2[12]\d\d-/);
    }
  });
});

describe('a publication', () => {
  test('E01, E02, E03 in one answer, with the steps of each reading', () => {
    const answer = explainPublication({ firstDay: '2026-06-25', count: 'INCLUDE_FIRST', outages: [], interruptionShifts: true });
    expect(answer).toMatchObject({
      endsOn: '2026-07-09', removalOn: '2026-07-10', challengeableUntil: '2026-10-08',
      executiveOn: { START_EXCLUSIVE: '2026-07-06', START_INCLUSIVE: '2026-07-05', END: '2026-07-20' },
      gateOpensAt: { START_EXCLUSIVE: '2026-07-05T22:00:00Z', START_INCLUSIVE: '2026-07-04T22:00:00Z', END: '2026-07-19T22:00:00Z' },
      interruptedOn: [],
    });
    expect(answer.executivitySteps.START_INCLUSIVE.map(({ code, date }) => `${date} ${code}`)).toEqual([
      '2026-06-25 START_COUNTED', '2026-07-04 TENTH_DAY', '2026-07-05 EXECUTIVE', '2026-07-05 HOLIDAY_STANDS',
    ]);
    expect(answer.executivitySteps.END.map(({ code, date }) => `${date} ${code}`)).toEqual(['2026-07-09 START_EXCLUDED', '2026-07-19 TENTH_DAY_AFTER_END', '2026-07-20 EXECUTIVE']);
  });

  test('E20: the gate of D=2026-10-15 opens at midnight by the winter clock', () => {
    const { gateOpensAt } = explainPublication({ firstDay: '2026-10-15', count: 'INCLUDE_FIRST', outages: [], interruptionShifts: true });
    expect(gateOpensAt.START_EXCLUSIVE).toBe('2026-10-25T23:00:00Z');
    expect(addHours('2026-10-26T00:00:00+01:00', 0)).toBe(gateOpensAt.START_EXCLUSIVE);
  });

  test('outages say what each did', () => {
    const { steps, executivitySteps } = explainPublication({ firstDay: '2026-06-25', count: 'INCLUDE_FIRST', outages: ['2026-07-08', '2026-06-26', '2026-08-01'], interruptionShifts: true });
    expect(steps.filter(({ code }) => code.startsWith('OUTAGE'))).toEqual([
      { code: 'OUTAGE_EXTENDS', date: '2026-06-26', to: '2026-07-10' }, { code: 'OUTAGE_EXTENDS', date: '2026-07-08', to: '2026-07-11' },
      { code: 'OUTAGE_OUTSIDE', date: '2026-08-01', to: '2026-07-11' },
    ]);
    expect(executivitySteps.START_EXCLUSIVE.filter(({ code }) => code === 'OUTAGE_SHIFTS')).toEqual([{ code: 'OUTAGE_SHIFTS', date: '2026-06-26', to: '2026-07-07' }]);
    const still = explainPublication({ firstDay: '2026-06-25', count: 'INCLUDE_FIRST', outages: ['2026-06-26'], interruptionShifts: false });
    expect(still.executivitySteps.START_EXCLUSIVE.map(({ code }) => code)).toContain('OUTAGE_DOES_NOT_SHIFT');
  });
});

describe('words', () => {
  test('of dates, in both languages', () => {
    expect(dateInWords('2026-07-05')).toEqual({ it: 'domenica 5 luglio 2026', en: 'Sunday 5 July 2026' });
    expect(dateInWords('2027-01-01')).toEqual({ it: 'venerdì 1º gennaio 2027', en: 'Friday 1 January 2027' });
  });

  test('of steps, with the name of the holiday', () => {
    const { steps } = explainTerm({ kind: 'ACT_DAYS', from: '2026-11-28', n: 10 });
    expect(steps.map((step) => stepInWords(step).it)).toEqual([
      'Il giorno iniziale non si conta (art. 2963 c.2 c.c.)', 'Ultimo giorno: il 10º, festivi compresi',
      'È festivo (Immacolata Concezione): si passa al giorno dopo (art. 2963 c.3 c.c.)',
    ]);
    expect(stepInWords({ code: 'CLEAR_DAYS', date: '2026-06-25', to: '2026-06-25', n: 1 })).toEqual({
      it: '1 giorno libero, fino a giovedì 25 giugno 2026', en: '1 clear day, up to Thursday 25 June 2026',
    });
  });

  test('of a vote: how it was counted, why it fails, what cannot be', () => {
    const ballot: Ballot = {
      councillors: 12, councillorsPresent: 3, mayorPresent: true, votes: { for: 2, against: 2, abstained: 0 }, rule: 'SIMPLE_OF_VOTERS', abstentions: 'NOT_VOTERS',
    };
    const majority = majorityOf(ballot);
    expect(majorityInWords(ballot, majority).map(({ it }) => it)).toEqual([
      'Componenti: 13 (12 consiglieri e il sindaco)', 'Numero legale: almeno 4 consiglieri, senza il sindaco (art. 38 c.2 TUEL); presenti 3',
      'Maggioranza dei votanti: 3 voti favorevoli su 4 (gli astenuti non contano)', 'Voti favorevoli: 2',
    ]);
    expect(majority.reasons.map((code) => majorityReasonInWords(code, ballot, majority).en)).toEqual([
      'No quorum: 3 councillors are present, 4 are needed without the mayor.', 'Majority not reached: 2 votes in favour, 3 are needed.',
    ]);
    expect(ballotFaultInWords({ path: 'councillorsPresent', given: 13, most: 12 }).it).toBe('I consiglieri presenti sono 13, ma il consiglio ne ha 12.');
  });
});
