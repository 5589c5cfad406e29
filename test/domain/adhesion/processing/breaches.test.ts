import { describe, expect, test } from 'vitest';
import { adhesion, isClosed, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { ABBIATEGRASSO, BASIS, MEMBER, OPERATOR, TEXT, TEXT_SHA256, does, later, reached, step, timersOf, view, when, type DataOf } from '../scenario.ts';

/** The agreement is in force from 7 October 2026. */
function agreed(policies: PolicyChoices = {}): AdhesionState {
  const signed = does(does(reached('AcceptAppointment', {}, policies), 'DraftDpa', { sha256: TEXT_SHA256 }), 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 });
  return does(signed, 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07' });
}
/** The same comune with so many inhabitants. */
function inhabitedBy(population: number): AdhesionState {
  const state = agreed();
  return { ...state, opening: { ...(state.opening ?? { ...ABBIATEGRASSO, policies: {} as never, at: '' }), population } };
}

const inForce = agreed();
/** The Monday before the Immacolata, in the evening. */
const MONDAY = '2026-12-07T19:00:00Z';
const BREACH: DataOf<'ReportBreach'> = { breachNo: '1/2026', awareBy: 'PROCESSOR', awareAt: '2026-12-07T18:00:00Z' };
const TOLD: DataOf<'NotifyBreachToMember'> = { breachNo: '1/2026', deliveredAt: '2026-12-08T17:30:00Z' };
const TO_GARANTE: DataOf<'NotifyBreachToAuthority'> = { breachNo: '1/2026', to: 'GARANTE', notifiedAt: '2026-12-10T08:00:00Z', protocolNo: '9/2026' };
const TUESDAY = '2026-12-08T17:45:00Z';
const LATER = '2026-12-20T08:00:00Z';
const reported = does(inForce, 'ReportBreach', BREACH, MONDAY);
const told = does(reported, 'NotifyBreachToMember', TOLD, TUESDAY);
const notified = does(told, 'NotifyBreachToAuthority', TO_GARANTE, '2026-12-10T09:00:00Z');
const seen = (state: AdhesionState) => view(state, LATER).processing.breaches;
const clocks = (state: AdhesionState) => Object.fromEntries(timersOf(state).filter(({ key }) => key.startsWith('remind-breach')).map(({ key, at }) => [key, at]));

describe('a breach of personal data (art. 33 GDPR)', () => {
  test('of which the Agency became aware: 24 hours to tell the member, on a holiday too', () => {
    const state = when(inForce, 'ReportBreach', BREACH, { now: MONDAY }).then({
      type: 'BreachReported', data: { ...BREACH, memberDueAt: '2026-12-08T18:00:00Z', duties: [], basis: BASIS, at: MONDAY }, effectiveOn: '2026-12-07',
    });
    expect(seen(state)).toStrictEqual([{
      ...BREACH, toMember: { dueAt: '2026-12-08T18:00:00Z', doneAt: null, late: false, delayReasons: null, overdue: false }, notices: [],
    }]);
    expect(view(state).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'NotifyBreachToMember', since: MONDAY, dueOn: '2026-12-08', dueAt: '2026-12-08T18:00:00Z', reasons: [{ code: 'BREACH_CLOCK' }] }]);
    expect(view(state).waitingFor[0]?.reasons[0]?.message.en).toContain('by 2026-12-08T18:00:00Z');
    const { version } = state;
    expect(clocks(state)).toStrictEqual({ [`remind-breach-${version}-MEMBER`]: '2026-12-08T12:00:00Z', [`remind-breach-${version}-MEMBER-overdue`]: '2026-12-08T18:00:00Z' });
  });

  test('told to the member: its 72 hours to the Garante run from then', () => {
    const state = when(reported, 'NotifyBreachToMember', TOLD, { now: TUESDAY }).then({
      type: 'BreachNotifiedToMember',
      data: { ...TOLD, late: false, delayReasons: null, duties: [{ to: 'GARANTE', dueAt: '2026-12-11T17:30:00Z' }], basis: BASIS, at: TUESDAY },
      effectiveOn: '2026-12-08',
    });
    expect(view(state).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'NotifyBreachToAuthority', since: TUESDAY, dueOn: '2026-12-11', dueAt: '2026-12-11T17:30:00Z', reasons: [{ code: 'BREACH_CLOCK' }] }]);
    const { version } = state;
    expect(clocks(state)).toStrictEqual({ [`remind-breach-${version}-GARANTE`]: '2026-12-11T11:30:00Z', [`remind-breach-${version}-GARANTE-overdue`]: '2026-12-11T17:30:00Z' });
  });

  test('notified to the Garante in time: nothing is owed any more', () => {
    const state = when(told, 'NotifyBreachToAuthority', TO_GARANTE, { now: LATER }).then({
      type: 'BreachNotifiedToAuthority', data: { ...TO_GARANTE, late: false, delayReasons: null, at: LATER }, effectiveOn: '2026-12-10',
    });
    expect([view(state).waitingFor, clocks(state)]).toStrictEqual([[], {}]);
    expect(seen(state)).toMatchObject([{
      toMember: { doneAt: TOLD.deliveredAt }, notices: [{ to: 'GARANTE', dueAt: '2026-12-11T17:30:00Z', doneAt: TO_GARANTE.notifiedAt, late: false, overdue: false, protocolNo: '9/2026', waivedFor: null }],
    }]);
  });

  test('of which the comune became aware itself: its 72 hours run at once, over the end of summer time as hours elapse', () => {
    const own = { breachNo: '2/2026', awareBy: 'CONTROLLER', awareAt: '2026-10-23T22:00:00Z' } as const;
    const state = when(inForce, 'ReportBreach', own, { actor: MEMBER }).then({
      type: 'BreachReported', data: { ...own, memberDueAt: null, duties: [{ to: 'GARANTE', dueAt: '2026-10-26T22:00:00Z' }], basis: BASIS, at: '2026-11-22T10:00:00Z' }, effectiveOn: '2026-10-24',
    });
    expect(seen(state)).toMatchObject([{ toMember: null, notices: [{ to: 'GARANTE', dueAt: '2026-10-26T22:00:00Z' }] }]);
    when(does(state, 'ReportBreach', BREACH, MONDAY), 'NotifyBreachToMember', { ...TOLD, breachNo: '2/2026' }, { now: LATER }).refused('OUT_OF_TURN', 'breachNo');
  });

  test('is told in the hours that the case pinned', () => {
    const state = does(agreed({ processing: { breachHours: 12, reminderHours: 2 } }), 'ReportBreach', BREACH, MONDAY);
    expect(Object.values(clocks(state))).toStrictEqual(['2026-12-08T04:00:00Z', '2026-12-08T06:00:00Z']);
  });

  test.each([[100_000, ['GARANTE']], [100_001, ['GARANTE', 'ACN_ALERT', 'ACN_NOTIFICATION']]])('of a comune of %i inhabitants is due to %j', (population, due) => {
    const own = does(inhabitedBy(population), 'ReportBreach', { ...BREACH, awareBy: 'CONTROLLER' }, MONDAY);
    expect(seen(own)[0]?.notices.map(({ to }) => to)).toStrictEqual(due);
  });

  test('of a comune of L. 90/2024: 24 hours for the alert, 72 for the notification to the ACN, each with its clock', () => {
    const own = does(inhabitedBy(100_001), 'ReportBreach', { ...BREACH, awareBy: 'CONTROLLER' }, MONDAY);
    expect(seen(own)[0]?.notices.map(({ to, dueAt }) => [to, dueAt])).toStrictEqual([
      ['GARANTE', '2026-12-10T18:00:00Z'], ['ACN_ALERT', '2026-12-08T18:00:00Z'], ['ACN_NOTIFICATION', '2026-12-10T18:00:00Z'],
    ]);
    const owed = (state: AdhesionState) => view(state).waitingFor.filter(({ what }) => what === 'NotifyBreachToAuthority').map(({ dueOn }) => dueOn);
    expect(owed(own)).toStrictEqual(['2026-12-10', '2026-12-08', '2026-12-10']);
    const alerted = does(own, 'NotifyBreachToAuthority', { ...TO_GARANTE, to: 'ACN_ALERT', notifiedAt: '2026-12-08T10:00:00Z' }, LATER);
    expect(owed(alerted)).toStrictEqual(['2026-12-10', '2026-12-10']);
  });
});

