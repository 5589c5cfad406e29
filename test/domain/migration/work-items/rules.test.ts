import { describe, expect, test } from 'vitest';
import { migration, type MigrationCommand } from '../../../../domain/migration/index.ts';
import { ENGINE, given, MEMBER, NOW, OPERATOR, OTHER_MEMBER, stateAfter, TEXT, type AnyEvent } from '../scenario.ts';
import { AT, LAID, LAY_SCHEDULED, OPEN_IT, ROOMS_READY, scheduled, SHA, SURVEYED, SURVEY_LATE, WORKING } from './scenario.ts';

type Completion = Extract<MigrationCommand, { type: 'CompleteWorkItem' }>['data'];
const complete = (workItemId: string, more: Partial<Completion> = {}): MigrationCommand => ({ type: 'CompleteWorkItem', data: { workItemId, completedOn: '2026-07-03', ...more } });
const PROVEN = { checked: ['entry', 'power'], evidence: [{ sha256: SHA }] };
const NOTHING: readonly AnyEvent[] = [];
const reopen = (workItemId: string): MigrationCommand => ({ type: 'ReopenWorkItem', data: { workItemId, reasons: TEXT } });
const overdue = (workItemId: string, dueOn: string): MigrationCommand => ({ type: 'NoteWorkItemOverdue', data: { workItemId, dueOn } });

describe('the day by which a work item is to be done', () => {
  test('counts working days from the day on which it can be done', () => {
    given().when(OPEN_IT, ENGINE, AT).then(...WORKING);
  });

  test('of one that follows counts from the day on which those before it were recorded', () => {
    given(...WORKING).when(complete('survey', PROVEN), OPERATOR, '2026-07-06T09:00:00Z').then(SURVEYED, LAY_SCHEDULED);
  });

  test('is none where the catalogue says none', () => {
    given(...WORKING, SURVEYED, LAY_SCHEDULED, ROOMS_READY).when(complete('lay', { completedOn: '2026-07-08' }), OPERATOR, '2026-07-08T09:00:00Z').then(LAID);
  });
});

describe('CompleteWorkItem', () => {
  test('keeps what was checked and the documents that prove it', () => {
    given(...WORKING, ROOMS_READY).when(complete('survey', { checked: ['backup', 'power', 'entry'], evidence: [{ sha256: SHA, documentId: 'doc-1f' }, { sha256: 'b'.repeat(64) }] })).then(
      {
        type: 'WorkItemCompleted',
        data: { workItemId: 'survey', completedOn: '2026-07-03', note: null, checked: ['backup', 'power', 'entry'], evidence: [{ sha256: SHA, documentId: 'doc-1f' }, { sha256: 'b'.repeat(64), documentId: null }], at: NOW },
        effectiveOn: '2026-07-03',
      },
      // Recorded on Saturday, 11 July, in Rome.
      scheduled(NOW, ['lay', '2026-07-15']),
    );
  });

  test('is refused while a point that is not optional was not checked, each with its words', () => {
    given(...WORKING).when(complete('survey', { evidence: [{ sha256: SHA }] })).refused('CHECKLIST_INCOMPLETE', 'checked');
    given(...WORKING).when(complete('survey', { ...PROVEN, checked: ['entry', 'backup'] })).refused('CHECKLIST_INCOMPLETE', 'checked');
    const decision = migration.decide(stateAfter(...WORKING), complete('survey', { checked: ['backup'] }), { actor: OPERATOR, now: NOW, commandId: 'c' });
    expect(decision).toMatchObject({ reasons: [
      { message: { it: "Da verificare prima di completare survey: entry (Punto d'ingresso).", en: 'To be checked before survey is completed: entry (Point of entry).' } },
      { message: { it: 'Da verificare prima di completare survey: power (Alimentazione).' } },
    ] });
  });

  test('is refused for a point that the item has not', () => {
    given(...WORKING).when(complete('survey', { ...PROVEN, checked: ['entry', 'power', 'roof'] })).refused('UNKNOWN_CHECKLIST_POINT', 'checked');
    given(...WORKING).when(complete('rooms', { checked: ['entry'], note: TEXT })).refused('UNKNOWN_CHECKLIST_POINT', 'checked');
  });

  test('is refused without the evidence that the item asks for', () => {
    given(...WORKING).when(complete('survey', { checked: ['entry', 'power'] })).refused('EVIDENCE_MISSING', 'evidence');
    given(...WORKING).when(complete('survey', { checked: ['entry', 'power'], note: TEXT })).refused('EVIDENCE_MISSING', 'evidence');
    given(...WORKING).when(complete('rooms')).refused('EVIDENCE_MISSING', 'note');
    given(...WORKING).when(complete('rooms', { evidence: [{ sha256: SHA }] })).refused('EVIDENCE_MISSING', 'note');
  });

  test("by a member is for the member's own items, by the Agency for all", () => {
    const rooms = complete('rooms', { note: TEXT });
    given(...WORKING).when(rooms, MEMBER, '2026-07-06T10:00:00Z').then(ROOMS_READY);
    given(...WORKING).when(rooms, OPERATOR, '2026-07-06T10:00:00Z').then(ROOMS_READY);
    given(...WORKING).when(rooms, OTHER_MEMBER).refused('FORBIDDEN');
    given(...WORKING).when(complete('survey', PROVEN), MEMBER).refused('WORK_ITEM_NOT_YOURS');
    // Nothing that can be done is the member's.
    given(...WORKING, ROOMS_READY).when(complete('survey', PROVEN), MEMBER).refused('WORK_ITEM_NOT_YOURS');
  });

  test('takes what a supplier did from the Agency', () => {
    given(...WORKING, SURVEYED, LAY_SCHEDULED).when(complete('lay', { completedOn: '2026-07-08' }), OPERATOR, '2026-07-08T09:00:00Z').then(LAID);
  });
});

