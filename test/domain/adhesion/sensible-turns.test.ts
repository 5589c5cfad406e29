import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import { MEMBER, NOW, OPERATOR, OTHER_SHA256, SIGNED, TEXT_SHA256, does, reached, view, when } from './scenario.ts';

const item = (state: AdhesionState, actor: Actor, name: string) => adhesion.allowed(state, { actor, now: NOW, commandId: 'c' }).find(({ command }) => command === name);

describe('CorrectFact', () => {
  test('is allowed to a member where a fact of its own commands can be corrected', () => {
    const sent = reached('SendProposal');
    expect(item(sent, OPERATOR, 'CorrectFact')).toMatchObject({ allowed: true });
    expect(item(sent, MEMBER, 'CorrectFact')).toStrictEqual({
      command: 'CorrectFact', allowed: false, reasons: [{ code: 'FORBIDDEN', message: {
        it: "Ciò che ora si può correggere è registrato dall'Agenzia, che lo corregge.", en: 'What can be corrected now is recorded by the Agency, which corrects it.',
      } }],
    });
    when(sent, 'CorrectFact', { version: 99, data: {} }, { actor: MEMBER }).refused('FORBIDDEN');
    expect(item(reached('ConfirmReceipt'), MEMBER, 'CorrectFact')).toMatchObject({ allowed: true });
    when(reached('ConfirmReceipt'), 'CorrectFact', { version: 99, data: {} }, { actor: MEMBER }).refused('NOT_CORRECTABLE', 'version');
  });

  test('is not pointed to where it does not help', () => {
    const leaving = does(reached('RegisterConvention'), 'RevokeResolution', { actNo: '60/2026', on: '2026-11-10' });
    const notice = when(leaving, 'GiveWithdrawalNotice', { deliveredAt: NOW, actNo: '1', actOn: '2026-11-20' }).decision;
    expect(notice).toMatchObject({ code: 'ALREADY_RECORDED', reasons: [{ message: { en: expect.not.stringContaining('CorrectFact') as string } }] });
    const change = { actNo: '70/2026', on: '2026-08-03', substantial: true };
    const rectified = does(reached('AcceptResolution'), 'RectifyResolution', change);
    const anew = does(rectified, 'RecordPublication', { noticeBoardNo: '2', firstDay: '2026-08-10' });
    expect(when(rectified, 'RectifyResolution', change).decision).toMatchObject({ code: 'ALREADY_RECORDED', reasons: [{ message: { en: expect.stringContaining('CorrectFact') as string } }] });
    const old = does(reached('AcceptResolution', {}, { policyVersion: '2026.1' }), 'RectifyResolution', change);
    expect(when(old, 'RectifyResolution', change).decision).toMatchObject({ code: 'ALREADY_RECORDED', reasons: [{ message: { en: expect.not.stringContaining('CorrectFact') as string } }] });
    expect(when(anew, 'RectifyResolution', change).decision).toMatchObject({ code: 'ALREADY_RECORDED', reasons: [{ message: { en: expect.not.stringContaining('CorrectFact') as string } }] });
  });
});

describe('what is of no use any more', () => {
  const leaves = (state: AdhesionState): AdhesionState => does(state, 'RevokeResolution', { actNo: '60/2026', on: '2026-11-10' });
  const ends = (state: AdhesionState): AdhesionState => does(state, 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-10', by: 'COURT' });
  const commands = ['InviteRecognition', 'DraftDpa', 'RecordBudgetCover', 'AppointReferent'] as const;
  const codes = (state: AdhesionState) => commands.map((command) => [OPERATOR, MEMBER].flatMap((actor) => item(state, actor, command)?.reasons ?? [])[0]?.code ?? 'ALLOWED');

  test('to a member that leaves and has no service open; it keeps its referents up to date', () => {
    const inForce = reached('AcceptAppointment');
    expect(codes(inForce)).toStrictEqual(['ALLOWED', 'ALLOWED', 'ALLOWED', 'ALLOWED']);
    expect(codes(leaves(inForce))).toStrictEqual(['MEMBER_LEAVING', 'MEMBER_LEAVING', 'MEMBER_LEAVING', 'ALLOWED']);
    expect(codes(leaves(does(inForce, 'RequestMigration', { service: 'TRAINING' })))).toStrictEqual(['ALLOWED', 'ALLOWED', 'ALLOWED', 'ALLOWED']);
  });

  test('to a member that has left, while its services are closed', () => {
    const ended = ends(does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' }));
    expect(codes(ended)).toStrictEqual(['CONVENTION_ENDED', 'CONVENTION_ENDED', 'CONVENTION_ENDED', 'CONVENTION_ENDED']);
    when(ended, 'DraftDpa', { sha256: TEXT_SHA256 }).refused('CONVENTION_ENDED');
  });

  test('cases of 2026.1 were let do it', () => {
    const old = reached('AcceptAppointment', {}, { policyVersion: '2026.1' });
    expect(codes(leaves(old))).toStrictEqual(['ALLOWED', 'ALLOWED', 'ALLOWED', 'ALLOWED']);
    expect(codes(ends(does(old, 'RequestMigration', { service: 'TRAINING' })))).toStrictEqual(['ALLOWED', 'CONVENTION_ENDED', 'CONVENTION_ENDED', 'ALLOWED']);
  });
});

test('a renewal that the council resolved is signed by the last day of the term', () => {
  const AUGUST = '2029-08-20T08:00:00Z';
  const renewing = does(reached('AcceptAppointment'), 'OpenRenewal', {}, AUGUST);
  const resolved = does(renewing, 'AmendConvention', { kind: 'ESSENTIAL', actNo: '9/2029', actOn: '2029-08-17', sha256: OTHER_SHA256 }, AUGUST);
  expect(view(resolved).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'SignConvention', dueOn: '2029-08-31' }]);
  const signed = does(resolved, 'SignConvention', { ...SIGNED, signedAt: '2029-08-20T07:00:00Z', certificateValidTo: undefined, sha256: OTHER_SHA256 }, AUGUST);
  // Ten working days would be up on 3 September.
  expect(view(signed).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'CountersignConvention', dueOn: '2029-08-31' }]);
  const addendum = does(reached('AcceptAppointment'), 'AmendConvention', { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-10-05', sha256: OTHER_SHA256 });
  expect(view(addendum).waitingFor).toMatchObject([{ what: 'SignConvention', dueOn: null }]);
});

test('who accepts a flagged resolution is told that a reason is needed', () => {
  const frozen = does(reached('TransmitResolution'), 'RecordMandateChange', { kind: 'ELECTION_CALLED', on: '2026-07-26' });
  expect(view(frozen).waitingFor).toMatchObject([{ what: 'AcceptResolution', reasons: [{ code: 'FREEZE_VIOLATION' }, { code: 'OVERRIDE_REASON_REQUIRED' }] }]);
  when(frozen, 'AcceptResolution', {}).refused('OVERRIDE_REASON_REQUIRED', 'overrideReason');
  expect(view(reached('TransmitResolution')).waitingFor).toMatchObject([{ what: 'AcceptResolution', reasons: [] }]);
});
