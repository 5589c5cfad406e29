import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import { addDays, addHours, startOfDay } from '../../../../domain/shared/civil-date.ts';
import { ENGINE, MEMBER, OPERATOR, TEXT } from '../scenario.ts';
import { accepted, after, CUT, cutOver, decided, GO, PARALLEL, parallel, run, SCHEDULE, stateOf, told, WEEKEND, when, type Begun, type Step } from '../moved.ts';

type Events = ReturnType<typeof parallel>;
const stage = (events: Events) => stateOf(events).migration?.state;
const waits = (events: Events) => migration.waiting(stateOf(events), '2026-11-01T00:00:00Z').map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)]);
const schedule = (from: string, to: string, more: object = {}, now = '2026-10-30T09:00:00Z'): Step => [{ type: 'ScheduleCutover', data: { from, to, ...more } }, now];
const wholeDay = (date: string): Step => schedule(startOfDay(date), startOfDay(addDays(date, 1)));
const wholeDayFor = (service: string, date: string) => when(parallel({ service }), ...wholeDay(date));
const SCHEDULED = after(parallel(), SCHEDULE);
const DECIDED = after(SCHEDULED, GO);

describe('E56: a window of the cutover', () => {
  test('on Saturday 2026-11-28 is refused: month-end, from 27 November 00:00 to 1 December 24:00; the next preferred one is named', () => {
    const refusal = wholeDayFor('PEC_PROTOCOL', '2026-11-28');
    refusal.refused('WINDOW_NOT_FREE', 'MONTH_END', 'NEXT_PREFERRED_WINDOW');
    expect(refusal.reasons().map(({ message }) => message.it)).toEqual([
      'La finestra della messa in esercizio non è libera: ecco perché.',
      'Chiusura del mese: da venerdì 27 novembre 2026 a martedì 1º dicembre 2026 compreso',
      'La prossima finestra preferita libera va da venerdì 4 dicembre 2026, ore 20:00, a domenica 6 dicembre 2026, ore 20:00.',
    ]);
  });

  test('on Saturday 2026-12-05 is taken', () => {
    wholeDayFor('PEC_PROTOCOL', '2026-12-05').then({
      type: 'CutoverScheduled', data: { no: 1, from: '2026-12-04T23:00:00Z', to: '2026-12-05T23:00:00Z', patronStaffed: false, at: '2026-10-30T09:00:00Z' },
    });
  });

  test('on Tuesday 2026-12-15 is refused to a service of payments, and to no other', () => {
    wholeDayFor('PAGOPA', '2026-12-15').refused('WINDOW_NOT_FREE', 'TAX_DAYS', 'NEXT_PREFERRED_WINDOW');
    expect(decided(parallel({ service: 'FIBRE' }), wholeDay('2026-12-15')).kind).toBe('accepted');
  });

  test('on Monday 2026-12-28 is refused: the budget', () => {
    wholeDayFor('FIBRE', '2026-12-28').refused('WINDOW_NOT_FREE', 'BUDGET_DAYS', 'NEXT_PREFERRED_WINDOW');
    expect(wholeDayFor('FIBRE', '2026-12-28').reasons().at(-1)?.message.en).toBe('The next preferred window that is free goes from Friday 8 January 2027, 20:00, to Sunday 10 January 2027, 20:00.');
  });
});

