import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import { ENGINE, MEMBER, OPERATOR, TEXT, type AnyCommand } from '../scenario.ts';
import { after, cutOver, provisioned, acceptance, PARALLEL, PARALLEL_OVER, SCHEDULE, GO, CUT, SHA, stateOf, told, when, type Step } from '../moved.ts';

type Events = ReturnType<typeof cutOver>;
const stage = (events: Events) => stateOf(events).migration?.state;
const waits = (events: Events) => migration.waiting(stateOf(events), '2026-11-08T00:00:00Z').map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)]);
const timers = (events: Events) => migration.timers(stateOf(events)).map(({ key, at }) => [key, at]);
const step = (command: AnyCommand, now: string, by = OPERATOR): Step => [command, now, by];

// Cut over at 10:00Z of Saturday 7 November: the point of no return is at 10:00Z of Tuesday 10 November.
const LIVE = cutOver();
const defect = (reportedAt: string, severity: 1 | 2 | 3 = 1, defectNo = 'INC-1', now = reportedAt): Step => step({ type: 'ReportDefect', data: { defectNo, severity, reportedAt } }, now, MEMBER);
const resolve = (resolvedAt: string, defectNo = 'INC-1'): Step => step({ type: 'ResolveDefect', data: { defectNo, resolvedAt } }, resolvedAt);
const escalate = (now: string, defectNo = 'INC-1'): Step => step({ type: 'EscalateDefect', data: { defectNo } }, now, ENGINE);

describe('a defect of severity 1 after the cutover', () => {
  test('may stand open for four hours; then its timer has all undone', () => {
    when(LIVE, ...defect('2026-11-08T09:00:00Z')).then({
      type: 'DefectReported',
      data: {
        defectNo: 'INC-1', severity: 1, reportedAt: '2026-11-08T09:00:00Z', description: null, dueAt: '2026-11-08T13:00:00Z',
        basis: { policyVersion: '2026.3', calendarVersion: '2026.1' }, at: '2026-11-08T09:00:00Z',
      },
      effectiveOn: '2026-11-08',
    });
    const broken = after(LIVE, defect('2026-11-08T09:00:00Z'));
    expect(timers(broken)).toContainEqual(['defect-INC-1-2026-11-08T13:00:00Z', '2026-11-08T13:00:00Z']);
    expect(waits(broken)[0]).toEqual(['OPERATOR', 'ResolveDefect', 'SEVERITY1_OPEN']);
    when(broken, ...escalate('2026-11-08T12:59:59Z')).nothing();
    const undone = after(broken, escalate('2026-11-08T13:00:00Z'));
    expect(undone.slice(broken.length)).toMatchObject([{ type: 'RollbackStarted', data: { cause: 'SEVERITY_1', act: null, reasons: null } }, { type: 'UndoStarted', data: { step: 'cut-over' } }]);
    expect(stage(undone)).toBe('ROLLING_BACK');
    expect(timers(undone)).toEqual([]);
    when(undone, ...escalate('2026-11-08T13:00:00Z')).nothing();
  });

  test('is undone in reverse order: the users first, then the data; then the plan stands as a draft again', () => {
    const undone = after(LIVE, defect('2026-11-08T09:00:00Z'), escalate('2026-11-08T13:00:00Z'));
    const done = (events: Events): Events => {
      const item = stateOf(events).migration?.workItems.find((one) => one.done === null);
      return item === undefined ? events : done(after(events, step({ type: 'CompleteWorkItem', data: { workItemId: item.id, completedOn: '2026-11-08' } }, '2026-11-08T15:00:00Z')));
    };
    const back = done(undone);
    expect(back.flatMap((event) => (event.type === 'StepUndone' ? [event.data.step] : []))).toEqual(['cut-over', 'data-moved']);
    expect(stage(back)).toBe('PLAN_DRAFTED');
    expect(stateOf(back).moving.acceptance).toBeNull();
  });

  test('that is resolved in time leaves no timer', () => {
    const mended = after(LIVE, defect('2026-11-08T09:00:00Z'), resolve('2026-11-08T12:59:00Z'));
    expect(timers(mended)).toEqual([['hypercare-2026-12-04', '2026-12-04T23:00:00Z']]);
    when(mended, ...escalate('2026-11-08T13:00:00Z')).nothing();
  });

  test.each([
    ['at the point of no return', '2026-11-10T06:00:00Z', '2026-11-10T10:00:00Z'],
    ['after it', '2026-11-20T06:00:00Z', '2026-11-20T10:00:00Z'],
  ])('whose hours end %s raises an alarm and undoes nothing', (_what, reportedAt, dueAt) => {
    const broken = after(LIVE, defect(reportedAt));
    when(broken, ...escalate(dueAt)).then({ type: 'DefectAlarmRaised', data: { defectNo: 'INC-1', dueAt, at: dueAt } });
    const alarmed = after(broken, escalate(dueAt));
    expect(waits(alarmed)[0]).toEqual(['OPERATOR', 'ResolveDefect', 'SEVERITY1_ALARM']);
    expect(viewMigration(stateOf(alarmed), dueAt).defects).toMatchObject([{ defectNo: 'INC-1', severity: 1, state: 'ALARM', dueAt }]);
    when(alarmed, ...escalate(dueAt)).nothing();
  });

  test('whose hours end a second before it is undone, but not when the engine wakes too late', () => {
    const broken = after(LIVE, defect('2026-11-10T05:59:59Z'));
    expect(after(broken, escalate('2026-11-10T09:59:59Z')).at(-1)?.type).toBe('UndoStarted');
    expect(after(broken, escalate('2026-11-10T10:00:00Z')).at(-1)?.type).toBe('DefectAlarmRaised');
  });

  test('stands still while the migration is suspended, and goes on for what was left', () => {
    const broken = after(LIVE, defect('2026-11-08T09:00:00Z'), step({ type: 'Suspend', data: { reasons: TEXT } }, '2026-11-08T11:00:00Z'));
    expect(timers(broken)).toEqual([]);
    const resumed = after(broken, step({ type: 'Resume', data: {} }, '2026-11-10T11:00:00Z'));
    // Two of its four hours were left. Two working days were lost, so hypercare ends on 9 December: the 7th is no patron's day here, the 8th is a holiday.
    expect(timers(resumed)).toEqual([['hypercare-2026-12-09', '2026-12-09T23:00:00Z'], ['defect-INC-1-2026-11-10T13:00:00Z', '2026-11-10T13:00:00Z']]);
    expect(stage(resumed)).toBe('HYPERCARE');
  });

  test('that is reported while it is suspended has all its hours after the resumption', () => {
    const events = after(LIVE, step({ type: 'Suspend', data: { reasons: TEXT } }, '2026-11-08T11:00:00Z'), defect('2026-11-08T12:00:00Z'), step({ type: 'Resume', data: {} }, '2026-11-08T18:00:00Z'));
    expect(timers(events)).toContainEqual(['defect-INC-1-2026-11-08T22:00:00Z', '2026-11-08T22:00:00Z']);
  });
});

