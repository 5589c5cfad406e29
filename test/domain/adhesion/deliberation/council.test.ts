import { describe, expect, test } from 'vitest';
import type { PolicyChoices } from '../../../../domain/adhesion/index.ts';
import {
  BASIS, CONVENED, NOW, SESSION, TEXT, TEXT_SHA256, does, opened, reached, view, when, type DataOf, type Variations,
} from '../scenario.ts';

const ready = reached('RecordOpinion');
const convened = reached('ConveneCouncil');

describe('ConveneCouncil', () => {
  const notice = (noticeDeliveredAt: string, sessionAt: string, change: Partial<DataOf<'ConveneCouncil'>> = {}): DataOf<'ConveneCouncil'> => (
    { call: 1, urgency: 'ORDINARY', noticeDeliveredAt, sessionAt, ...change });

  test('records the convocation', () => {
    when(ready, 'ConveneCouncil', CONVENED).then({
      type: 'CouncilConvened',
      data: {
        call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-07-01T10:00:00Z', sessionAt: '2026-07-08T18:30:00Z', sessionOn: '2026-07-08',
        basis: BASIS, at: NOW,
      },
      effectiveOn: '2026-07-01',
    });
    expect(view(convened)).toMatchObject({ deliberation: { state: 'CONVENED' }, waitingFor: [{ who: 'MEMBER', what: 'RecordSession', dueOn: '2026-07-08', reasons: [{ code: 'VOTE_NEEDS', message: { en: expect.stringContaining('13 of its 25 members') as string } }] }] });
  });

  test('E24: five clear days, delivered on Wednesday 24 June, earliest Tuesday 30 June', () => {
    const short = when(ready, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-29T21:00:00+02:00'));
    short.refused('NOTICE_TOO_SHORT', 'sessionAt');
    expect(JSON.stringify(short.decision)).toContain('2026-06-30');
    expect(when(ready, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-30T09:00:00+02:00')).decision.kind).toBe('accepted');
  });

  test('E24: where the days need not be clear, Monday 29 June will do', () => {
    const lenient = reached('RecordOpinion', {}, { notice: { clearDays: false } });
    when(lenient, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-28T21:00:00+02:00')).refused('NOTICE_TOO_SHORT');
    expect(when(lenient, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-29T21:00:00+02:00')).decision.kind).toBe('accepted');
  });

  test('three clear days for an extraordinary session, 24 hours for an urgent one', () => {
    when(ready, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-27T21:00:00+02:00', { urgency: 'EXTRAORDINARY' })).refused('NOTICE_TOO_SHORT');
    expect(when(ready, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-28T21:00:00+02:00', { urgency: 'EXTRAORDINARY' })).decision.kind).toBe('accepted');
    when(ready, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-25T09:59:59+02:00', { urgency: 'URGENT' })).refused('NOTICE_TOO_SHORT');
    expect(when(ready, 'ConveneCouncil', notice('2026-06-24T10:00:00+02:00', '2026-06-25T10:00:00+02:00', { urgency: 'URGENT' })).decision.kind).toBe('accepted');
  });

  test('the session may lie in the future, its notice may not', () => {
    expect(when(ready, 'ConveneCouncil', notice('2026-11-20T10:00:00Z', '2026-11-30T18:00:00Z')).decision.kind).toBe('accepted');
    when(ready, 'ConveneCouncil', notice('2026-11-23T10:00:00Z', '2026-11-30T18:00:00Z')).refused('FACT_IN_FUTURE', 'noticeDeliveredAt');
  });

  test('is refused before the opinions, before their day, and without a first call', () => {
    when(reached('ConfirmReceipt'), 'ConveneCouncil', CONVENED).refused('OUT_OF_TURN');
    when(convened, 'ConveneCouncil', CONVENED).refused('OUT_OF_TURN');
    when(ready, 'ConveneCouncil', notice('2026-06-15T10:00:00Z', '2026-07-08T18:30:00Z')).refused('DATE_BEFORE_GROUND', 'noticeDeliveredAt');
    when(ready, 'ConveneCouncil', { ...CONVENED, call: 2 }).refused('NO_FIRST_CALL', 'call');
  });

  test('the notice follows the last opinion by date, in whatever order they were recorded', () => {
    const opined = (['2026-06-10', '2026-06-20', '2026-06-12'] as const).reduce((state, givenOn, index) => does(state, 'RecordOpinion', {
      kind: (['TECHNICAL', 'ACCOUNTING', 'AUDITORS'] as const)[index] ?? 'TECHNICAL', outcome: 'FAVOURABLE', givenOn,
    }), reached('ConfirmReceipt'));
    when(opined, 'ConveneCouncil', notice('2026-06-19T10:00:00Z', '2026-07-08T18:30:00Z')).refused('DATE_BEFORE_GROUND', 'noticeDeliveredAt');
    expect(when(opined, 'ConveneCouncil', notice('2026-06-20T07:00:00Z', '2026-07-08T18:30:00Z')).decision.kind).toBe('accepted');
  });
});

describe('RecordSession', () => {
  test('an absolute majority of the members adopts', () => {
    when(convened, 'RecordSession', SESSION).then({
      type: 'ResolutionAdopted',
      data: {
        organ: 'COUNCIL', heldOn: '2026-07-08', councillorsPresent: 20, mayorPresent: true, votes: { for: 16, against: 3, abstained: 2 },
        votesNeeded: 13, basis: BASIS, at: NOW, resolutionNo: '45/2026', textSha256: TEXT_SHA256, amended: false, immediate: false,
        immediateVotes: null, immediateReasons: null, urgencyReasons: null, councilReasons: null, publicationDueOn: '2026-07-13',
        executiveOn: null, gateOpensAt: null, transmissionDueOn: null,
      },
      effectiveOn: '2026-07-08',
    });
    expect(view(reached('RecordSession'))).toMatchObject({
      deliberation: { state: 'APPROVED', executivity: 'NONE', adoptedOn: '2026-07-08', resolutionNo: '45/2026' },
      waitingFor: [{ who: 'MEMBER', what: 'RecordPublication', dueOn: '2026-07-13' }],
    });
  });

  test('a majority not reached is a fact', () => {
    when(convened, 'RecordSession', { ...SESSION, votes: { for: 12, against: 0, abstained: 9 } }).then({
      type: 'ResolutionRejected',
      data: {
        organ: 'COUNCIL', heldOn: '2026-07-08', councillorsPresent: 20, mayorPresent: true, votes: { for: 12, against: 0, abstained: 9 },
        votesNeeded: 13, basis: BASIS, at: NOW, code: 'MAJORITY_NOT_REACHED',
      },
      effectiveOn: '2026-07-08',
    });
    expect(view(reached('RecordSession', { RecordSession: { ...SESSION, votes: { for: 12, against: 0, abstained: 9 } } })).deliberation).toMatchObject({
      state: 'REJECTED', flags: ['MAJORITY_NOT_REACHED'], resolutionNo: null, adoptedOn: null,
    });
  });

  const simple: PolicyChoices = { agencyLegalForm: 'CONVENTION_ONLY' };
  test.each<[string, PolicyChoices, string]>([
    ['not as voters', simple, 'APPROVED'], ['as voters', { ...simple, abstentions: 'VOTERS' }, 'REJECTED'],
  ])('a plain convention needs the majority of the voters; those who abstain count %s', (_how, policies, state) => {
    const votes = { for: 8, against: 7, abstained: 2 };
    expect(view(reached('RecordSession', { RecordSession: { ...SESSION, votes } }, policies)).deliberation.state).toBe(state);
  });

  test('a tie is not approved', () => {
    expect(view(reached('RecordSession', { RecordSession: { ...SESSION, votes: { for: 10, against: 10, abstained: 0 } } }, simple)).deliberation.state).toBe('REJECTED');
  });

  test('E30: 13 members, 8 present: 7 yes adopt, 6 yes are no immediacy', () => {
    const session = {
      ...SESSION, councillorsPresent: 7, votes: { for: 7, against: 0, abstained: 1 }, immediate: { for: 6, against: 2, abstained: 0, reasons: TEXT },
    };
    const adopted = reached('RecordSession', { RecordSession: session }, { councillors: 12 });
    expect(view(adopted).deliberation).toMatchObject({ state: 'APPROVED', executivity: 'NONE', gateOpensAt: null });
    const published = does(adopted, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }, '2026-07-14T08:00:00Z');
    expect(view(published).deliberation).toMatchObject({ executivity: 'PENDING', executiveOn: '2026-07-24' });
  });

  test('immediacy needs the absolute majority of the members also where the resolution does not', () => {
    const votes = { for: 8, against: 7, abstained: 2 };
    const session = { ...SESSION, votes, immediate: { for: 12, against: 0, abstained: 9, reasons: TEXT } };
    expect(view(reached('RecordSession', { RecordSession: session }, simple)).deliberation).toMatchObject({ state: 'APPROVED', executivity: 'NONE' });
    const enough = { ...session, immediate: { ...session.immediate, for: 13, abstained: 8 } };
    expect(view(reached('RecordSession', { RecordSession: enough }, simple)).deliberation.executivity).toBe('IMMEDIATE');
  });

  test('an immediate act can be executed from its adoption; publication is still due', () => {
    const session = { ...SESSION, immediate: { for: 13, against: 5, abstained: 0, reasons: TEXT } };
    const adopted = reached('RecordSession', { RecordSession: session });
    expect(view(adopted)).toMatchObject({
      deliberation: { executivity: 'IMMEDIATE', executiveOn: '2026-07-08', gateOpensAt: '2026-07-07T22:00:00Z' },
      waitingFor: [{ what: 'RecordPublication' }, { what: 'TransmitResolution', dueOn: '2026-07-15' }],
    });
    const published = does(adopted, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' });
    expect(view(published)).toMatchObject({ deliberation: { state: 'PUBLISHED', executivity: 'IMMEDIATE', executiveOn: '2026-07-08' }, timers: [] });
  });

  test('E36: the board is the wrong organ, in turn or not, and nothing is kept', () => {
    when(convened, 'RecordSession', { ...SESSION, organ: 'BOARD' }).refused('WRONG_ORGAN', 'organ');
    when(opened(), 'RecordSession', { ...SESSION, organ: 'BOARD' }).refused('WRONG_ORGAN', 'organ');
  });

  test('E37: a commissioner needs no convocation, quorum or votes', () => {
    const data: DataOf<'RecordSession'> = { organ: 'COMMISSIONER', heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '3/2026' };
    // Nobody convenes a commissioner: the last opinion is what the act follows.
    when(reached('RecordOpinion'), 'RecordSession', { ...data, heldOn: '2026-06-15' }).refused('DATE_BEFORE_GROUND', 'heldOn');
    const state = does(ready, 'RecordSession', data);
    expect(view(state).deliberation).toMatchObject({ state: 'APPROVED', organ: 'COMMISSIONER', votes: null, textSha256: TEXT_SHA256 });
    when(ready, 'RecordSession', { ...data, votes: { for: 1, against: 0, abstained: 0 } }).refused('VOTES_INCONSISTENT', 'votes');
    when(ready, 'RecordSession', { ...data, outcome: 'NO_QUORUM' }).refused('VOTES_INCONSISTENT', 'outcome');
    when(reached('ConfirmReceipt'), 'RecordSession', data).then({
      type: 'FactParked',
      data: { fact: { commandId: 'cmd-1', type: 'RecordSession', data, actor: { subject: 's-member', role: 'member', body: 'c_a010' }, receivedAt: NOW, code: 'OUT_OF_TURN' } },
    });
    const immediate = does(ready, 'RecordSession', { ...data, immediate: { for: 1, against: 0, abstained: 0, reasons: TEXT } });
    expect(view(immediate).deliberation.executivity).toBe('IMMEDIATE');
  });

  test.each<[string, Partial<DataOf<'RecordSession'>>, string, string]>([
    ['more present than there are', { councillorsPresent: 25 }, 'VOTES_INCONSISTENT', 'councillorsPresent'],
    ['more votes than present', { votes: { for: 16, against: 3, abstained: 3 } }, 'VOTES_INCONSISTENT', 'votes'],
    ['a mayor who votes but was not there', { mayorPresent: false }, 'VOTES_INCONSISTENT', 'votes'],
    ['more votes on the immediacy than present', { immediate: { for: 20, against: 2, abstained: 0, reasons: TEXT } }, 'VOTES_INCONSISTENT', 'immediate'],
    ['votes without a vote', { outcome: 'POSTPONED' }, 'VOTES_INCONSISTENT', 'votes'],
    ['a vote below the quorum', { councillorsPresent: 7, votes: { for: 8, against: 0, abstained: 0 } }, 'QUORUM_NOT_REACHED', 'councillorsPresent'],
    ['no votes', { votes: undefined }, 'INCOMPLETE', 'votes'],
    ['no presences', { councillorsPresent: undefined }, 'INCOMPLETE', 'councillorsPresent'],
    ['no number of the resolution', { resolutionNo: undefined }, 'INCOMPLETE', 'resolutionNo'],
    ['a day to come', { heldOn: '2026-11-23' }, 'FACT_IN_FUTURE', 'heldOn'],
    ['a day before the one convened', { heldOn: '2026-07-07' }, 'DATE_BEFORE_GROUND', 'heldOn'],
  ])('is refused with %s', (_what, change, code, path) => {
    when(convened, 'RecordSession', { ...SESSION, ...change }).refused(code, path);
  });

  test('the whole council may be present', () => {
    expect(when(convened, 'RecordSession', { ...SESSION, councillorsPresent: 24, votes: { for: 25, against: 0, abstained: 0 } }).decision.kind).toBe('accepted');
  });

  test('a mayor of whom nothing is said was not there', () => {
    const { mayorPresent: _unsaid, ...session } = SESSION;
    when(convened, 'RecordSession', session).refused('VOTES_INCONSISTENT', 'votes');
    const decision = when(convened, 'RecordSession', { ...session, votes: { for: 16, against: 3, abstained: 1 } }).decision;
    expect(decision).toMatchObject({ kind: 'accepted', events: [{ type: 'ResolutionAdopted', data: { mayorPresent: false } }] });
  });

  test('exactly the floor is a quorum', () => {
    const session = { ...SESSION, councillorsPresent: 8, mayorPresent: false, votes: { for: 8, against: 0, abstained: 0 } };
    expect(view(reached('RecordSession', { RecordSession: session })).deliberation.state).toBe('REJECTED');
  });

  test('against an unfavourable opinion the council gives reasons', () => {
    const opined = (['TECHNICAL', 'ACCOUNTING', 'AUDITORS'] as const).reduce((state, kind) => does(state, 'RecordOpinion', {
      kind, outcome: kind === 'AUDITORS' ? 'UNFAVOURABLE' : 'FAVOURABLE', givenOn: '2026-06-16',
    }), reached('ConfirmReceipt'));
    const called = does(opined, 'ConveneCouncil', CONVENED);
    when(called, 'RecordSession', SESSION).refused('COUNCIL_REASONS_REQUIRED', 'councilReasons');
    expect(view(does(called, 'RecordSession', { ...SESSION, councilReasons: TEXT })).deliberation.state).toBe('APPROVED');
    expect(view(does(called, 'RecordSession', { ...SESSION, votes: { for: 1, against: 15, abstained: 0 } })).deliberation.state).toBe('REJECTED');
  });

  test('a session of the council that was not convened waits for its convocation', () => {
    const early = does(ready, 'RecordSession', SESSION);
    expect(early.parked).toMatchObject([{ type: 'RecordSession', code: 'OUT_OF_TURN' }]);
    expect(view(does(early, 'ConveneCouncil', CONVENED)).deliberation.state).toBe('APPROVED');
    when(reached('RecordSession'), 'RecordSession', SESSION).refused('OUT_OF_TURN');
  });
});

describe('sessions without a vote', () => {
  test.each(['POSTPONED', 'ITEM_WITHDRAWN', 'NOT_REACHED', 'NO_QUORUM'] as const)('%s leads back to the convocation, the attempt unchanged', (outcome) => {
    const held = when(convened, 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome }).then({
      type: 'SessionHeldWithoutVote', data: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome, at: NOW }, effectiveOn: '2026-07-08',
    });
    expect(view(held)).toMatchObject({
      deliberation: { state: 'READY_FOR_COUNCIL', attempt: 1, convocation: null, lastSession: { heldOn: '2026-07-08', outcome }, opinions: [{}, {}, {}] },
      waitingFor: [{ who: 'MEMBER', what: 'ConveneCouncil' }],
    });
    when(held, 'ConveneCouncil', CONVENED).refused('DATE_BEFORE_GROUND', 'noticeDeliveredAt');
    const again = does(held, 'ConveneCouncil', { ...CONVENED, noticeDeliveredAt: '2026-07-09T10:00:00Z', sessionAt: '2026-07-15T18:00:00Z' });
    expect(view(does(again, 'RecordSession', { ...SESSION, heldOn: '2026-07-15' })).deliberation).toMatchObject({ state: 'APPROVED', attempt: 1 });
  });

  test('E33: no quorum on 15 July, second call on the 17th by the same notice, attempt unchanged', () => {
    const deserted: Variations = {
      ConveneCouncil: { ...CONVENED, noticeDeliveredAt: '2026-07-06T10:00:00Z', sessionAt: '2026-07-15T18:00:00Z' },
      RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-15', outcome: 'NO_QUORUM', councillorsPresent: 6 },
    };
    const state = reached('RecordSession', deserted);
    expect(view(state).waitingFor).toMatchObject([{ what: 'ConveneCouncil', reasons: [{ code: 'SECOND_CALL' }, { code: 'EARLIEST_SESSION' }] }]);
    const second: DataOf<'ConveneCouncil'> = { call: 2, urgency: 'ORDINARY', noticeDeliveredAt: '2026-07-06T10:00:00Z', sessionAt: '2026-07-17T18:00:00Z' };
    when(state, 'ConveneCouncil', { ...second, sessionAt: '2026-07-15T20:00:00Z' }).refused('DATE_BEFORE_GROUND', 'sessionAt');
    const called = does(state, 'ConveneCouncil', second);
    expect(view(does(called, 'RecordSession', { ...SESSION, heldOn: '2026-07-17' })).deliberation).toMatchObject({ state: 'APPROVED', attempt: 1, adoptedOn: '2026-07-17' });
  });

  test('a second call follows a session without quorum only', () => {
    const postponed = reached('RecordSession', { RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' } });
    when(postponed, 'ConveneCouncil', { ...CONVENED, call: 2, noticeDeliveredAt: '2026-07-09T10:00:00Z', sessionAt: '2026-07-17T18:00:00Z' }).refused('NO_FIRST_CALL');
  });

  test('a commissioner who postpones resolves on a later day', () => {
    const postponed = does(ready, 'RecordSession', { organ: 'COMMISSIONER', heldOn: '2026-07-08', outcome: 'POSTPONED' });
    const resolved: DataOf<'RecordSession'> = { organ: 'COMMISSIONER', heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '3/2026' };
    when(postponed, 'RecordSession', resolved).refused('DATE_BEFORE_GROUND', 'heldOn');
    expect(view(does(postponed, 'RecordSession', { ...resolved, heldOn: '2026-07-09' })).deliberation.state).toBe('APPROVED');
  });
});
