import { describe, expect, test } from 'vitest';
import { migration, viewMigration, workOrders } from '../../../../domain/migration/index.ts';
import { CANCELLED, MEMBER, NOW, OPERATOR, PROVISIONING, stateAfter, type AnyEvent } from '../scenario.ts';
import { AT, LAID, LAY_SCHEDULED, ROOMS_READY, SHA, SURVEYED, SURVEY_LATE, WORKING } from './scenario.ts';

const timers = (...events: readonly AnyEvent[]) => migration.timers(stateAfter(...events));
const allowed = (events: readonly AnyEvent[], actor = MEMBER) => Object.fromEntries(
  migration.allowed(stateAfter(...events), { actor, now: NOW, commandId: 'none' }).map(({ command, allowed: may, reasons }) => [command, may ? 'yes' : reasons[0]?.code]),
);

test('the clock looks at the end of each term, until it was said or the work is done', () => {
  const rooms = { key: 'overdue-rooms@2026-07-15', at: '2026-07-15T22:00:00Z', command: { type: 'NoteWorkItemOverdue', data: { workItemId: 'rooms', dueOn: '2026-07-15' } } };
  const lay = { key: 'overdue-lay@2026-07-09', at: '2026-07-09T22:00:00Z', command: { type: 'NoteWorkItemOverdue', data: { workItemId: 'lay', dueOn: '2026-07-09' } } };
  expect(timers(...WORKING).map(({ key }) => key)).toEqual(['overdue-survey@2026-07-08', 'overdue-rooms@2026-07-15']);
  expect(timers(...WORKING, SURVEY_LATE)).toEqual([rooms]);
  expect(timers(...WORKING, SURVEYED, LAY_SCHEDULED)).toEqual([rooms, lay]);
  expect(timers(...WORKING, CANCELLED)).toEqual([]);
});

test('a migration whose work items have no terms is woken by nothing', () => {
  expect(timers(...PROVISIONING)).toEqual([]);
});

describe('whose turn it is', () => {
  test('is said with its role, since when and by which day', () => {
    expect(migration.waiting(stateAfter(...WORKING, SURVEYED, LAY_SCHEDULED), NOW)).toEqual([
      { who: 'MEMBER', what: 'CompleteWorkItem', since: AT, dueOn: '2026-07-15', reasons: [{ code: 'WORK_ITEM_OPEN', message: { it: 'rooms: Preparare i locali.', en: 'rooms: Prepare the rooms.' } }] },
      { who: 'PROVIDER', what: 'CompleteWorkItem', since: '2026-07-06T09:00:00Z', dueOn: '2026-07-09', reasons: [{ code: 'WORK_ITEM_OPEN', message: { it: 'lay: Posare la tratta.', en: 'lay: Lay the line.' } }] },
    ]);
  });

  test('is a work order for lists', () => {
    expect(workOrders(stateAfter(...WORKING, ROOMS_READY))).toEqual([{ workItem: { id: 'survey', title: { it: 'Sopralluogo', en: 'Survey' } }, who: 'OPERATOR', since: AT, dueOn: '2026-07-08' }]);
    expect(workOrders(stateAfter(...WORKING, CANCELLED))).toEqual([]);
    expect(workOrders(migration.initial())).toEqual([]);
  });
});

test('a member may complete, and open again, where something is its own', () => {
  expect(allowed(WORKING)).toEqual({ CompleteWorkItem: 'yes', ReopenWorkItem: 'WORK_ITEM_NOT_DONE', Cancel: 'yes' });
  expect(allowed([...WORKING, ROOMS_READY])).toEqual({ CompleteWorkItem: 'WORK_ITEM_NOT_YOURS', ReopenWorkItem: 'yes', Cancel: 'yes' });
  expect(allowed([...WORKING, SURVEYED])).toEqual({ CompleteWorkItem: 'yes', ReopenWorkItem: 'WORK_ITEM_NOT_YOURS', Cancel: 'yes' });
  // What the next one was built on stays done.
  const handedOver = { type: 'WorkItemCompleted', data: { workItemId: 'hand-over', completedOn: '2026-07-08', note: null, at: NOW }, effectiveOn: '2026-07-08' } as const;
  expect(allowed([...WORKING, ROOMS_READY, SURVEYED, LAID, handedOver])).toMatchObject({ ReopenWorkItem: 'WORK_ITEM_NOT_YOURS' });
  expect(allowed([...WORKING, ROOMS_READY], OPERATOR)).toMatchObject({ CompleteWorkItem: 'yes', ReopenWorkItem: 'yes' });
});

test('readers see who does it, by when, what is looked at and what was given', () => {
  const [survey, rooms, lay, handOver] = viewMigration(stateAfter(...WORKING, SURVEYED, LAY_SCHEDULED), NOW).workItems;
  expect(survey).toMatchObject({
    state: 'DONE', role: 'OPERATOR', readySince: null, dueOn: '2026-07-08', overdue: false, requires: 'DOCUMENT', evidence: [{ sha256: SHA, documentId: null }], undo: null,
    checklist: [{ id: 'entry', checked: true, optional: false }, { id: 'power', checked: true }, { id: 'backup', checked: false, optional: true }],
  });
  expect(rooms).toMatchObject({ state: 'OPEN', role: 'MEMBER', readySince: AT, dueOn: '2026-07-15', requires: 'NOTE', checklist: [], evidence: [] });
  expect(lay).toMatchObject({ role: 'PROVIDER', readySince: '2026-07-06T09:00:00Z', dueOn: '2026-07-09', undo: { it: 'Liberare le fibre', en: 'Free the fibres' } });
  expect(handOver).toMatchObject({ role: 'OPERATOR', readySince: null, dueOn: null, requires: 'NONE' });
  expect(viewMigration(stateAfter(...WORKING, SURVEY_LATE), NOW).workItems.map(({ overdue }) => overdue)).toEqual([true, false, false, false]);
  // Late or not, what was done is not overdue any more.
  expect(viewMigration(stateAfter(...WORKING, SURVEY_LATE, SURVEYED), NOW).workItems[0]?.overdue).toBe(false);
});
