import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { BASIS, MEMBER, NOW, OPERATOR, SESSION, TEXT, does, opened, reached, step, view, when, type DataOf, type Type } from '../scenario.ts';

const published = reached('RecordPublication');
const ORDER: DataOf<'SuspendResolution'> = { by: 'COURT', orderNo: '1201/2026', from: '2026-07-20' };
const suspended = (state: AdhesionState, by: 'COURT' | 'BODY' = 'COURT'): AdhesionState => does(state, 'SuspendResolution', { ...ORDER, by });

/** Steps of the deliberation, with data that would otherwise do. */
const STEPS: readonly (readonly [Type, object])[] = [
  ['ConfirmReceipt', { deliveredAt: NOW }],
  ['RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-07-09', onAmendment: true }],
  ['RequestSession', { by: 'MAYOR', on: '2026-07-09' }],
  ['ConveneCouncil', { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-08-01T08:00:00Z', sessionAt: '2026-08-20T08:00:00Z' }],
  ['RecordSession', SESSION],
  ['DecideAmendment', { decision: 'ACCEPT_AS_FORMAL', reasons: TEXT }],
  ['RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-21' }],
  ['CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' }],
  ['TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' }],
  ['AcceptResolution', {}],
  ['ReturnResolution', { reasons: TEXT }],
];

