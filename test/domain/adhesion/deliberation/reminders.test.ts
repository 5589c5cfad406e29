import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { lateFrom } from '../../../../domain/adhesion/phase.ts';
import { isOpened } from '../../../../domain/adhesion/state.ts';
import { drained } from '../../../support/spec.ts';
import { ABBIATEGRASSO, ENGINE, MEMBER, OPERATOR, SESSION, TEXT, TEXT_SHA256, does, reached, view, type DataOf, type Type } from '../scenario.ts';

const template = { id: 'convenzione-cst', version: 1, sha256: TEXT_SHA256 };
const window = { from: '2026-06-01', to: '2026-07-31' };

/** Each command on its day, at noon in Rome, timers before it as they fall due. */
function lived(steps: readonly (readonly [string, Type, object])[], state = adhesion.initial()): AdhesionState {
  return steps.reduce((before, [day, type, data]) => {
    const now = `${day}T10:00:00Z`;
    const actor = ['OpenAdhesion', 'SendProposal', 'AcceptResolution', 'ReturnResolution'].includes(type) ? OPERATOR : MEMBER;
    const ripe = drained(adhesion, before, now);
    const decision = adhesion.decide(ripe, { type, data } as Parameters<typeof adhesion.decide>[1], { actor, now, commandId: `${day}-${type}` });
    if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.reasons));
    return drained(adhesion, decision.events.reduce((last, event) => adhesion.evolve(last, event), ripe), now);
  }, state);
}