describe('what else keeps a window away', () => {
  const refusedOn = (begun: Begun, step: Step) => when(parallel(begun), ...step);

  test('a vote, from its Saturday to Tuesday, and a runoff two weeks later', () => {
    const begun = { grounds: { electionDays: ['2027-05-16'] } };
    refusedOn(begun, wholeDay('2027-05-15')).refused('WINDOW_NOT_FREE', 'ELECTION_DAYS', 'NEXT_PREFERRED_WINDOW');
    refusedOn(begun, wholeDay('2027-06-01')).refused('WINDOW_NOT_FREE', 'MONTH_END', 'ELECTION_DAYS', 'NEXT_PREFERRED_WINDOW');
    expect(decided(parallel(begun), wholeDay('2027-05-19')).kind).toBe('accepted');
  });

  test('a session of the council, for services that it works with', () => {
    const grounds = { sessions: ['2026-11-19'] };
    refusedOn({ grounds }, wholeDay('2026-11-19')).refused('WINDOW_NOT_FREE', 'COUNCIL_SESSION', 'NEXT_PREFERRED_WINDOW');
    expect(decided(parallel({ service: 'FIBRE', grounds }), wholeDay('2026-11-19')).kind).toBe('accepted');
  });

  test("the eve of the patron in Milano, unless somebody is in the office; elsewhere it is a day like others", () => {
    const milano = { service: 'FIBRE', grounds: { istatCode: '015146' } };
    refusedOn(milano, wholeDay('2026-12-06')).refused('WINDOW_NOT_FREE', 'PATRON_EVE', 'NEXT_PREFERRED_WINDOW');
    const [command, now] = wholeDay('2026-12-06');
    const staffed = after(parallel(milano), [{ ...command, data: { ...command.data, patronStaffed: true } } as Step[0], now]);
    expect(stateOf(staffed).cutover.schedule?.patronStaffed).toBe(true);
    expect(migration.waiting(stateOf(staffed), now).map(({ what }) => what)).toEqual(['DecideGo']);
    expect(decided(parallel({ service: 'FIBRE' }), wholeDay('2026-12-06')).kind).toBe('accepted');
  });

  test('the night in which the clocks change, for services with jobs at night', () => {
    const night = schedule('2027-03-28T00:00:00+01:00', '2027-03-28T06:00:00+02:00');
    refusedOn({}, night).refused('WINDOW_NOT_FREE', 'CLOCK_CHANGE', 'NEXT_PREFERRED_WINDOW');
    expect(decided(parallel({ service: 'FIBRE' }), night).kind).toBe('accepted');
  });

  test('acts on the notice board, where it would be down for 12 hours of a day: the interruption is named', () => {
    const begun = { grounds: { publications: [{ from: '2026-11-05', to: '2026-11-20' }] } };
    const refusal = refusedOn(begun, SCHEDULE);
    refusal.refused('WINDOW_NOT_FREE', 'BOARD_PUBLICATIONS', 'NEXT_PREFERRED_WINDOW');
    expect(refusal.reasons()[1]?.message.en).toBe('Notice board down for 12 hours or more, with acts on it: from Saturday 7 November 2026 to Sunday 8 November 2026, included');
    expect(refusal.reasons()[2]?.message.en).toBe('The next preferred window that is free goes from Friday 20 November 2026, 20:00, to Sunday 22 November 2026, 20:00.');
    const nights = schedule('2026-11-06T20:00:00+01:00', '2026-11-07T08:00:00+01:00');
    expect(decided(parallel(begun), nights).kind).toBe('accepted');
    expect(decided(parallel({ ...begun, service: 'FIBRE' }), SCHEDULE).kind).toBe('accepted');
  });

  test('all reasons are given', () => {
    refusedOn({ grounds: { istatCode: '015146', sessions: ['2026-12-03'], electionDays: ['2026-12-06'] } }, schedule('2026-12-01T00:00:00+01:00', '2026-12-07T00:00:00+01:00'))
      .refused('WINDOW_NOT_FREE', 'MONTH_END', 'COUNCIL_SESSION', 'ELECTION_DAYS', 'PATRON_EVE', 'NEXT_PREFERRED_WINDOW');
  });
});