describe('SuspendResolution', () => {
  test('by a court or by the body: the state says so, the steps of the path stop', () => {
    when(published, 'SuspendResolution', ORDER).then({ type: 'ResolutionSuspended', data: { ...ORDER, at: NOW }, effectiveOn: '2026-07-20' });
    expect(view(suspended(published))).toMatchObject({
      deliberation: { state: 'SUSPENDED_BY_COURT', suspension: ORDER, executivity: 'EXECUTIVE' },
      waitingFor: [{ who: 'MEMBER', what: 'LiftSuspension', reasons: [{ code: 'RESOLUTION_SUSPENDED' }] }],
    });
    expect(view(suspended(published, 'BODY')).deliberation.state).toBe('SUSPENDED_BY_BODY');
  });

  test.each(STEPS)('%s is refused under it, in words', (type, data) => {
    const actor = ['DecideAmendment', 'AcceptResolution', 'ReturnResolution'].includes(type) ? OPERATOR : MEMBER;
    const decision = adhesion.decide(suspended(reached('TransmitResolution')), { type, data } as Parameters<typeof adhesion.decide>[1], { actor, now: NOW, commandId: 'c' });
    expect(decision).toMatchObject({ kind: 'refused', code: 'RESOLUTION_SUSPENDED' });
    expect(decision.kind === 'refused' ? decision.reasons[0]?.message.en : '').toContain('LiftSuspension');
  });

  test('no new attempt begins under it', () => {
    const amended = suspended(reached('RecordSession', { RecordSession: { ...SESSION, textSha256: 'ff'.repeat(32) } }, { maxAttempts: 1 }));
    when(amended, 'AllowFurtherAttempt', { reasons: TEXT }).refused('RESOLUTION_SUSPENDED');
    when(amended, 'ResubmitProposal', { sentAt: NOW }).refused('RESOLUTION_SUSPENDED');
  });

  test('a body that suspended its act may rectify it', () => {
    const rectified = does(suspended(published, 'BODY'), 'RectifyResolution', { actNo: '70/2026', on: '2026-07-27', substantial: true });
    expect(view(rectified).deliberation).toMatchObject({ state: 'SUSPENDED_BY_BODY', firstDay: null });
    expect(view(does(rectified, 'LiftSuspension', { on: '2026-07-27', orderNo: '2' })).waitingFor).toMatchObject([{ what: 'RecordPublication', dueOn: '2026-08-01' }]);
  });

  test('the legal term runs on: it ripens by its timer', () => {
    const now = '2026-07-14T08:00:00Z';
    const pending = does(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }, now);
    const stopped = does(pending, 'SuspendResolution', { ...ORDER, from: '2026-07-14' }, now);
    expect(view(stopped, now)).toMatchObject({ timers: [{ key: 'executivity', at: '2026-07-23T22:00:00Z' }], deliberation: { executivity: 'PENDING' } });
    const ripe = step(stopped, { type: 'RipenExecutivity', data: { executiveOn: '2026-07-24' } }, undefined, '2026-07-23T22:00:00Z');
    expect(view(ripe).deliberation).toMatchObject({ state: 'SUSPENDED_BY_COURT', executivity: 'EXECUTIVE' });
  });

  test('a fact that waits for its turn goes on waiting', () => {
    const parked = does(reached('RecordSession'), 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' });
    const stopped = suspended(parked);
    expect(stopped.parked).toHaveLength(1);
    when(stopped, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }).refused('RESOLUTION_SUSPENDED');
    const lifted = does(stopped, 'LiftSuspension', { on: '2026-07-25', orderNo: '1300/2026' });
    expect(view(does(lifted, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' })).deliberation.certifiedExecutiveOn).toBe('2026-07-24');
  });

  test('is refused without a resolution, twice, before the adoption, in the future', () => {
    when(reached('ConveneCouncil'), 'SuspendResolution', ORDER).refused('OUT_OF_TURN');
    when(suspended(published), 'SuspendResolution', { ...ORDER, by: 'BODY' }).refused('ALREADY_RECORDED');
    when(published, 'SuspendResolution', { ...ORDER, from: '2026-07-07' }).refused('DATE_BEFORE_GROUND', 'from');
    when(published, 'SuspendResolution', { ...ORDER, from: '2026-11-23' }).refused('FACT_IN_FUTURE', 'from');
  });

  test('an order of the court that ran beside one of the body is recorded after it; no day is counted twice', () => {
    const lifted = does(suspended(published, 'BODY'), 'LiftSuspension', { on: '2026-08-04', orderNo: '1300/2026' });
    expect(view(lifted).waitingFor).toMatchObject([{ dueOn: '2026-08-17' }, { dueOn: '2026-08-17' }]);
    const byCourt = does(lifted, 'SuspendResolution', { ...ORDER, from: '2026-07-27' });
    expect(view(byCourt).deliberation.state).toBe('SUSPENDED_BY_COURT');
    // Monday 17 August and the 7 days after 4 August.
    expect(view(does(byCourt, 'LiftSuspension', { on: '2026-08-11', orderNo: '1400/2026' })).waitingFor).toMatchObject([{ dueOn: '2026-08-24' }, { dueOn: '2026-08-24' }]);
  });
});

describe('LiftSuspension', () => {
  test('E48: resumes where it was left; what was owed to the Agency is due later by the days of the suspension', () => {
    const transmitted = does(published, 'TransmitResolution', { deliveredAt: '2026-07-17T08:00:00Z' });
    expect(transmitted.deliberation.transmission?.acceptanceDueOn).toBe('2026-07-24');
    const lifted = when(suspended(transmitted), 'LiftSuspension', { on: '2026-09-21', orderNo: '1500/2026' }).then({
      type: 'SuspensionLifted',
      // 63 days from Monday 20 July: Friday 24 July becomes Friday 25 September.
      data: { on: '2026-09-21', orderNo: '1500/2026', dueOn: { publication: null, transmission: null, acceptance: '2026-09-25', countersignature: null, registration: null }, basis: BASIS, at: NOW },
      effectiveOn: '2026-09-21',
    });
    expect(view(lifted)).toMatchObject({
      deliberation: { state: 'TRANSMITTED', suspension: null }, waitingFor: [{ what: 'CertifyExecutivity' }, { what: 'AcceptResolution', dueOn: '2026-09-25' }],
    });
    expect(view(does(lifted, 'AcceptResolution', {})).deliberation.state).toBe('ACCEPTED');
  });

  test('says which of the three ended it, where that is known: rejection, expiry, withdrawal; nothing else follows from it', () => {
    const held = suspended(published);
    expect([view(published).deliberation.lifted, view(held).deliberation.lifted]).toStrictEqual([null, null]);
    const end = { on: '2026-08-04', orderNo: '1300/2026' };
    const said = does(held, 'LiftSuspension', end);
    expect(said.deliberation.lifted).not.toHaveProperty('ground');
    expect(view(said).deliberation.lifted).toStrictEqual({ ...end, ground: null });
    for (const ground of ['REJECTED', 'EXPIRED', 'WITHDRAWN'] as const) {
      const dueOn = { publication: null, transmission: '2026-08-17', acceptance: null, countersignature: null, registration: null };
      const lifted = when(held, 'LiftSuspension', { ...end, ground }).then({ type: 'SuspensionLifted', data: { ...end, ground, dueOn, basis: BASIS, at: NOW }, effectiveOn: '2026-08-04' });
      expect(view(lifted).deliberation).toStrictEqual({ ...view(said).deliberation, lifted: { ...end, ground } });
      expect(view(lifted).waitingFor).toStrictEqual(view(said).waitingFor);
      // Of the last one that is over, also while another runs.
      expect(view(does(lifted, 'SuspendResolution', { ...ORDER, from: '2026-08-10' })).deliberation.lifted).toStrictEqual({ ...end, ground });
    }
  });

  test('E48: publication and transmission that were not late yet, on a working day', () => {
    const adopted = does(reached('RecordSession'), 'SuspendResolution', { ...ORDER, from: '2026-07-10' });
    // 13 July and 44 days: Wednesday 26 August.
    expect(view(does(adopted, 'LiftSuspension', { on: '2026-08-23', orderNo: '2' })).waitingFor).toMatchObject([{ what: 'RecordPublication', dueOn: '2026-08-26' }]);
    // 31 July and 15 days are the holiday of Saturday 15 August: Monday 17.
    expect(view(does(suspended(published), 'LiftSuspension', { on: '2026-08-04', orderNo: '2' })).waitingFor).toMatchObject([
      { what: 'CertifyExecutivity', dueOn: '2026-08-17' }, { what: 'TransmitResolution', dueOn: '2026-08-17' },
    ]);
  });

  test('what was due on the first day of the suspension was not late yet', () => {
    const due = does(reached('RecordSession'), 'SuspendResolution', { ...ORDER, from: '2026-07-13' });
    expect(view(does(due, 'LiftSuspension', { on: '2026-07-20', orderNo: '2' })).waitingFor).toMatchObject([{ what: 'RecordPublication', dueOn: '2026-07-20' }]);
  });

  test('what was late before stays late; the term of an immediate act moves too', () => {
    const late = does(reached('RecordSession'), 'SuspendResolution', { ...ORDER, from: '2026-07-14' });
    expect(view(does(late, 'LiftSuspension', { on: '2026-08-24', orderNo: '2' })).waitingFor).toMatchObject([{ what: 'RecordPublication', dueOn: '2026-07-13' }]);
    const immediate = reached('RecordSession', { RecordSession: { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } } });
    const lifted = does(does(immediate, 'SuspendResolution', { ...ORDER, from: '2026-07-10' }), 'LiftSuspension', { on: '2026-07-20', orderNo: '2' });
    // Wednesday 15 July and 10 days are a Saturday.
    expect(view(lifted).waitingFor).toMatchObject([{ what: 'RecordPublication' }, { what: 'TransmitResolution', dueOn: '2026-07-27' }]);
  });

  test('is refused where nothing is suspended, and before the suspension', () => {
    when(published, 'LiftSuspension', { on: '2026-07-20', orderNo: '2' }).refused('OUT_OF_TURN');
    when(suspended(published), 'LiftSuspension', { on: '2026-07-19', orderNo: '2' }).refused('DATE_BEFORE_GROUND', 'on');
    when(suspended(published), 'LiftSuspension', { on: '2026-11-23', orderNo: '2' }).refused('FACT_IN_FUTURE', 'on');
  });
});

describe('RevokeResolution and AnnulResolution', () => {
  const revoked = does(reached('AcceptResolution'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-03' });
  const annulled = does(reached('AcceptResolution'), 'AnnulResolution', { actNo: '2400/2026', on: '2026-08-04', by: 'COURT' });

  test('revocation works forward, annulment reaches back to the adoption', () => {
    when(published, 'RevokeResolution', { actNo: '60/2026', on: '2026-08-03' }).then({
      type: 'ResolutionRevoked', data: { actNo: '60/2026', on: '2026-08-03', effectFrom: '2026-08-03', at: NOW }, effectiveOn: '2026-08-03',
    });
    when(published, 'AnnulResolution', { actNo: '2400/2026', on: '2026-08-04', by: 'COURT' }).then({
      type: 'ResolutionAnnulled', data: { actNo: '2400/2026', on: '2026-08-04', by: 'COURT', effectFrom: '2026-07-08', at: NOW }, effectiveOn: '2026-08-04',
    });
    expect(view(revoked).deliberation).toMatchObject({ state: 'REVOKED', revocation: { effectFrom: '2026-08-03' } });
    expect(view(annulled).deliberation).toMatchObject({ state: 'ANNULLED', annulment: { effectFrom: '2026-07-08' } });
  });

  test.each(STEPS)('%s is not done on what was lost', (type, data) => {
    const actor = ['DecideAmendment', 'AcceptResolution', 'ReturnResolution'].includes(type) ? OPERATOR : MEMBER;
    for (const [state, code] of [[revoked, 'RESOLUTION_REVOKED'], [annulled, 'RESOLUTION_ANNULLED']] as const) {
      expect(adhesion.decide(state, { type, data } as Parameters<typeof adhesion.decide>[1], { actor, now: NOW, commandId: 'c' })).toMatchObject({ kind: 'refused', code });
    }
  });

  test.each([['revoked', revoked], ['annulled', annulled]] as const)('%s before the signature: the Agency may send the proposal again, as the next attempt', (_how, state) => {
    expect(view(state)).toMatchObject({ convention: { state: 'DRAFT' }, waitingFor: [{ who: 'OPERATOR', what: 'ResubmitProposal' }], timers: [] });
    when(state, 'ResubmitProposal', { sentAt: '2026-08-02T08:00:00Z' }).refused('DATE_BEFORE_GROUND', 'sentAt');
    const again = does(state, 'ResubmitProposal', { sentAt: '2026-08-04T08:00:00Z' });
    expect(view(again).deliberation).toMatchObject({ state: 'PROPOSAL_SENT', attempt: 2, revocation: null, annulment: null, adoptedOn: null, opinions: [{}, {}, {}] });
    when(does(again, 'ConfirmReceipt', { deliveredAt: '2026-08-05T08:00:00Z' }), 'RecordSession', { ...SESSION, organ: 'COMMISSIONER', votes: undefined, heldOn: '2026-07-08' }).refused('DATE_BEFORE_GROUND', 'heldOn');
  });

  test('what was lost while suspended may be tried again too', () => {
    const lost = does(suspended(published), 'RevokeResolution', { actNo: '1', on: '2026-08-01' });
    expect(view(does(lost, 'ResubmitProposal', { sentAt: '2026-08-01T08:00:00Z' })).deliberation).toMatchObject({ state: 'PROPOSAL_SENT', suspension: null });
  });

  test('within the attempts allowed', () => {
    const last = does(reached('RecordPublication', {}, { maxAttempts: 1 }), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-03' });
    expect(view(last).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'AllowFurtherAttempt', reasons: [{ code: 'RESOLUTION_REVOKED' }] }]);
    when(last, 'ResubmitProposal', { sentAt: '2026-08-04T08:00:00Z' }).refused('ATTEMPTS_EXHAUSTED');
    expect(view(does(does(last, 'AllowFurtherAttempt', { reasons: TEXT }), 'ResubmitProposal', { sentAt: '2026-08-04T08:00:00Z' })).deliberation.attempt).toBe(2);
  });

  test('after the signature a new attempt needs a new case; after the conclusion it is a matter of the convention', () => {
    const signed = does(reached('SignConvention'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-06' });
    when(signed, 'ResubmitProposal', { sentAt: '2026-08-07T08:00:00Z' }).refused('OUT_OF_TURN');
    expect(view(signed).waitingFor[0]).toMatchObject({ who: 'OPERATOR', what: 'CloseAdhesion', reasons: [{ code: 'RESOLUTION_REVOKED' }] });
    const concluded = does(reached('CountersignConvention'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-08' });
    expect(view(concluded).waitingFor.map(({ what }) => what)).not.toContain('CloseAdhesion');
  });

  test('come to a suspended act too; nothing but an annulment comes to one that is lost', () => {
    expect(view(does(suspended(published), 'RevokeResolution', { actNo: '1', on: '2026-08-01' })).deliberation.state).toBe('REVOKED');
    when(reached('ConveneCouncil'), 'RevokeResolution', { actNo: '1', on: '2026-08-01' }).refused('OUT_OF_TURN');
    when(published, 'RevokeResolution', { actNo: '1', on: '2026-07-07' }).refused('DATE_BEFORE_GROUND', 'on');
    when(published, 'AnnulResolution', { actNo: '1', on: '2026-07-07', by: 'BODY' }).refused('DATE_BEFORE_GROUND', 'on');
    expect(view(does(revoked, 'AnnulResolution', { actNo: '1', on: '2026-08-09', by: 'BODY' })).deliberation.state).toBe('ANNULLED');
    when(annulled, 'AnnulResolution', { actNo: '1', on: '2026-08-09', by: 'BODY' }).refused('RESOLUTION_ANNULLED');
    when(annulled, 'RevokeResolution', { actNo: '1', on: '2026-08-09' }).refused('RESOLUTION_ANNULLED');
    when(does(suspended(published), 'RevokeResolution', { actNo: '1', on: '2026-08-01' }), 'LiftSuspension', { on: '2026-08-09', orderNo: '3' }).refused('RESOLUTION_REVOKED');
  });

  test('stop the executivity that had not ripened', () => {
    const now = '2026-07-14T08:00:00Z';
    const pending = does(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }, now);
    const lost = does(pending, 'RevokeResolution', { actNo: '1', on: '2026-07-14' }, now);
    expect(adhesion.timers(lost)).toStrictEqual([]);
    when(lost, 'RipenExecutivity', { executiveOn: '2026-07-24' }, { now: '2026-07-23T22:00:00Z' }).nothing();
  });

  test('one recorded by mistake is corrected, before the signature', () => {
    const version = revoked.deliberation.revocation?.version ?? 0;
    expect(view(does(revoked, 'CorrectFact', { version, data: { actNo: '61/2026', on: '2026-08-02' } })).deliberation).toMatchObject({ state: 'REVOKED', revocation: { on: '2026-08-02' } });
    const order = suspended(published);
    expect(view(does(order, 'CorrectFact', { version: order.deliberation.suspension?.version ?? 0, data: { ...ORDER, by: 'BODY' } })).deliberation.state).toBe('SUSPENDED_BY_BODY');
  });
});

describe('what is said', () => {
  const said = (decision: object): string => JSON.stringify(decision);

  test('of a loss: which of the two it was, and of an annulment from when', () => {
    const revoked = does(reached('AcceptResolution'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-03' });
    expect(view(revoked).waitingFor[0]?.reasons[0]?.message.en).toContain('The resolution was revoked on 2026-08-03');
    const annulled = does(reached('SignConvention'), 'AnnulResolution', { actNo: '2400/2026', on: '2026-08-06', by: 'COURT' });
    expect(view(annulled).waitingFor[0]?.reasons[0]?.message.en).toContain('The resolution was annulled on 2026-08-06, from its adoption on 2026-07-08');
    expect(said(when(annulled, 'AcceptResolution', {}).decision)).not.toContain('only a new attempt');
    expect(said(when(suspended(published), 'TransmitResolution', { deliveredAt: NOW }).decision)).toContain('suspended by the court');
  });

  test('of a turn that has passed: what comes next', () => {
    const convened = reached('ConveneCouncil');
    const data = { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-07-01T12:00:00+02:00', sessionAt: '2026-07-08T20:30:00+02:00' } as const;
    expect(said(when(convened, 'ConveneCouncil', data).decision)).toContain('it is convened for 2026-07-08 already, what comes next is RecordSession');
    expect(said(when(convened, 'ResubmitProposal', { sentAt: NOW }).decision)).not.toContain('sent first');
    expect(said(when(opened(), 'ResubmitProposal', { sentAt: NOW }).decision)).toContain('sent first with SendProposal');
    const asked = does(reached('RecordOpinion'), 'RequestSession', { by: 'ONE_FIFTH', on: '2026-06-20' });
    expect(view(asked).waitingFor[0]?.reasons[0]?.message.en).toContain('by a fifth of the councillors');
  });
});

test('a returned resolution with a flagged certificate waits for another certificate too', () => {
  const flagged = reached('TransmitResolution', { CertifyExecutivity: { executiveOn: '2026-07-20', certifiedOn: '2026-07-27' } });
  const returned = does(flagged, 'ReturnResolution', { reasons: TEXT });
  expect(view(returned).waitingFor).toMatchObject([
    { who: 'MEMBER', what: 'CertifyExecutivity', reasons: [{ code: 'ATTESTATION_INCONSISTENT' }] }, { who: 'MEMBER', what: 'TransmitResolution' },
  ]);
  const certified = does(returned, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-28' });
  expect(view(certified).waitingFor).toMatchObject([{ what: 'TransmitResolution' }]);
});
