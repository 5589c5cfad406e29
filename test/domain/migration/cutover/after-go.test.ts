import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import { MEMBER, TEXT } from '../scenario.ts';
import { after, changed, CUT, decided, GO, parallel, run, SCHEDULE, stateOf, told, when, type Step } from '../moved.ts';

type Events = ReturnType<typeof parallel>;
const NOW = '2026-11-05T16:00:00Z';
const stage = (events: Events) => stateOf(events).migration?.state;
const waits = (events: Events) => migration.waiting(stateOf(events), NOW).map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)]);
const gate = (events: Events) => viewMigration(stateOf(events), NOW).gates.find((one) => one.gate === 'CUTOVER');

const DECIDED = after(parallel(), SCHEDULE, GO);
const DEFECT: Step = [{ type: 'ReportDefect', data: { defectNo: 'INC-1', severity: 1, reportedAt: NOW } }, NOW, MEMBER];
const WITH_REASONS = changed(CUT, { reasons: TEXT });
const FAILED = changed(CUT, { outcome: 'FAILED' });

describe('what goes missing after the go', () => {
  test.each<[string, Events, string, string]>([
    ['a defect of severity 1', after(DECIDED, DEFECT), 'SEVERITY1_OPEN', 'OPERATOR ResolveDefect'],
    ['a last run whose counts differ', after(DECIDED, run('2026-11-05', { kind: 'FINAL', target: 1199 })), 'COUNTS_DO_NOT_RECONCILE', 'OPERATOR RecordRehearsal'],
  ])('%s: the gate is shut, whose turn it is is said, and a cutover that took place all the same is recorded with its reasons, as irregular', (_what, events, code, whose) => {
    expect(gate(events)).toMatchObject({ open: false, reasons: [{ code }] });
    expect(waits(events)).toEqual([[...whose.split(' '), code], ['OPERATOR', 'ScheduleCutover', 'CUTOVER_HELD_UP']]);
    when(events, ...CUT).refused('GATE_SHUT', code);
    expect(when(events, ...CUT).reasons()[0]).toMatchObject({ path: 'reasons' });
    expect(after(events, WITH_REASONS).at(-2)).toMatchObject({ type: 'CutoverRecorded', data: { regular: false, reasons: TEXT } });
    expect(stage(after(events, WITH_REASONS))).toBe('HYPERCARE');
    when(events, ...FAILED).refused('GATE_SHUT', code);
    expect(stage(after(events, changed(FAILED, { reasons: TEXT })))).toBe('PARALLEL_RUN');
  });

  test('and comes back leaves the cutover as it was: to be recorded, regular', () => {
    const mended = after(DECIDED, DEFECT, [{ type: 'ResolveDefect', data: { defectNo: 'INC-1', resolvedAt: '2026-11-06T09:00:00Z' } }, '2026-11-06T09:00:00Z']);
    expect([gate(mended)?.open, waits(mended).map(([who, what]) => `${who} ${what}`)]).toEqual([true, ['OPERATOR RecordCutover']]);
    expect(after(mended, CUT).at(-2)).toMatchObject({ data: { regular: true, reasons: null } });
  });

  test('beside a window that is not free any more: all of it is said', () => {
    const both = told(after(DECIDED, DEFECT), { electionDays: ['2026-11-08'] }, NOW);
    expect(waits(both)).toEqual([['OPERATOR', 'ResolveDefect', 'SEVERITY1_OPEN'], ['OPERATOR', 'ScheduleCutover', 'WINDOW_NOT_FREE', 'ELECTION_DAYS', 'CUTOVER_HELD_UP']]);
    when(both, ...CUT).refused('GATE_SHUT', 'SEVERITY1_OPEN', 'WINDOW_NOT_FREE', 'ELECTION_DAYS');
  });

  test('while the member leaves: no other window is offered, nothing is to begin any more', () => {
    const leaving = told(after(DECIDED, DEFECT), { convention: 'LEAVING' }, NOW);
    expect(waits(leaving).map(([who, what]) => `${who} ${what}`)).toEqual(['OPERATOR Cancel', 'OPERATOR ResolveDefect']);
  });

  test('is not asked for once the window is set anew, but at the next go', () => {
    const anew = after(DECIDED, DEFECT, [{ type: 'ScheduleCutover', data: { from: '2026-11-13T20:00:00+01:00', to: '2026-11-15T20:00:00+01:00' } }, NOW]);
    expect([stage(anew), waits(anew)]).toEqual(['PARALLEL_RUN', [['OPERATOR', 'ResolveDefect', 'SEVERITY1_OPEN']]]);
  });
});

describe('E48: the resolution is suspended by court after the go', () => {
  const suspended = told(DECIDED, { convention: 'SUSPENDED' }, NOW);

  test('no new stage: the gate is shut, and the end of the suspension is waited for', () => {
    expect(gate(suspended)).toMatchObject({ open: false, reasons: [{ code: 'RESOLUTION_SUSPENDED' }] });
    expect(waits(suspended)).toEqual([['OPERATOR', 'LiftSuspension', 'RESOLUTION_SUSPENDED'], ['OPERATOR', 'ScheduleCutover', 'CUTOVER_HELD_UP']]);
  });

  test('a cutover that succeeded is not recorded while it lasts, with reasons or without: it is when the suspension ends', () => {
    when(suspended, ...CUT).refused('GATE_SHUT', 'RESOLUTION_SUSPENDED');
    when(suspended, ...WITH_REASONS).refused('GATE_SHUT', 'RESOLUTION_SUSPENDED');
    const lifted = told(suspended, { convention: 'IN_FORCE' }, '2026-11-07T11:30:00Z');
    expect(stage(after(lifted, CUT))).toBe('HYPERCARE');
  });

  test('one that failed begins no stage, and is recorded with its reasons', () => {
    when(suspended, ...FAILED).refused('GATE_SHUT', 'RESOLUTION_SUSPENDED');
    expect(stage(after(suspended, changed(FAILED, { reasons: TEXT })))).toBe('PARALLEL_RUN');
  });

  test('one that succeeded and was recorded before stands: the service in use goes on', () => {
    const live = told(after(DECIDED, CUT), { convention: 'SUSPENDED' }, '2026-11-07T13:00:00Z');
    expect([stage(live), waits(live)[0]]).toEqual(['HYPERCARE', ['CLOCK', 'hypercare-2026-12-04', 'HYPERCARE_RUNNING']]);
  });
});

describe('the member leaves after the go', () => {
  test.each<['LEAVING' | 'ENDED', string, string]>([
    ['LEAVING', 'MEMBER_LEAVING', 'HYPERCARE'], ['ENDED', 'CONVENTION_NOT_IN_FORCE', 'RETIRING'],
  ])('%s: it waits to be given up; a cutover that took place all the same is not lost, and leads to %s %s', (convention, code, next) => {
    const left = told(DECIDED, { convention }, NOW);
    expect(waits(left)).toEqual([['OPERATOR', 'Cancel', code]]);
    when(left, ...CUT).refused('GATE_SHUT', code);
    expect(stage(after(left, WITH_REASONS))).toBe(next);
    expect(decided(left, [{ type: 'Cancel', data: { reasons: TEXT } }, NOW]).kind).toBe('accepted');
  });
});