describe('a window by itself', () => {
  test.each([
    ['in the past', schedule('2026-10-30T09:59:59+01:00', '2026-10-30T22:00:00+01:00'), 'WINDOW_IN_PAST'],
    ['reversed', schedule('2026-11-08T20:00:00+01:00', '2026-11-06T20:00:00+01:00'), 'WINDOW_REVERSED'],
    ['of no length', schedule('2026-11-06T20:00:00+01:00', '2026-11-06T19:00:00Z'), 'WINDOW_REVERSED'],
    ['longer than a week', schedule('2026-11-06T20:00:00+01:00', '2026-11-13T20:00:01+01:00'), 'WINDOW_TOO_LONG'],
  ])('%s is refused', (_what, step, code) => {
    when(parallel(), ...step).refused(code);
  });

  test('that begins at this moment is not past, of a week is not too long, from the end of the parallel run on not too early', () => {
    const now = '2026-11-03T08:00:00Z';
    expect(decided(parallel(), schedule(now, '2026-11-03T20:00:00Z', {}, now)).kind).toBe('accepted');
    expect(decided(parallel(), schedule('2026-11-06T20:00:00+01:00', '2026-11-13T20:00:00+01:00')).kind).toBe('accepted');
    const earliest = startOfDay('2026-11-13');
    const running = after(accepted(), [{ ...PARALLEL[0], data: { startedOn: '2026-10-29' } } as Step[0], '2026-10-29T08:00:00Z']);
    when(running, ...schedule(addHours(earliest, -1), addHours(earliest, 12))).refused('WINDOW_TOO_EARLY');
    expect(decided(running, schedule(earliest, addHours(earliest, 12))).kind).toBe('accepted');
  });

  test('before the parallel run is over is refused, from its end on it is taken while the run still lasts', () => {
    const running = after(accepted(), PARALLEL);
    const [now, to] = ['2026-10-20T08:00:00Z', '2026-11-05T00:00:00+01:00'];
    when(running, ...schedule('2026-10-26T00:00:00+01:00', '2026-10-27T00:00:00+01:00', {}, now)).refused('WINDOW_TOO_EARLY');
    expect(decided(running, schedule('2026-11-03T00:00:00+01:00', to, {}, now)).kind).toBe('accepted');
  });

  test('is for the parallel run and after it', () => {
    when(accepted(), ...SCHEDULE).refused('OUT_OF_TURN');
    when(cutOver(), ...schedule('2026-12-05T00:00:00+01:00', '2026-12-06T00:00:00+01:00', {}, '2026-11-10T00:00:00Z')).refused('OUT_OF_TURN');
  });

  test('is set anew, and the same one again is refused', () => {
    const anew = schedule('2026-11-13T20:00:00+01:00', '2026-11-15T20:00:00+01:00');
    when(SCHEDULED, ...SCHEDULE).refused('ALREADY_SCHEDULED');
    when(SCHEDULED, ...anew).then({ type: 'CutoverScheduled', data: { no: 2, from: '2026-11-13T19:00:00Z', to: '2026-11-15T19:00:00Z', patronStaffed: false, at: '2026-10-30T09:00:00Z' } });
    expect(stage(after(DECIDED, [anew[0], '2026-11-05T16:00:00Z']))).toBe('PARALLEL_RUN');
  });

  const CANCEL: Step = [{ type: 'CancelCutover', data: { reasons: TEXT } }, '2026-11-05T16:00:00Z', MEMBER];

  test('is given up by either party, and the go with it', () => {
    when(SCHEDULED, ...CANCEL).then({ type: 'CutoverUnscheduled', data: { no: 1, reasons: TEXT, at: '2026-11-05T16:00:00Z' } });
    const cancelled = after(DECIDED, CANCEL);
    expect(stage(cancelled)).toBe('PARALLEL_RUN');
    expect(waits(cancelled)).toEqual([['OPERATOR', 'ScheduleCutover', 'WINDOW_MISSING']]);
    when(cancelled, ...CANCEL).refused('NOT_SCHEDULED');
  });

  test('that goes by without a word is given up by its timer; one that was decided on is not', () => {
    expect(migration.timers(stateOf(SCHEDULED))).toEqual([{ key: 'cutover-window-1', at: '2026-11-08T19:00:00Z', command: { type: 'EndCutoverWindow', data: { no: 1 } } }]);
    const end = (no: number, now: string): Step => [{ type: 'EndCutoverWindow', data: { no } }, now, ENGINE];
    when(SCHEDULED, ...end(1, '2026-11-08T19:00:00Z')).then({ type: 'CutoverWindowMissed', data: { no: 1, at: '2026-11-08T19:00:00Z' } });
    when(SCHEDULED, ...end(1, '2026-11-08T18:59:59Z')).nothing();
    when(SCHEDULED, ...end(2, '2026-11-08T19:00:00Z')).nothing();
    when(DECIDED, ...end(1, '2026-11-08T19:00:00Z')).nothing();
    expect(waits(after(SCHEDULED, end(1, '2026-11-08T19:00:00Z')))).toEqual([['OPERATOR', 'ScheduleCutover', 'WINDOW_MISSING']]);
  });
});

