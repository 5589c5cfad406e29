import { describe, test } from 'vitest';
import type { MigrationCommand } from '../../../domain/migration/index.ts';
import {
  AUDITOR, CANCELLED, CLOSED, DELIVERED, ENGINE, ENROLLED, given, MEMBER, MET, NOW, OPEN, OPERATING, OPERATOR, OTHER_MEMBER,
  PROVISIONING, REQUESTED, STARTED, TEXT,
} from './scenario.ts';

const complete = (workItemId: string, completedOn: string): MigrationCommand => ({
  type: 'CompleteWorkItem', data: { workItemId, completedOn },
});
const CANCEL: MigrationCommand = { type: 'Cancel', data: { reasons: TEXT } };
const close = (closedOn: string): MigrationCommand => ({ type: 'CloseMigration', data: { closedOn } });

describe('OpenMigration', () => {
  test('requests the service and starts its work items', () => {
    given().when(OPEN, ENGINE, '2026-07-01T08:00:00Z').then(REQUESTED, STARTED);
  });

  test('keeps the parameters it was given', () => {
    const parameters = { seats: 12, topics: ['AI'] };
    given().when({ ...OPEN, data: { ...OPEN.data, parameters } }, ENGINE, '2026-07-01T08:00:00Z')
      .then({ type: 'MigrationRequested', data: { ...OPEN.data, parameters, catalogueVersion: 1, at: '2026-07-01T08:00:00Z' } }, STARTED);
  });

  test.each([OPERATOR, MEMBER, AUDITOR])('is refused to a $role', (actor) => {
    given().when(OPEN, actor).refused('FORBIDDEN');
  });

  test('is refused for a service that the catalogue has not', () => {
    given().when({ ...OPEN, data: { ...OPEN.data, service: 'FIBRE' } }, ENGINE).refused('UNKNOWN_SERVICE', 'service');
  });

  test('is refused for a plan that the service has not', () => {
    given().when({ ...OPEN, data: { ...OPEN.data, plan: 'gold' } }, ENGINE).refused('UNKNOWN_PLAN', 'plan');
  });

  test.each([
    ['provisioning', PROVISIONING],
    ['operating', OPERATING],
    ['cancelled', [...PROVISIONING, CANCELLED]],
    ['closed', [...OPERATING, CLOSED]],
  ])('is refused when %s: a service requested again is another migration', (_state, events) => {
    given(...events).when(OPEN, ENGINE).refused('ALREADY_OPEN');
  });
});

describe('CompleteWorkItem', () => {
  test('records the first item', () => {
    given(...PROVISIONING).when(complete('enrol-rtd', '2026-07-03'), OPERATOR, '2026-07-04T09:00:00Z').then(ENROLLED);
  });

  test('records the last item and delivers the service', () => {
    given(...PROVISIONING, ENROLLED).when(complete('first-meeting', '2026-07-08'), OPERATOR, '2026-07-09T09:00:00Z').then(MET, DELIVERED);
  });

  test('keeps the reference of the note', () => {
    given(...PROVISIONING)
      .when({ type: 'CompleteWorkItem', data: { workItemId: 'enrol-rtd', completedOn: '2026-07-03', note: TEXT } })
      .then({ type: 'WorkItemCompleted', data: { workItemId: 'enrol-rtd', completedOn: '2026-07-03', note: TEXT, at: NOW }, effectiveOn: '2026-07-03' });
  });

  test('delivers on the day of the latest work, whatever was recorded last', () => {
    const independent = { ...STARTED, data: { ...STARTED.data, workItems: STARTED.data.workItems.map((item) => ({ ...item, after: [] })) } };
    given(REQUESTED, independent, MET).when(complete('enrol-rtd', '2026-07-03')).then(
      { type: 'WorkItemCompleted', data: { workItemId: 'enrol-rtd', completedOn: '2026-07-03', note: null, at: NOW }, effectiveOn: '2026-07-03' },
      { type: 'ServiceDelivered', data: { deliveredOn: '2026-07-08', at: NOW }, effectiveOn: '2026-07-08' },
    );
  });

  test('takes a day before the migration was opened: a procedure of the past can be entered', () => {
    given(...PROVISIONING).when(complete('enrol-rtd', '2024-02-29')).then({
      type: 'WorkItemCompleted', data: { workItemId: 'enrol-rtd', completedOn: '2024-02-29', note: null, at: NOW }, effectiveOn: '2024-02-29',
    });
  });

  test('takes the day that it is in Rome, refuses the next', () => {
    given(...PROVISIONING).when(complete('enrol-rtd', '2026-07-11')).then({
      type: 'WorkItemCompleted', data: { workItemId: 'enrol-rtd', completedOn: '2026-07-11', note: null, at: NOW }, effectiveOn: '2026-07-11',
    });
    given(...PROVISIONING).when(complete('enrol-rtd', '2026-07-12')).refused('FACT_IN_FUTURE', 'completedOn');
  });

  test('takes the same day as the item before, refuses the day before it', () => {
    given(...PROVISIONING, ENROLLED).when(complete('first-meeting', '2026-07-03')).then(
      { type: 'WorkItemCompleted', data: { workItemId: 'first-meeting', completedOn: '2026-07-03', note: null, at: NOW }, effectiveOn: '2026-07-03' },
      { type: 'ServiceDelivered', data: { deliveredOn: '2026-07-03', at: NOW }, effectiveOn: '2026-07-03' },
    );
    given(...PROVISIONING, ENROLLED).when(complete('first-meeting', '2026-07-02')).refused('DATE_BEFORE_GROUND', 'completedOn');
  });

  test('is refused out of turn, for an unknown item and for one that is done', () => {
    given(...PROVISIONING).when(complete('first-meeting', '2026-07-08')).refused('WORK_ITEM_NOT_READY', 'workItemId');
    given(...PROVISIONING).when(complete('nothing', '2026-07-08')).refused('UNKNOWN_WORK_ITEM', 'workItemId');
    given(...PROVISIONING, ENROLLED).when(complete('enrol-rtd', '2026-07-03')).refused('WORK_ITEM_DONE', 'workItemId');
  });

  test.each([OTHER_MEMBER, AUDITOR, ENGINE])('is refused to $role', (actor) => {
    given(...PROVISIONING).when(complete('enrol-rtd', '2026-07-03'), actor).refused('FORBIDDEN');
  });

  test('is refused to the member: it is not its work', () => {
    given(...PROVISIONING).when(complete('enrol-rtd', '2026-07-03'), MEMBER).refused('WORK_ITEM_NOT_YOURS');
  });

  test.each([
    ['never opened', [], 'NOT_OPEN'],
    ['operating', OPERATING, 'OUT_OF_TURN'],
    ['cancelled', [...PROVISIONING, CANCELLED], 'OUT_OF_TURN'],
    ['closed', [...OPERATING, CLOSED], 'OUT_OF_TURN'],
  ])('is refused when %s', (_state, events, code) => {
    given(...events).when(complete('enrol-rtd', '2026-07-03')).refused(code);
  });
});

