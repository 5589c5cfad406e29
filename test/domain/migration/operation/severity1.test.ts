import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import { ENGINE, MEMBER, TEXT } from '../scenario.ts';
import { after, changed, CUT, cutOver, GO, parallel, SCHEDULE, stateOf, when, type Step } from '../moved.ts';

type Events = ReturnType<typeof cutOver>;
const timers = (events: Events) => migration.timers(stateOf(events)).map(({ key, at }) => [key, at]);
const sentences = (events: Events) => migration.waiting(stateOf(events), '2026-11-08T00:00:00Z').flatMap(({ reasons }) => reasons.map(({ message }) => message.en));
const dueDates = (events: Events) => stateOf(events).operation.defects.map(({ defectNo, dueAt }) => [defectNo, dueAt]);
const defect = (reportedAt: string, severity: 1 | 2 | 3 = 1, defectNo = 'INC-1', now = reportedAt): Step => [{ type: 'ReportDefect', data: { defectNo, severity, reportedAt } }, now, MEMBER];
const escalate = (now: string): Step => [{ type: 'EscalateDefect', data: { defectNo: 'INC-1' } }, now, ENGINE];

// In use from 10:00Z of Saturday 7 November, recorded at 12:00Z: the point of no return is at 10:00Z of Tuesday 10 November.
const DECIDED = after(parallel(), SCHEDULE, GO);
const CUT_ALL_THE_SAME = changed(CUT, { reasons: TEXT });
const recordedAt = (now: string): Step => [CUT_ALL_THE_SAME[0], now];

describe('a defect of severity 1 that is open when the service is cut over', () => {
  const broken = after(DECIDED, defect('2026-11-06T10:00:00Z'), defect('2026-11-06T11:00:00Z', 2, 'INC-2'), CUT_ALL_THE_SAME);

  test('has its four hours from the end of the cutover on, by the event that begins hypercare; then all is undone', () => {
    expect(broken.at(-1)).toMatchObject({ type: 'HypercareStarted', data: { startedAt: '2026-11-07T10:00:00Z', severity1Due: [{ defectNo: 'INC-1', dueAt: '2026-11-07T14:00:00Z' }] } });
    expect(dueDates(broken)).toEqual([['INC-1', '2026-11-07T14:00:00Z'], ['INC-2', null]]);
    expect(timers(broken)).toContainEqual(['defect-INC-1-2026-11-07T14:00:00Z', '2026-11-07T14:00:00Z']);
    expect(sentences(broken)[0]).toBe('INC-1, of severity 1, is to be resolved by 2026-11-07T14:00:00Z.');
    when(broken, ...escalate('2026-11-07T13:59:59Z')).nothing();
    expect(after(broken, escalate('2026-11-07T14:00:00Z')).slice(broken.length)).toMatchObject([{ type: 'RollbackStarted', data: { cause: 'SEVERITY_1' } }, { type: 'UndoStarted', data: { step: 'cut-over' } }]);
  });

  test('has none where it is resolved before', () => {
    const mended = after(DECIDED, defect('2026-11-06T10:00:00Z'), [{ type: 'ResolveDefect', data: { defectNo: 'INC-1', resolvedAt: '2026-11-06T12:00:00Z' } }, '2026-11-06T12:00:00Z'], CUT);
    expect(mended.at(-1)?.data).not.toHaveProperty('severity1Due');
    expect(timers(mended)).toEqual([['hypercare-2026-12-04', '2026-12-04T23:00:00Z']]);
  });

  test('reported after the end of a cutover that was not recorded yet has its hours from the report on', () => {
    expect(dueDates(after(DECIDED, defect('2026-11-07T11:00:00Z'), CUT_ALL_THE_SAME))).toEqual([['INC-1', '2026-11-07T15:00:00Z']]);
  });

  test('counts from the end of the cutover also where that is recorded late: undone at once, or told of beyond the point of no return', () => {
    const late = after(DECIDED, defect('2026-11-06T10:00:00Z'), recordedAt('2026-11-09T08:00:00Z'));
    expect(timers(late)).toContainEqual(['defect-INC-1-2026-11-07T14:00:00Z', '2026-11-07T14:00:00Z']);
    expect(after(late, escalate('2026-11-09T08:00:00Z')).at(-2)?.type).toBe('RollbackStarted');
    const tooLate = after(DECIDED, defect('2026-11-06T10:00:00Z'), recordedAt('2026-11-11T08:00:00Z'));
    when(tooLate, ...escalate('2026-11-11T08:00:00Z')).then({ type: 'DefectAlarmRaised', data: { defectNo: 'INC-1', dueAt: '2026-11-07T14:00:00Z', at: '2026-11-11T08:00:00Z' } });
  });

  test('of a failed cutover has none: the old service is in use', () => {
    expect(dueDates(after(DECIDED, defect('2026-11-06T10:00:00Z'), changed(CUT_ALL_THE_SAME, { outcome: 'FAILED' })))).toEqual([['INC-1', null]]);
  });
});

test('a defect that was found before the cutover and is recorded after it has its hours from the cutover on', () => {
  expect(dueDates(after(cutOver(), defect('2026-11-06T10:00:00Z', 1, 'INC-1', '2026-11-07T13:00:00Z')))).toEqual([['INC-1', '2026-11-07T14:00:00Z']]);
});

test('a history of before these terms folds as it did, and its defect is owed without a day that nobody set', () => {
  const cut = after(DECIDED, defect('2026-11-06T10:00:00Z'), CUT_ALL_THE_SAME);
  const before = cut.map((event) => (event.type === 'HypercareStarted' ? { ...event, data: { ...event.data, severity1Due: undefined } } : event)) as Events;
  expect(dueDates(before)).toEqual([['INC-1', null]]);
  expect(sentences(before)[0]).toBe('INC-1, of severity 1, is to be resolved.');
  expect(JSON.stringify(viewMigration(stateOf(before), '2026-11-08T00:00:00Z').waitingFor)).not.toMatch(/by null|entro il null/);
});