describe('the go', () => {
  test('is given by the comune when all else is there, and leads to the cutover', () => {
    expect(waits(SCHEDULED)).toEqual([['MEMBER', 'DecideGo', 'GO_MISSING']]);
    when(SCHEDULED, ...GO).then({ type: 'CutoverDecided', data: { go: true, decidedAt: '2026-11-05T14:00:00Z', reasons: null, at: '2026-11-05T15:00:00Z' }, effectiveOn: '2026-11-05' });
    expect(stage(DECIDED)).toBe('CUTOVER');
    expect(waits(DECIDED)).toEqual([['OPERATOR', 'RecordCutover', 'GO_FOR_WINDOW']]);
    expect(viewMigration(stateOf(DECIDED), GO[1]).gates.find(({ gate }) => gate === 'CUTOVER')).toEqual({ gate: 'CUTOVER', open: true, reasons: [] });
    when(SCHEDULED, GO[0], GO[1], OPERATOR).refused('FORBIDDEN');
  });

  test('a no needs its reasons and gives the window up', () => {
    const no = (data: object): Step => [{ type: 'DecideGo', data: { go: false, decidedAt: '2026-11-05T15:00:00+01:00', ...data } }, '2026-11-05T15:00:00Z', MEMBER];
    when(SCHEDULED, ...no({})).refused('REASONS_REQUIRED');
    const stopped = after(SCHEDULED, no({ reasons: TEXT }));
    expect(stage(stopped)).toBe('PARALLEL_RUN');
    expect(waits(stopped)).toEqual([['OPERATOR', 'ScheduleCutover', 'WINDOW_MISSING']]);
    expect(viewMigration(stateOf(stopped), GO[1]).cutover).toEqual({ decision: { go: false, decidedAt: '2026-11-05T14:00:00Z', reasons: TEXT }, done: null });
  });

  test.each<[string, Events, readonly string[]]>([
    ['no window', parallel(), ['NOT_SCHEDULED']],
    ['the parallel run not over', after(accepted(), PARALLEL, [SCHEDULE[0], '2026-10-20T00:00:00Z']), ['GATE_SHUT', 'PARALLEL_RUN_RUNNING']],
    ['counts that differ since', after(SCHEDULED, run('2026-11-01', { kind: 'FINAL', target: 1199 })), ['GATE_SHUT', 'COUNTS_DO_NOT_RECONCILE']],
    ['a defect of severity 1', after(SCHEDULED, [{ type: 'ReportDefect', data: { defectNo: 'D-1', severity: 1, reportedAt: '2026-11-01T08:00:00Z' } }, '2026-11-01T09:00:00Z']), ['GATE_SHUT', 'SEVERITY1_OPEN']],
    ['the resolution suspended', told(SCHEDULED, { convention: 'SUSPENDED' }, '2026-11-01T00:00:00Z'), ['GATE_SHUT', 'RESOLUTION_SUSPENDED']],
    ['a vote called since', told(SCHEDULED, { electionDays: ['2026-11-08'] }, '2026-11-01T00:00:00Z'), ['GATE_SHUT', 'WINDOW_NOT_FREE', 'ELECTION_DAYS']],
  ])('is refused with %s', (_what, events, codes) => {
    when(events, ...GO).refused(...codes);
  });

  test('is refused once the window is over, before the acceptance and in the future', () => {
    const decidedAt = (at: string, now: string): Step => [{ type: 'DecideGo', data: { go: true, decidedAt: at } }, now, MEMBER];
    when(SCHEDULED, ...decidedAt('2026-11-08T19:00:00Z', '2026-11-08T19:00:00Z')).refused('WINDOW_OVER');
    when(SCHEDULED, ...decidedAt('2026-10-13T19:00:00Z', '2026-11-05T19:00:00Z')).refused('DATE_BEFORE_GROUND');
    when(SCHEDULED, ...decidedAt('2026-11-05T19:00:01Z', '2026-11-05T19:00:00Z')).refused('FACT_IN_FUTURE');
    when(DECIDED, ...GO).refused('OUT_OF_TURN');
  });
});

