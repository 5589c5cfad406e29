import { describe, expect, test } from 'vitest';
import { firstSessionCallDueOn, firstSessionDueOn } from '../../../../domain/calendar/elections.ts';
import type { AdhesionState } from '../../../../domain/adhesion/index.ts';
import { expectWords } from '../../../support/words.ts';
import { CONVENED, does, reached, view } from '../scenario.ts';

/** The last opinion is of 16 June 2026. */
const ready = reached('RecordOpinion');
const elected = (state: AdhesionState, on: string): AdhesionState => does(state, 'RecordMandateChange', { kind: 'COUNCIL_ELECTED', on });
const council = (state: AdhesionState) => {
  const found = view(state).waitingFor.find(({ what }) => what === 'ConveneCouncil' || what === 'RecordSession');
  return { what: found?.what, dueOn: found?.dueOn, reasons: found?.reasons.map(({ code }) => code) };
};

test.each([
  ['2026-06-22', '2026-07-02', '2026-07-02'], ['2026-06-18', '2026-06-29', '2026-06-29'], ['2026-06-17', '2026-06-27', '2026-06-29'], ['2026-12-15', '2026-12-28', '2026-12-28'],
])('ten days from %s, rolled off holidays, and off a Saturday only where that is chosen', (from, dueOn, rolled) => {
  expect([firstSessionCallDueOn(from), firstSessionDueOn(from)]).toStrictEqual([dueOn, dueOn]);
  expect([firstSessionCallDueOn(from, { saturdayRolls: true }), firstSessionDueOn(from, { saturdayRolls: true })]).toStrictEqual([rolled, rolled]);
});

describe('a proposal that waits for a new council', () => {
  const proclaimed = elected(ready, '2026-06-22');

  test('is told by when its first session is called, and no clock runs for it', () => {
    expect(council(proclaimed)).toStrictEqual({ what: 'ConveneCouncil', dueOn: '2026-07-02', reasons: ['FIRST_SESSION', 'EARLIEST_SESSION'] });
    expectWords(view(proclaimed).waitingFor[0]?.reasons[0]);
    expect(view(proclaimed).timers).toStrictEqual(view(ready).timers);
    expect(council(elected(ready, '2026-06-18'))).toMatchObject({ dueOn: '2026-06-29' });
  });

  test('and by when it is held, once called', () => {
    const called = does(proclaimed, 'ConveneCouncil', CONVENED);
    expect(council(called)).toStrictEqual({ what: 'RecordSession', dueOn: '2026-07-08', reasons: ['FIRST_SESSION', 'VOTE_NEEDS'] });
    const far = does(proclaimed, 'ConveneCouncil', { ...CONVENED, sessionAt: '2026-07-20T20:30:00+02:00' });
    expect(council(far)).toMatchObject({ dueOn: '2026-07-11' });
    expectWords(view(far).waitingFor[0]?.reasons[0]);
  });

  test('also on the last day of the call, and of the council elected last', () => {
    const called = (noticeDeliveredAt: string) => council(does(proclaimed, 'ConveneCouncil', { ...CONVENED, noticeDeliveredAt, sessionAt: '2026-07-10T18:00:00Z' }));
    expect([called('2026-07-02T08:00:00Z').reasons, called('2026-07-03T08:00:00Z').reasons]).toStrictEqual([['FIRST_SESSION', 'VOTE_NEEDS'], ['VOTE_NEEDS']]);
    expect(council(elected(elected(ready, '2021-10-05'), '2026-06-22'))).toMatchObject({ dueOn: '2026-07-02', reasons: ['FIRST_SESSION', 'EARLIEST_SESSION'] });
  });

  test('counts by the policies of the case', () => {
    const proclaimedOn = (on: string): AdhesionState => elected(reached('RecordOpinion', {}, { saturdayRolls: true }), on);
    expect([council(elected(ready, '2026-06-17')).dueOn, council(proclaimedOn('2026-06-17')).dueOn]).toStrictEqual(['2026-06-27', '2026-06-29']);
  });

  test('whose session was asked for is due on the earlier day', () => {
    const asked = does(ready, 'RequestSession', { by: 'MAYOR', on: '2026-06-16' });
    expect(council(elected(asked, '2026-06-22'))).toStrictEqual({ what: 'ConveneCouncil', dueOn: '2026-07-02', reasons: ['SESSION_REQUESTED', 'ESCALATED', 'FIRST_SESSION', 'EARLIEST_SESSION'] });
    expect(council(elected(asked, '2026-07-05'))).toMatchObject({ dueOn: '2026-07-06' });
  });
});

describe('is not told of it', () => {
  const TOLD = ['FIRST_SESSION'];

  test('when the call was due before the proposal was ready', () => {
    expect(council(elected(ready, '2026-06-06')).reasons).toStrictEqual([...TOLD, 'EARLIEST_SESSION']);
    expect(council(elected(ready, '2026-06-05'))).toStrictEqual({ what: 'ConveneCouncil', dueOn: null, reasons: ['EARLIEST_SESSION'] });
  });

  test('when that council has sat on it already', () => {
    const postponed = reached('RecordSession', { RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' } });
    expect(council(elected(postponed, '2026-07-08')).reasons).toStrictEqual(['EARLIEST_SESSION']);
    expect(council(elected(postponed, '2026-07-09')).reasons).toStrictEqual([...TOLD, 'EARLIEST_SESSION']);
  });

  test('when the call was of the council before, or for a later session', () => {
    const convened = reached('ConveneCouncil');
    expect([council(elected(convened, '2026-07-02')), council(elected(convened, '2026-06-20'))].map(({ reasons }) => reasons)).toStrictEqual([['VOTE_NEEDS'], ['VOTE_NEEDS']]);
    expect(council(elected(convened, '2026-07-01')).reasons).toStrictEqual([...TOLD, 'VOTE_NEEDS']);
  });

  test('when a commissioner was appointed since', () => {
    expect(council(does(elected(ready, '2026-06-22'), 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: '2026-06-25' })).reasons).toStrictEqual(['COMMISSIONER_IN_OFFICE']);
  });
});
