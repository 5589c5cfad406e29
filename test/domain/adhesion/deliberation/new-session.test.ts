import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionEvent, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { CONVENED, NOW, SESSION, does, reached, view, when, type DataOf } from '../scenario.ts';

const ready = reached('RecordOpinion');
const convened = reached('ConveneCouncil');

describe('an item that a session moved to a day', () => {
  const moved: DataOf<'RecordSession'> = { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED', newSessionOn: '2026-07-22' };
  const onDay = (state: AdhesionState) => view(state).waitingFor.map(({ what, dueOn, reasons }) => [what, dueOn, reasons.map(({ code }) => code)]);

  test.each(['POSTPONED', 'ITEM_WITHDRAWN', 'NOT_REACHED'] as const)('%s with its new day: kept, shown, and the council is due to be called for it', (outcome) => {
    const held = when(convened, 'RecordSession', { ...moved, outcome }).then({
      type: 'SessionHeldWithoutVote', data: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome, newSessionOn: '2026-07-22', at: NOW }, effectiveOn: '2026-07-08',
    });
    expect(view(held).deliberation.lastSession).toStrictEqual({ heldOn: '2026-07-08', outcome, newSessionOn: '2026-07-22' });
    expect(onDay(held)).toStrictEqual([['ConveneCouncil', '2026-07-22', ['NEW_SESSION', 'EARLIEST_SESSION']]]);
    expect(adhesion.timers(held)).toStrictEqual(adhesion.timers(does(convened, 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome })));
  });

  test('without one nothing is due, and none is shown', () => {
    const held = does(convened, 'RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' });
    expect(view(held).deliberation.lastSession).toStrictEqual({ heldOn: '2026-07-08', outcome: 'POSTPONED', newSessionOn: null });
    expect(onDay(held)).toStrictEqual([['ConveneCouncil', null, ['EARLIEST_SESSION']]]);
  });

  test('is a day after the session, of an item that was put off', () => {
    when(convened, 'RecordSession', { ...moved, newSessionOn: '2026-07-08' }).refused('NEW_SESSION_NOT_LATER', 'newSessionOn');
    when(convened, 'RecordSession', { ...moved, newSessionOn: '2026-07-07' }).refused('NEW_SESSION_NOT_LATER', 'newSessionOn');
    when(convened, 'RecordSession', { ...SESSION, newSessionOn: '2026-07-22' }).refused('NEW_SESSION_NOT_EXPECTED', 'newSessionOn');
    when(convened, 'RecordSession', { ...moved, outcome: 'NO_QUORUM' }).refused('NEW_SESSION_NOT_EXPECTED', 'newSessionOn');
    expect(view(does(convened, 'RecordSession', { ...moved, newSessionOn: '2026-07-09' })).deliberation.lastSession?.newSessionOn).toBe('2026-07-09');
  });

  test('the sooner of it and the day by which a session was asked for counts, and the council may be called for another day', () => {
    const asked = does(does(convened, 'RecordSession', moved), 'RequestSession', { by: 'MAYOR', on: '2026-07-09' });
    expect(onDay(asked)).toStrictEqual([['ConveneCouncil', '2026-07-22', ['SESSION_REQUESTED', 'ESCALATED', 'NEW_SESSION', 'EARLIEST_SESSION']]]);
    const later = does(does(convened, 'RecordSession', { ...moved, newSessionOn: '2026-09-22' }), 'RequestSession', { by: 'MAYOR', on: '2026-07-09' });
    expect(onDay(later)).toMatchObject([['ConveneCouncil', '2026-07-29', expect.arrayContaining(['NEW_SESSION'])]]);
    const called = does(asked, 'ConveneCouncil', { ...CONVENED, noticeDeliveredAt: '2026-07-09T10:00:00Z', sessionAt: '2026-07-27T18:00:00Z' });
    expect(onDay(called)).toMatchObject([['RecordSession', '2026-07-27', expect.not.arrayContaining(['NEW_SESSION'])]]);
    const again = does(called, 'RecordSession', { ...moved, heldOn: '2026-07-27', newSessionOn: undefined });
    expect(view(again).deliberation.lastSession?.newSessionOn).toBeNull();
  });

  test('binds the commissioner who set it, and no organ that came after it', () => {
    const sitting = does(ready, 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: '2026-07-01' });
    const postponed = does(sitting, 'RecordSession', { ...moved, organ: 'COMMISSIONER' });
    expect(onDay(postponed)).toContainEqual(['RecordSession', '2026-07-22', ['COMMISSIONER_IN_OFFICE', 'NEW_SESSION']]);
    const since = does(does(convened, 'RecordSession', moved), 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: '2026-07-09' });
    expect(onDay(since)).toContainEqual(['RecordSession', null, ['COMMISSIONER_IN_OFFICE']]);
    const elected = does(postponed, 'RecordMandateChange', { kind: 'COUNCIL_ELECTED', on: '2026-11-10' });
    expect(onDay(elected)).toContainEqual(['ConveneCouncil', '2026-11-20', ['FIRST_SESSION', 'EARLIEST_SESSION']]);
  });

  test('may have been another one: a correction', () => {
    const held = does(convened, 'RecordSession', moved);
    const { newSessionOn: _none, ...without } = moved;
    expect(view(does(held, 'CorrectFact', { version: held.version, data: { ...moved, newSessionOn: '2026-07-23' } })).deliberation.lastSession?.newSessionOn).toBe('2026-07-23');
    expect(view(does(held, 'CorrectFact', { version: held.version, data: without })).deliberation.lastSession?.newSessionOn).toBeNull();
    when(held, 'CorrectFact', { version: held.version, data: { ...moved, newSessionOn: '2026-07-01' } }).refused('NEW_SESSION_NOT_LATER');
  });

  test('a stored session that set one is taken', () => {
    const file = new URL('../../../golden/events/deliberation-new-session.v1.json', import.meta.url);
    const after = fold(adhesion, convened, JSON.parse(readFileSync(file, 'utf8')) as AdhesionEvent[]);
    expect(view(after).deliberation).toMatchObject({ state: 'READY_FOR_COUNCIL', convocation: null, lastSession: { outcome: 'NOT_REACHED', newSessionOn: '2026-07-22' } });
  });
});
