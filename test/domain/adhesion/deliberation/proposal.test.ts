import { describe, expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { BASIS, CONVENED, MEMBER, NOW, OPERATOR, OTHER_SHA256, SESSION, TEXT, TEXT_SHA256, does, opened, reached, view, when } from '../scenario.ts';

const template = { id: 'convenzione-cst', version: 1, sha256: TEXT_SHA256 };
const REJECTED = { ...SESSION, votes: { for: 12, against: 9, abstained: 0 } };

describe('SendProposal', () => {
  test('sends the text and asks for the receipt', () => {
    when(opened(), 'SendProposal', { template, sentAt: '2026-05-29T10:00:00+02:00' }).then({
      type: 'ProposalSent',
      // 1 June is a Monday; 2 June a holiday.
      data: { template, sentAt: '2026-05-29T08:00:00Z', receiptDueOn: '2026-06-03', basis: BASIS, at: NOW },
      effectiveOn: '2026-05-29',
    });
    expect(view(reached('SendProposal'))).toMatchObject({
      phase: 'DESIGN', deliberation: { state: 'PROPOSAL_SENT', attempt: 1 }, waitingFor: [{ who: 'OPERATOR', what: 'ConfirmReceipt', dueOn: '2026-06-03' }],
    });
  });

  test('is refused in the future and a second time', () => {
    when(opened(), 'SendProposal', { template, sentAt: '2026-11-22T10:00:00.001Z' }).refused('FACT_IN_FUTURE', 'sentAt');
    when(reached('SendProposal'), 'SendProposal', { template, sentAt: NOW }).refused('OUT_OF_TURN');
  });
});

describe('ConfirmReceipt', () => {
  test('E43: delivered late on Friday, received on that Friday in Rome', () => {
    const sent = does(opened(), 'SendProposal', { template, sentAt: '2026-07-31T08:00:00Z' });
    when(sent, 'ConfirmReceipt', { deliveredAt: '2026-07-31T23:58:00+02:00' }).then({
      type: 'ReceiptConfirmed',
      data: { deliveredAt: '2026-07-31T21:58:00Z', receivedOn: '2026-07-31', opinionsDueOn: '2026-08-07', basis: BASIS, at: NOW },
      effectiveOn: '2026-07-31',
    });
  });

  test('the receipt may bear the very instant of the sending', () => {
    expect(when(reached('SendProposal'), 'ConfirmReceipt', { deliveredAt: '2026-05-29T10:00:00+02:00' }).decision.kind).toBe('accepted');
  });

  test('either side may confirm it', () => {
    for (const actor of [OPERATOR, MEMBER]) {
      expect(when(reached('SendProposal'), 'ConfirmReceipt', { deliveredAt: '2026-05-29T10:00:41+02:00' }, { actor }).decision.kind).toBe('accepted');
    }
  });

  test('is refused before the sending, in the future, twice', () => {
    when(reached('SendProposal'), 'ConfirmReceipt', { deliveredAt: '2026-05-29T09:59:59+02:00' }).refused('DATE_BEFORE_GROUND', 'deliveredAt');
    when(reached('SendProposal'), 'ConfirmReceipt', { deliveredAt: '2026-11-23T00:00:00Z' }).refused('FACT_IN_FUTURE', 'deliveredAt');
    when(reached('ConfirmReceipt'), 'ConfirmReceipt', { deliveredAt: NOW }).refused('ALREADY_RECORDED');
  });

  test('before its turn it is kept, and applied with the proposal as received then', () => {
    const early = does(opened(), 'ConfirmReceipt', { deliveredAt: '2026-05-29T10:00:41+02:00' }, '2026-06-01T08:00:00Z');
    expect(view(early).parked).toMatchObject([{ type: 'ConfirmReceipt', code: 'OUT_OF_TURN', receivedAt: '2026-06-01T08:00:00Z' }]);
    const sent = does(early, 'SendProposal', { template, sentAt: '2026-05-29T10:00:00+02:00' });
    expect(sent.parked).toStrictEqual([]);
    expect(sent.deliberation.receipt).toMatchObject({ receivedOn: '2026-05-29', at: '2026-06-01T08:00:00Z' });
  });

  test('a future receipt is refused even before its turn, and not kept', () => {
    when(opened(), 'ConfirmReceipt', { deliveredAt: '2026-11-23T00:00:00Z' }).refused('FACT_IN_FUTURE', 'deliveredAt');
  });

  test('a parked fact that proves wrong is refused in its turn; it can be taken back before', () => {
    const early = does(opened(), 'ConfirmReceipt', { deliveredAt: '2026-05-28T10:00:00Z' });
    const sent = when(early, 'SendProposal', { template, sentAt: '2026-05-29T08:00:00Z' }).decision;
    expect(sent).toMatchObject({ kind: 'accepted', events: [{ type: 'ProposalSent' }, { type: 'ParkedFactRefused', data: { code: 'DATE_BEFORE_GROUND' } }] });
    when(early, 'WithdrawFact', { commandId: 'cmd-1' }).then({ type: 'FactWithdrawn', data: { commandId: 'cmd-1' } });
    when(early, 'WithdrawFact', { commandId: 'cmd-2' }).refused('NOT_PARKED');
  });
});

describe('RecordOpinion', () => {
  const opinion = { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-06-05' } as const;

  test('the opinions of the offices lead to the auditors, theirs to the council', () => {
    const received = reached('ConfirmReceipt');
    expect(view(received)).toMatchObject({
      deliberation: { state: 'OPINIONS_PENDING' },
      waitingFor: [{ who: 'MEMBER', what: 'RecordOpinion', dueOn: '2026-06-08', reasons: [{ code: 'OPINION_MISSING' }, {}, {}] }],
    });
    const technical = when(received, 'RecordOpinion', { ...opinion, reasons: TEXT }).then({
      type: 'OpinionRecorded', data: { ...opinion, onAmendment: false, reasons: TEXT, auditorsDueOn: null, basis: BASIS, at: NOW }, effectiveOn: '2026-06-05',
    });
    const both = when(technical, 'RecordOpinion', { ...opinion, kind: 'ACCOUNTING', givenOn: '2026-06-04' }).then({
      type: 'OpinionRecorded',
      data: { ...opinion, kind: 'ACCOUNTING', givenOn: '2026-06-04', onAmendment: false, reasons: null, auditorsDueOn: '2026-06-15', basis: BASIS, at: NOW },
      effectiveOn: '2026-06-04',
    });
    expect(view(both)).toMatchObject({ deliberation: { state: 'AUDITORS_PENDING' }, waitingFor: [{ what: 'RecordOpinion', dueOn: '2026-06-15' }] });
    const all = does(both, 'RecordOpinion', { ...opinion, kind: 'AUDITORS' });
    expect(view(all)).toMatchObject({ deliberation: { state: 'READY_FOR_COUNCIL' }, waitingFor: [{ who: 'MEMBER', what: 'ConveneCouncil' }] });
  });

  test("the auditors' opinion may come first", () => {
    const first = does(reached('ConfirmReceipt'), 'RecordOpinion', { ...opinion, kind: 'AUDITORS' });
    expect(view(first).deliberation.state).toBe('OPINIONS_PENDING');
    const second = does(does(first, 'RecordOpinion', opinion), 'RecordOpinion', { ...opinion, kind: 'ACCOUNTING' });
    expect(view(second).deliberation.state).toBe('READY_FOR_COUNCIL');
  });

  test('is refused out of turn, twice, before the receipt, in the future, on no amendment', () => {
    when(reached('SendProposal'), 'RecordOpinion', opinion).refused('OUT_OF_TURN');
    when(reached('RecordOpinion'), 'RecordOpinion', opinion).refused('OUT_OF_TURN');
    when(reached('ConveneCouncil'), 'RecordOpinion', opinion).refused('OUT_OF_TURN');
    when(reached('RecordSession'), 'RecordOpinion', opinion).refused('OPINION_AFTER_SESSION');
    when(reached('RecordSession', { RecordSession: REJECTED }), 'RecordOpinion', opinion).refused('OPINION_AFTER_SESSION');
    when(does(reached('ConfirmReceipt'), 'RecordOpinion', opinion), 'RecordOpinion', opinion).refused('OPINION_ALREADY_GIVEN', 'kind');
    when(reached('ConfirmReceipt'), 'RecordOpinion', { ...opinion, givenOn: '2026-05-28' }).refused('DATE_BEFORE_GROUND', 'givenOn');
    when(reached('ConfirmReceipt'), 'RecordOpinion', { ...opinion, givenOn: '2026-11-23' }).refused('FACT_IN_FUTURE', 'givenOn');
    when(reached('ConfirmReceipt'), 'RecordOpinion', { ...opinion, onAmendment: true }).refused('OUT_OF_TURN', 'onAmendment');
  });

  test('a day is in the future by the clock of Rome', () => {
    const received = reached('ConfirmReceipt');
    const late = { now: '2026-06-10T22:30:00Z' };
    expect(when(received, 'RecordOpinion', { ...opinion, givenOn: '2026-06-11' }, late).decision.kind).toBe('accepted');
    when(received, 'RecordOpinion', { ...opinion, givenOn: '2026-06-12' }, late).refused('FACT_IN_FUTURE');
  });
});

describe('after a rejection', () => {
  const rejected = reached('RecordSession', { RecordSession: REJECTED });

  test('E34: not again in the same session, but in a later one, as attempt 2', () => {
    const session = { ...CONVENED, noticeDeliveredAt: '2026-07-03T09:00:00Z', sessionAt: '2026-07-10T18:00:00Z' };
    const refusedOnTenth = reached('RecordSession', { ConveneCouncil: session, RecordSession: { ...REJECTED, heldOn: '2026-07-10' } });
    when(refusedOnTenth, 'ResubmitProposal', { sentAt: '2026-07-10T21:30:00+02:00' }).refused('DATE_BEFORE_GROUND', 'sentAt');
    when(refusedOnTenth, 'ResubmitProposal', { sentAt: '2026-07-24T10:00:00+02:00' }).then({
      type: 'ProposalResubmitted',
      data: { template, sentAt: '2026-07-24T08:00:00Z', receiptDueOn: '2026-07-28', basis: BASIS, at: NOW, attempt: 2, textChanged: false },
      effectiveOn: '2026-07-24',
    });
  });

  test('the opinions stay when the text does; a new receipt is due', () => {
    const again = does(rejected, 'ResubmitProposal', { sentAt: '2026-07-24T08:00:00Z' });
    expect(view(again).deliberation).toMatchObject({ state: 'PROPOSAL_SENT', attempt: 2, flags: [], receivedOn: null });
    const received = does(again, 'ConfirmReceipt', { deliveredAt: '2026-07-24T09:00:00Z' });
    expect(view(received).deliberation).toMatchObject({ state: 'READY_FOR_COUNCIL', opinions: [{}, {}, {}] });
    when(received, 'ConveneCouncil', CONVENED).refused('DATE_BEFORE_GROUND', 'noticeDeliveredAt');
  });

  test('a new text needs new opinions', () => {
    const other = { ...template, version: 2, sha256: OTHER_SHA256 };
    const again = does(rejected, 'ResubmitProposal', { sentAt: '2026-07-24T08:00:00Z', template: other });
    expect(view(does(again, 'ConfirmReceipt', { deliveredAt: '2026-07-24T09:00:00Z' })).deliberation).toMatchObject({
      state: 'OPINIONS_PENDING', opinions: [], template: other,
    });
  });

  test('facts of the next attempt wait for it', () => {
    const early = does(rejected, 'ConfirmReceipt', { deliveredAt: '2026-07-24T09:00:00Z' });
    expect(early.parked).toHaveLength(1);
    expect(view(does(early, 'ResubmitProposal', { sentAt: '2026-07-24T08:00:00Z' })).deliberation.state).toBe('READY_FOR_COUNCIL');
  });

  test('the last attempt rejected needs a further one allowed', () => {
    const only = reached('RecordSession', { RecordSession: REJECTED }, { maxAttempts: 1 });
    expect(view(only).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'AllowFurtherAttempt', reasons: [{ code: 'MAJORITY_NOT_REACHED' }] }]);
    when(only, 'ResubmitProposal', { sentAt: '2026-07-24T08:00:00Z' }).refused('ATTEMPTS_EXHAUSTED');
    const allowed = when(only, 'AllowFurtherAttempt', { reasons: TEXT }).then({
      type: 'FurtherAttemptAllowed', data: { attemptsAllowed: 2, reasons: TEXT, at: NOW },
    });
    when(allowed, 'AllowFurtherAttempt', { reasons: TEXT }).refused('ATTEMPTS_LEFT');
    expect(view(does(allowed, 'ResubmitProposal', { sentAt: '2026-07-24T08:00:00Z' })).deliberation.attempt).toBe(2);
  });

  test('is refused where nothing was rejected', () => {
    when(reached('RecordSession'), 'ResubmitProposal', { sentAt: NOW }).refused('OUT_OF_TURN');
    when(reached('RecordSession'), 'AllowFurtherAttempt', { reasons: TEXT }).refused('OUT_OF_TURN');
    when(rejected, 'ResubmitProposal', { sentAt: '2026-11-23T00:00:00Z' }).refused('FACT_IN_FUTURE', 'sentAt');
  });

  test('the rejected case is not finished and arms no timer', () => {
    expect(adhesion.timers(rejected)).toStrictEqual([]);
    expect(adhesion.finished(rejected)).toBe(false);
  });
});
