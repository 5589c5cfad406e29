import { expect, test } from 'vitest';
import type { AdhesionState } from '../../../../domain/adhesion/index.ts';
import { COUNTERSIGNED, OPERATOR, REGISTERED, SIGNED, does, later, reached, step, view } from '../scenario.ts';

/** Signed as it happens: on 5 August 2026, to be countersigned by the 19th. */
const ready = step(reached('TransmitResolution'), { type: 'AcceptResolution', data: {} }, OPERATOR, '2026-08-03T08:00:00Z');
const signed = does(ready, 'SignConvention', SIGNED, '2026-08-05T12:00:00Z');

test('the Agency is reminded of its signature on the day after it was due', () => {
  expect(later(signed, '2026-08-19T21:59:59Z').reminded).toStrictEqual([]);
  expect(later(signed, '2026-08-19T22:00:00Z').reminded).toMatchObject([
    { level: 'REMINDER', to: 'OPERATOR', what: 'CountersignConvention', dueOn: '2026-08-19', at: '2026-08-19T22:00:00Z' },
  ]);
  const countersigned = does(signed, 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z');
  expect(later(countersigned, '2026-08-13T08:00:00Z').reminded).toStrictEqual([]);
});

test('and of the registration', () => {
  const concluded = does(signed, 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z');
  expect(later(concluded, '2026-08-15T08:00:00Z').reminded).toMatchObject([{ to: 'OPERATOR', what: 'RegisterConvention', dueOn: '2026-08-14', at: '2026-08-14T22:00:00Z' }]);
  const registered = does(concluded, 'RegisterConvention', REGISTERED, '2026-08-10T08:00:00Z');
  expect(later(registered, '2026-08-30T08:00:00Z').reminded).toStrictEqual([]);
});

test('what was late already when it was entered is not reminded of', () => {
  expect(later(reached('SignConvention'), '2026-12-31T08:00:00Z').reminded).toStrictEqual([]);
});

const ORDER = { by: 'COURT', orderNo: '1201/2026', from: '2026-08-10' } as const;
const told = (state: AdhesionState): readonly unknown[] => state.reminded.map(({ what, at, dueOn }) => [what, at, dueOn]);

test('nobody is reminded of what a suspension holds; E48: after it the countersignature is due later by its days', () => {
  const held = does(signed, 'SuspendResolution', ORDER, '2026-08-10T08:00:00Z');
  expect(told(later(held, '2026-12-31T08:00:00Z'))).toStrictEqual([]);
  // Wednesday 19 August and 21 days.
  const lifted = does(held, 'LiftSuspension', { on: '2026-08-31', orderNo: '2' }, '2026-08-31T08:00:00Z');
  expect(view(lifted).waitingFor).toMatchObject([{ what: 'CountersignConvention', dueOn: '2026-09-09' }]);
  expect(told(later(lifted, '2026-10-31T08:00:00Z'))).toStrictEqual([['CountersignConvention', '2026-09-09T22:00:00Z', '2026-09-09']]);
});

test('nor of a registration; E48: it is due later by the days of the suspension', () => {
  const concluded = does(signed, 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z');
  const held = does(concluded, 'SuspendResolution', ORDER, '2026-08-10T08:00:00Z');
  expect(told(later(held, '2026-12-31T08:00:00Z'))).toStrictEqual([]);
  const lifted = does(held, 'LiftSuspension', { on: '2026-08-31', orderNo: '2' }, '2026-08-31T08:00:00Z');
  expect(view(lifted).waitingFor).toMatchObject([{ what: 'RegisterConvention', dueOn: '2026-09-04' }]);
  const late = does(concluded, 'SuspendResolution', { ...ORDER, from: '2026-08-17' }, '2026-08-17T08:00:00Z');
  expect(view(does(late, 'LiftSuspension', { on: '2026-08-31', orderNo: '2' }, '2026-08-31T08:00:00Z')).waitingFor).toMatchObject([{ dueOn: '2026-08-14' }]);
});

test('nor of what a revocation or an annulment forbids', () => {
  const revoked = does(signed, 'RevokeResolution', { actNo: '60/2026', on: '2026-08-10' }, '2026-08-10T08:00:00Z');
  expect(told(later(revoked, '2026-12-31T08:00:00Z'))).toStrictEqual([]);
});

test('E48: an addendum that waits for the Agency is due later too', () => {
  const sha256 = 'ab'.repeat(32);
  const amending = does(reached('AcceptAppointment'), 'AmendConvention', { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-10-05', sha256 });
  const added = does(amending, 'SignConvention', { ...SIGNED, signedAt: '2026-11-16T08:00:00Z', sha256 });
  const dueOn = added.convention.addendum?.signature?.countersignatureDueOn ?? '';
  const held = does(added, 'SuspendResolution', { ...ORDER, from: '2026-11-17' });
  expect(later(held, '2027-06-30T08:00:00Z').reminded.map(({ what }) => what)).not.toContain('CountersignConvention');
  const lifted = does(held, 'LiftSuspension', { on: '2026-12-01', orderNo: '2' }, '2026-12-01T08:00:00Z');
  // 30 November and 14 days.
  expect([dueOn, lifted.convention.addendum?.signature?.countersignatureDueOn]).toStrictEqual(['2026-11-30', '2026-12-14']);
});

test('the Agency is reminded of an addendum that the member has signed, unless the member leaves', () => {
  const sha256 = 'ab'.repeat(32);
  const amending = does(reached('AcceptAppointment'), 'AmendConvention', { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-10-05', sha256 });
  const added = does(amending, 'SignConvention', { ...SIGNED, signedAt: '2026-11-16T08:00:00Z', sha256 });
  expect(told(later(added, '2026-11-30T22:59:59Z'))).toStrictEqual([]);
  expect(told(later(added, '2026-11-30T23:00:00Z'))).toStrictEqual([['CountersignConvention', '2026-11-30T23:00:00Z', '2026-11-30']]);
  const concluded = does(added, 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-11-17T08:00:00Z', sha256 });
  expect(told(later(concluded, '2026-12-31T08:00:00Z'))).toStrictEqual([]);
  const leaving = does(added, 'RevokeResolution', { actNo: '60/2026', on: '2026-11-18' });
  expect(told(later(leaving, '2026-12-31T08:00:00Z'))).toStrictEqual([]);
});

test('nobody is reminded of the registration of a convention that an annulment has ended', () => {
  const concluded = does(signed, 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z');
  const annulled = does(concluded, 'AnnulResolution', { actNo: '2400/2026', on: '2026-08-10', by: 'COURT' }, '2026-08-10T08:00:00Z');
  expect(told(later(annulled, '2026-12-31T08:00:00Z'))).toStrictEqual([]);
});
