import { describe, expect, test } from 'vitest';
import { MEMBER, TEXT } from '../scenario.ts';
import { after, cutOver, parallel, SCHEDULE, stateOf, when, type Step } from '../moved.ts';

// Cut over at 10:00Z of Saturday 7 November: the point of no return is at 10:00Z of Tuesday 10 November.
const LIVE = cutOver();
const [BEFORE, FROM] = ['2026-11-10T09:59:59Z', '2026-11-10T10:00:00Z'];
const cancel = (now: string): Step => [{ type: 'Cancel', data: { reasons: TEXT } }, now, MEMBER];
const rollBack = (now: string, act?: object): Step => [{ type: 'RollBack', data: { reasons: TEXT, ...(act === undefined ? {} : { act }) } } as Step[0], now];
const stage = (events: ReturnType<typeof cutOver>) => stateOf(events).migration?.state;

describe('beyond the point of no return', () => {
  test('a migration in hypercare is not given up: the refusal names the command that takes the act', () => {
    expect(stage(after(LIVE, cancel(BEFORE)))).toBe('ROLLING_BACK');
    const refusal = when(LIVE, ...cancel(FROM));
    refusal.refused('POINT_OF_NO_RETURN');
    expect(refusal.reasons()).toEqual([{
      code: 'POINT_OF_NO_RETURN',
      message: {
        it: "Dal 2026-11-10T10:00:00Z il vecchio sistema non è più aggiornato: prima l'Agenzia torna indietro con un atto del sindaco o di un dirigente (RollBack, act), poi si annulla.",
        en: 'Since 2026-11-10T10:00:00Z the old system is no more up to date: first the Agency rolls it back by an act of the mayor or of a manager (RollBack, act), then it is cancelled.',
      },
    }]);
  });

  test('it is rolled back by an act only, of the day of the cutover or later', () => {
    expect(stage(after(LIVE, rollBack(BEFORE)))).toBe('ROLLING_BACK');
    const refusal = when(LIVE, ...rollBack(FROM));
    refusal.refused('POINT_OF_NO_RETURN');
    expect(refusal.reasons()[0]?.path).toBe('act');
    const act = (on: string) => rollBack('2026-11-12T09:00:00Z', { no: '9/2026', on, office: 'MANAGER' });
    when(LIVE, ...act('2026-11-06')).refused('DATE_BEFORE_GROUND');
    expect(when(LIVE, ...act('2020-01-01')).reasons()[0]?.path).toBe('act.on');
    expect(stage(after(LIVE, act('2026-11-07')))).toBe('ROLLING_BACK');
    expect(stage(after(LIVE, rollBack(FROM, { no: '9/2026', on: '2026-11-10', office: 'MAYOR' })))).toBe('ROLLING_BACK');
  });
});

test('an act that is told before the cutover is none of before the plan was approved', () => {
  const planned = after(parallel(), SCHEDULE);
  when(planned, ...rollBack('2026-11-01T09:00:00Z', { no: '9/2026', on: '2026-09-29', office: 'MANAGER' })).refused('DATE_BEFORE_GROUND');
  expect(stage(after(planned, rollBack('2026-11-01T09:00:00Z', { no: '9/2026', on: '2026-09-30', office: 'MANAGER' })))).toBe('ROLLING_BACK');
});
