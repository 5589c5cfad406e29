import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import { ENGINE, MEMBER, OPERATOR, TEXT } from '../scenario.ts';
import { accepted, acceptance, after, changed, CUT, decided, GO, PARALLEL, PARALLEL_OVER, provisioned, run, SCHEDULE, SHA, START, stateOf, told, when, type Step } from '../moved.ts';

const STARTED = after(provisioned(), START);
const REHEARSED = after(STARTED, run('2026-10-07'));
const stage = (events: ReturnType<typeof provisioned>) => stateOf(events).migration?.state;
const waits = (events: ReturnType<typeof provisioned>) => migration.waiting(stateOf(events), '2026-10-20T00:00:00Z').map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)]);

describe('the migration of the data begins', () => {
  test('with the evidence that its gate needs', () => {
    when(provisioned(), ...START).then({ type: 'DataMigrationStarted', data: { ...START[0].data, at: '2026-10-06T08:00:00Z' }, effectiveOn: '2026-10-06' });
    expect(stage(STARTED)).toBe('DATA_MIGRATION');
  });

  test('and is owed by the operator once provisioned, with what the gate needs', () => {
    expect(waits(provisioned())).toEqual([['OPERATOR', 'StartDataMigration', 'BACKUP_NOT_VERIFIED', 'VENDOR_NOT_NOTIFIED', 'EXPORT_FORMAT_NOT_AGREED']]);
    const gate = viewMigration(stateOf(provisioned()), '2026-10-06T00:00:00Z').gates.find((one) => one.gate === 'DATA_MIGRATION');
    expect(gate).toMatchObject({ open: false, reasons: [{ code: 'BACKUP_NOT_VERIFIED' }, { code: 'VENDOR_NOT_NOTIFIED' }, { code: 'EXPORT_FORMAT_NOT_AGREED' }] });
    expect(viewMigration(stateOf(STARTED), '2026-10-07T00:00:00Z').gates.find((one) => one.gate === 'DATA_MIGRATION')).toEqual({ gate: 'DATA_MIGRATION', open: true, reasons: [] });
  });

  test('E55: not while fibre, which telephony depends on, does not operate; the wait says so', () => {
    const telephony = provisioned({ service: 'VOIP_TELEPHONY', grounds: { services: { FIBRE: 'PROVISIONING' } } });
    when(telephony, ...START).refused('GATE_SHUT', 'DEPENDENCY_NOT_OPERATING');
    expect(waits(telephony)).toEqual([['CLOCK', 'NoteGrounds', 'DEPENDENCY_NOT_OPERATING']]);
    const operating = told(telephony, { services: { FIBRE: 'OPERATING' } }, '2026-10-06T07:00:00Z');
    expect(stage(after(operating, START))).toBe('DATA_MIGRATION');
  });

  test('E55: fibre falls while the data of telephony move: they go on when it operates again, not when its plan is approved anew', () => {
    const moving = after(provisioned({ service: 'VOIP_TELEPHONY', grounds: { services: { FIBRE: 'OPERATING' } } }), START);
    const stages = ['ROLLING_BACK', 'PLAN_DRAFTED', 'PLAN_APPROVED', 'PROVISIONING', 'HYPERCARE', 'OPERATING'];
    const [, ...found] = stages.reduce<readonly ReturnType<typeof provisioned>[]>((known, fibre) => [...known, told(known.at(-1) ?? moving, { services: { FIBRE: fibre } }, '2026-10-07T08:00:00Z')], [moving]);
    expect(found.map(stage)).toEqual(['SUSPENDED', 'SUSPENDED', 'SUSPENDED', 'SUSPENDED', 'SUSPENDED', 'DATA_MIGRATION']);
  });

  test('not before provisioning is over, nor while the resolution is suspended', () => {
    when(provisioned().slice(0, -1), ...START).refused('NOT_PROVISIONED');
    when(told(provisioned(), { convention: 'SUSPENDED' }, '2026-10-06T07:00:00Z'), ...START).refused('GATE_SHUT', 'RESOLUTION_SUSPENDED');
  });

  test('not of a service that moves no data, nor twice', () => {
    when(provisioned({ service: 'FIBRE' }), ...START).refused('OUT_OF_TURN');
    when(STARTED, ...START).refused('OUT_OF_TURN');
  });

  test.each([
    ['a day to come', { startedOn: '2026-10-07' }, 'FACT_IN_FUTURE'],
    ['a day before provisioning was over', { startedOn: '2026-10-04' }, 'DATE_BEFORE_GROUND'],
    ['a backup verified later', { startedOn: '2026-10-05', backup: { verifiedOn: '2026-10-06', sha256: SHA } }, 'DATE_BEFORE_GROUND'],
    ['a notice delivered later', { startedOn: '2026-10-05', vendorNotice: { deliveredOn: '2026-10-06', protocolNo: '1' } }, 'DATE_BEFORE_GROUND'],
    ['a format agreed later', { startedOn: '2026-10-05', exportFormat: { format: 'CSV', agreedOn: '2026-10-06', sha256: SHA } }, 'DATE_BEFORE_GROUND'],
    ['a backup to be verified', { backup: { verifiedOn: '2026-10-07', sha256: SHA } }, 'FACT_IN_FUTURE'],
  ])('not with %s', (_what, data, code) => {
    when(provisioned(), ...changed(START, data)).refused(code);
  });
});

