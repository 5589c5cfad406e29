import { expect, test } from 'vitest';
import { isSensibleDate, isSensibleInstant } from '../../../domain/adhesion/bounds.ts';
import { AdhesionCommands } from '../../../domain/adhesion/commands.ts';
import { date, instant } from '../../../domain/adhesion/shape.ts';

test.each([
  ['1989-12-31', false], ['1990-01-01', true], ['2026-02-28', true], ['2026-02-29', false], ['2199-12-31', true], ['2200-01-01', false], ['2026-7-8', false], ['', false],
])('the civil date %j is one of an act: %j', (text, sensible) => {
  expect([isSensibleDate(text), date(text)]).toStrictEqual([sensible, sensible]);
});

test.each([
  ['1989-12-31T23:59:59Z', false], ['1990-01-01T00:00:00Z', true], ['2199-12-31T23:59:59.999Z', true], ['2200-01-01T00:00:00Z', false],
  ['2026-07-08', false], ['2026-07-08T25:00:00Z', false], ['2026-07-08T10:00:00', false],
])('the instant %j is one of an act: %j', (text, sensible) => {
  expect([isSensibleInstant(text), instant(text)]).toStrictEqual([sensible, sensible]);
});

test('one command confirms a hundred appointments at most', () => {
  const ids = (count: number) => ({ appointmentIds: Array.from({ length: count }, (_, index) => `ref-${index + 1}`) });
  const { schema } = AdhesionCommands.ConfirmReferents;
  expect([schema.safeParse(ids(100)).success, schema.safeParse(ids(101)).success, schema.safeParse(ids(0)).success]).toStrictEqual([true, false, false]);
});