describe('defects', () => {
  test('of severity 2 and 3, or before the cutover, have no hours', () => {
    const events = after(LIVE, defect('2026-11-08T09:00:00Z', 2, 'INC-2'), defect('2026-11-08T09:00:00Z', 3, 'INC-3'));
    expect(stateOf(events).operation.defects.map(({ dueAt }) => dueAt)).toEqual([null, null]);
    expect(timers(events)).toEqual([['hypercare-2026-12-04', '2026-12-04T23:00:00Z']]);
  });

  test.each([
    ['twice', after(LIVE, defect('2026-11-08T09:00:00Z')), defect('2026-11-08T10:00:00Z'), 'ALREADY_RECORDED'],
    ['before anything was tested', LIVE, defect('2026-10-05T09:00:00Z', 1, 'INC-1', '2026-11-08T09:00:00Z'), 'DATE_BEFORE_GROUND'],
    ['in the future', LIVE, defect('2026-11-08T09:00:01Z', 1, 'INC-1', '2026-11-08T09:00:00Z'), 'FACT_IN_FUTURE'],
    ['before there is anything to test', provisioned(), defect('2026-10-06T09:00:00Z'), 'OUT_OF_TURN'],
  ])('are not reported %s', (_what, events, command, code) => {
    when(events, ...command).refused(code);
  });

  test('are not resolved unless they are known, open, and reported before', () => {
    const known = after(LIVE, defect('2026-11-08T09:00:00Z'));
    when(LIVE, ...resolve('2026-11-08T10:00:00Z')).refused('NO_OPEN_DEFECT');
    when(known, ...resolve('2026-11-08T10:00:00Z', 'INC-9')).refused('UNKNOWN_DEFECT');
    when(known, ...resolve('2026-11-08T08:59:59Z')).refused('DATE_BEFORE_GROUND');
    when(after(known, defect('2026-11-08T09:00:00Z', 2, 'INC-2'), resolve('2026-11-08T10:00:00Z')), ...resolve('2026-11-08T11:00:00Z')).refused('ALREADY_RECORDED');
  });

  test('are five hundred at most', () => {
    const many = Array.from({ length: 500 }, (_, index) => defect('2026-11-08T09:00:00Z', 3, `INC-${index}`));
    when(after(LIVE, ...many), ...defect('2026-11-08T09:00:00Z', 3, 'INC-500')).refused('TOO_MANY_RECORDED');
  });
});

