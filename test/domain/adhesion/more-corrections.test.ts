import { describe, expect, test } from 'vitest';
import type { AdhesionState, PolicyChoices } from '../../../domain/adhesion/index.ts';
import { OPERATOR, OTHER_SHA256, SESSION, does, reached, step, view, when, type DataOf } from './scenario.ts';

const correct = (state: AdhesionState, version: number, data: object, actor = OPERATOR) => when(state, 'CorrectFact', { version, data: { ...data } }, { actor });
const after = (state: AdhesionState, version: number, data: object) => step(state, { type: 'CorrectFact', data: { version, data: { ...data } } }, OPERATOR);

describe('a proposal that was sent again', () => {
  const rejected = reached('RecordSession', { RecordSession: { ...SESSION, votes: { for: 9, against: 8, abstained: 4 } } });
  const sent: DataOf<'ResubmitProposal'> = { sentAt: '2026-07-20T08:00:00Z' };
  const again = does(rejected, 'ResubmitProposal', sent);
  const OTHER = { id: 'convenzione-cst', version: 2, sha256: OTHER_SHA256 };

  test('has another day, or another text, until it was received; the attempt stays', () => {
    const corrected = after(again, again.version, { sentAt: '2026-07-22T08:00:00Z' });
    expect(view(corrected).deliberation).toMatchObject({ state: 'PROPOSAL_SENT', attempt: 2, sentAt: '2026-07-22T08:00:00Z' });
    expect(view(corrected).deliberation.opinions).toHaveLength(3);
    const replaced = after(corrected, corrected.version, { ...sent, template: OTHER });
    expect(view(replaced).deliberation).toMatchObject({ attempt: 2, template: OTHER, opinions: [] });
    const received = does(again, 'ConfirmReceipt', { deliveredAt: '2026-07-20T09:00:00Z' });
    correct(received, again.version, sent).refused('CORRECTION_TOO_LATE');
  });

  test('follows the session that rejected it, and is the operator\'s', () => {
    correct(again, again.version, { sentAt: '2026-07-08T21:00:00Z' }).refused('DATE_BEFORE_GROUND', 'sentAt');
    correct(again, again.version, { sentAt: '2026-12-01T08:00:00Z' }).refused('FACT_IN_FUTURE', 'sentAt');
    correct(again, again.version, { sentOn: '2026-07-20' }).refused('CORRECTION_MALFORMED', 'data');
  });
});

describe('the end of a suspension', () => {
  const ORDER: DataOf<'SuspendResolution'> = { by: 'COURT', orderNo: '1201/2026', from: '2026-07-20' };
  const published = reached('RecordPublication');
  const lifted = does(does(published, 'SuspendResolution', ORDER), 'LiftSuspension', { on: '2026-08-20', orderNo: '9/2026' });
  const due = (state: AdhesionState): string | undefined => state.deliberation.publication?.transmissionDueOn;

  test('has another day: what is owed is counted again from the days before it', () => {
    // Due on 31 July; suspended from 20 July for 31 days, or for 10.
    expect([due(published), due(lifted)]).toStrictEqual(['2026-07-31', '2026-08-31']);
    const corrected = after(lifted, lifted.version, { on: '2026-07-30', orderNo: '9/2026' });
    expect(due(corrected)).toBe('2026-08-10');
    expect(view(corrected).deliberation).toMatchObject({ state: 'PUBLISHED', suspension: null });
    expect(due(after(corrected, corrected.version, { on: '2026-08-20', orderNo: '9/2026' }))).toBe('2026-08-31');
  });

  test('has another ground, or none; one of another kind is malformed', () => {
    const expired = after(lifted, lifted.version, { on: '2026-08-20', orderNo: '1201/2026', ground: 'EXPIRED' });
    expect(view(expired).deliberation.lifted).toStrictEqual({ on: '2026-08-20', orderNo: '1201/2026', ground: 'EXPIRED' });
    expect(view(after(expired, expired.version, { on: '2026-08-20', orderNo: '9/2026' })).deliberation.lifted?.ground).toBeNull();
    correct(lifted, lifted.version, { on: '2026-08-20', orderNo: '9/2026', ground: 'FORGOTTEN' }).refused('CORRECTION_MALFORMED', 'data');
  });

  test('meets the rules of the first, and is too late once something was done since', () => {
    correct(lifted, lifted.version, { on: '2026-07-19', orderNo: '9' }).refused('DATE_BEFORE_GROUND', 'on');
    const transmitted = does(lifted, 'TransmitResolution', { deliveredAt: '2026-08-21T08:00:00Z' });
    correct(transmitted, lifted.version, { on: '2026-07-30', orderNo: '9/2026' }).refused('CORRECTION_TOO_LATE');
    correct(does(lifted, 'SuspendResolution', { ...ORDER, from: '2026-09-01' }), lifted.version, { on: '2026-07-30', orderNo: '9/2026' }).refused('CORRECTION_TOO_LATE');
  });
});