describe('Cancel', () => {
  test.each([OPERATOR, MEMBER])('gives the request up for a $role', (actor) => {
    given(...PROVISIONING, ENROLLED).when(CANCEL, actor).then({ type: 'MigrationCancelled', data: { reasons: TEXT, at: NOW } });
  });

  test('is possible while only requested', () => {
    given(REQUESTED).when(CANCEL).then({ type: 'MigrationCancelled', data: { reasons: TEXT, at: NOW } });
  });

  test.each([OTHER_MEMBER, AUDITOR, ENGINE])('is refused to $subject', (actor) => {
    given(...PROVISIONING).when(CANCEL, actor).refused('FORBIDDEN');
  });

  test.each([
    ['never opened', [], 'NOT_OPEN'],
    ['operating', OPERATING, 'OUT_OF_TURN'],
    ['cancelled', [...PROVISIONING, CANCELLED], 'OUT_OF_TURN'],
    ['closed', [...OPERATING, CLOSED], 'OUT_OF_TURN'],
  ])('is refused when %s', (_state, events, code) => {
    given(...events).when(CANCEL).refused(code);
  });
});

describe('CloseMigration', () => {
  test('closes a service in operation, on the day of delivery at the earliest', () => {
    given(...OPERATING).when(close('2026-07-08')).then({ type: 'MigrationClosed', data: { closedOn: '2026-07-08', at: NOW }, effectiveOn: '2026-07-08' });
    given(...OPERATING).when(close('2026-07-07')).refused('DATE_BEFORE_GROUND', 'closedOn');
  });

  test('is refused for a day to come', () => {
    given(...OPERATING).when(close('2026-07-11')).then({ type: 'MigrationClosed', data: { closedOn: '2026-07-11', at: NOW }, effectiveOn: '2026-07-11' });
    given(...OPERATING).when(close('2026-07-12')).refused('FACT_IN_FUTURE', 'closedOn');
  });

  test.each([MEMBER, AUDITOR, ENGINE])('is refused to $role', (actor) => {
    given(...OPERATING).when(close('2026-07-09'), actor).refused('FORBIDDEN');
  });

  test.each([
    ['never opened', [], 'NOT_OPEN'],
    ['provisioning', PROVISIONING, 'OUT_OF_TURN'],
    ['cancelled', [...PROVISIONING, CANCELLED], 'OUT_OF_TURN'],
    ['closed', [...OPERATING, CLOSED], 'OUT_OF_TURN'],
  ])('is refused when %s', (_state, events, code) => {
    given(...events).when(close('2026-07-09')).refused(code);
  });
});