describe('runs of data', () => {
  test('are recorded with their counts, at their own time', () => {
    const [command, now] = run('2026-10-07');
    when(STARTED, command, now).then({
      type: 'DataRunRecorded',
      data: { ...command.data, startedAt: '2026-10-07T16:00:00Z', endedAt: '2026-10-07T20:00:00Z', at: now },
      effectiveOn: '2026-10-07',
    });
    expect(viewMigration(stateOf(after(STARTED, run('2026-10-07', { target: 1199 }))), now).dataMigration?.runs).toMatchObject([{ kind: 'REHEARSAL', full: true, reconciles: false }]);
  });

  test('are owed until there is a full one that lost nothing', () => {
    expect(waits(STARTED)).toEqual([['OPERATOR', 'RecordRehearsal', 'FULL_REHEARSAL_MISSING']]);
    expect(waits(REHEARSED)).toEqual([['OPERATOR', 'RecordAcceptance']]);
  });

  test.each([
    ['before the data began to be moved', run('2026-10-05'), 'DATE_BEFORE_GROUND'],
    ['twice', run('2026-10-07'), 'ALREADY_RECORDED'],
    ['that ends before it begins', changed(run('2026-10-08'), { startedAt: '2026-10-08T20:00:01Z', endedAt: '2026-10-08T20:00:00Z' }), 'DATE_BEFORE_GROUND'],
    ['that is not over', changed(run('2026-10-08'), { endedAt: '2026-10-09T20:00:00Z' }), 'FACT_IN_FUTURE'],
  ])('are not recorded %s', (_what, step, code) => {
    when(REHEARSED, ...step).refused(code);
  });

  test('belong to no stage before, and to none after the cutover', () => {
    when(provisioned(), ...run('2026-10-06')).refused('OUT_OF_TURN');
    when(provisioned({ service: 'FIBRE' }), ...run('2026-10-06')).refused('NO_DATA_MIGRATION');
  });

  test('are a hundred at most', () => {
    const [command] = run('2026-10-07');
    const many = Array.from({ length: 100 }, (_, index): Step => changed([command, '2026-10-20T00:00:00Z'], {
      startedAt: `2026-10-07T10:${String(index % 60).padStart(2, '0')}:0${Math.floor(index / 60)}Z`, endedAt: '2026-10-07T12:00:00Z',
    }));
    when(after(STARTED, ...many), ...run('2026-10-08')).refused('TOO_MANY_RUNS');
  });
});