describe('a rectification of substance', () => {
  const CHANGE: DataOf<'RectifyResolution'> = { actNo: '70/2026', on: '2026-08-03', substantial: true };
  const rectified = does(reached('AcceptResolution'), 'RectifyResolution', CHANGE);

  test('has another day or number, and with it another term of publication', () => {
    expect(view(rectified).waitingFor).toMatchObject([{ what: 'RecordPublication', dueOn: '2026-08-08' }]);
    const corrected = after(rectified, rectified.version, { ...CHANGE, on: '2026-08-05' });
    expect(view(corrected)).toMatchObject({ deliberation: { rectifications: [{ ...CHANGE, on: '2026-08-05' }] }, waitingFor: [{ what: 'RecordPublication', dueOn: '2026-08-10' }] });
  });

  test('is no slip afterwards, and stands once the act is published anew', () => {
    correct(rectified, rectified.version, { ...CHANGE, substantial: false }).refused('PUBLICATION_TAKEN_BACK', 'data.substantial');
    const anew = does(rectified, 'RecordPublication', { noticeBoardNo: '2', firstDay: '2026-08-10' });
    correct(anew, rectified.version, { ...CHANGE, on: '2026-08-05' }).refused('CORRECTION_TOO_LATE');
  });
});

describe('a confirmation of referents', () => {
  const asked = (policies: PolicyChoices = {}) => does(reached('AcceptAppointment', {}, policies, '2026-11-02T08:00:00Z'), 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-01' }, '2026-11-02T08:00:00Z');
  const confirmed = does(asked(), 'ConfirmReferents', { appointmentIds: ['ref-1', 'ref-2'] }, '2026-11-03T08:00:00Z');
  const waits = (state: AdhesionState): readonly string[] => view(state).mandates.flatMap(({ unconfirmed }) => unconfirmed);

  test('has other names, and counts from when it was recorded', () => {
    expect(waits(confirmed)).toStrictEqual(['ref-3', 'ref-4']);
    const corrected = after(confirmed, confirmed.version, { appointmentIds: ['ref-2', 'ref-3'] });
    expect(waits(corrected)).toStrictEqual(['ref-1', 'ref-4']);
    expect(corrected.tenure.confirmations).toMatchObject([{ appointmentIds: ['ref-2', 'ref-3'], at: '2026-11-03T08:00:00Z' }]);
  });

  test('meets the rules of the first, until somebody lapsed or changed', () => {
    correct(confirmed, confirmed.version, { appointmentIds: ['ref-9'] }).refused('UNKNOWN_APPOINTMENT', 'appointmentIds');
    correct(confirmed, confirmed.version, { appointmentIds: [] }).refused('CORRECTION_MALFORMED', 'data');
    const vacant = does(confirmed, 'DeclareVacancy', { role: 'ICT_REFERENT', from: '2026-11-10' });
    correct(vacant, confirmed.version, { appointmentIds: ['ref-2'] }).refused('CORRECTION_TOO_LATE');
    const lapsed = does(confirmed, 'RecordBudgetCover', { covered: true }, '2027-02-01T08:00:00Z');
    correct(lapsed, confirmed.version, { appointmentIds: ['ref-2'] }).refused('CORRECTION_TOO_LATE');
  });
});

test('a case of 2026.1 is refused the correction of any of these, as it was', () => {
  const old: PolicyChoices = { policyVersion: '2026.1' };
  const rejected = reached('RecordSession', { RecordSession: { ...SESSION, votes: { for: 9, against: 8, abstained: 4 } } }, old);
  const again = does(rejected, 'ResubmitProposal', { sentAt: '2026-07-20T08:00:00Z' });
  correct(again, again.version, { sentAt: '2026-07-22T08:00:00Z' }).refused('CORRECTION_TOO_LATE');
  const rectified = does(reached('AcceptResolution', {}, old), 'RectifyResolution', { actNo: '70/2026', on: '2026-08-03', substantial: true });
  correct(rectified, rectified.version, { actNo: '70/2026', on: '2026-08-05', substantial: true }).refused('CORRECTION_TOO_LATE');
  // There is nobody to confirm after a change of mandate, but a suspended holder is reinstated.
  const suspended = does(reached('AcceptAppointment', {}, old), 'SuspendReferent', { appointmentId: 'ref-1', from: '2026-10-01' });
  const reinstated = does(suspended, 'ConfirmReferents', { appointmentIds: ['ref-1'] });
  correct(reinstated, reinstated.version, { appointmentIds: ['ref-1'] }).refused('NOT_CORRECTABLE', 'version');
});
