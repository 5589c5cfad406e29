import { describe, expect, test } from 'vitest';
import { firstRefusal, notBefore, notInFuture } from '../../../domain/adhesion/checks.ts';
import { refused } from '../../../domain/shared/process.ts';
import { NOW, OPERATOR } from './scenario.ts';

const context = { actor: OPERATOR, now: NOW, commandId: 'c' };
const SENDING = { it: "l'invio", en: 'the sending' };

describe('a fact to come', () => {
  test.each([
    ['an instant, from the same in UTC', '2026-11-22T11:00:01+01:00', '2026-11-22T10:00:01Z'],
    ['a civil day, from that day on', '2026-11-23', '2026-11-23'],
  ])('%s', (_what, when, from) => {
    const fault = notInFuture(context, { known: '2026-11-22', none: undefined, when });
    expect(fault).toStrictEqual(refused('FACT_IN_FUTURE', {
      it: `when è nel futuro; il fatto si potrà registrare dal ${from}.`, en: `when lies in the future; the fact can be recorded from ${from} on.`,
    }, 'when'));
  });

  test('is not one of this instant, nor of today in Rome', () => {
    expect(notInFuture(context, { at: NOW, on: '2026-11-22' })).toBeNull();
    // In Rome it is the 23rd already.
    expect(notInFuture({ ...context, now: '2026-11-22T23:30:00Z' }, { on: '2026-11-23' })).toBeNull();
  });
});

describe('a fact before what it follows', () => {
  test.each([
    ['an instant before an instant', '2026-06-01T07:59:59Z', '2026-06-01T08:00:00Z', true],
    ['the same instant in another zone', '2026-06-01T10:00:00+02:00', '2026-06-01T08:00:00Z', false],
    ['an earlier hour of the civil day that it follows', '2026-06-01T00:00:00+02:00', '2026-06-01', false],
    ['the evening before that day', '2026-05-31T21:59:59Z', '2026-06-01', true],
    ['the civil day of the instant that it follows', '2026-06-01', '2026-06-01T08:00:00Z', false],
    ['the day before that instant', '2026-05-31', '2026-06-01T08:00:00Z', true],
    ['the day after midnight in Rome, which UTC still calls the day before', '2026-06-01', '2026-06-01T22:30:00Z', true],
  ])('%s: %s after %s', (_what, when, ground, before) => {
    expect(notBefore(when, 'sentAt', ground, SENDING)).toStrictEqual(before ? refused('DATE_BEFORE_GROUND', {
      it: `sentAt non può precedere l'invio (${ground}).`, en: `sentAt must not be before the sending (${ground}).`,
    }, 'sentAt') : null);
  });

  test('nothing precedes what is not known', () => {
    expect(notBefore('2026-06-01', 'sentAt', null, SENDING)).toBeNull();
  });
});

test('of several refusals the first is given', () => {
  const [one, other] = ['ONE', 'OTHER'].map((code) => refused(code, SENDING));
  expect(firstRefusal(null, one ?? null, null, other ?? null)).toBe(one);
  expect(firstRefusal(null, null)).toBeNull();
});