describe('NoteWorkItemOverdue', () => {
  const end = '2026-07-08T22:00:00Z';

  test('says it at the end of that day, once', () => {
    given(...WORKING).when(overdue('survey', '2026-07-08'), ENGINE, end).then(SURVEY_LATE);
    given(...WORKING).when(overdue('survey', '2026-07-08'), ENGINE, '2026-07-08T21:59:59Z').then(...NOTHING);
    given(...WORKING, SURVEY_LATE).when(overdue('survey', '2026-07-08'), ENGINE, end).then(...NOTHING);
  });

  test('says nothing of what was done, of another term and of what there is not', () => {
    given(...WORKING, SURVEYED).when(overdue('survey', '2026-07-08'), ENGINE, end).then(...NOTHING);
    given(...WORKING).when(overdue('survey', '2026-07-07'), ENGINE, end).then(...NOTHING);
    given(...WORKING).when(overdue('hand-over', '2026-07-08'), ENGINE, end).then(...NOTHING);
    given(...WORKING).when(overdue('nothing', '2026-07-08'), ENGINE, end).then(...NOTHING);
  });

  test('is for the engine', () => {
    given(...WORKING).when(overdue('survey', '2026-07-08'), OPERATOR, end).refused('FORBIDDEN');
  });
});

describe('ReopenWorkItem', () => {
  const reopened = (workItemId: string, at = NOW) => ({ type: 'WorkItemReopened', data: { workItemId, reasons: TEXT, at } }) as const;

  test('takes a completion back, and terms begin again', () => {
    given(...WORKING, SURVEYED, LAY_SCHEDULED).when(reopen('survey'), OPERATOR, '2026-07-07T09:00:00Z')
      .then(reopened('survey', '2026-07-07T09:00:00Z'), scheduled('2026-07-07T09:00:00Z', ['survey', '2026-07-14']));
  });

  test('what followed it waits again, without a term', () => {
    const state = stateAfter(...WORKING, SURVEYED, LAY_SCHEDULED, reopened('survey'));
    expect(state.migration?.workItems.map(({ id, done, due }) => [id, done === null, due?.on])).toEqual([['survey', true, undefined], ['rooms', true, '2026-07-15'], ['lay', true, undefined], ['hand-over', true, undefined]]);
    expect(migration.waiting(state, NOW).map(({ who, dueOn }) => [who, dueOn])).toEqual([['OPERATOR', null], ['MEMBER', '2026-07-15']]);
  });

  test('is refused once something that follows it is done', () => {
    given(...WORKING, SURVEYED, LAY_SCHEDULED, LAID).when(reopen('survey')).refused('WORK_ITEM_FOLLOWED', 'workItemId');
    given(...WORKING, SURVEYED, LAY_SCHEDULED, LAID).when(reopen('lay')).then(reopened('lay'), scheduled(NOW, ['lay', '2026-07-15']));
  });

  test('is refused for what is not done, or is not there', () => {
    given(...WORKING).when(reopen('survey')).refused('WORK_ITEM_NOT_DONE');
    given(...WORKING, ROOMS_READY).when(reopen('survey')).refused('WORK_ITEM_NOT_DONE', 'workItemId');
    given(...WORKING, ROOMS_READY).when(reopen('nothing')).refused('UNKNOWN_WORK_ITEM', 'workItemId');
  });

  test("by a member is for the member's own items", () => {
    given(...WORKING, ROOMS_READY, SURVEYED, LAY_SCHEDULED).when(reopen('rooms'), MEMBER, '2026-07-06T10:00:00Z')
      .then(reopened('rooms', '2026-07-06T10:00:00Z'), scheduled('2026-07-06T10:00:00Z', ['rooms', '2026-07-20']));
    given(...WORKING, ROOMS_READY, SURVEYED, LAY_SCHEDULED).when(reopen('survey'), MEMBER).refused('WORK_ITEM_NOT_YOURS');
    given(...WORKING, SURVEYED, LAY_SCHEDULED).when(reopen('survey'), MEMBER).refused('WORK_ITEM_NOT_YOURS');
  });

  test('is refused when the service operates', () => {
    const delivered = { type: 'ServiceDelivered', data: { deliveredOn: '2026-07-08', at: NOW }, effectiveOn: '2026-07-08' } as const;
    given(...WORKING, delivered).when(reopen('survey')).refused('OUT_OF_TURN');
  });
});
