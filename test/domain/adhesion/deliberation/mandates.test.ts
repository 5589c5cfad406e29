import { describe, expect, test } from 'vitest';
import { freezeBeginsOn } from '../../../../domain/calendar/elections.ts';
import { isFrozen } from '../../../../domain/adhesion/deliberation/election-freeze.ts';
import type { AdhesionState } from '../../../../domain/adhesion/index.ts';
import { CONVENED, NOW, SESSION, TEXT, TEXT_SHA256, does, opened, reached, view, when, type DataOf } from '../scenario.ts';

type Change = DataOf<'RecordMandateChange'>['kind'];

const ready = reached('RecordOpinion');
const changed = (state: AdhesionState, kind: Change, on: string): AdhesionState => does(state, 'RecordMandateChange', { kind, on });
const COMMISSIONER: DataOf<'RecordSession'> = { organ: 'COMMISSIONER', heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '3/2026' };

describe('the election freeze', () => {
  test.each([
    ['E27: of the vote of 24 and 25 May 2026', '2026-05-24', '2026-04-09'],
    ['E29: of a vote on 23 May 2027', '2027-05-23', '2027-04-08'],
  ])('%s begins on a Thursday, 45 days before', (_what, vote, from) => {
    expect(freezeBeginsOn(vote)).toBe(from);
  });

  test('lasts until the new council is elected', () => {
    const mandates = [
      { kind: 'COUNCIL_ELECTED', on: '2021-10-05', at: NOW, version: 1 }, { kind: 'ELECTION_CALLED', on: '2026-05-24', at: NOW, version: 2 },
      { kind: 'COUNCIL_ELECTED', on: '2026-05-26', at: NOW, version: 3 },
    ] as const;
    const frozen = (day: string, known = 3): boolean => isFrozen({ mandates: mandates.slice(0, known) }, day);
    expect([frozen('2026-04-08'), frozen('2026-04-09'), frozen('2026-05-25'), frozen('2026-05-26')]).toStrictEqual([false, true, true, false]);
    expect([frozen('2026-05-26', 2), frozen('2026-07-01', 2)]).toStrictEqual([true, true]);
  });

  /** A council of Abbiategrasso resolves on 7 May 2026, transmits and waits for the Agency. */
  const resolved = (session: Partial<DataOf<'RecordSession'>> = {}, policies = {}): AdhesionState => {
    const template = { id: 'convenzione-cst', version: 1, sha256: TEXT_SHA256 };
    const received = does(does(opened(policies), 'SendProposal', { template, sentAt: '2026-03-02T08:00:00Z' }), 'ConfirmReceipt', { deliveredAt: '2026-03-02T09:00:00Z' });
    const opined = (['TECHNICAL', 'ACCOUNTING', 'AUDITORS'] as const).reduce((state, kind) => does(state, 'RecordOpinion', { kind, outcome: 'FAVOURABLE', givenOn: '2026-03-10' }), received);
    const called = does(opined, 'ConveneCouncil', { ...CONVENED, noticeDeliveredAt: '2026-04-28T08:00:00Z', sessionAt: '2026-05-07T18:00:00Z' });
    const adopted = does(called, 'RecordSession', { ...SESSION, heldOn: '2026-05-07', ...session });
    const board = does(adopted, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-05-11' });
    return does(board, 'TransmitResolution', { deliveredAt: '2026-05-27T08:00:00Z' });
  };

  test('E27: a resolution of 7 May without reasons of urgency is taken, flagged, and accepted with a reason only', () => {
    const flagged = changed(resolved(), 'ELECTION_CALLED', '2026-05-24');
    expect(view(flagged)).toMatchObject({
      deliberation: { state: 'TRANSMITTED', flags: ['FREEZE_VIOLATION'] },
      waitingFor: [{}, { who: 'OPERATOR', what: 'AcceptResolution', reasons: [{ code: 'FREEZE_VIOLATION' }, { code: 'OVERRIDE_REASON_REQUIRED' }] }],
    });
    when(flagged, 'AcceptResolution', {}).refused('OVERRIDE_REASON_REQUIRED', 'overrideReason');
    const accepted = when(flagged, 'AcceptResolution', { overrideReason: TEXT }).then({
      type: 'ResolutionAccepted', data: { overrideReason: TEXT, gateOpensAt: null, at: NOW },
    });
    expect(view(accepted).deliberation).toMatchObject({ state: 'ACCEPTED', flags: ['FREEZE_VIOLATION'] });
  });

  test('urgent, or before the manifesto, or by a case of the policies of before, it needs none', () => {
    const urgent = changed(resolved({ urgencyReasons: TEXT }), 'ELECTION_CALLED', '2026-05-24');
    expect(view(urgent).deliberation.flags).toStrictEqual([]);
    expect(when(urgent, 'AcceptResolution', {}).decision.kind).toBe('accepted');
    expect(view(changed(resolved(), 'ELECTION_CALLED', '2026-06-22')).deliberation.flags).toStrictEqual([]);
    const older = changed(resolved({}, { policyVersion: '2026.1' }), 'ELECTION_CALLED', '2026-05-24');
    expect(view(older).deliberation.flags).toStrictEqual(['FREEZE_VIOLATION']);
    expect(when(older, 'AcceptResolution', {}).decision.kind).toBe('accepted');
  });

  test('called before the session or made known after the acceptance, the flag is the same', () => {
    const accepted = changed(does(resolved(), 'AcceptResolution', {}), 'ELECTION_CALLED', '2026-05-24');
    expect(view(accepted).deliberation).toMatchObject({ state: 'ACCEPTED', flags: ['FREEZE_VIOLATION'] });
    const elected = changed(changed(resolved(), 'ELECTION_CALLED', '2026-05-24'), 'COUNCIL_ELECTED', '2026-05-26');
    expect(view(elected).deliberation.flags).toStrictEqual(['FREEZE_VIOLATION']);
  });

  test('whoever records the session is told of it before', () => {
    const called = changed(reached('ConveneCouncil'), 'ELECTION_CALLED', '2026-08-02');
    expect(view(called).waitingFor).toMatchObject([{ what: 'RecordSession', reasons: [{ code: 'ELECTION_FREEZE' }, { code: 'VOTE_NEEDS' }] }]);
  });
});

describe('a commissioner', () => {
  const appointed = changed(ready, 'COMMISSIONER_APPOINTED', '2026-07-01');

  test('E37: in office resolves in the place of the council, which does not', () => {
    expect(view(appointed).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'RecordSession', reasons: [{ code: 'COMMISSIONER_IN_OFFICE' }] }]);
    expect(view(does(appointed, 'RecordSession', COMMISSIONER)).deliberation).toMatchObject({ state: 'APPROVED', organ: 'COMMISSIONER', votes: null, flags: [] });
    when(appointed, 'ConveneCouncil', CONVENED).refused('WRONG_ORGAN');
    when(changed(reached('ConveneCouncil'), 'COMMISSIONER_APPOINTED', '2026-07-08'), 'RecordSession', SESSION).refused('WRONG_ORGAN', 'organ');
    expect(when(changed(reached('ConveneCouncil'), 'COMMISSIONER_APPOINTED', '2026-07-09'), 'RecordSession', SESSION).decision.kind).toBe('accepted');
  });

  test('appointed after the convocation, is the one who resolves', () => {
    const convened = reached('ConveneCouncil');
    expect(view(changed(convened, 'COMMISSIONER_APPOINTED', '2026-07-08')).waitingFor).toMatchObject([{ what: 'RecordSession', dueOn: null, reasons: [{ code: 'COMMISSIONER_IN_OFFICE' }] }]);
    expect(view(changed(convened, 'COMMISSIONER_APPOINTED', '2026-07-09')).waitingFor).toMatchObject([{ what: 'RecordSession', reasons: [{ code: 'VOTE_NEEDS' }] }]);
  });

  test('a council elected since resolves again', () => {
    const elected = changed(appointed, 'COUNCIL_ELECTED', '2026-07-05');
    expect(view(does(does(elected, 'ConveneCouncil', CONVENED), 'RecordSession', SESSION)).deliberation).toMatchObject({ state: 'APPROVED', flags: [] });
  });

  test('whose appointment nobody recorded is taken at their word', () => {
    expect(view(does(ready, 'RecordSession', COMMISSIONER)).deliberation).toMatchObject({ state: 'APPROVED', flags: [] });
  });

  test('E37: after the vote to renew the organs resolves on what is exceptional only', () => {
    const voted = changed(appointed, 'ELECTION_CALLED', '2026-07-05');
    when(voted, 'RecordSession', COMMISSIONER).refused('COMMISSIONER_TERM_ENDED', 'urgencyReasons');
    expect(when(voted, 'RecordSession', { ...COMMISSIONER, urgencyReasons: TEXT }).decision.kind).toBe('accepted');
    expect(when(changed(appointed, 'ELECTION_CALLED', '2026-07-08'), 'RecordSession', COMMISSIONER).decision.kind).toBe('accepted');
    when(changed(appointed, 'COUNCIL_ELECTED', '2026-07-08'), 'RecordSession', COMMISSIONER).refused('COMMISSIONER_TERM_ENDED', 'urgencyReasons');
    when(changed(ready, 'COUNCIL_ELECTED', '2021-10-05'), 'RecordSession', COMMISSIONER).refused('COMMISSIONER_TERM_ENDED', 'urgencyReasons');
    expect(when(changed(appointed, 'ELECTION_CALLED', '2026-06-14'), 'RecordSession', COMMISSIONER).decision.kind).toBe('accepted');
  });

  test('what becomes known after the session is flagged, and accepted with a reason only', () => {
    const council = changed(reached('TransmitResolution'), 'COMMISSIONER_APPOINTED', '2026-07-01');
    expect(view(council).deliberation.flags).toStrictEqual(['WRONG_ORGAN']);
    when(council, 'AcceptResolution', {}).refused('OVERRIDE_REASON_REQUIRED', 'overrideReason');
    const adopted = does(does(appointed, 'RecordSession', COMMISSIONER), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' });
    const ended = changed(does(adopted, 'TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' }), 'ELECTION_CALLED', '2026-07-05');
    expect(view(ended).deliberation.flags).toStrictEqual(['COMMISSIONER_TERM_ENDED']);
    when(ended, 'AcceptResolution', {}).refused('OVERRIDE_REASON_REQUIRED', 'overrideReason');
    expect(when(ended, 'AcceptResolution', { overrideReason: TEXT }).decision.kind).toBe('accepted');
  });

  test('cases of the policies of before go on as they went', () => {
    const older = changed(reached('ConveneCouncil', {}, { policyVersion: '2026.1' }), 'COMMISSIONER_APPOINTED', '2026-07-01');
    expect(when(older, 'RecordSession', SESSION).decision.kind).toBe('accepted');
    const unconvened = changed(reached('RecordOpinion', {}, { policyVersion: '2026.1' }), 'COMMISSIONER_APPOINTED', '2026-07-01');
    expect(view(does(unconvened, 'ConveneCouncil', CONVENED)).deliberation.state).toBe('CONVENED');
  });

  test('E36: the board is never competent, commissioner or not', () => {
    when(appointed, 'RecordSession', { ...COMMISSIONER, organ: 'BOARD' }).refused('WRONG_ORGAN', 'organ');
  });
});