describe('what is late', () => {
  test('is warned of, escalated when the clock runs out, and shown as overdue until it is recorded', () => {
    const { version } = reported;
    const silent = later(reported, LATER);
    expect(silent.reminded).toMatchObject([
      { key: `breach-${version}-MEMBER`, level: 'REMINDER', to: 'OPERATOR', what: 'NotifyBreachToMember', dueOn: '2026-12-08', at: '2026-12-08T12:00:00Z' },
      { key: `breach-${version}-MEMBER-overdue`, level: 'ESCALATION', to: 'MAYOR', what: 'NotifyBreachToMember', dueOn: '2026-12-08', at: '2026-12-08T18:00:00Z' },
    ]);
    expect(seen(silent)).toMatchObject([{ toMember: { overdue: true, late: false, doneAt: null } }]);
    const answered = does(silent, 'NotifyBreachToMember', { ...TOLD, deliveredAt: '2026-12-09T09:00:00Z', delayReasons: TEXT }, '2026-12-09T10:00:00Z');
    expect(seen(answered)).toMatchObject([{ toMember: { overdue: false, late: true, delayReasons: TEXT } }]);
    const unnotified = later(answered, LATER);
    expect(unnotified.reminded.slice(2)).toMatchObject([{ level: 'REMINDER', to: 'REFERENT', what: 'NotifyBreachToAuthority' }, { level: 'ESCALATION', to: 'MAYOR', at: '2026-12-12T09:00:00Z' }]);
    expect(seen(unnotified)).toMatchObject([{ notices: [{ overdue: true }] }]);
    expect(seen(does(unnotified, 'NotifyBreachToAuthority', { ...TO_GARANTE, notifiedAt: '2026-12-13T08:00:00Z', delayReasons: TEXT }, LATER))).toMatchObject([{
      notices: [{ overdue: false, late: true, delayReasons: TEXT }],
    }]);
  });

  test('is not by a second: at the hour itself it is in time', () => {
    expect(seen(does(reported, 'NotifyBreachToMember', { ...TOLD, deliveredAt: '2026-12-08T18:00:00Z' }, LATER))).toMatchObject([{ toMember: { late: false } }]);
    expect(seen(does(told, 'NotifyBreachToAuthority', { ...TO_GARANTE, notifiedAt: '2026-12-11T17:30:00Z' }, LATER))).toMatchObject([{ notices: [{ late: false }] }]);
  });

  test('comes with the reasons for the delay', () => {
    when(reported, 'NotifyBreachToMember', { ...TOLD, deliveredAt: '2026-12-08T18:00:01Z' }, { now: LATER }).refused('DELAY_REASONS_REQUIRED', 'delayReasons');
    when(told, 'NotifyBreachToAuthority', { ...TO_GARANTE, notifiedAt: '2026-12-11T17:30:01Z' }, { now: LATER }).refused('DELAY_REASONS_REQUIRED', 'delayReasons');
  });

  test('is said to nobody in a case without reminders', () => {
    const quiet = later(does(agreed({ reminders: null }), 'ReportBreach', BREACH, MONDAY), LATER);
    expect([quiet.reminded, seen(quiet)[0]?.toMember?.overdue]).toStrictEqual([[], false]);
  });
});