describe('the acceptance', () => {
  test('is recorded with both signatures, dated by the last', () => {
    const [command, now] = acceptance('2026-10-14');
    const { recordSha256, signatures: { agency, comune }, openDefects } = command.data as never as { recordSha256: string; signatures: { agency: object; comune: object }; openDefects: object };
    when(REHEARSED, command, now).then({
      type: 'AcceptanceRecorded',
      data: {
        recordSha256, agency: { ...agency, signedAt: '2026-10-14T08:00:00Z' }, comune: { ...comune, signedAt: '2026-10-14T10:00:00Z' }, openDefects, acceptedOn: '2026-10-14', at: now,
      },
      effectiveOn: '2026-10-14',
    });
    expect(stage(accepted())).toBe('ACCEPTANCE');
    expect(waits(accepted())).toEqual([['OPERATOR', 'StartParallelRun']]);
  });

  test.each([
    ['no run at all', STARTED, ['FULL_REHEARSAL_MISSING']],
    ['a final run only', after(STARTED, run('2026-10-07', { kind: 'FINAL' })), ['FULL_REHEARSAL_MISSING']],
    ['a rehearsal in part and a final run', after(STARTED, run('2026-10-07', { full: false }), run('2026-10-08', { kind: 'FINAL' })), ['FULL_REHEARSAL_MISSING']],
    ['a part only', after(STARTED, run('2026-10-07', { full: false })), ['FULL_REHEARSAL_MISSING']],
    ['a run that failed', after(STARTED, run('2026-10-07', { outcome: 'FAILED' })), ['FULL_REHEARSAL_MISSING', 'LAST_RUN_FAILED']],
    ['counts that differ', after(STARTED, run('2026-10-07', { target: 1199 })), ['FULL_REHEARSAL_MISSING', 'COUNTS_DO_NOT_RECONCILE']],
    ['counts that differ in the last run', after(REHEARSED, run('2026-10-08', { target: 1201 })), ['COUNTS_DO_NOT_RECONCILE']],
    ['a last run that failed', after(REHEARSED, run('2026-10-08', { outcome: 'FAILED' })), ['LAST_RUN_FAILED']],
  ])('is shut with %s', (_what, events, codes) => {
    when(events, ...acceptance('2026-10-14')).refused('ACCEPTANCE_SHUT', ...codes);
    const item = migration.allowed(stateOf(events), { actor: OPERATOR, now: '2026-10-14T00:00:00Z', commandId: 'x' }).find(({ command }) => command === 'RecordAcceptance');
    expect(item).toMatchObject({ allowed: false, reasons: [{ code: 'ACCEPTANCE_SHUT' }, ...codes.map((code) => ({ code }))] });
  });

  test('a full rehearsal is enough for it, and for the cutover: the final run may take place within the window', () => {
    const begun = after(REHEARSED, acceptance('2026-10-14'), PARALLEL, PARALLEL_OVER, SCHEDULE, GO);
    expect(stage(begun)).toBe('CUTOVER');
    expect(decided(begun, run('2026-11-06', { kind: 'FINAL' })).kind).toBe('accepted');
    expect(stage(after(begun, CUT))).toBe('HYPERCARE');
  });

  test('counts that differ are named', () => {
    expect(when(after(STARTED, run('2026-10-07', { target: 1199 })), ...acceptance('2026-10-14')).reasons().at(-1)?.message).toEqual({
      it: "I conteggi dell'ultima migrazione dei dati non tornano: PROTOCOL_ENTRIES 1199 su 1200.", en: 'The counts of the last run of data differ: PROTOCOL_ENTRIES 1199 of 1200.',
    });
  });

  test.each([[5, false], [6, true]] as const)('of %i sets whose counts differ the first five are named', (sets, isCut) => {
    const counts = Array.from({ length: sets }, (_, index) => ({ set: `SET_${index}`, source: 10, target: 9 }));
    const message = when(after(STARTED, changed(run('2026-10-07'), { counts })), ...acceptance('2026-10-14')).reasons().at(-1)?.message.it ?? '';
    expect([message.match(/SET_/g)?.length, message.endsWith('SET_4 9 su 10, ….'), message.endsWith('SET_4 9 su 10.')]).toEqual([5, isCut, !isCut]);
  });

  test('of two runs that ended at the same moment the one that was recorded last counts', () => {
    expect(decided(after(REHEARSED, run('2026-10-07', { kind: 'FINAL', outcome: 'FAILED' })), acceptance('2026-10-14')).kind).toBe('refused');
  });

  test('the last run is the one that ended last, whenever it was recorded', () => {
    const late = changed(run('2026-10-07', { target: 1 }), { startedAt: '2026-10-06T10:00:00Z', endedAt: '2026-10-06T11:00:00Z' });
    expect(decided(after(REHEARSED, late), acceptance('2026-10-14')).kind).toBe('accepted');
  });

  test('takes no defect of severity 1 and three of severity 2 at most', () => {
    when(REHEARSED, ...acceptance('2026-10-14', { severity1: 1 })).refused('TOO_MANY_DEFECTS');
    when(REHEARSED, ...acceptance('2026-10-14', { severity2: 4 })).refused('TOO_MANY_DEFECTS');
    expect(decided(REHEARSED, acceptance('2026-10-14', { severity2: 3, severity3: 10_000 })).kind).toBe('accepted');
  });

  test('is shut by defects that were recorded and stand open, and opens when they are resolved', () => {
    const defect = (defectNo: string, severity: 1 | 2): Step => [{ type: 'ReportDefect', data: { defectNo, severity, reportedAt: '2026-10-08T08:00:00Z' } }, '2026-10-08T09:00:00Z'];
    const broken = after(REHEARSED, defect('D-1', 1), ...['D-2', 'D-3', 'D-4', 'D-5'].map((no) => defect(no, 2)));
    when(broken, ...acceptance('2026-10-14')).refused('ACCEPTANCE_SHUT', 'SEVERITY1_OPEN', 'TOO_MANY_SEVERITY2_OPEN');
    expect(waits(broken)).toEqual([['OPERATOR', 'ResolveDefect', 'SEVERITY1_OPEN', 'TOO_MANY_SEVERITY2_OPEN']]);
    const mended = after(broken, ...['D-1', 'D-2'].map((defectNo): Step => [{ type: 'ResolveDefect', data: { defectNo, resolvedAt: '2026-10-09T08:00:00Z' } }, '2026-10-09T09:00:00Z', MEMBER]));
    expect(decided(mended, acceptance('2026-10-14')).kind).toBe('accepted');
  });

  test('is not signed by one person for both, before the last run was over, or in the future', () => {
    const step = acceptance('2026-10-14');
    const { signatures } = step[0].data as never as { signatures: { agency: object; comune: object } };
    const signed = (comune: object) => changed(step, { signatures: { ...signatures, comune: { ...signatures.comune, ...comune } } });
    when(REHEARSED, ...signed({ signer: 's-agency' })).refused('SIGNERS_NOT_DISTINCT');
    when(REHEARSED, ...signed({ signedAt: '2026-10-07T19:59:59Z' })).refused('DATE_BEFORE_GROUND');
    when(REHEARSED, ...signed({ signedAt: '2026-10-15T00:00:00Z' })).refused('FACT_IN_FUTURE');
  });

  test('is recorded once, and not while the resolution is suspended', () => {
    when(accepted(), ...acceptance('2026-10-14')).refused('OUT_OF_TURN');
    when(told(REHEARSED, { convention: 'SUSPENDED' }, '2026-10-13T00:00:00Z'), ...acceptance('2026-10-14')).refused('ACCEPTANCE_SHUT', 'RESOLUTION_SUSPENDED');
  });

  test('of fibre, which moves no data, comes after provisioning and needs neither runs nor counts', () => {
    const fibre = provisioned({ service: 'FIBRE' });
    expect(stage(fibre)).toBe('ACCEPTANCE');
    expect(waits(fibre)).toEqual([['OPERATOR', 'RecordAcceptance']]);
    const done = after(fibre, acceptance('2026-10-14'));
    expect(stage(done)).toBe('ACCEPTANCE');
    expect(waits(done)).toEqual([['OPERATOR', 'StartParallelRun']]);
    when(done, ...acceptance('2026-10-14')).refused('ALREADY_RECORDED');
    when(fibre, ...acceptance('2026-10-04')).refused('DATE_BEFORE_GROUND');
  });

  test('of a service that is not cut over leads to hypercare, up to the twentieth working day', () => {
    const scans = after(provisioned({ service: 'DEMATERIALISATION' }), START, run('2026-10-07'), acceptance('2026-10-14'));
    expect(scans.slice(-2)).toMatchObject([{ type: 'AcceptanceRecorded' }, {
      type: 'HypercareStarted',
      // Twenty working days after Wednesday 14 October; 1 November is a Sunday.
      data: { startedAt: '2026-10-14T10:00:00Z', endsOn: '2026-11-11', overFrom: '2026-11-11T23:00:00Z', basis: { policyVersion: '2026.3', calendarVersion: '2026.1' } },
      effectiveOn: '2026-10-14',
    }]);
    expect(stage(scans)).toBe('HYPERCARE');
  });
});