const until = (state: AdhesionState, day: string): AdhesionState => drained(adhesion, state, `${day}T10:00:00Z`);
const told = (state: AdhesionState): readonly unknown[] => state.reminded.map(({ at, level, to, what }) => [at, level, to, what]);
const open = (policies: DataOf<'OpenAdhesion'>['policies'] = {}) => ['2026-05-25', 'OpenAdhesion', { ...ABBIATEGRASSO, policies }] as const;
const sent = ['2026-05-29', 'SendProposal', { template, sentAt: '2026-05-29T08:00:00Z' }] as const;
const received = ['2026-05-29', 'ConfirmReceipt', { deliveredAt: '2026-05-29T08:00:41Z' }] as const;
const opinion = (day: string, kind: string) => [day, 'RecordOpinion', { kind, outcome: 'FAVOURABLE', givenOn: day }] as const;
const opined = [opinion('2026-06-05', 'TECHNICAL'), opinion('2026-06-05', 'ACCOUNTING'), opinion('2026-06-12', 'AUDITORS')];
const convened = ['2026-06-29', 'ConveneCouncil', { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-06-29T08:00:00Z', sessionAt: '2026-07-08T18:00:00Z' }] as const;
const held = ['2026-07-09', 'RecordSession', SESSION] as const;
const published = ['2026-07-13', 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }] as const;

describe('reminders of the window', () => {
  test('E62: 30 and 15 days before its end to the referent, 7 to the secretary, 1 to the mayor; then late, and reminded of', () => {
    const silent = until(lived([open({ window }), sent, received]), '2026-10-01');
    expect(told(silent).filter((row) => Array.isArray(row) && row[3] === 'RecordSession')).toStrictEqual([
      ['2026-06-30T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordSession'],
      ['2026-07-15T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordSession'],
      ['2026-07-23T22:00:00Z', 'REMINDER', 'SECRETARY', 'RecordSession'],
      ['2026-07-29T22:00:00Z', 'REMINDER', 'MAYOR', 'RecordSession'],
      // Of those of every 30 days the last is kept, so that a case that nobody moves does not grow.
      ['2026-09-29T22:00:00Z', 'REMINDER', 'MAYOR', 'RecordSession'],
    ]);
    const last = (day: string) => until(lived([open({ window }), sent, received]), day).reminded.filter(({ what }) => what === 'RecordSession').at(-1)?.at;
    expect(['2026-07-31', '2026-08-01', '2026-08-30', '2026-08-31', '2026-12-31'].map(last)).toStrictEqual([
      '2026-07-29T22:00:00Z', '2026-07-31T22:00:00Z', '2026-07-31T22:00:00Z', '2026-08-30T22:00:00Z', '2026-12-28T23:00:00Z',
    ]);
    expect(view(silent, '2026-07-31T21:59:00Z').late).toBe(false);
    expect(view(silent, '2026-07-31T22:00:00Z').late).toBe(true);
    expect(view(silent)).toMatchObject({ phase: 'DESIGN', deliberation: { state: 'OPINIONS_PENDING' }, convention: { state: 'DRAFT' } });
  });

  test('none once the council has resolved, none without a window, none of what was past at the opening', () => {
    expect(told(until(lived([open({ window }), sent, received, ...opined, convened, held, published]), '2026-07-31')).filter((row) => Array.isArray(row) && row[3] === 'RecordSession'))
      .toStrictEqual([['2026-06-30T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordSession']]);
    expect(told(until(lived([open()]), '2027-06-01'))).toStrictEqual([]);
    const entered = until(lived([['2026-08-20', 'OpenAdhesion', { ...ABBIATEGRASSO, policies: { window } }]]), '2026-10-01');
    expect(told(entered)).toStrictEqual([['2026-09-29T22:00:00Z', 'REMINDER', 'MAYOR', 'RecordSession']]);
  });

  test('cases of the policies of before, and those that want none, are left alone', () => {
    expect(told(until(lived([open({ window, policyVersion: '2026.1' }), sent]), '2027-01-01'))).toStrictEqual([]);
    expect(told(until(lived([open({ window, reminders: null }), sent]), '2027-01-01'))).toStrictEqual([]);
  });
});

describe('reminders of what is owed', () => {
  test('the receipt, the opinions, the auditors: on the day after their last', () => {
    expect(told(until(lived([open(), sent]), '2026-06-30'))).toStrictEqual([['2026-06-03T22:00:00Z', 'REMINDER', 'OPERATOR', 'ConfirmReceipt']]);
    // Received on 29 May, five working days without 2 June: 8 June.
    expect(told(until(lived([open(), sent, received]), '2026-06-30'))).toStrictEqual([['2026-06-08T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordOpinion']]);
    expect(told(until(lived([open(), sent, received, ...opined.slice(0, 2)]), '2026-06-30'))).toStrictEqual([['2026-06-15T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordOpinion']]);
    expect(told(until(lived([open(), sent, received, ...opined]), '2026-12-30'))).toStrictEqual([]);
  });

  test('the publication: 5 days after the adoption a reminder, after 10 an escalation', () => {
    const adopted = lived([open(), sent, received, ...opined, convened, held]);
    expect(told(until(adopted, '2026-07-31'))).toStrictEqual([
      ['2026-07-12T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordPublication'], ['2026-07-17T22:00:00Z', 'ESCALATION', 'SECRETARY', 'RecordPublication'],
    ]);
    expect(told(until(lived([published], adopted), '2026-07-27'))).toStrictEqual([['2026-07-12T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordPublication']]);
  });

  /** Executive on 21 July, and nobody certified it. */
  const UNCERTIFIED = ['2026-07-25T22:00:00Z', 'REMINDER', 'SECRETARY', 'CertifyExecutivity'];
  const board = lived([open(), sent, received, ...opined, convened, held, ['2026-07-10', 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-10' }]]);

  test("the transmission, and the Agency's own acceptance", () => {
    // Executive on 21 July, five working days: 28 July.
    expect(told(until(board, '2026-08-30'))).toStrictEqual([UNCERTIFIED, ['2026-07-28T22:00:00Z', 'REMINDER', 'REFERENT', 'TransmitResolution']]);
    const transmitted = lived([['2026-07-22', 'TransmitResolution', { deliveredAt: '2026-07-22T08:00:00Z' }]], board);
    expect(told(until(transmitted, '2026-08-30'))).toStrictEqual([UNCERTIFIED, ['2026-07-29T22:00:00Z', 'REMINDER', 'OPERATOR', 'AcceptResolution']]);
    const accepted = lived([['2026-07-23', 'AcceptResolution', {}]], transmitted);
    expect(told(until(accepted, '2026-08-30'))).toStrictEqual([UNCERTIFIED]);
    expect(told(until(lived([['2026-07-23', 'ReturnResolution', { reasons: TEXT }]], transmitted), '2026-08-30'))).toStrictEqual([UNCERTIFIED]);
  });

  test('an outage that moves the executive day moves the term of the transmission', () => {
    const moved = lived([['2026-07-13', 'RecordBoardOutage', { day: '2026-07-11', hoursDown: 14 }]], board);
    expect(told(until(moved, '2026-08-30'))).toStrictEqual([['2026-07-26T22:00:00Z', 'REMINDER', 'SECRETARY', 'CertifyExecutivity'], ['2026-07-29T22:00:00Z', 'REMINDER', 'REFERENT', 'TransmitResolution']]);
  });

  test('none whose moment had passed when a lift, or a change of substance, became known', () => {
    const order = { by: 'COURT', orderNo: '1', from: '2026-07-11' };
    const lift = ['2026-10-01', 'LiftSuspension', { on: '2026-08-10', orderNo: '2' }] as const;
    const said = (state: AdhesionState) => told(until(state, '2026-12-30'));
    const adopted = lived([open(), sent, received, ...opined, convened, held]);
    expect(said(lived([['2026-07-11', 'SuspendResolution', order], lift], adopted))).toStrictEqual([]);
    expect(said(lived([['2026-07-11', 'SuspendResolution', order], lift], board))).toStrictEqual([]);
    const transmitted = lived([['2026-07-11', 'TransmitResolution', { deliveredAt: '2026-07-11T08:00:00Z' }]], board);
    expect(said(lived([['2026-07-11', 'SuspendResolution', order], lift], transmitted))).toStrictEqual([]);
    const rectified = lived([['2026-07-11', 'SuspendResolution', order], ['2026-10-01', 'RectifyResolution', { actNo: '2', on: '2026-07-09', substantial: true }], ['2026-10-01', 'LiftSuspension', { on: '2026-07-12', orderNo: '2' }]], adopted);
    expect(said(rectified)).toStrictEqual([]);
  });

  test('none while the resolution is suspended; from its end they count anew', () => {
    const suspended = lived([open(), sent, received, ...opined, convened, held, ['2026-07-10', 'SuspendResolution', { by: 'COURT', orderNo: '1', from: '2026-07-10' }]]);
    expect(told(until(suspended, '2026-12-30'))).toStrictEqual([]);
    const lifted = lived([['2026-09-10', 'LiftSuspension', { on: '2026-09-10', orderNo: '2' }]], suspended);
    expect(told(until(lifted, '2026-12-30'))).toStrictEqual([
      ['2026-09-14T22:00:00Z', 'REMINDER', 'REFERENT', 'RecordPublication'], ['2026-09-19T22:00:00Z', 'ESCALATION', 'SECRETARY', 'RecordPublication'],
    ]);
    expect(told(until(lived([['2026-07-20', 'RevokeResolution', { actNo: '1', on: '2026-07-20' }]], board), '2026-12-30'))).toStrictEqual([]);
  });

  test('a timer overtaken does nothing', () => {
    const done = lived([['2026-07-22', 'TransmitResolution', { deliveredAt: '2026-07-22T08:00:00Z' }]], board);
    expect(adhesion.decide(done, { type: 'Remind', data: { key: 'transmission-2026-07-28' } }, { actor: ENGINE, now: '2026-07-28T22:00:00Z', commandId: 't' }))
      .toStrictEqual({ kind: 'accepted', events: [] });
  });
});

describe('while it is the Agency\'s turn after a rejection', () => {
  const rejected = ['2026-07-09', 'RecordSession', { ...SESSION, votes: { for: 9, against: 8, abstained: 4 } }] as const;

  test('the mayor is not asked for a session; he is again once the proposal was sent again', () => {
    const last = lived([open({ window, maxAttempts: 1 }), sent, received, ...opined, convened, rejected]);
    const before = last.reminded.length;
    expect(told(until(last, '2026-12-31')).slice(before)).toStrictEqual([]);
    const tried = lived([open({ window }), sent, received, ...opined, convened, rejected]);
    const resubmitted = adhesion.decide(tried, { type: 'ResubmitProposal', data: { sentAt: '2026-07-20T08:00:00Z' } }, { actor: OPERATOR, now: '2026-07-20T08:00:00Z', commandId: 'c' });
    if (resubmitted.kind === 'refused') throw new Error(resubmitted.code);
    const again = resubmitted.events.reduce((state, event) => adhesion.evolve(state, event), tried);
    expect(told(until(again, '2026-08-02')).filter((row) => Array.isArray(row) && row[3] === 'RecordSession').slice(-3)).toStrictEqual([
      ['2026-07-23T22:00:00Z', 'REMINDER', 'SECRETARY', 'RecordSession'],
      ['2026-07-29T22:00:00Z', 'REMINDER', 'MAYOR', 'RecordSession'],
      ['2026-07-31T22:00:00Z', 'REMINDER', 'MAYOR', 'RecordSession'],
    ]);
    expect(again.reminded.map(({ key }) => key)).not.toContain('window-15');
    expect(told(until(again, '2026-08-02')).filter((row) => Array.isArray(row) && row[0] === '2026-07-15T22:00:00Z')).toStrictEqual([]);
  });
});

test('a case whose adoption in time was lost is late', () => {
  const late = (state: AdhesionState): string | null => (isOpened(state) ? lateFrom(state) : null);
  const adopted = reached('RecordSession', {}, { window });
  expect(late(adopted)).toBeNull();
  expect(late(does(adopted, 'RevokeResolution', { actNo: '60/2026', on: '2026-07-20' }))).toBe('2026-08-01');
  expect(late(does(adopted, 'AnnulResolution', { actNo: '2400/2026', on: '2026-07-20', by: 'BODY' }))).toBe('2026-08-01');
});
