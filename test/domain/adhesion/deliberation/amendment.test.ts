import { describe, expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { NOW, OTHER_SHA256, SESSION, SIGNED, TEXT, does, reached, view, when } from '../scenario.ts';

describe('an amended text', () => {
  const amended = reached('RecordSession', { RecordSession: { ...SESSION, textSha256: OTHER_SHA256 } });
  const transmitted = does(does(amended, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }), 'TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' });

  test('E35: waits for the Agency; publication goes on, acceptance does not', () => {
    expect(view(amended)).toMatchObject({
      deliberation: { state: 'APPROVED_AMENDED', amendment: 'PENDING', textSha256: OTHER_SHA256 },
      waitingFor: [{ who: 'OPERATOR', what: 'DecideAmendment' }, { who: 'MEMBER', what: 'RecordPublication' }],
    });
    when(transmitted, 'AcceptResolution', {}).refused('AMENDMENT_UNDECIDED');
  });

  test('E35: taken as formal it needs its own technical opinion', () => {
    const formal = when(transmitted, 'DecideAmendment', { decision: 'ACCEPT_AS_FORMAL', reasons: TEXT }).then({
      type: 'AmendmentAccepted', data: { reasons: TEXT, at: NOW },
    });
    when(formal, 'AcceptResolution', {}).refused('AMENDMENT_OPINION_MISSING');
    when(formal, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-07-08' }).refused('OUT_OF_TURN', 'onAmendment');
    const opined = does(formal, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-07-08', onAmendment: true });
    expect(view(does(opined, 'AcceptResolution', {})).deliberation.state).toBe('ACCEPTED');
  });

  test('E35: without the opinion on the amendment it goes back, and comes again with it', () => {
    const formal = does(transmitted, 'DecideAmendment', { decision: 'ACCEPT_AS_FORMAL', reasons: TEXT });
    expect(view(formal).waitingFor).toMatchObject([
      { who: 'MEMBER', what: 'RecordOpinion' }, { what: 'CertifyExecutivity' }, { who: 'OPERATOR', what: 'ReturnResolution', reasons: [{ code: 'OPINION_MISSING' }] },
    ]);
    const returned = does(formal, 'ReturnResolution', { reasons: TEXT });
    expect(view(returned).deliberation.state).toBe('RETURNED');
    const opined = does(returned, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-07-08', onAmendment: true });
    const again = does(opined, 'TransmitResolution', { deliveredAt: '2026-08-03T08:00:00Z' });
    expect(view(does(again, 'AcceptResolution', {})).deliberation).toMatchObject({ state: 'ACCEPTED', textSha256: OTHER_SHA256 });
  });

  test('E35: the convention is not signed before the Agency has decided on the amendment', () => {
    when(transmitted, 'SignConvention', { ...SIGNED, sha256: OTHER_SHA256 }).refused('RESOLUTION_NOT_ACCEPTED');
  });

  test('sent again it is the next attempt, opinions kept, no timer left', () => {
    const again = when(transmitted, 'DecideAmendment', { decision: 'RESUBMIT', reasons: TEXT }).then({
      type: 'AmendmentResubmitted', data: { attempt: 2, heldOn: '2026-07-08', reasons: TEXT, at: NOW },
    });
    expect(view(again).deliberation).toMatchObject({ state: 'PROPOSAL_SENT', executivity: 'NONE', attempt: 2, adoptedOn: null, opinions: [{}, {}, {}] });
    expect(adhesion.timers(again)).toStrictEqual([]);
    when(again, 'ConfirmReceipt', { deliveredAt: '2026-07-07T09:00:00Z' }).refused('DATE_BEFORE_GROUND');
    expect(view(does(again, 'ConfirmReceipt', { deliveredAt: '2026-07-20T09:00:00Z' })).deliberation.state).toBe('READY_FOR_COUNCIL');
  });

  test('it is not sent again when no attempt is left, until one is allowed', () => {
    const last = reached('RecordSession', { RecordSession: { ...SESSION, textSha256: OTHER_SHA256 } }, { maxAttempts: 1 });
    when(last, 'DecideAmendment', { decision: 'RESUBMIT', reasons: TEXT }).refused('ATTEMPTS_EXHAUSTED', 'decision');
    const allowed = does(last, 'AllowFurtherAttempt', { reasons: TEXT });
    expect(when(allowed, 'DecideAmendment', { decision: 'RESUBMIT', reasons: TEXT }).decision.kind).toBe('accepted');
    when(reached('RecordSession'), 'DecideAmendment', { decision: 'RESUBMIT', reasons: TEXT }).refused('OUT_OF_TURN');
  });
});