describe('a notice that is not due', () => {
  const WAIVER = { breachNo: '1/2026', to: 'GARANTE', reasons: TEXT } as const;

  test('has its reasons, and is owed no more; what is sent all the same counts', () => {
    const waived = when(told, 'WaiveBreachNotice', WAIVER, { now: LATER }).then({ type: 'BreachNoticeWaived', data: { ...WAIVER, at: LATER } });
    expect([view(waived).waitingFor, clocks(waived)]).toStrictEqual([[], {}]);
    expect(seen(waived)).toMatchObject([{ notices: [{ to: 'GARANTE', doneAt: null, late: false, waivedFor: TEXT }] }]);
    expect(seen(does(waived, 'NotifyBreachToAuthority', TO_GARANTE, LATER))).toMatchObject([{ notices: [{ doneAt: TO_GARANTE.notifiedAt, waivedFor: TEXT }] }]);
  });

  test('is waived once, of a breach that is known, while it is owed', () => {
    when(inForce, 'WaiveBreachNotice', WAIVER, { now: LATER }).refused('OUT_OF_TURN');
    when(reported, 'WaiveBreachNotice', WAIVER, { now: LATER }).refused('OUT_OF_TURN');
    when(notified, 'WaiveBreachNotice', WAIVER, { now: LATER }).refused('OUT_OF_TURN');
    const other = does(told, 'ReportBreach', { ...BREACH, breachNo: '2/2026', awareBy: 'CONTROLLER' }, LATER);
    when(other, 'WaiveBreachNotice', { ...WAIVER, breachNo: '3/2026' }, { now: LATER }).refused('UNKNOWN_BREACH', 'breachNo');
    when(other, 'WaiveBreachNotice', { ...WAIVER, to: 'ACN_ALERT' }, { now: LATER }).refused('NOTICE_NOT_DUE', 'to');
    when(does(other, 'WaiveBreachNotice', WAIVER, LATER), 'WaiveBreachNotice', WAIVER, { now: LATER }).refused('ALREADY_RECORDED');
    when(does(other, 'NotifyBreachToAuthority', TO_GARANTE, LATER), 'WaiveBreachNotice', WAIVER, { now: LATER }).refused('ALREADY_RECORDED');
    when(does(other, 'ReportBreach', { ...BREACH, breachNo: '4/2026' }, LATER), 'WaiveBreachNotice', { ...WAIVER, breachNo: '4/2026' }, { now: LATER }).refused('OUT_OF_TURN');
  });

  test('may be sent, and is never late', () => {
    const sent = does(notified, 'NotifyBreachToAuthority', { ...TO_GARANTE, to: 'ACN_NOTIFICATION', notifiedAt: '2026-12-19T08:00:00Z' }, LATER);
    expect(seen(sent)).toMatchObject([{ notices: [{ to: 'GARANTE' }, { to: 'ACN_NOTIFICATION', dueAt: null, doneAt: '2026-12-19T08:00:00Z', late: false }] }]);
  });
});

