import { expect, test } from 'vitest';
import { keepReason, readReason, sayReason } from '../../../domain/shared/reason.ts';

const REASON = { code: 'OUT_OF_TURN', message: { it: 'Non ora.', en: 'Not now.' }, path: 'on' };

test('a reason is kept with Italian in the place where there was one text, and read again', () => {
  expect(keepReason(REASON)).toStrictEqual({ code: 'OUT_OF_TURN', message: 'Non ora.', messageEn: 'Not now.', path: 'on' });
  expect(readReason(keepReason(REASON))).toStrictEqual(REASON);
});

test('one that was kept in one language only, by an older worker or in an old event, is said in that', () => {
  const old = readReason({ code: 'OUT_OF_TURN', message: 'Not now.' });
  expect([sayReason(old, 'it'), sayReason(old, 'en')]).toStrictEqual([{ code: 'OUT_OF_TURN', message: 'Not now.' }, { code: 'OUT_OF_TURN', message: 'Not now.' }]);
});