const TERM: Step = step({ type: 'EndHypercareTerm', data: { endsOn: '2026-12-04' } }, '2026-12-04T23:00:00Z', ENGINE);
const WATCHED = after(LIVE, TERM);
const END: Step = step({ type: 'EndHypercare', data: { endedOn: '2026-12-07', trainingDoneOn: '2026-11-20' } }, '2026-12-07T09:00:00Z');
const OPERATING = after(WATCHED, END);

describe('hypercare', () => {
  test('lasts twenty working days; the timer says when it may end, then the operator ends it', () => {
    expect(waits(LIVE)).toEqual([['CLOCK', 'hypercare-2026-12-04', 'HYPERCARE_RUNNING']]);
    expect(migration.waiting(stateOf(LIVE), '2026-11-08T00:00:00Z')[0]?.dueOn).toBe('2026-12-04');
    when(LIVE, ...END).refused('GATE_SHUT', 'HYPERCARE_RUNNING');
    when(LIVE, TERM[0], '2026-12-04T22:59:59Z', ENGINE).nothing();
    when(LIVE, ...TERM).then({ type: 'HypercareTermEnded', data: { endsOn: '2026-12-04', at: '2026-12-04T23:00:00Z' }, effectiveOn: '2026-12-04' });
    expect(waits(WATCHED)).toEqual([['OPERATOR', 'EndHypercare', 'TRAINING_NOT_DONE']]);
    when(WATCHED, ...END).then({ type: 'HypercareEnded', data: { endedOn: '2026-12-07', trainingDoneOn: '2026-11-20', at: '2026-12-07T09:00:00Z' }, effectiveOn: '2026-12-07' });
    expect(stage(OPERATING)).toBe('OPERATING');
    expect(viewMigration(stateOf(OPERATING), END[1]).gates.find(({ gate }) => gate === 'OPERATING')).toEqual({ gate: 'OPERATING', open: true, reasons: [] });
  });

  test('does not end with a defect of severity 1 open', () => {
    when(after(WATCHED, defect('2026-12-05T09:00:00Z')), ...END).refused('GATE_SHUT', 'SEVERITY1_OPEN');
  });

  test.each([
    ['before its last day', { endedOn: '2026-12-03', trainingDoneOn: '2026-11-20' }, 'DATE_BEFORE_GROUND'],
    ['before the training', { endedOn: '2026-12-06', trainingDoneOn: '2026-12-07' }, 'DATE_BEFORE_GROUND'],
    ['in the future', { endedOn: '2026-12-08', trainingDoneOn: '2026-12-07' }, 'FACT_IN_FUTURE'],
  ])('does not end %s', (_what, data, code) => {
    when(WATCHED, ...step({ type: 'EndHypercare', data }, '2026-12-07T09:00:00Z')).refused(code);
  });
});