describe('refusals', () => {
  test('of a breach before the agreement, of the future, twice', () => {
    when(reached('AcceptAppointment'), 'ReportBreach', BREACH, { now: LATER }).refused('DPA_NOT_IN_FORCE');
    const ahead = does(does(does(reached('AcceptAppointment'), 'DraftDpa', { sha256: TEXT_SHA256 }), 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 }),
      'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2027-01-01' });
    when(ahead, 'ReportBreach', { ...BREACH, awareAt: '2026-11-20T08:00:00Z' }).refused('DPA_NOT_IN_FORCE');
    when(inForce, 'ReportBreach', BREACH).refused('FACT_IN_FUTURE', 'awareAt');
    when(inForce, 'ReportBreach', { ...BREACH, awareAt: '2026-10-06T21:59:59Z' }).refused('DATE_BEFORE_GROUND', 'awareAt');
    expect(when(inForce, 'ReportBreach', { ...BREACH, awareAt: '2026-10-06T22:00:00Z' }).decision.kind).toBe('accepted');
    when(reported, 'ReportBreach', BREACH, { now: LATER }).refused('ALREADY_RECORDED');
  });

  test('of a telling without a breach, before it, of the future, twice', () => {
    when(inForce, 'NotifyBreachToMember', TOLD, { now: LATER }).refused('OUT_OF_TURN');
    when(told, 'NotifyBreachToMember', TOLD, { now: LATER }).refused('OUT_OF_TURN');
    when(reported, 'NotifyBreachToMember', { ...TOLD, breachNo: '2/2026' }, { now: LATER }).refused('UNKNOWN_BREACH', 'breachNo');
    when(reported, 'NotifyBreachToMember', { ...TOLD, deliveredAt: '2026-12-07T17:59:59Z' }, { now: LATER }).refused('DATE_BEFORE_GROUND', 'deliveredAt');
    when(reported, 'NotifyBreachToMember', TOLD, { now: MONDAY }).refused('FACT_IN_FUTURE', 'deliveredAt');
    when(does(told, 'ReportBreach', { ...BREACH, breachNo: '2/2026' }, LATER), 'NotifyBreachToMember', TOLD, { now: LATER }).refused('ALREADY_RECORDED');
    when(reported, 'NotifyBreachToMember', TOLD, { actor: MEMBER, now: LATER }).refused('FORBIDDEN');
  });

  test('of a notification of what the member does not know, before it, of the future, twice', () => {
    when(inForce, 'NotifyBreachToAuthority', TO_GARANTE, { now: LATER }).refused('OUT_OF_TURN');
    when(reported, 'NotifyBreachToAuthority', TO_GARANTE, { now: LATER }).refused('OUT_OF_TURN');
    when(does(told, 'ReportBreach', { ...BREACH, breachNo: '2/2026' }, LATER), 'NotifyBreachToAuthority', { ...TO_GARANTE, breachNo: '2/2026' }, { now: LATER }).refused('OUT_OF_TURN');
    when(told, 'NotifyBreachToAuthority', { ...TO_GARANTE, breachNo: '2/2026' }, { now: LATER }).refused('UNKNOWN_BREACH', 'breachNo');
    when(told, 'NotifyBreachToAuthority', { ...TO_GARANTE, notifiedAt: '2026-12-08T17:29:59Z' }, { now: LATER }).refused('DATE_BEFORE_GROUND', 'notifiedAt');
    when(told, 'NotifyBreachToAuthority', TO_GARANTE, { now: TUESDAY }).refused('FACT_IN_FUTURE', 'notifiedAt');
    when(notified, 'NotifyBreachToAuthority', TO_GARANTE, { now: LATER }).refused('ALREADY_RECORDED');
    when(told, 'NotifyBreachToAuthority', TO_GARANTE, { actor: OPERATOR, now: LATER }).refused('FORBIDDEN');
  });
});