describe('a vote that is called after the go', () => {
  const called = told(DECIDED, { electionDays: ['2026-11-08'] }, '2026-11-05T17:00:00Z');

  test('flags the window: the cutover is refused until it is scheduled anew', () => {
    when(called, ...CUT).refused('WINDOW_NOT_FREE', 'ELECTION_DAYS', 'NEXT_PREFERRED_WINDOW');
    expect(waits(called)).toEqual([['OPERATOR', 'ScheduleCutover', 'WINDOW_NOT_FREE', 'ELECTION_DAYS', 'CUTOVER_HELD_UP']]);
    expect(viewMigration(stateOf(called), '2026-11-05T18:00:00Z').windows[0]).toMatchObject({ kind: 'SCHEDULED', reasons: [{ code: 'ELECTION_DAYS' }] });
    const anew = after(called, schedule('2026-11-13T20:00:00+01:00', '2026-11-15T20:00:00+01:00', {}, '2026-11-05T18:00:00Z'));
    expect(stage(anew)).toBe('PARALLEL_RUN');
    expect(waits(anew)).toEqual([['MEMBER', 'DecideGo', 'GO_MISSING']]);
  });

  test('what was done all the same is recorded with its reasons, as irregular', () => {
    const [command, now] = CUT;
    const done = after(called, [{ ...command, data: { ...command.data, reasons: TEXT } } as Step[0], now]);
    expect(done.at(-2)).toMatchObject({ type: 'CutoverRecorded', data: { regular: false, reasons: TEXT } });
  });
});

