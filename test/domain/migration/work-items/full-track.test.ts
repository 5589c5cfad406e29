import { describe, expect, test } from 'vitest';
import { migration, type MigrationEvent, type MigrationState } from '../../../../domain/migration/index.ts';
import type { Pinned } from '../../../../domain/migration/pinned.ts';
import { MIGRATION_POLICIES } from '../../../../domain/migration/policies.ts';
import { ENGINE, given, NOW, OPERATOR, stateAfter, TEXT, type AnyCommand, type AnyEvent } from '../scenario.ts';
import { completionOf } from '../arbitrary.ts';
import { COMMITMENT, committed, completion, does, nextItem, planned, requested, when, worked } from '../full.ts';
import { ASKED, AT, BEGUN, LAY_SCHEDULED, OFFERED, ROOMS_READY, SCHEDULED, SURVEYED } from './scenario.ts';

/** On the full track, of Milano, whose patron is on 7 December. */
const pinned: Pinned = {
  dependsOn: [], gates: ['FEASIBILITY', 'PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'CUTOVER', 'OPERATING', 'CLOSED'], windows: { forbidden: [], preferred: 'ANY' }, personalData: 'NONE',
  cost: { kind: 'FREE' }, fulfilment: OFFERED.fulfilment, calendarVersion: '2026.1', policies: MIGRATION_POLICIES,
};
const grounds = {
  convention: 'IN_FORCE', recognitionValid: true, serviceReferent: true, securityContact: true, dpo: true, dpaInForce: true, dpiaOpen: false, longVacancies: [], budgetCovered: true, istatCode: '015146',
  electionDays: [], sessions: [], publications: [], services: {},
} as const;
const REQUESTED = { ...ASKED, data: { ...ASKED.data, pinned, grounds } } satisfies MigrationEvent;
const WORKING: readonly AnyEvent[] = [REQUESTED, BEGUN, SCHEDULED];
const LAID = { type: 'WorkItemCompleted', data: { workItemId: 'lay', completedOn: '2026-07-08', note: null, at: '2026-07-08T09:00:00Z' }, effectiveOn: '2026-07-08' } as const;

/** The events that commands lead to, one after the other. */
function after(before: readonly AnyEvent[], ...commands: readonly (readonly [at: string, command: AnyCommand])[]): readonly AnyEvent[] {
  return commands.reduce<readonly AnyEvent[]>((events, [now, command]) => {
    const decision = migration.decide(stateAfter(...events), command, { actor: command.type === 'NoteGrounds' ? ENGINE : OPERATOR, now, commandId: 'cmd' });
    if (decision.kind === 'refused') throw new Error(decision.code);
    return [...events, ...decision.events];
  }, before);
}
const types = (events: readonly AnyEvent[]) => events.map(({ type }) => type);
const orders = (events: readonly AnyEvent[]) => migration.waiting(stateAfter(...events), NOW).filter(({ what }) => what === 'CompleteWorkItem').map(({ who, dueOn, reasons }) => [who, dueOn, reasons[0]?.message.en]);

describe('the term of a work item', () => {
  test('leaves out the patron of the comune', () => {
    const events = after([REQUESTED, BEGUN], ['2026-12-01T08:00:00Z', { type: 'NoteGrounds', data: { grounds: { ...grounds, budgetCovered: false }, asOf: 9 } }]);
    // Five working days after Tuesday, 1 December: Monday, the 7th, is the patron's, the 8th a holiday.
    expect(events.at(-1)).toMatchObject({ type: 'WorkItemsScheduled', data: { basis: { istatCode: '015146', calendarVersion: '2026.1' }, items: [{ workItemId: 'survey', dueOn: '2026-12-10' }, { workItemId: 'rooms' }] } });
  });

  test('stands still while the migration is suspended', () => {
    const suspended = after(WORKING, ['2026-07-03T08:00:00Z', { type: 'Suspend', data: { reasons: TEXT } }]);
    expect([orders(suspended), migration.timers(stateAfter(...suspended))]).toEqual([[], []]);
    // From Friday, 3 July, to Tuesday, 7 July: two working days.
    const resumed = after(suspended, ['2026-07-07T08:00:00Z', { type: 'Resume', data: {} }]);
    expect(orders(resumed)).toEqual([['OPERATOR', '2026-07-10', 'survey: Survey.'], ['MEMBER', '2026-07-17', 'rooms: Prepare the rooms.']]);
    expect(migration.timers(stateAfter(...resumed)).map(({ key, at }) => [key, at])).toEqual([['overdue-survey@2026-07-10', '2026-07-10T22:00:00Z'], ['overdue-rooms@2026-07-17', '2026-07-17T22:00:00Z']]);
  });

  test('that was over when it was suspended is over when it resumes', () => {
    const late = { type: 'WorkItemOverdue', data: { workItemId: 'survey', role: 'OPERATOR', dueOn: '2026-07-08', at: '2026-07-08T22:00:00Z' } } as const;
    const resumed = after([...WORKING, late], ['2026-07-09T08:00:00Z', { type: 'Suspend', data: { reasons: TEXT } }], ['2026-07-10T08:00:00Z', { type: 'Resume', data: {} }]);
    expect(orders(resumed).map(([, dueOn]) => dueOn)).toEqual(['2026-07-08', '2026-07-16']);
  });
});

describe('a roll-back', () => {
  const done = [...WORKING, SURVEYED, LAY_SCHEDULED, ROOMS_READY, LAID];
  const back = after(done, ['2026-07-09T08:00:00Z', { type: 'RollBack', data: { reasons: TEXT } }]);

  test('owes what takes back the work items that can be taken back, to who did them', () => {
    expect(types(back).slice(done.length)).toEqual(['RollbackStarted', 'UndoStarted']);
    expect(orders(back)).toEqual([['PROVIDER', null, expect.stringMatching(/^undo-work-item-lay-\d+: Free the fibres\.$/)]]);
    const undo = stateAfter(...back).migration?.workItems.find(({ undoes }) => undoes !== undefined)?.id ?? '';
    const ended = after(back, ['2026-07-10T08:00:00Z', completionOf(undo, '2026-07-10')]);
    expect([types(ended).slice(back.length), stateAfter(...ended).migration?.state]).toEqual([['WorkItemCompleted', 'StepUndone', 'RolledBack'], 'PLAN_DRAFTED']);
  });

  test('leaves what was not done yet undone', () => {
    given(...back).when(completionOf('hand-over', '2026-07-09')).refused('WORK_ITEM_NOT_READY', 'workItemId');
    given(...back).when({ type: 'ReopenWorkItem', data: { workItemId: 'lay', reasons: TEXT } }).refused('OUT_OF_TURN');
  });

  test('has nothing to undo of what was opened again', () => {
    const reopened = after(done, ['2026-07-09T08:00:00Z', { type: 'ReopenWorkItem', data: { workItemId: 'lay', reasons: TEXT } }], ['2026-07-09T09:00:00Z', { type: 'RollBack', data: { reasons: TEXT } }]);
    expect(stateAfter(...reopened).migration?.state).toBe('PLAN_DRAFTED');
  });

  test('undoes as one what the catalogue knows no undoing of', () => {
    const plain = { ...BEGUN, data: { ...BEGUN.data, workItems: BEGUN.data.workItems.map(({ id, title }) => ({ id, title, after: [] })) } };
    const [first, second] = ['survey', 'rooms'].map((id) => ({ type: 'WorkItemCompleted', data: { workItemId: id, completedOn: '2026-07-03', note: null, at: AT }, effectiveOn: '2026-07-03' }) as const);
    const events = after([REQUESTED, plain, ...(first === undefined || second === undefined ? [] : [first, second])], ['2026-07-09T08:00:00Z', { type: 'RollBack', data: { reasons: TEXT } }]);
    expect(orders(events)).toEqual([['OPERATOR', null, expect.stringContaining('Remove what was provisioned by hand') as string]]);
    expect(stateAfter(...events).saga.done).toHaveLength(1);
  });
});

test('a work item is not opened again once the end of provisioning is recorded', () => {
  const recorded = { type: 'ProvisioningCompleted', data: { provisionedOn: '2026-07-09', at: NOW }, effectiveOn: '2026-07-09' } as const;
  given(...WORKING, SURVEYED, recorded).when({ type: 'ReopenWorkItem', data: { workItemId: 'survey', reasons: TEXT } }).refused('WORK_ITEM_FOLLOWED');
});

describe('a work item', () => {
  const working = committed(requested('FIBRE'));
  const first = (state: MigrationState, completedOn: string) => {
    const item = nextItem(state);
    if (item === undefined) throw new Error('Nothing is to be done');
    return completion(item, completedOn);
  };

  test('is not done before the plan was approved and its costs were committed', () => {
    when(working, 'CompleteWorkItem', first(working, '2020-01-01')).refused('DATE_BEFORE_GROUND', 'completedOn');
    when(working, 'CompleteWorkItem', first(working, '2026-11-21')).refused('DATE_BEFORE_GROUND', 'completedOn');
    expect(when(working, 'CompleteWorkItem', first(working, '2026-11-22')).decision.kind).toBe('accepted');
    const later = does(does(planned(requested('FIBRE')), 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' }, '2026-11-24T10:00:00Z'), 'CommitSpending', { ...COMMITMENT, actOn: '2026-11-24' }, '2026-11-24T10:00:00Z');
    when(later, 'CompleteWorkItem', first(later, '2026-11-23'), { now: '2026-11-24T11:00:00Z' }).refused('DATE_BEFORE_GROUND', 'completedOn');
  });

  test('that undoes another is not done before the roll-back', () => {
    const undoing = does(worked(working), 'RollBack', { reasons: TEXT }, '2026-11-25T10:00:00Z');
    const now = '2026-11-26T10:00:00Z';
    when(undoing, 'CompleteWorkItem', first(undoing, '2026-11-24'), { now }).refused('DATE_BEFORE_GROUND', 'completedOn');
    expect(when(undoing, 'CompleteWorkItem', first(undoing, '2026-11-25'), { now }).decision.kind).toBe('accepted');
  });
});
