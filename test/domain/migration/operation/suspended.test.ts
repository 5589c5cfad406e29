import { describe, expect, test } from 'vitest';
import { migration } from '../../../../domain/migration/index.ts';
import { ENGINE } from '../scenario.ts';
import { after, cutOver, SHA, stateOf, told, when, type Step } from '../moved.ts';

type Events = ReturnType<typeof cutOver>;
const NOW = '2027-02-10T09:00:00Z';
const stage = (events: Events) => stateOf(events).migration?.state;
const waits = (events: Events) => migration.waiting(stateOf(events), NOW).map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)]);
const suspended = (events: Events, now = NOW) => told(events, { convention: 'SUSPENDED' }, now);

const decommission = (data: object): Step => [{ type: 'Decommission', data }, NOW];
const CONTRACT = decommission({ oldContractEndedOn: '2027-01-31' });
const DELETED = decommission({ oldData: { fate: 'DELETED', on: '2027-02-01', certificateSha256: SHA } });
const PRESERVED = decommission({ oldData: { fate: 'PRESERVED', on: '2027-02-01', certificateSha256: SHA } });
const WATCHED = after(cutOver(), [{ type: 'EndHypercareTerm', data: { endsOn: '2026-12-04' } }, '2026-12-04T23:00:00Z', ENGINE]);
const END: Step = [{ type: 'EndHypercare', data: { endedOn: '2026-12-07', trainingDoneOn: '2026-11-20' } }, '2026-12-07T09:00:00Z'];
const OPERATING = after(WATCHED, END);

describe('E48: while the resolution is suspended by court', () => {
  test('a service in use goes on: hypercare ends, and it operates', () => {
    expect(stage(after(suspended(WATCHED, '2026-12-05T00:00:00Z'), END))).toBe('OPERATING');
  });

  test('the old system of one that operates does not begin to be decommissioned; it does when the suspension ends', () => {
    const held = suspended(OPERATING);
    for (const step of [CONTRACT, DELETED, PRESERVED]) when(held, ...step).refused('STAGE_SHUT', 'RESOLUTION_SUSPENDED');
    expect(waits(held)).toEqual([['OPERATOR', 'LiftSuspension', 'RESOLUTION_SUSPENDED']]);
    expect(stage(after(told(held, { convention: 'IN_FORCE' }, NOW), CONTRACT))).toBe('DECOMMISSIONING_OLD');
  });

  test('what was begun of it may end, but for the deletion of the old data', () => {
    const held = suspended(after(OPERATING, CONTRACT));
    when(held, ...DELETED).refused('RESOLUTION_SUSPENDED');
    expect(when(held, ...DELETED).reasons()[0]?.path).toBe('oldData.fate');
    expect(waits(held)).toEqual([['OPERATOR', 'Decommission', 'OLD_DATA_LEFT', 'RECORDS_NOT_PRESERVED']]);
    expect(waits(after(held, PRESERVED))).toEqual([['OPERATOR', 'Decommission', 'RECORDS_NOT_PRESERVED']]);
    expect(waits(after(told(held, { convention: 'IN_FORCE' }, NOW), DELETED))).toEqual([['OPERATOR', 'Decommission', 'RECORDS_NOT_PRESERVED']]);
  });

  test('a member that leaves has its old system decommissioned as ever', () => {
    expect(stage(after(told(OPERATING, { convention: 'LEAVING' }, NOW), DELETED))).toBe('DECOMMISSIONING_OLD');
  });
});