describe('the cutover', () => {
  test('inside its window leads to hypercare, up to the twentieth working day', () => {
    when(DECIDED, ...CUT).then({
      type: 'CutoverRecorded',
      data: { startedAt: '2026-11-06T20:00:00Z', endedAt: '2026-11-07T10:00:00Z', outcome: 'SUCCEEDED', regular: true, reasons: null, at: '2026-11-07T12:00:00Z' },
      effectiveOn: '2026-11-07',
    }, {
      type: 'HypercareStarted',
      // Twenty working days after Saturday 7 November: Friday 4 December is the last.
      data: { startedAt: '2026-11-07T10:00:00Z', endsOn: '2026-12-04', overFrom: '2026-12-04T23:00:00Z', basis: { policyVersion: '2026.3', calendarVersion: '2026.1' }, at: '2026-11-07T12:00:00Z' },
      effectiveOn: '2026-11-07',
    });
    expect(stage(cutOver())).toBe('HYPERCARE');
    expect(viewMigration(stateOf(cutOver()), '2026-11-08T00:00:00Z').windows).toEqual([]);
  });

  test('that failed leads back to the scheduling: the old service goes on', () => {
    const [command, now] = CUT;
    const failed = after(DECIDED, [{ ...command, data: { ...command.data, outcome: 'FAILED' } } as Step[0], now]);
    expect(failed.at(-1)?.type).toBe('CutoverRecorded');
    expect(stage(failed)).toBe('PARALLEL_RUN');
    expect(waits(failed)).toEqual([['OPERATOR', 'ScheduleCutover', 'WINDOW_MISSING']]);
  });

  const cut = (startedAt: string, endedAt: string, more: object = {}): Step => [{ type: 'RecordCutover', data: { startedAt, endedAt, outcome: 'SUCCEEDED', ...more } }, '2026-11-09T12:00:00Z'];

  test.each([
    ['that began before its window', cut('2026-11-06T18:59:59Z', '2026-11-07T10:00:00Z')],
    ['that ended after it', cut('2026-11-06T20:00:00Z', '2026-11-08T19:00:01Z')],
  ])('%s is recorded with its reasons only', (_what, step) => {
    when(DECIDED, ...step).refused('OUTSIDE_WINDOW');
    const withReasons = after(DECIDED, [{ ...step[0], data: { ...step[0].data, reasons: TEXT } } as Step[0], step[1]]);
    expect(withReasons.at(-2)).toMatchObject({ data: { regular: false, reasons: TEXT } });
  });

  test('is recorded up to the very edges of its window', () => {
    expect(after(DECIDED, cut(WEEKEND.from, WEEKEND.to)).at(-2)).toMatchObject({ data: { regular: true } });
  });

  test('follows the go, ends after it begins, and has happened', () => {
    when(DECIDED, ...cut('2026-11-05T13:59:59Z', '2026-11-07T10:00:00Z')).refused('DATE_BEFORE_GROUND');
    when(DECIDED, ...cut('2026-11-07T10:00:01Z', '2026-11-07T10:00:00Z')).refused('DATE_BEFORE_GROUND');
    when(DECIDED, ...cut('2026-11-07T10:00:00Z', '2026-11-09T12:00:01Z')).refused('FACT_IN_FUTURE');
    when(SCHEDULED, ...CUT).refused('OUT_OF_TURN');
    when(cutOver(), ...CUT).refused('OUT_OF_TURN');
  });
});

describe('the windows in the view', () => {
  test('are the one that was set, the forbidden ones of the next eight weeks, and the next preferred one that is free', () => {
    const { windows } = viewMigration(stateOf(SCHEDULED), '2026-10-30T09:00:00Z');
    expect(windows.map(({ kind, from, to, reasons }) => [kind, from, to, ...reasons.map(({ code }) => code)])).toEqual([
      ['SCHEDULED', '2026-11-06T19:00:00Z', '2026-11-08T19:00:00Z'],
      ['FORBIDDEN', '2026-10-28T23:00:00Z', '2026-11-02T23:00:00Z', 'MONTH_END'],
      ['FORBIDDEN', '2026-11-26T23:00:00Z', '2026-12-01T23:00:00Z', 'MONTH_END'],
      ['FORBIDDEN', '2026-12-19T23:00:00Z', '2027-01-06T23:00:00Z', 'BUDGET_DAYS'],
      ['PREFERRED', '2026-11-06T19:00:00Z', '2026-11-08T19:00:00Z', 'NEXT_PREFERRED_WINDOW'],
    ]);
  });

  test('show what the notice board asks for while acts are on it', () => {
    const { windows } = viewMigration(stateOf(parallel({ grounds: { publications: [{ from: '2026-11-05', to: '2026-11-20' }] } })), '2026-11-03T09:00:00Z');
    expect(windows.map(({ kind, from, reasons }) => [kind, from, ...reasons.map(({ code }) => code)])).toEqual([
      ['FORBIDDEN', '2026-11-04T23:00:00Z', 'BOARD_PUBLICATIONS'],
      ['FORBIDDEN', '2026-11-26T23:00:00Z', 'MONTH_END'],
      ['FORBIDDEN', '2026-12-19T23:00:00Z', 'BUDGET_DAYS'],
      ['PREFERRED', '2026-11-20T19:00:00Z', 'NEXT_PREFERRED_WINDOW'],
    ]);
    expect(windows[0]?.reasons[0]?.message.en).toBe('Acts on the notice board from Thursday 5 November 2026 to Friday 20 November 2026, included: it is down for less than 12 hours of each day.');
  });
});