describe('the old system', () => {
  const decommission = (data: object, now = '2027-02-10T09:00:00Z'): Step => step({ type: 'Decommission', data }, now);
  const CONTRACT = decommission({ oldContractEndedOn: '2027-01-31' });
  const DATA = decommission({ oldData: { fate: 'PRESERVED', on: '2027-02-01', certificateSha256: SHA } });
  const RECORDS = decommission({ records: { preservedOn: '2027-02-02', reportSha256: SHA } });
  const CLOSE: Step = step({ type: 'CloseMigration', data: { closedOn: '2027-02-10' } }, '2027-02-10T10:00:00Z');

  test('is decommissioned part by part; the gate to CLOSED names what is missing', () => {
    expect(waits(OPERATING)).toEqual([['OPERATOR', 'Decommission', 'OLD_CONTRACT_OPEN', 'OLD_DATA_LEFT', 'RECORDS_NOT_PRESERVED']]);
    when(OPERATING, ...CONTRACT).then({ type: 'OldSystemDecommissioned', data: { oldContractEndedOn: '2027-01-31', oldData: null, records: null, at: '2027-02-10T09:00:00Z' } });
    const begun = after(OPERATING, CONTRACT);
    expect(stage(begun)).toBe('DECOMMISSIONING_OLD');
    when(begun, ...CLOSE).refused('GATE_SHUT', 'OLD_DATA_LEFT', 'RECORDS_NOT_PRESERVED');
    when(begun, ...CONTRACT).refused('ALREADY_RECORDED');
    const done = after(begun, DATA, RECORDS);
    expect(waits(done)).toEqual([['OPERATOR', 'CloseMigration']]);
    when(done, ...DATA).refused('ALREADY_RECORDED');
    expect(stage(after(done, CLOSE))).toBe('CLOSED');
  });

  test('is not closed while the service is only in operation, nor decommissioned before', () => {
    when(OPERATING, ...CLOSE).refused('OUT_OF_TURN');
    when(WATCHED, ...CONTRACT).refused('OUT_OF_TURN');
    when(OPERATING, ...decommission({ oldContractEndedOn: '2027-02-11' })).refused('FACT_IN_FUTURE');
    when(OPERATING, ...decommission({ oldData: { fate: 'DELETED', on: '2026-12-06', certificateSha256: SHA } })).refused('DATE_BEFORE_GROUND');
  });

  test('of fibre has no data: the end of its contract is enough', () => {
    const fibre = after(provisioned({ service: 'FIBRE' }), acceptance('2026-10-14'), PARALLEL, PARALLEL_OVER, SCHEDULE, GO, CUT, TERM, END, CONTRACT);
    expect(waits(fibre)).toEqual([['OPERATOR', 'CloseMigration']]);
    expect(stage(after(fibre, CLOSE))).toBe('CLOSED');
  });
});