describe('corrections', () => {
  const fact = (state: AdhesionState, version: number, data: Record<string, unknown>) => when(state, 'CorrectFact', { version, data }, { actor: OPERATOR, now: LATER });

  test('of the awareness: the clock is set anew', () => {
    const corrected = step(reported, { type: 'CorrectFact', data: { version: reported.version, data: { ...BREACH, awareAt: '2026-12-07T10:00:00Z' } } }, OPERATOR, MONDAY);
    expect(seen(corrected)).toMatchObject([{ toMember: { dueAt: '2026-12-08T10:00:00Z' } }]);
    expect(Object.keys(clocks(corrected))).toStrictEqual([`remind-breach-${corrected.version}-MEMBER`, `remind-breach-${corrected.version}-MEMBER-overdue`]);
    fact(told, reported.version, BREACH).refused('CORRECTION_TOO_LATE', 'version');
    const own = does(inForce, 'ReportBreach', { ...BREACH, awareBy: 'CONTROLLER' }, MONDAY);
    fact(does(own, 'NotifyBreachToAuthority', TO_GARANTE, LATER), own.version, BREACH).refused('CORRECTION_TOO_LATE', 'version');
    fact(does(own, 'WaiveBreachNotice', { breachNo: '1/2026', to: 'GARANTE', reasons: TEXT }, LATER), own.version, BREACH).refused('CORRECTION_TOO_LATE', 'version');
    fact(reported, reported.version, { ...BREACH, awareBy: 'NOBODY' }).refused('CORRECTION_MALFORMED', 'data');
  });

  test('of the telling: what the member owes is counted from the right hour', () => {
    const corrected = step(told, { type: 'CorrectFact', data: { version: told.version, data: { ...TOLD, deliveredAt: '2026-12-08T09:00:00Z' } } }, OPERATOR, TUESDAY);
    expect(seen(corrected)).toMatchObject([{ toMember: { doneAt: '2026-12-08T09:00:00Z' }, notices: [{ dueAt: '2026-12-11T09:00:00Z' }] }]);
    fact(told, told.version, { ...TOLD, deliveredAt: '2026-12-09T09:00:00Z' }).refused('DELAY_REASONS_REQUIRED', 'delayReasons');
    fact(notified, told.version, TOLD).refused('CORRECTION_TOO_LATE', 'version');
  });

  test('of the notification, by the member whose it is', () => {
    const version = notified.version;
    const corrected = step(notified, { type: 'CorrectFact', data: { version, data: { ...TO_GARANTE, protocolNo: '10/2026' } } }, MEMBER, LATER);
    expect(seen(corrected)).toMatchObject([{ notices: [{ protocolNo: '10/2026' }] }]);
    expect(seen(corrected)[0]?.notices).toHaveLength(1);
    when(told, 'CorrectFact', { version: told.version, data: TOLD }, { actor: MEMBER, now: LATER }).refused('FORBIDDEN', 'version');
  });

  test('of the signature of the agreement: none, once a breach was recorded under it', () => {
    fact(reported, inForce.dpa.countersignature?.version ?? 0, { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-08' }).refused('CORRECTION_TOO_LATE', 'version');
  });
});

describe('the end of the convention', () => {
  const ended = does(reported, 'AnnulResolution', { actNo: '2400/2026', on: '2026-12-07', by: 'COURT' }, MONDAY);
  const returned = does(ended, 'ConfirmDataReturn', { outcome: 'DELETED', on: '2026-12-07', protocolNo: '5/2026' }, '2026-12-07T20:00:00Z');

  test('ends no clock: the case closes once nothing is owed for a breach', () => {
    expect([isClosed(returned), view(returned).phase, view(returned).dpa.state]).toStrictEqual([false, 'EXITING', 'CLOSED']);
    expect(view(returned).waitingFor).toMatchObject([{ what: 'NotifyBreachToMember' }]);
    const informed = does(returned, 'NotifyBreachToMember', TOLD, TUESDAY);
    expect([isClosed(informed), adhesion.finished(informed)]).toStrictEqual([false, false]);
    const done = does(informed, 'NotifyBreachToAuthority', TO_GARANTE, LATER);
    expect([isClosed(done), adhesion.finished(done), view(done).phase]).toStrictEqual([true, true, 'CLOSED']);
    expect(isClosed(does(informed, 'WaiveBreachNotice', { breachNo: '1/2026', to: 'GARANTE', reasons: TEXT }, LATER))).toBe(true);
  });

  test('lets a breach of before be recorded while the exit goes on', () => {
    const exiting = does(inForce, 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' });
    expect(view(does(exiting, 'ReportBreach', BREACH, MONDAY)).waitingFor.map(({ what }) => what)).toStrictEqual(['ConfirmDataReturn', 'NotifyBreachToMember']);
  });
});
