import { describe, expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { BASIS, CONVENED, ENGINE, NOW, SESSION, does, later, opened, reached, step, view, when, type DataOf } from '../scenario.ts';

const ready = reached('RecordOpinion');
const ASKED: DataOf<'RequestSession'> = { by: 'ONE_FIFTH', on: '2026-07-01' };
const LIVE = '2026-07-01T12:00:00Z';

describe('RequestSession', () => {
  test('E26: asked for by a fifth of the councillors on 1 July, due by the 21st', () => {
    const asked = when(ready, 'RequestSession', ASKED).then({
      type: 'SessionRequested', data: { ...ASKED, sessionDueOn: '2026-07-21', basis: BASIS, at: NOW }, effectiveOn: '2026-07-01',
    });
    expect(view(asked)).toMatchObject({
      deliberation: { state: 'READY_FOR_COUNCIL', sessionRequest: { ...ASKED, sessionDueOn: '2026-07-21' } },
      waitingFor: [{ who: 'MEMBER', what: 'ConveneCouncil', dueOn: '2026-07-21', reasons: [{ code: 'SESSION_REQUESTED' }, { code: 'ESCALATED' }, { code: 'EARLIEST_SESSION' }] }],
    });
    const convened = does(asked, 'ConveneCouncil', CONVENED);
    expect(view(convened).waitingFor).toMatchObject([{ what: 'RecordSession', dueOn: '2026-07-08', reasons: [{ code: 'SESSION_REQUESTED' }, { code: 'VOTE_NEEDS' }] }]);
    const late = does(asked, 'ConveneCouncil', { ...CONVENED, sessionAt: '2026-07-30T18:00:00Z' });
    expect(view(late).waitingFor).toMatchObject([{ what: 'RecordSession', dueOn: '2026-07-21', reasons: [{ code: 'SESSION_REQUESTED' }, { code: 'ESCALATED' }, { code: 'VOTE_NEEDS' }] }]);
  });

  test('E26: else the prefect is called', () => {
    const asked = does(ready, 'RequestSession', ASKED, LIVE);
    expect(adhesion.timers(asked)).toContainEqual({ key: 'remind-session-2026-07-21', at: '2026-07-21T22:00:00Z', command: { type: 'Remind', data: { key: 'session-2026-07-21' } } });
    const now = '2026-07-21T22:00:00Z';
    when(asked, 'Remind', { key: 'session-2026-07-21' }, { now, actor: ENGINE }).then({
      type: 'ReminderDue', data: { key: 'session-2026-07-21', level: 'ESCALATION', to: 'PREFECT', what: 'ConveneCouncil', dueOn: '2026-07-21', at: now },
    });
    const held = does(does(asked, 'ConveneCouncil', CONVENED, LIVE), 'RecordSession', SESSION, '2026-07-09T08:00:00Z');
    expect(adhesion.timers(held).map(({ key }) => key)).not.toContain('remind-session-2026-07-21');
    expect(view(held).deliberation.sessionRequest).toBeNull();
  });

  test('E26: asked for long ago and entered late, no reminder is armed, and the turn says that it is for the prefect', () => {
    const asked = does(ready, 'RequestSession', ASKED);
    expect(adhesion.timers(asked)).toStrictEqual([]);
    expect(view(asked).waitingFor[0]?.reasons[1]).toStrictEqual({
      code: 'ESCALATED', message: {
        it: 'Entro il 2026-07-21 non risulta alcuna seduta: spetta al prefetto far convocare il consiglio (art. 39 c.5 TUEL).',
        en: 'By 2026-07-21 no session is recorded: it is for the prefect to have the council called (art. 39 c.5 TUEL).',
      },
    });
    const unheard = does(reached('ConfirmReceipt'), 'RequestSession', ASKED);
    expect(view(unheard).waitingFor).toMatchObject([{
      what: 'RecordOpinion', reasons: [...Array.from({ length: 3 }, () => ({ code: 'OPINION_MISSING' })), { code: 'SESSION_REQUESTED' }, { code: 'ESCALATED' }],
    }]);
  });

  test('E26: entered in time it is escalated from the day on which the prefect was told', () => {
    const asked = does(ready, 'RequestSession', ASKED, LIVE);
    const codes = (now: string) => view(later(asked, now)).waitingFor[0]?.reasons.map(({ code }) => code);
    expect(codes('2026-07-21T21:59:59Z')).toStrictEqual(['SESSION_REQUESTED', 'EARLIEST_SESSION']);
    expect(codes('2026-07-21T22:00:00Z')).toStrictEqual(['SESSION_REQUESTED', 'ESCALATED', 'EARLIEST_SESSION']);
    const convened = does(asked, 'ConveneCouncil', CONVENED, LIVE);
    expect(view(later(convened, '2026-07-22T08:00:00Z')).waitingFor[0]?.reasons.map(({ code }) => code)).toStrictEqual(['SESSION_REQUESTED', 'ESCALATED', 'VOTE_NEEDS']);
  });

  test('a term that ends on a holiday ends on the next day that is none', () => {
    const asked = does(ready, 'RequestSession', { by: 'MAYOR', on: '2026-07-26' });
    // 15 August is a holiday and a Saturday, the 16th a Sunday.
    expect(view(asked).deliberation.sessionRequest?.sessionDueOn).toBe('2026-08-17');
  });

  test('a session answers it, without quorum too; the next one may be asked for again', () => {
    const asked = does(reached('ConveneCouncil'), 'RequestSession', ASKED);
    const deserted = does(asked, 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'NO_QUORUM' });
    expect(view(deserted).deliberation.sessionRequest).toBeNull();
    when(deserted, 'RequestSession', { by: 'MAYOR', on: '2026-07-07' }).refused('DATE_BEFORE_GROUND', 'on');
    const again = does(deserted, 'RequestSession', { by: 'MAYOR', on: '2026-07-08' });
    expect(view(again).deliberation.sessionRequest).toMatchObject({ by: 'MAYOR', sessionDueOn: '2026-07-28' });
  });

  test('a session of the same day answers it, one of before does not', () => {
    const convened = reached('ConveneCouncil');
    const sameDay = does(does(convened, 'RequestSession', { by: 'MAYOR', on: '2026-07-08' }), 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' });
    expect(view(sameDay).deliberation.sessionRequest).toBeNull();
    const before = does(does(convened, 'RequestSession', { by: 'MAYOR', on: '2026-07-09' }), 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' });
    expect(view(before).deliberation.sessionRequest).toMatchObject({ sessionDueOn: '2026-07-29' });
  });

  test('is refused before the receipt, after the vote, twice, before the receipt by date, in the future', () => {
    when(opened(), 'RequestSession', ASKED).refused('OUT_OF_TURN');
    when(reached('SendProposal'), 'RequestSession', ASKED).refused('OUT_OF_TURN');
    when(reached('RecordSession'), 'RequestSession', ASKED).refused('OUT_OF_TURN');
    when(does(ready, 'RequestSession', ASKED), 'RequestSession', { by: 'MAYOR', on: '2026-07-02' }).refused('ALREADY_RECORDED');
    when(ready, 'RequestSession', { ...ASKED, on: '2026-05-28' }).refused('DATE_BEFORE_GROUND', 'on');
    when(ready, 'RequestSession', { ...ASKED, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
  });

  test('is corrected until a session was held', () => {
    const asked = does(ready, 'RequestSession', ASKED);
    const corrected = does(asked, 'CorrectFact', { version: asked.version, data: { by: 'MAYOR', on: '2026-07-02' } });
    expect(view(corrected).deliberation.sessionRequest).toStrictEqual({ by: 'MAYOR', on: '2026-07-02', sessionDueOn: '2026-07-22' });
    const held = does(does(asked, 'ConveneCouncil', CONVENED), 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' });
    when(held, 'CorrectFact', { version: asked.version, data: { by: 'MAYOR', on: '2026-07-02' } }).refused('CORRECTION_TOO_LATE');
  });

  test('the earliest session is said where the council is waited for', () => {
    // The last opinion is of 16 June: five clear days after it.
    expect(view(ready).waitingFor).toMatchObject([{ what: 'ConveneCouncil', dueOn: null, reasons: [{ code: 'EARLIEST_SESSION', message: { it: expect.stringContaining('2026-06-22') as string, en: expect.stringContaining('2026-06-22') as string } }] }]);
    expect(step(ready, { type: 'ConveneCouncil', data: { ...CONVENED, noticeDeliveredAt: '2026-06-16T08:00:00Z', sessionAt: '2026-06-22T18:00:00Z' } }).deliberation.convocation).not.toBeNull();
  });
});