describe('a service that retires', () => {
  const GIVE_UP: Step = step({ type: 'RetireService', data: { decidedOn: '2027-03-01', reasons: TEXT } }, '2027-03-01T09:00:00Z', MEMBER);
  const RETURN: Step = step({ type: 'ReturnData', data: { returnedOn: '2027-03-02', format: 'CSV', receipt: { receivedOn: '2027-03-03', protocolNo: '12/2027', sha256: SHA } } }, '2027-03-04T09:00:00Z');
  const DECOMMISSIONED: Step = step(
    { type: 'Decommission', data: { oldContractEndedOn: '2027-01-31', oldData: { fate: 'PRESERVED', on: '2027-02-01', certificateSha256: SHA }, records: { preservedOn: '2027-02-02', reportSha256: SHA } } }, '2027-02-10T09:00:00Z',
  );
  const DELETE: Step = step({ type: 'CertifyDeletion', data: { deletedOn: '2027-03-10', certificateSha256: SHA } }, '2027-03-10T09:00:00Z');
  const close = (closedOn: string): Step => step({ type: 'CloseMigration', data: { closedOn } }, '2027-03-20T09:00:00Z');

  test('is given up by the comune: its data are returned against a receipt, then deleted with a certificate, then it is closed', () => {
    when(OPERATING, ...GIVE_UP).then({ type: 'ServiceGivenUp', data: { decidedOn: '2027-03-01', reasons: TEXT, at: '2027-03-01T09:00:00Z' }, effectiveOn: '2027-03-01' });
    const retiring = after(OPERATING, GIVE_UP);
    expect(stage(retiring)).toBe('RETIRING');
    expect(waits(retiring)).toEqual([['OPERATOR', 'ReturnData', 'DATA_NOT_RETURNED']]);
    when(retiring, ...DELETE).refused('DATA_NOT_RETURNED');
    when(retiring, ...close('2027-03-20')).refused('GATE_SHUT', 'DATA_NOT_RETURNED');
    const returned = after(retiring, RETURN);
    expect(waits(returned)).toEqual([['OPERATOR', 'CertifyDeletion', 'DELETION_NOT_CERTIFIED']]);
    when(returned, ...RETURN).refused('ALREADY_RECORDED');
    const deleted = after(returned, DELETE);
    expect(waits(deleted)).toEqual([['OPERATOR', 'CloseMigration']]);
    when(deleted, ...close('2027-03-09')).refused('DATE_BEFORE_GROUND');
    expect(stage(after(deleted, close('2027-03-10')))).toBe('CLOSED');
  });

  test('retires by itself when the convention has ended, and is not given up again', () => {
    const left = told(OPERATING, { convention: 'ENDED' }, '2027-03-01T00:00:00Z');
    expect(stage(left)).toBe('RETIRING');
    when(left, ...GIVE_UP).refused('OUT_OF_TURN');
    expect(stage(after(left, RETURN, DELETE, close('2027-03-20')))).toBe('CLOSED');
  });

  test('has its instance unbound and deprovisioned at its broker before the deletion is certified', () => {
    const hosted = provisioned({ service: 'APP_HOSTING', grounds: { services: { CLOUD_MIGRATION: 'OPERATING' } } }).slice(0, -1);
    const conclude = (events: Events): Step => {
      const call = stateOf(events).provisioning.calls.findLast(({ state }) => state === 'PENDING');
      const outcome = { outcome: 'SUCCEEDED', broker: 'reference', instanceId: 'inst-1', bindingId: 'bind-1' } as const;
      return step({ type: 'ConcludeBrokerCall', data: { key: call?.key ?? 'none', outcome } }, '2026-10-06T07:00:00Z', ENGINE);
    };
    const concluded = (events: Events, times: number): Events => (times === 0 ? events : concluded(after(events, conclude(events)), times - 1));
    const begun = [...hosted, { type: 'BrokerCallStarted', data: { operation: 'PROVISION', at: '2026-10-05T09:00:00Z' } } as const];
    const provisionedAtBroker = concluded(begun, 2);
    expect(stateOf(provisionedAtBroker).provisioning.instance).toEqual({ id: 'inst-1', bindingId: 'bind-1' });
    const live = [...provisionedAtBroker, ...LIVE.filter(({ type }) => ['DataMigrationStarted', 'DataRunRecorded', 'AcceptanceRecorded', 'HypercareStarted', 'HypercareTermEnded', 'HypercareEnded'].includes(type))];
    const retiring = after(live, GIVE_UP, RETURN);
    expect(retiring.at(-1)).toMatchObject({ type: 'BrokerCallStarted', data: { operation: 'UNBIND' } });
    expect(waits(retiring)).toEqual([['PROVIDER', 'ConcludeBrokerCall', 'BROKER_CALL_UNDER_WAY']]);
    when(retiring, ...DELETE).refused('BROKER_INSTANCE_STANDS', 'BROKER_INSTANCE_STANDS');
    const unbound = after(retiring, conclude(retiring));
    expect(unbound.at(-1)).toMatchObject({ type: 'BrokerCallStarted', data: { operation: 'DEPROVISION' } });
    const gone = after(unbound, conclude(unbound));
    expect(stateOf(gone).provisioning.instance).toBeNull();
    expect(waits(gone)).toEqual([['OPERATOR', 'CertifyDeletion', 'DELETION_NOT_CERTIFIED']]);
    expect(stage(after(gone, DELETE, close('2027-03-20')))).toBe('CLOSED');
  });

  test('without data of the comune, as fibre, owes neither return nor certificate', () => {
    const fibre = after(provisioned({ service: 'FIBRE' }), acceptance('2026-10-14'), PARALLEL, PARALLEL_OVER, SCHEDULE, GO, CUT, GIVE_UP);
    when(fibre, ...RETURN).refused('NO_DATA');
    expect(waits(fibre)).toEqual([['OPERATOR', 'CloseMigration']]);
    expect(stage(after(fibre, close('2027-03-20')))).toBe('CLOSED');
  });

  test('is given up years after its migration was closed, or retires then when the convention has ended; once it has retired it is closed for good', () => {
    const closed = after(OPERATING, DECOMMISSIONED, close('2027-02-28'));
    expect([stage(closed), waits(closed)]).toEqual(['CLOSED', []]);
    const left = told(closed, { convention: 'ENDED' }, '2030-01-01T00:00:00Z');
    expect(left.slice(closed.length).map(({ type }) => type)).toEqual(['GroundsNoted', 'RetirementBegun']);
    const [givenUp, ended] = [after(closed, GIVE_UP), left].map((retiring) => {
      expect([stage(retiring), waits(retiring)]).toEqual(['RETIRING', [['OPERATOR', 'ReturnData', 'DATA_NOT_RETURNED']]]);
      return after(retiring, RETURN, DELETE, close('2027-03-20'));
    });
    if (givenUp === undefined || ended === undefined) throw new Error('unreachable');
    expect([stage(givenUp), stage(ended), stateOf(givenUp).migration?.closedOn]).toEqual(['CLOSED', 'CLOSED', '2027-03-20']);
    when(givenUp, ...GIVE_UP).refused('OUT_OF_TURN');
    expect(told(givenUp, { convention: 'ENDED' }, '2030-01-01T00:00:00Z').slice(givenUp.length).map(({ type }) => type)).toEqual(['GroundsNoted']);
  });

  test('was in use: nothing is given up before', () => {
    when(provisioned(), ...GIVE_UP).refused('OUT_OF_TURN');
  });
});
