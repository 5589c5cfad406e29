import { describe, expect, test } from 'vitest';
import type { AdhesionState } from '../../../../domain/adhesion/index.ts';
import { CONVENED, MEMBER, NOW, OPERATOR, OTHER_SHA256, SESSION, TEXT, TEXT_SHA256, does, opened, reached, step, view, when } from '../scenario.ts';

const sessionOf = (state: AdhesionState): number => state.deliberation.lastSession?.version ?? 0;
const correct = (state: AdhesionState, version: number, data: object) => when(state, 'CorrectFact', { version, data: { ...data } });
const corrected = (state: AdhesionState, version: number, data: object): AdhesionState => does(state, 'CorrectFact', { version, data: { ...data } });

describe('the session', () => {
  const adopted = reached('RecordSession');

  test('with other votes is another outcome, by an event that names the first', () => {
    const decision = correct(adopted, sessionOf(adopted), { ...SESSION, votes: { for: 12, against: 9, abstained: 0 } }).decision;
    expect(decision).toMatchObject({ kind: 'accepted', events: [{ type: 'FactCorrected', data: { corrects: sessionOf(adopted), type: 'ResolutionRejected' } }] });
    const rejected = corrected(adopted, sessionOf(adopted), { ...SESSION, votes: { for: 12, against: 9, abstained: 0 } });
    expect(view(rejected).deliberation).toMatchObject({ state: 'REJECTED', resolutionNo: null, flags: ['MAJORITY_NOT_REACHED'] });
    const again = corrected(rejected, sessionOf(rejected), { ...SESSION, resolutionNo: '46/2026' });
    expect(view(again).deliberation).toMatchObject({ state: 'APPROVED', resolutionNo: '46/2026', flags: [] });
    const postponed = corrected(again, sessionOf(again), { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' });
    expect(view(postponed).deliberation).toMatchObject({ state: 'READY_FOR_COUNCIL', convocation: null, lastSession: { outcome: 'POSTPONED' } });
    expect(view(corrected(postponed, sessionOf(postponed), { ...SESSION, textSha256: OTHER_SHA256 })).deliberation).toMatchObject({ state: 'APPROVED_AMENDED', convocation: { call: 1 } });
  });

  test('meets the rules of the first: quorum, counts, the day convened, the session before', () => {
    correct(adopted, sessionOf(adopted), { ...SESSION, councillorsPresent: 7, votes: { for: 7, against: 0, abstained: 0 } }).refused('QUORUM_NOT_REACHED');
    correct(adopted, sessionOf(adopted), { ...SESSION, heldOn: '2026-07-07' }).refused('DATE_BEFORE_GROUND');
    correct(adopted, sessionOf(adopted), { ...SESSION, organ: 'BOARD' }).refused('WRONG_ORGAN');
    correct(adopted, sessionOf(adopted), { ...SESSION, votes: { for: -1, against: 0, abstained: 0 } }).refused('CORRECTION_MALFORMED', 'data');
    correct(adopted, sessionOf(adopted), { ...SESSION, urgencyReasons: 'in words' }).refused('CORRECTION_MALFORMED', 'data');
    expect(correct(adopted, sessionOf(adopted), { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } }).decision.kind).toBe('accepted');
    const first = does(reached('ConveneCouncil'), 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'NO_QUORUM' });
    const second = does(does(first, 'ConveneCouncil', { ...CONVENED, call: 2, sessionAt: '2026-07-17T18:00:00Z' }), 'RecordSession', { ...SESSION, heldOn: '2026-07-17' });
    expect(view(corrected(second, sessionOf(second), { ...SESSION, heldOn: '2026-07-18' })).deliberation.adoptedOn).toBe('2026-07-18');
    correct(second, sessionOf(second), { ...SESSION, heldOn: '2026-07-08' }).refused('DATE_BEFORE_GROUND', 'heldOn');
  });

  test('not once something stands on it', () => {
    correct(reached('RecordPublication'), sessionOf(adopted), SESSION).refused('CORRECTION_TOO_LATE');
    const suspended = does(adopted, 'SuspendResolution', { by: 'COURT', orderNo: '1', from: '2026-07-20' });
    correct(suspended, sessionOf(adopted), SESSION).refused('CORRECTION_TOO_LATE');
    const amended = reached('RecordSession', { RecordSession: { ...SESSION, textSha256: OTHER_SHA256 } });
    correct(does(amended, 'DecideAmendment', { decision: 'ACCEPT_AS_FORMAL', reasons: TEXT }), sessionOf(amended), SESSION).refused('CORRECTION_TOO_LATE');
    const postponed = reached('RecordSession', { RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' } });
    const convened = does(postponed, 'ConveneCouncil', { ...CONVENED, noticeDeliveredAt: '2026-07-09T10:00:00Z', sessionAt: '2026-07-15T18:00:00Z' });
    correct(convened, sessionOf(postponed), SESSION).refused('CORRECTION_TOO_LATE');
    const rejected = reached('RecordSession', { RecordSession: { ...SESSION, votes: { for: 1, against: 15, abstained: 0 } } });
    correct(does(rejected, 'ResubmitProposal', { sentAt: '2026-07-24T08:00:00Z' }), sessionOf(rejected), SESSION).refused('FORBIDDEN');
  });

  test('nor in a case of the policies of before', () => {
    const older = reached('RecordSession', {}, { policyVersion: '2026.1' });
    // As it was: nothing of it could be corrected any more.
    correct(older, sessionOf(older), SESSION).refused('CORRECTION_TOO_LATE');
  });
});

describe('the sending', () => {
  const sent = reached('SendProposal');
  const data = { template: { id: 'convenzione-cst', version: 2, sha256: OTHER_SHA256 }, sentAt: '2026-06-01T08:00:00Z' };

  test('is corrected by the Agency until its receipt', () => {
    const other = step(sent, { type: 'CorrectFact', data: { version: sent.version, data } }, OPERATOR);
    expect(view(other)).toMatchObject({
      phase: 'DESIGN', deliberation: { state: 'PROPOSAL_SENT', attempt: 1, sentAt: '2026-06-01T08:00:00Z', template: { version: 2 } }, waitingFor: [{ dueOn: '2026-06-04' }],
    });
    when(sent, 'CorrectFact', { version: sent.version, data }, { actor: MEMBER }).refused('FORBIDDEN');
    when(sent, 'CorrectFact', { version: sent.version, data: { ...data, sentAt: '2026-11-23T08:00:00Z' } }, { actor: OPERATOR }).refused('FACT_IN_FUTURE', 'sentAt');
    when(sent, 'CorrectFact', { version: sent.version, data: { ...data, template: { ...data.template, sha256: 'AB' } } }, { actor: OPERATOR }).refused('CORRECTION_MALFORMED', 'data');
    when(reached('ConfirmReceipt'), 'CorrectFact', { version: sent.version, data }, { actor: OPERATOR }).refused('CORRECTION_TOO_LATE');
    const older = reached('SendProposal', {}, { policyVersion: '2026.1' });
    when(older, 'CorrectFact', { version: older.version, data }, { actor: OPERATOR }).refused('NOT_CORRECTABLE');
    expect(view(opened(), NOW).deliberation.template).toBeNull();
    expect(view(sent).deliberation.template?.sha256).toBe(TEXT_SHA256);
  });
});
