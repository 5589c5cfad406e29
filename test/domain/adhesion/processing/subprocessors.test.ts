import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { BASIS, MEMBER, OPERATOR, OTHER_SHA256, TEXT, TEXT_SHA256, does, later, reached, step, timersOf, view, when, type DataOf } from '../scenario.ts';

/** The agreement is in force from 7 October 2026. */
function agreed(policies: PolicyChoices = {}): AdhesionState {
  const signed = does(does(reached('AcceptAppointment', {}, policies), 'DraftDpa', { sha256: TEXT_SHA256 }), 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 });
  return does(signed, 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07' });
}

const inForce = agreed();
/** A Monday evening: the term ends on Tuesday, 8 December, a holiday, and so on the 9th. */
const NOTICE: DataOf<'NotifySubprocessor'> = { subprocessor: 'CLOUD_PROVIDER', sha256: TEXT_SHA256, deliveredAt: '2026-11-23T17:00:00Z' };
const MONDAY = '2026-11-23T18:00:00Z';
const notified = does(inForce, 'NotifySubprocessor', NOTICE, MONDAY);
const { version } = notified;
const DECEMBER = '2026-12-20T08:00:00Z';
const OBJECTION: DataOf<'ObjectToSubprocessor'> = { subprocessor: 'CLOUD_PROVIDER', deliveredAt: '2026-12-01T09:00:00Z', reasons: TEXT };
const clocks = (state: AdhesionState) => Object.fromEntries(timersOf(state).filter(({ key }) => key.includes('objection')).map(({ key, at }) => [key, at]));
const seen = (state: AdhesionState, now = DECEMBER) => view(state, now).processing.subprocessors;