describe('the parallel run', () => {
  test('lasts ten working days after its first day, and its timer says when it may end', () => {
    when(accepted(), ...PARALLEL).then({
      type: 'ParallelRunStarted',
      data: { startedOn: '2026-10-15', endsOn: '2026-10-29', overFrom: '2026-10-29T23:00:00Z', basis: { policyVersion: '2026.3', calendarVersion: '2026.1' }, at: '2026-10-15T08:00:00Z' },
      effectiveOn: '2026-10-15',
    });
    const running = after(accepted(), PARALLEL);
    expect(stage(running)).toBe('PARALLEL_RUN');
    expect(migration.timers(stateOf(running))).toEqual([{ key: 'parallel-run-2026-10-29', at: '2026-10-29T23:00:00Z', command: { type: 'EndParallelRun', data: { endsOn: '2026-10-29' } } }]);
    expect(migration.waiting(stateOf(running), '2026-10-20T00:00:00Z')).toMatchObject([{ who: 'CLOCK', what: 'parallel-run-2026-10-29', dueOn: '2026-10-29' }, { who: 'OPERATOR', what: 'ScheduleCutover' }]);
    when(running, ...PARALLEL_OVER).then({ type: 'ParallelRunEnded', data: { endsOn: '2026-10-29', at: '2026-10-29T23:00:00Z' }, effectiveOn: '2026-10-29' });
    expect(migration.timers(stateOf(after(running, PARALLEL_OVER)))).toEqual([]);
  });

  test('goes by the working days of that comune: Legnano has San Magno on 5 November, whose day does not count', () => {
    const from = (istatCode: string) => {
      const events = after(accepted({ grounds: { istatCode } }), [{ type: 'StartParallelRun', data: { startedOn: '2026-10-26' } }, '2026-10-26T08:00:00Z']);
      return stateOf(events).moving.parallelRun?.endsOn;
    };
    expect([from('015002'), from('015118')]).toEqual(['2026-11-09', '2026-11-10']);
  });

  test('goes by the working days that the migration pins', () => {
    const policies = { policyVersion: '2026.3' as const, parallelRunWorkingDays: 1, hypercareWorkingDays: 20, pointOfNoReturnHours: 72, severity1RollbackHours: 4, maxSeverity2: 3 };
    expect(stateOf(after(accepted({ pinned: { policies } }), PARALLEL)).moving.parallelRun?.endsOn).toBe('2026-10-16');
  });

  test('is not over before its timer, for another day, or twice', () => {
    const running = after(accepted(), PARALLEL);
    when(running, { type: 'EndParallelRun', data: { endsOn: '2026-10-29' } }, '2026-10-29T22:59:59Z', ENGINE).nothing();
    when(running, { type: 'EndParallelRun', data: { endsOn: '2026-10-28' } }, '2026-10-29T23:00:00Z', ENGINE).nothing();
    when(after(running, PARALLEL_OVER), ...PARALLEL_OVER).nothing();
  });

  test('needs the acceptance, and begins on no day before it or to come', () => {
    when(REHEARSED, ...PARALLEL).refused('OUT_OF_TURN');
    when(provisioned({ service: 'FIBRE' }), ...PARALLEL).refused('NOT_ACCEPTED');
    when(accepted(), ...changed(PARALLEL, { startedOn: '2026-10-13' })).refused('DATE_BEFORE_GROUND');
    when(accepted(), ...changed(PARALLEL, { startedOn: '2026-10-16' })).refused('FACT_IN_FUTURE');
    when(after(accepted(), PARALLEL), ...PARALLEL).refused('OUT_OF_TURN');
    when(told(accepted(), { convention: 'SUSPENDED' }, '2026-10-14T12:00:00Z'), ...PARALLEL).refused('STAGE_SHUT', 'RESOLUTION_SUSPENDED');
  });

  const WAIVE: Step = [{ type: 'WaiveParallelRun', data: { waivedOn: '2026-10-16', reasons: TEXT } }, '2026-10-16T08:00:00Z', MEMBER];

  test('is waived by the comune with its reasons, before it begins or while it lasts', () => {
    const event = { type: 'ParallelRunWaived', data: { waivedOn: '2026-10-16', reasons: TEXT, at: '2026-10-16T08:00:00Z' }, effectiveOn: '2026-10-16' };
    when(accepted(), ...WAIVE).then(event);
    expect(stage(after(accepted(), WAIVE))).toBe('PARALLEL_RUN');
    const cutShort = after(accepted(), PARALLEL, WAIVE);
    expect(migration.timers(stateOf(cutShort))).toEqual([]);
    expect(waits(cutShort)).toEqual([['OPERATOR', 'ScheduleCutover', 'WINDOW_MISSING']]);
    expect(viewMigration(stateOf(cutShort), '2026-10-20T00:00:00Z').parallelRun).toEqual({ startedOn: '2026-10-15', endsOn: '2026-10-29', over: false, waived: { waivedOn: '2026-10-16', reasons: TEXT } });
  });

  test('is not waived twice, when it is over, before the acceptance, or by the operator', () => {
    when(after(accepted(), WAIVE), ...WAIVE).refused('ALREADY_RECORDED');
    when(after(accepted(), PARALLEL, PARALLEL_OVER), ...changed(WAIVE, {}).with(1, '2026-11-01T00:00:00Z') as unknown as Step).refused('ALREADY_RECORDED');
    when(REHEARSED, ...WAIVE).refused('OUT_OF_TURN');
    when(accepted(), ...changed(WAIVE, { waivedOn: '2026-10-13' })).refused('DATE_BEFORE_GROUND');
    when(accepted(), WAIVE[0], WAIVE[1], OPERATOR).refused('FORBIDDEN');
  });
});
