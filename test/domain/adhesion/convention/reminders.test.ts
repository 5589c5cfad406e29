import { expect, test } from 'vitest';
import { COUNTERSIGNED, OPERATOR, REGISTERED, SIGNED, does, later, reached, step } from '../scenario.ts';

/** Signed as it happens: on 5 August 2026, to be countersigned by the 19th. */
const ready = step(reached('TransmitResolution'), { type: 'AcceptResolution', data: {} }, OPERATOR, '2026-08-03T08:00:00Z');
const signed = does(ready, 'SignConvention', SIGNED, '2026-08-05T12:00:00Z');

test('the Agency is reminded of its signature on the day after it was due', () => {
  expect(later(signed, '2026-08-19T21:59:59Z').reminded).toStrictEqual([]);
  expect(later(signed, '2026-08-19T22:00:00Z').reminded).toMatchObject([
    { level: 'REMINDER', to: 'OPERATOR', what: 'CountersignConvention', dueOn: '2026-08-19', at: '2026-08-19T22:00:00Z' },
  ]);
  const countersigned = does(signed, 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z');
  expect(later(countersigned, '2026-08-13T08:00:00Z').reminded).toStrictEqual([]);
});

test('and of the registration', () => {
  const concluded = does(signed, 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z');
  expect(later(concluded, '2026-08-15T08:00:00Z').reminded).toMatchObject([{ to: 'OPERATOR', what: 'RegisterConvention', dueOn: '2026-08-14', at: '2026-08-14T22:00:00Z' }]);
  const registered = does(concluded, 'RegisterConvention', REGISTERED, '2026-08-10T08:00:00Z');
  expect(later(registered, '2026-08-30T08:00:00Z').reminded).toStrictEqual([]);
});

test('what was late already when it was entered is not reminded of', () => {
  expect(later(reached('SignConvention'), '2026-12-31T08:00:00Z').reminded).toStrictEqual([]);
});