describe('a sub-processor that the Agency means to engage (art. 28 c.2 GDPR)', () => {
  test('is notified, with the last day to object: a term for doing an act, rolled off a holiday', () => {
    const state = when(inForce, 'NotifySubprocessor', NOTICE, { now: MONDAY }).then({
      type: 'SubprocessorNotified',
      data: { ...NOTICE, objectBy: '2026-12-09', termEndedFrom: '2026-12-09T23:00:00Z', basis: BASIS, at: MONDAY },
      effectiveOn: '2026-11-23',
    });
    expect(seen(state)).toStrictEqual([{
      subprocessor: 'CLOUD_PROVIDER', state: 'NOTIFIED', sha256: TEXT_SHA256, deliveredAt: NOTICE.deliveredAt, objectBy: '2026-12-09', objectedAt: null, objectionReasons: null, withdrawnOn: null,
    }]);
    expect(view(state).waitingFor).toMatchObject([{ who: 'CLOCK', what: `objection-${version}`, since: MONDAY, dueOn: '2026-12-09' }]);
    expect(clocks(state)).toStrictEqual({ [`objection-${version}`]: '2026-12-09T23:00:00Z', [`remind-objection-${version}`]: '2026-12-05T23:00:00Z' });
  });

  test('counts from the day of delivery in Rome, by the days that the case pinned', () => {
    const late = does(inForce, 'NotifySubprocessor', { ...NOTICE, deliveredAt: '2026-11-23T23:00:00Z' }, '2026-11-24T08:00:00Z');
    expect(seen(late)).toMatchObject([{ objectBy: '2026-12-09' }]);
    const pinned = agreed({ processing: { objectionDays: 10, reminderDays: 1 }, saturdayRolls: true });
    const short = does(pinned, 'NotifySubprocessor', { ...NOTICE, deliveredAt: '2026-11-18T08:00:00Z' });
    expect(seen(short)).toMatchObject([{ objectBy: '2026-11-30' }]);
    expect(clocks(short)).toMatchObject({ [`remind-objection-${short.version}`]: '2026-11-28T23:00:00Z' });
  });

  test('is admitted by the silence of the member, from the day after', () => {
    when(notified, 'EndObjectionTerm', { notice: version }, { now: '2026-12-09T22:59:59Z' }).nothing();
    when(notified, 'EndObjectionTerm', { notice: version + 1 }, { now: DECEMBER }).nothing();
    const state = when(notified, 'EndObjectionTerm', { notice: version }, { now: '2026-12-09T23:00:00Z' }).then({
      type: 'ObjectionTermEnded', data: { notice: version, subprocessor: 'CLOUD_PROVIDER', from: '2026-12-10', at: '2026-12-09T23:00:00Z' }, effectiveOn: '2026-12-10',
    });
    expect(seen(state)).toMatchObject([{ state: 'ADMITTED' }]);
    expect(view(state).waitingFor).toStrictEqual([]);
    expect(later(notified, DECEMBER).reminded).toMatchObject([{ key: `objection-${version}`, level: 'REMINDER', to: 'REFERENT', what: 'ObjectToSubprocessor', dueOn: '2026-12-09' }]);
  });

  test('is objected to, and the Agency gives it up', () => {
    const objected = when(notified, 'ObjectToSubprocessor', OBJECTION, { now: DECEMBER }).then({
      type: 'SubprocessorObjected', data: { notice: version, ...OBJECTION, at: DECEMBER }, effectiveOn: '2026-12-01',
    });
    expect(seen(objected)).toMatchObject([{ state: 'OBJECTED', objectedAt: OBJECTION.deliveredAt, objectionReasons: TEXT }]);
    expect(view(objected).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'WithdrawSubprocessor', since: DECEMBER, dueOn: null, reasons: [{ code: 'SUBPROCESSOR_OBJECTED' }] }]);
    expect(clocks(objected)).toStrictEqual({});
    const withdrawn = when(objected, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, { now: DECEMBER }).then({
      type: 'SubprocessorWithdrawn', data: { notice: version, subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03', at: DECEMBER }, effectiveOn: '2026-12-03',
    });
    expect(seen(withdrawn)).toMatchObject([{ state: 'WITHDRAWN', withdrawnOn: '2026-12-03' }]);
    expect(view(withdrawn).waitingFor).toStrictEqual([]);
  });

  test('in time is who objects on the last day; the day after is too late', () => {
    const onLastDay = { ...OBJECTION, deliveredAt: '2026-12-09T22:59:59Z' };
    expect(when(notified, 'ObjectToSubprocessor', onLastDay, { now: DECEMBER }).decision.kind).toBe('accepted');
    when(notified, 'ObjectToSubprocessor', { ...OBJECTION, deliveredAt: '2026-12-09T23:00:00Z' }, { now: DECEMBER }).refused('OBJECTION_TOO_LATE', 'deliveredAt');
    // It came in time and became known late: the silence had been taken for granted.
    const admitted = later(notified, DECEMBER);
    expect(seen(admitted)).toMatchObject([{ state: 'ADMITTED' }]);
    expect(seen(does(admitted, 'ObjectToSubprocessor', onLastDay, DECEMBER))).toMatchObject([{ state: 'OBJECTED' }]);
    when(admitted, 'ObjectToSubprocessor', { ...OBJECTION, deliveredAt: '2026-12-09T23:00:00Z' }, { now: DECEMBER }).refused('OBJECTION_TOO_LATE', 'deliveredAt');
  });

  test('may be notified anew, with another text, after an objection or instead of the last notice', () => {
    const objected = does(notified, 'ObjectToSubprocessor', OBJECTION, DECEMBER);
    const anew = { ...NOTICE, sha256: OTHER_SHA256, deliveredAt: '2026-12-15T08:00:00Z' };
    const again = does(objected, 'NotifySubprocessor', anew, DECEMBER);
    expect(seen(again)).toMatchObject([{ state: 'NOTIFIED', sha256: OTHER_SHA256, objectBy: '2026-12-30' }]);
    expect(view(again).waitingFor).toMatchObject([{ who: 'CLOCK', what: `objection-${again.version}` }]);
    when(again, 'EndObjectionTerm', { notice: version }, { now: DECEMBER }).nothing();
    const other = does(again, 'NotifySubprocessor', { ...NOTICE, subprocessor: 'BACKUP' }, DECEMBER);
    expect(seen(later(other, DECEMBER)).map(({ subprocessor, state }) => [subprocessor, state])).toStrictEqual([['CLOUD_PROVIDER', 'NOTIFIED'], ['BACKUP', 'ADMITTED']]);
    when(objected, 'NotifySubprocessor', { ...anew, sha256: TEXT_SHA256 }, { now: DECEMBER }).refused('ALREADY_RECORDED');
    when(objected, 'NotifySubprocessor', { ...anew, deliveredAt: '2026-11-20T08:00:00Z' }, { now: DECEMBER }).refused('DATE_BEFORE_GROUND', 'deliveredAt');
    const withdrawn = does(objected, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, DECEMBER);
    expect(when(withdrawn, 'NotifySubprocessor', { ...anew, sha256: TEXT_SHA256 }, { now: DECEMBER }).decision.kind).toBe('accepted');
  });

  test('is refused out of turn, twice, of another name, with days out of order', () => {
    when(reached('AcceptAppointment'), 'NotifySubprocessor', { ...NOTICE, deliveredAt: '2026-11-20T08:00:00Z' }).refused('DPA_NOT_CONCLUDED');
    when(inForce, 'NotifySubprocessor', NOTICE).refused('FACT_IN_FUTURE', 'deliveredAt');
    when(inForce, 'ObjectToSubprocessor', OBJECTION, { now: DECEMBER }).refused('OUT_OF_TURN');
    when(inForce, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, { now: DECEMBER }).refused('OUT_OF_TURN');
    when(notified, 'ObjectToSubprocessor', { ...OBJECTION, subprocessor: 'OLD' }, { now: DECEMBER }).refused('UNKNOWN_SUBPROCESSOR', 'subprocessor');
    when(notified, 'WithdrawSubprocessor', { subprocessor: 'OLD', on: '2026-12-03' }, { now: DECEMBER }).refused('UNKNOWN_SUBPROCESSOR', 'subprocessor');
    when(notified, 'ObjectToSubprocessor', { ...OBJECTION, deliveredAt: '2026-11-23T16:59:59Z' }, { now: DECEMBER }).refused('DATE_BEFORE_GROUND', 'deliveredAt');
    when(notified, 'ObjectToSubprocessor', OBJECTION, { now: MONDAY }).refused('FACT_IN_FUTURE', 'deliveredAt');
    when(notified, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-11-22' }, { now: DECEMBER }).refused('DATE_BEFORE_GROUND', 'on');
    when(notified, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-21' }, { now: DECEMBER }).refused('FACT_IN_FUTURE', 'on');
    const objected = does(notified, 'ObjectToSubprocessor', OBJECTION, DECEMBER);
    when(objected, 'ObjectToSubprocessor', OBJECTION, { now: DECEMBER }).refused('OUT_OF_TURN');
    when(does(objected, 'NotifySubprocessor', { ...NOTICE, subprocessor: 'BACKUP' }, DECEMBER), 'ObjectToSubprocessor', OBJECTION, { now: DECEMBER }).refused('ALREADY_RECORDED');
    const early = when(objected, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-11-30' }, { now: DECEMBER });
    early.refused('DATE_BEFORE_GROUND', 'on');
    expect(early.decision).toMatchObject({ reasons: [{ message: { en: 'on must not be before the objection (2026-12-01T09:00:00Z).' } }] });
    const withdrawn = does(does(notified, 'NotifySubprocessor', { ...NOTICE, subprocessor: 'BACKUP' }, MONDAY), 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, DECEMBER);
    when(withdrawn, 'ObjectToSubprocessor', OBJECTION, { now: DECEMBER }).refused('OUT_OF_TURN', 'subprocessor');
    when(withdrawn, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, { now: DECEMBER }).refused('ALREADY_RECORDED');
    when(notified, 'ObjectToSubprocessor', OBJECTION, { actor: OPERATOR, now: DECEMBER }).refused('FORBIDDEN');
    when(notified, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, { actor: MEMBER, now: DECEMBER }).refused('FORBIDDEN');
  });

  test('after the end of the convention there is nothing to object to, nor a term that runs', () => {
    const ended = does(notified, 'AnnulResolution', { actNo: '2400/2026', on: '2026-12-01', by: 'COURT' }, '2026-12-01T10:00:00Z');
    expect(view(ended).waitingFor.map(({ what }) => what)).toStrictEqual(['ConfirmDataReturn']);
    expect(clocks(ended)).toStrictEqual({});
    for (const type of ['NotifySubprocessor', 'ObjectToSubprocessor', 'WithdrawSubprocessor'] as const) {
      const data = { NotifySubprocessor: NOTICE, ObjectToSubprocessor: OBJECTION, WithdrawSubprocessor: { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' } }[type];
      when(ended, type, data as never, { now: DECEMBER }).refused('CONVENTION_ENDED');
    }
    when(ended, 'EndObjectionTerm', { notice: version }, { now: DECEMBER }).nothing();
  });

  test('in a case of the policies of before the same holds', () => {
    expect(seen(does(agreed({ policyVersion: '2026.1' }), 'NotifySubprocessor', NOTICE, MONDAY))).toMatchObject([{ objectBy: '2026-12-09' }]);
  });
});

describe('corrections', () => {
  const fact = (state: AdhesionState, of: number, data: Record<string, unknown>) => when(state, 'CorrectFact', { version: of, data }, { actor: OPERATOR, now: DECEMBER });
  const corrects = (state: AdhesionState, of: number, data: Record<string, unknown>) => step(state, { type: 'CorrectFact', data: { version: of, data } }, OPERATOR, DECEMBER);
  const objected = does(notified, 'ObjectToSubprocessor', OBJECTION, DECEMBER);
  const withdrawn = does(objected, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, DECEMBER);

  test('of the notice: its term is counted anew, by a timer of its own, also when it had ended', () => {
    const right = { ...NOTICE, deliveredAt: '2026-12-10T08:00:00Z' };
    const corrected = corrects(later(notified, DECEMBER), version, right);
    expect(seen(corrected)).toMatchObject([{ state: 'NOTIFIED', objectBy: '2026-12-28' }]);
    expect(clocks(corrected)).toMatchObject({ [`objection-${corrected.version}`]: '2026-12-28T23:00:00Z' });
    fact(objected, version, right).refused('CORRECTION_TOO_LATE', 'version');
    fact(does(notified, 'WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-03' }, DECEMBER), version, right).refused('CORRECTION_TOO_LATE', 'version');
    fact(notified, version, { ...right, subprocessor: 'a name' }).refused('CORRECTION_MALFORMED', 'data');
  });

  test('of the objection and of the withdrawal, by their own rules', () => {
    const { version: objection } = objected;
    fact(objected, objection, { ...OBJECTION, deliveredAt: '2026-12-10T08:00:00Z' }).refused('OBJECTION_TOO_LATE', 'deliveredAt');
    expect(seen(corrects(objected, objection, { ...OBJECTION, deliveredAt: '2026-12-02T09:00:00Z' }))).toMatchObject([{ objectedAt: '2026-12-02T09:00:00Z' }]);
    fact(withdrawn, objection, OBJECTION).refused('CORRECTION_TOO_LATE', 'version');
    fact(withdrawn, withdrawn.version, { subprocessor: 'CLOUD_PROVIDER', on: '2026-11-30' }).refused('DATE_BEFORE_GROUND', 'on');
    expect(seen(corrects(withdrawn, withdrawn.version, { subprocessor: 'CLOUD_PROVIDER', on: '2026-12-05' }))).toMatchObject([{ withdrawnOn: '2026-12-05' }]);
  });

  test('of a notice whose place another took: none', () => {
    const again = does(notified, 'NotifySubprocessor', { ...NOTICE, sha256: OTHER_SHA256, deliveredAt: '2026-12-15T08:00:00Z' }, DECEMBER);
    fact(again, version, NOTICE).refused('NOT_CORRECTABLE', 'version');
  });

  test('of the signature of the agreement: none, once a sub-processor was notified under it', () => {
    const signature = inForce.dpa.countersignature?.version ?? 0;
    const data = { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-08' };
    expect(fact(inForce, signature, data).decision.kind).toBe('accepted');
    fact(notified, signature, data).refused('CORRECTION_TOO_LATE', 'version');
  });
});

test('the term is one that the case still has after it was kept and restored', () => {
  expect(adhesion.restore(JSON.parse(JSON.stringify(notified)) as object, adhesion.stateSchema)).toStrictEqual(notified);
});
